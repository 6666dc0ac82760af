"""Users' own templates: each stands in for ours, and one that fails is reported once and costs no message."""

import dataclasses
import logging
import re
from pathlib import Path

import pytest

from flows.alert_view import AlertView, EarlierView, QuoteView
from flows.digest_view import DigestView, GroupView
from flows.history_view import HistoryView
from flows.message_content import Message
from flows.notice_view import HeartbeatView, NoticeView, SummaryView
from flows.render import Renderer
from flows.template_check import check_templates
from flows.wording import Side
from tests.flows.alerts import FIRST, HOSTILE, MESSAGE, SHIFT, WINDOW, digest_of, hostile
from tests.flows.pages import slack_texts

DOCS = Path("docs/messages.md")


def write(folder: Path, name: str, text: str | bytes) -> None:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def render(folder: Path | None) -> Message:
    return Renderer(folder).alert(FIRST)


def test_a_template_of_the_users_stands_in_for_ours_alone(tmp_path: Path) -> None:
    write(tmp_path, "alert.txt.j2", "{{ view.name }}: {{ view.side.name }}\n")
    message = render(tmp_path)
    assert message.text == "Rosalind Peake: local\n"
    assert message.html == MESSAGE.html
    assert Renderer(tmp_path).test("a", WINDOW[0]) == Renderer().test("a", WINDOW[0])


def test_a_part_of_the_users_is_used_by_our_templates(tmp_path: Path) -> None:
    shipped = Path("flows/templates/parts.html.j2").read_text(encoding="utf-8")
    write(tmp_path, "parts.html.j2", shipped.replace("#0b6b60", "#123456"))
    assert "#123456" in render(tmp_path).html
    assert "#0b6b60" not in render(tmp_path).html


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert render(tmp_path / "none") == MESSAGE


@pytest.mark.parametrize(
    ("name", "text", "line", "word"),
    [
        ("alert.txt.j2", "fine\n{% if %}", 2, "xpected an expression"),
        ("alert.txt.j2", "fine\n\n{{ view.nmae }}", 3, "nmae"),
        ("alert.txt.j2", "{{ 1 / 0 }}", 1, "division by zero"),
        ("alert.html.j2", "{% extends 'nowhere.j2' %}", 1, "nowhere"),
        ("alert.html.j2", "{% extends 'layout.html.j2' %}\n{% block rows %}\n{{ view.gone }}{% endblock %}", 3, "gone"),
        ("layout.html.j2", "a\n{{ nothing }}", 2, "nothing"),
        ("parts.html.j2", "{% macro badge(side) %}\n{{ side.colour }}{% endmacro %}", 0, "parts.html.j2"),
        ("alert.slack.j2", "{{ view.name.nothing }}", 1, "nothing"),
        ("alert.txt.j2", b"\xff\xfe\x00", 0, "not UTF-8"),
    ],
)
def test_a_broken_template_is_reported_once_and_ours_is_used(
    name: str, text: str | bytes, line: int, word: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "stancewatch")
    write(tmp_path, name, text)
    renderer = Renderer(tmp_path)
    assert [renderer.alert(FIRST), renderer.alert(FIRST)] == [MESSAGE, MESSAGE]
    (record,) = caplog.records
    said = record.getMessage()
    assert str(tmp_path / name) in said
    assert f"line {line}" in said or not line
    assert word in said
    assert not re.search(r"[A-Z]\w+(Error|View)|object", said)


def test_a_broken_part_costs_only_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, "layout.html.j2", "{{ nothing }}")
    write(
        tmp_path, "alert.html.j2", "{% extends 'layout.html.j2' %}{% block rows %}<p>{{ view.name }}</p>{% endblock %}"
    )
    message = render(tmp_path)
    assert "<p>Rosalind Peake</p>" in message.html
    assert "<title>" in message.html
    assert len(caplog.records) == 1


def test_values_are_escaped_in_users_templates_too(tmp_path: Path) -> None:
    write(tmp_path, "alert.html.j2", "<p>{{ view.name }}</p>")
    write(
        tmp_path, "alert.slack.j2", "*{{ view.name }}*\n\n> {{ view.quote.before }}\n\n{{ view.url|link(view.title) }}"
    )
    message = Renderer(tmp_path).alert(hostile(HOSTILE))
    assert "&lt;script&gt;" in message.html
    texts = slack_texts(message)
    assert len(texts) == 4
    assert texts[0].startswith("*&lt;script&gt;")
    assert texts[2].startswith("<https://site.example/")
    assert "<!" not in message.slack_text


def test_the_example_of_the_documentation_works(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    example = re.search(r"```jinja\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    write(tmp_path, "alert.slack.j2", example[1])
    texts = slack_texts(Renderer(tmp_path).alert(SHIFT))
    assert texts[0] == "▲ *Rosalind Peake* (was central) takes the local side"
    assert texts[1] == f"> {SHIFT.quote}"
    assert texts[2].startswith("<https://valley-post.example/room?a=1&amp;b=2|Valley chair asks")
    assert not caplog.records


@pytest.mark.parametrize(
    "view",
    [
        AlertView,
        QuoteView,
        EarlierView,
        HistoryView,
        Side,
        DigestView,
        GroupView,
        SummaryView,
        HeartbeatView,
        NoticeView,
    ],
)
def test_every_value_is_documented(view: type) -> None:
    documented = set(re.findall(r"`(\w+)`", DOCS.read_text(encoding="utf-8")))
    assert {field.name for field in dataclasses.fields(view)} - documented == set()


def test_a_slack_template_of_any_length_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "digest.slack.j2", "{% for n in range(300) %}{{ view.title * 100 }}\n\n{% endfor %}")
    message = Renderer(tmp_path).digest(digest_of(SHIFT))
    assert len(slack_texts(message)) <= 50
    assert all(len(text) <= 3_000 for text in slack_texts(message))


def test_templates_are_tried_on_samples_and_strange_files_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, "tets.txt.j2", "never read")
    write(tmp_path, "alert.html.j2", "{% include 'mine.html.j2' %}")
    write(tmp_path, "mine.html.j2", "{{ view.name }}")
    write(tmp_path, "heartbeat.txt.j2", "fine\n{{ view.figurse }}")
    write(tmp_path, "alert.slack.j2", "{% if view.earlier %}{{ view.earlier.sidee }}{% endif %}")
    problems, mentions = check_templates(tmp_path)
    assert mentions == ["tets.txt.j2 is none of ours; did you mean test.txt.j2?"]
    assert [re.sub(r".*/", "", problem).partition("; it is")[0] for problem in problems] == [
        "alert.slack.j2, line 1: there is no value 'sidee' there",
        "heartbeat.txt.j2, line 2: there is no value 'figurse' there",
    ]
    assert check_templates(tmp_path / "nowhere") == ([], [])
    assert not caplog.records
