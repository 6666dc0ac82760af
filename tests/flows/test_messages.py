"""Messages other than alerts: digests group, count and end with the feeds; the others say what they are."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from extractors.records import Stance, Theme
from flows.alert_view import view_alert
from flows.event_list import event_list
from flows.message_content import DigestOrder, HeartbeatContent, Message, SummaryContent
from flows.outbox import open_renderer
from flows.render import HTML_BYTES
from flows.settings import SHIPPED_CONFIG, load_settings
from flows.wording import THEMES
from tests.flows.alerts import FIRST, HOSTILE, RENDERER, SHIFT, WINDOW, digest_of, hostile
from tests.flows.pages import Tags, slack_texts
from tests.flows.test_event_list import EVENT

THEME = replace(SHIFT, event_kind="theme", stance=Stance.CENTRAL, new_themes=(Theme.FINANCE,))
OTHER = replace(FIRST, person="Ifan Morlais", themes=(Theme.AUTONOMY_CONTROL, Theme.WORKFORCE), confidence=0.9)


def forms(message: Message) -> tuple[str, ...]:
    return message.text, Tags(message.html).text, message.slack_text


def places(text: str, *words: str) -> list[int]:
    return [text.lower().index(word.lower()) for word in words]


def test_a_digest_groups_by_kind_and_theme_and_ends_with_the_feeds() -> None:
    content = replace(
        digest_of(FIRST, THEME, OTHER, SHIFT),
        feed_notes=("Hill Gazette is silent.",),
        channel_notes=("team-slack gave up.",),
        withdrawn=("Tomasz Wend took no side.",),
    )
    message = RENDERER.digest(content)
    assert message.subject == "Weekly digest: 1 change of side, 2 new stances, 1 new theme"
    for text in forms(message):
        body = text[text.rindex("1 new theme") + len("1 new theme") :]
        order = places(body, "changes of side", "accountability", "new stances", "workforce", "new themes", "money")
        order += places(body, "taken back", "tomasz wend", "did not arrive", "gave up", "gazette is silent", "dig-1")
        assert order == sorted(order)
        assert "Thursday 28 May 2026, 07:00 to Thursday 4 June 2026, 07:00" in text
        assert text.count("Rosalind Peake") == 3
        assert text.count("now on money") == 1


def test_a_new_theme_is_always_among_the_themes() -> None:
    content = replace(THEME, themes=(Theme.AUTONOMY_CONTROL,))
    view = view_alert(content)
    assert view.themes == (THEMES[Theme.AUTONOMY_CONTROL], THEMES[Theme.FINANCE])
    message = RENDERER.alert(content)
    assert f"Themes: {', '.join(view.themes)} · new: {THEMES[Theme.FINANCE]}" in message.slack_text
    assert f"new: {THEMES[Theme.FINANCE]}" in Tags(message.html).text
    assert f"{', '.join(view.themes)}\n  New for them: {THEMES[Theme.FINANCE]}" in message.text
    for text in forms(RENDERER.digest(digest_of(content))):
        assert text.count("now on money") == 1


def test_themes_are_called_as_the_user_calls_them(tmp_path: Path) -> None:
    shipped = (SHIPPED_CONFIG / "themes.yml").read_text(encoding="utf-8")
    (tmp_path / "themes.yml").write_text(shipped.replace("label: Money", 'label: "Pay & <!here> _funds_"'), "utf-8")
    settings = load_settings({"STANCEWATCH_CONFIG": str(tmp_path)})
    renderer = open_renderer(settings)
    for message in (renderer.alert(THEME), renderer.digest(digest_of(THEME))):
        assert all("pay & <!here> _funds_" in text.lower() for text in (message.text, Tags(message.html).text))
    listed = renderer.summary(SummaryContent((THEME,), 1, "", "stancewatch alerts list"))
    for slack in (message.slack_text, renderer.alert(THEME).slack_text, listed.slack_text):
        assert "pay &amp; &lt;!here" in slack.lower()
        assert "<!" not in slack
    assert "New on: Pay \\& \\<\\!here\\> \\_funds\\_." in event_list([EVENT], 1, settings.theme_names)


def test_counts_stand_beside_those_of_the_period_before() -> None:
    message = RENDERER.digest(replace(digest_of(FIRST, OTHER), earlier_counts=(("first", 5), ("shift", 1))))
    for text in forms(message):
        flat = " ".join(text.split())
        assert "0 changes of side (1 the period before), 2 new stances (5 the period before)" in flat
        assert "new theme" not in flat
    assert message.subject == "Weekly digest: 2 new stances"


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (DigestOrder.NEWEST, ["Zoe", "Abe", "Max"]),
        (DigestOrder.SUREST, ["Max", "Zoe", "Abe"]),
        (DigestOrder.NAME, ["Abe", "Max", "Zoe"]),
    ],
)
def test_a_digest_is_ordered_as_asked_and_cut_at_its_length(order: DigestOrder, names: list[str]) -> None:
    alerts = [
        replace(FIRST, person=name, confidence=confidence, published_at=FIRST.published_at - timedelta(days=number))
        for number, (name, confidence) in enumerate((("Zoe", 0.8), ("Abe", 0.7), ("Max", 0.9)))
    ]
    content = replace(digest_of(*alerts), order=order)
    for text in forms(RENDERER.digest(content)):
        assert places(text, *names) == sorted(places(text, *names))
    for text in forms(RENDERER.digest(replace(content, length=2))):
        assert names[2] not in text
        assert "nd 1 more" in text


def test_an_empty_digest_says_so() -> None:
    message = RENDERER.digest(digest_of())
    assert message.subject == "Weekly digest: no new stances in this period"
    assert "All feeds are well." in message.text
    assert "All feeds are well." in message.slack_text


def test_a_huge_digest_is_cut_and_says_by_how_much() -> None:
    message = RENDERER.digest(digest_of(*[FIRST] * 400))
    assert "And 340 more: stancewatch alerts list" in message.text
    assert "and 370 more: `stancewatch alerts list`" in message.slack_text
    assert len(json.loads(message.slack_blocks)) <= 50
    assert all(len(text) <= 3_000 for text in slack_texts(message))


def test_a_digest_is_never_longer_than_gmail_shows() -> None:
    alerts = [
        replace(hostile(HOSTILE * 20), event_kind=kind) for kind in ("first", "shift", "theme") for _ in range(200)
    ]
    message = RENDERER.digest(replace(digest_of(*alerts), length=10_000))
    assert 60_000 < len(message.html.encode()) <= HTML_BYTES
    assert "more: <b>stancewatch alerts list</b>" in message.html


def test_a_summary_counts_shows_ten_and_says_where_the_rest_is() -> None:
    alerts = (SHIFT, *(replace(FIRST, person=f"Person {number:02}") for number in range(36)))
    content = SummaryContent(alerts, 37, "https://watch.example/report", "stancewatch alerts list", "sum-1")
    message = RENDERER.summary(content)
    assert message.subject == "37 new stances in one run: held back as one list"
    for text in forms(message):
        assert "1 change of side, 36 new stances" in text
        assert "37 local" in text
        assert "Person 08" in text
        assert "Person 09" not in text
        assert "nd 27 more" in text
        assert "stancewatch alerts list" in text
        assert "sum-1" in text
    assert "https://watch.example/report" in Tags(message.html).links
    assert "https://watch.example/report" in message.text
    assert "among the first 2" in RENDERER.summary(replace(content, alerts=alerts[:2])).text


BEAT = HeartbeatContent(*WINDOW, 214, 96, 0, 114, ("Hill Gazette",), (), "beat-1")


def test_a_heartbeat_says_that_all_is_well_and_how_much_there_was() -> None:
    message = RENDERER.heartbeat(BEAT)
    assert message.subject == "All is well: 214 articles, 96 statements, 0 new stances, 1 feed silent"
    for text in forms(message):
        assert "All is well" in text
        assert "Hill Gazette" in text
        assert "114" in text
        assert "beat-1" in text


def test_a_heartbeat_says_first_what_is_wrong() -> None:
    message = RENDERER.heartbeat(replace(BEAT, troubles=("team-slack gave up",)))
    assert message.subject.startswith("Not all is well: 1 trouble; 214 articles")
    for text in forms(message):
        assert "All is well" not in text
        assert text.index("team-slack gave up") < text.index("Hill Gazette")


def test_a_test_is_marked_as_one_and_names_its_destination() -> None:
    message = RENDERER.test("team-mail", WINDOW[0])
    assert message.subject == "Stancewatch test: destination team-mail works"
    for text in forms(message):
        assert "This is a test." in text
        assert "“team-mail”" in text
        assert "test-20260528T060000" in text


def test_what_may_be_a_repeat_says_so_in_every_kind() -> None:
    messages = [
        RENDERER.alert(replace(FIRST, is_possible_repeat=True)),
        RENDERER.digest(replace(digest_of(FIRST), is_possible_repeat=True)),
        RENDERER.summary(SummaryContent((FIRST,), 30, "", "x", is_possible_repeat=True)),
        RENDERER.heartbeat(replace(BEAT, is_possible_repeat=True)),
    ]
    for message in messages:
        assert message.subject.endswith(" (may be a repeat)")
        for text in forms(message):
            assert "may be a repeat" in text.lower()
