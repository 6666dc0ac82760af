"""What people see of an alert: the right words, every fact, and nothing alive that came from a page."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from extractors.records import Stance, Theme
from flows.render import AlertContent, Message, render_alert, render_digest, render_test
from tests.flows.alerts import EARLIER, FIRST, HOSTILE, MARKED, QUOTE, SHIFT, WINDOW, hostile


class Tags(HTMLParser):
    """Collects the elements, attributes and visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.hidden += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def slack_texts(message: Message) -> list[str]:
    """Every mrkdwn text of the blocks."""
    texts: list[dict[str, object]] = []
    for block in json.loads(message.slack_blocks):
        texts += [block["text"]] if block["type"] == "section" else block["elements"]
    assert all(text["type"] == "mrkdwn" and text["verbatim"] is True for text in texts)
    return [str(text["text"]) for text in texts]


@pytest.mark.parametrize(
    ("content", "subject"),
    [
        (FIRST, "New stance: Rosalind Peake (Valley Hospitals Group) takes the local side"),
        (SHIFT, "Change of side: Rosalind Peake (Valley Hospitals Group) moves from central to local"),
        (replace(FIRST, person=""), "New stance: Valley Hospitals Group takes the local side"),
        (replace(FIRST, organisation=""), "New stance: Rosalind Peake takes the local side"),
        (
            replace(FIRST, person="", stance=Stance.BALANCED),
            "New stance: Valley Hospitals Group takes a balanced position",
        ),
        (
            replace(SHIFT, person="", event_kind="theme", new_themes=(Theme.FINANCE, Theme.WORKFORCE)),
            "New theme: Valley Hospitals Group, the local side, now on finance and workforce",
        ),
        (
            replace(FIRST, is_possible_repeat=True),
            "New stance: Rosalind Peake (Valley Hospitals Group) takes the local side (may be a repeat)",
        ),
    ],
)
def test_the_subject_says_who_does_what(content: AlertContent, subject: str) -> None:
    assert render_alert(content).subject == subject


def test_every_channel_tells_every_fact() -> None:
    message = render_alert(SHIFT)
    page = Tags(message.html)
    assert page.links.count(SHIFT.url) == 2
    assert EARLIER.url in page.links
    slack = "\n".join(slack_texts(message))
    for text in (message.text, page.text, slack, message.slack_text):
        flat = re.sub(r"[\s*>]+", " ", text).replace("[", "")
        for fact in (
            "Rosalind Peake",
            "chair, Valley Hospitals Group",
            "Local NHS",
            "▲ LOCAL control",
            "▼ CENTRAL control",
            "confidence 82 %",
            "Opening the meeting, she said: “No plan drawn up far away will fit our valley.",
            "then hold them to it.” Members applauded.",
            EARLIER.quote,
            "Tuesday 30 December 2025",
            "Wednesday 3 June 2026",
            "Valley chair asks for room to choose",
            "Accountability",
            "lso in Hill Gazette",
            "stancewatch explain",
            "st-77",
            "Wednesday 3 June 2026, 07:05",
        ):
            assert fact.lower() in flat.lower(), fact


def test_the_evidence_is_marked_and_the_quotation_is_exact() -> None:
    message = render_alert(FIRST)
    marked = re.search(r'<b class="mark"[^>]*>(.*?)</b>', message.html)
    assert marked is not None
    assert marked.group(1) == MARKED
    assert QUOTE in Tags(message.html).text
    assert f"*{MARKED}*" in re.sub(r"\s+", " ", message.text)
    assert f"*{MARKED}*" in message.slack_text


def test_plain_text_keeps_to_72_columns() -> None:
    lines = (
        render_alert(SHIFT).text.splitlines()
        + render_digest("Daily digest", WINDOW, [SHIFT], [QUOTE]).text.splitlines()
    )
    assert [line for line in lines if len(line) > 72 and "://" not in line] == []


def test_no_earlier_position_is_said_in_words() -> None:
    message = render_alert(FIRST)
    for text in (message.text, message.html, message.slack_text):
        assert "o earlier position on record" in text


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE * 3000, "\x00" * 500, "\u202e", "", "a" * 1_000_000, "Ḁ̷̛̖" * 20_000])
def test_hostile_text_is_shown_as_text_or_cut(text: str) -> None:
    content = hostile(text)
    plain = Tags(render_alert(FIRST).html)
    for message in (
        render_alert(content),
        render_digest(text, WINDOW, [content] * 3, [text] * 3),
        render_test(text, WINDOW[0]),
    ):
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", message.subject)
        assert len(message.subject) <= 220
        page = Tags(message.html)
        assert page.names <= plain.names
        assert page.attributes <= plain.attributes
        assert all(link.startswith("https://") for link in page.links)
        for form in (message.text, message.html, message.slack_text, message.slack_blocks):
            form.encode()
            assert len(form) < 60_000
            assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", form)
        for sent in (*slack_texts(message), message.slack_text):
            assert not re.search(r"<(?!https://[^\s<>|]*\|[^<>|]*>)", sent), sent
            assert not re.search(r"&(?!amp;|lt;|gt;)", sent)
        assert all(len(sent) <= 3_000 for sent in slack_texts(message))
        assert "alert(1)" not in message.html or "&lt;script&gt;alert(1)" in message.html


def test_signs_of_a_page_do_not_format_slack() -> None:
    message = render_alert(replace(FIRST, quote="a *b* _c_ ~d~ `e` f", evidence=(0, 0), article_title="*t*"))
    assert "a ∗b∗ ˍcˍ ∼d∼ ˋeˋ f" in message.slack_text
    assert "|∗t∗>" in message.slack_text


def test_a_long_quotation_is_cut_around_its_evidence() -> None:
    quote = "before " * 2_000 + MARKED + " after" * 2_000
    start = quote.index(MARKED)
    message = render_alert(replace(FIRST, quote=quote, evidence=(start, start + len(MARKED))))
    assert f">{MARKED}</b> after" in message.html
    assert "… " in message.text
    assert len(message.text) < 4_000


@pytest.mark.parametrize("evidence", [(0, 0), (50, 20), (-5, 10_000), (10_000, 20_000)])
def test_wrong_offsets_never_stop_an_alert(evidence: tuple[int, int]) -> None:
    assert QUOTE in Tags(render_alert(replace(FIRST, evidence=evidence)).html).text


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="repeat"):
        render_alert(replace(FIRST, event_kind="repeat"))


def test_a_digest_groups_counts_and_ends_with_the_feeds() -> None:
    theme = replace(SHIFT, event_kind="theme", stance=Stance.CENTRAL, new_themes=(Theme.FINANCE,))
    message = render_digest("Weekly digest", WINDOW, [FIRST, theme, FIRST, SHIFT], ["Hill Gazette is silent."])
    assert message.subject == "Weekly digest: 1 change of side, 2 new stances, 1 new theme"
    for text in (message.text.lower(), Tags(message.html).text.lower(), message.slack_text.lower()):
        body = text[text.rindex("1 new theme") + len("1 new theme") :]
        places = [body.index(word) for word in ("changes of side", "new stances", "new themes", "gazette is silent")]
        assert places == sorted(places)
        assert "thursday 28 may 2026, 07:00 to thursday 4 june 2026, 07:00" in text
        assert text.count("rosalind peake") == 4
        assert text.count("now on finance") == 1


def test_an_empty_digest_says_so() -> None:
    message = render_digest("Daily digest", WINDOW, [], [])
    assert message.subject == "Daily digest: no new stances in this period"
    assert "All feeds are well." in message.text


def test_a_huge_digest_is_cut_and_says_by_how_much() -> None:
    message = render_digest("Daily digest", WINDOW, [FIRST] * 400, [])
    assert "And 340 more: stancewatch alerts list" in message.text
    assert "and 370 more: `stancewatch alerts list`" in message.slack_text
    assert len(json.loads(message.slack_blocks)) <= 50
    assert all(len(text) <= 3_000 for text in slack_texts(message))


def test_a_test_message_names_its_destination() -> None:
    message = render_test("team-mail", WINDOW[0])
    assert message.subject == "Stancewatch test: destination team-mail works"
    assert "This is a test." in message.text
    assert "“team-mail”" in message.slack_text
