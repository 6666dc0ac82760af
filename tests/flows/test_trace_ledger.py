"""Traces of what the ledger decided: each reason for which nobody is told anything, and each state of an alert."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest

from extractors.records import ActorType, Speaker, Stance, Theme
from flows.alert_settings import AlertsFile, Detection, RuleConfig
from flows.analyse import rule_rows
from flows.settings import SHIPPED_CONFIG
from flows.trace import choose, trace_item
from flows.trace_picture import as_json, as_text
from flows.trace_steps import percents
from flows.wording import EventKind
from tests.flows.traces import trace, words
from tests.warehouse.analyst import correct, statement_of, undo
from tests.warehouse.outgoing import due, finish
from tests.warehouse.timeline import AUTONOMY, PEAKE, TARN, Page, Said, Timeline, at, open_timeline, page, rule
from tests.warehouse.timeline import words as said_words
from warehouse.actors import Decision
from warehouse.articles import record_drops
from warehouse.corrections import decide_reviews
from warehouse.dispatch import GateRow, Release, SlotRow, make_digests
from warehouse.ledger import preview_alerts
from warehouse.outbox import mark_sending
from warehouse.polls import Drop
from warehouse.published import publish
from warehouse.tracing import Owner, open_tracer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.trace_steps import Trace

ALERTS = AlertsFile(Detection(0.5), rules=(RuleConfig("sides", ("desk",)),))


class Ledger(Timeline):
    """A timeline whose pages can be traced."""

    def read_one_by_one(self, *pages: Page) -> None:
        for each in pages:
            self.store(each)
            self.analyse()
            self.detect(rule())

    def trace(self, key: str, alerts: AlertsFile = ALERTS) -> Trace:
        publish(self.warehouse)
        return trace(self.warehouse.path, key, alerts)

    def why_not(self, key: str) -> str:
        found = self.trace(key)
        assert not found.is_told
        return found.verdict

    def alert(self) -> str:
        ((alert_id,),) = self.query("SELECT alert_id FROM store.alerts")
        return str(alert_id)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with contextlib.ExitStack() as stack:
        yield Ledger(stack.enter_context(open_timeline(tmp_path)).warehouse)


def local(number: int, **more: object) -> Said:
    return Said(PEAKE, "local", said_words(number), **more)  # type: ignore[arg-type]  # passed on


CENTRAL = Said(PEAKE, "central", said_words(50))


def test_a_shift_names_the_position_it_is_compared_with(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("a", 1, local(1)), page("b", 3, CENTRAL))
    event = words(ledger.trace("b"), "event")
    assert event.startswith("shift: ▼ central, 90%, since the side before was ▲ local: “we1 want1")
    assert "2026-06-01 10:00, Valley Post, https://post.example/a" in event


def test_late_arrival(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("new", 9, local(1)), page("old", 2, CENTRAL, first_seen_at=at(20)))
    assert "it arrived late: what the actor said later was known already, 2026-06-09" in ledger.why_not("old")


def test_syndication(ledger: Ledger) -> None:
    opening = " ".join(f"The board met in room {n} and heard paper {n * 7} on ward {n * 3}." for n in range(1, 20))
    copies = [page(key, day, local(1), publisher=key, opening=opening) for day, key in enumerate(("aa", "bb"), start=1)]
    ledger.read_one_by_one(*copies)
    found = ledger.trace("bb")
    assert "because this is a copy of a text that was printed before, 2026-06-01 10:00, aa" in found.verdict
    assert "syndicated: the same words were printed before" in words(found, "original")
    assert "one of 2 articles that carry this text; aa, https://post.example/aa was published first" in words(found)
    assert "does not count: all of it was printed before" in words(found, "position")


def test_old_words_quoted_again(ledger: Ledger) -> None:
    text = "A wholly different report on another day of the week about something else. " * 5
    ledger.read_one_by_one(page("aa", 1, local(1)), page("bb", 5, local(1), opening=text))
    assert "because these are old words that were printed before, 2026-06-01 10:00" in ledger.why_not("bb")
    assert "quoted again: the same words were printed before" in words(ledger.trace("bb"), "original")


def test_the_same_side_again(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1)), page("bb", 5, local(2)))
    assert "because the side is the same as before and touches no new theme: “we1" in ledger.why_not("bb")


def test_a_side_that_is_not_sure_enough(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1, confidence=0.31)))
    assert "no side is sure enough: 31% at most, where 50% are needed" in ledger.why_not("aa")
    assert "▲ local, 31% (below 50%)" in words(ledger.trace("aa"), "statement")


def test_a_statement_without_a_side_told_nobody_whatever_was_said_beside_it(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1), Said(PEAKE, "none", said_words(2))))
    (message,) = due(ledger, 61)
    finish(ledger, message, "sent", "sent")
    ids = dict(ledger.query("SELECT stance, statement_id FROM statements"))
    assert "because nothing said takes a side" in ledger.why_not(ids["none"])
    assert "○ no side, 90%: “we2" in words(ledger.trace(ids["none"]), "statement")
    assert ledger.trace(ids["local"]).is_told
    assert ledger.trace("aa").is_told


@pytest.mark.parametrize(("kind", "words_of_it"), [("seed", "a seed document"), ("import", "imported as history")])
def test_history(ledger: Ledger, kind: str, words_of_it: str) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1), is_live=False, kind=kind))
    assert "because the article is history, which news is new against" in ledger.why_not("aa")
    assert words_of_it in words(ledger.trace("aa"), "article")
    assert "counts in the history" in words(ledger.trace("aa"), "position")


def test_nothing_that_a_page_says_reaches_the_terminal_raw(ledger: Ledger) -> None:
    hostile = "\x1b[31mred\x07 \u202egnirts\u202c <b>bold</b> " + "long " * 9999
    speaker = Speaker(f"Rosalind {hostile[:20]}", hostile, "Valley Hospitals Group", ActorType.LOCAL_NHS)
    ledger.read_one_by_one(page("aa", 1, Said(speaker, "local", hostile), publisher=hostile))
    ledger.query("UPDATE store.articles SET title = publisher, url = 'https://post.example/' || publisher")
    ledger.show_articles()
    shown = as_text(ledger.trace("aa"))
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert len(shown) < 6000
    assert json.loads(as_json(ledger.trace("aa")))["id"] == "aa"


def test_what_waits_for_the_next_run(ledger: Ledger) -> None:
    ledger.store(page("aa", 1, local(1)))
    assert "because it waits for the next run" in ledger.why_not("aa")
    ledger.analyse()
    assert "because what is new in the article is settled by the next run" in ledger.why_not("aa")


def test_what_the_engine_gave_up_on(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, found=()))
    record_drops(ledger.warehouse, at(2), [Drop("https://post.example/aa", "analyse", "took more than 60 s")])
    assert "because the engine gave up on it: took more than 60 s" in ledger.why_not("aa")


def test_labels_that_came_with_the_article_are_called_so_whatever_its_language(ledger: Ledger) -> None:
    ledger.store(page("aa", 1, local(1)))
    ledger.analyse("given")
    ledger.query("UPDATE store.articles SET language = 'cy'")
    ledger.detect(rule())
    found = ledger.trace("aa")
    assert words(found, "analyse") == "labelled as the import gave it, revision 1: 1 statement, 1 with a side"
    assert "the alert to desk goes out" in found.verdict


def test_an_edit_tells_its_time_and_what_it_took_back(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1)), page("aa", 1, Said(TARN, "none", said_words(2)), fetched_at=at(4)))
    found = ledger.trace("aa")
    edits = [step for step in found.steps if step.stage == "edit"]
    assert [(step.at, step.words) for step in edits] == [
        (at(4), "edited: revision 2, 1 paragraph added, 1 paragraph taken out")
    ]
    assert "no longer in the article" in words(found, "statement")


def test_an_edited_page_of_a_first_poll_was_history_when_it_came(ledger: Ledger) -> None:
    ledger.read_one_by_one(
        page("aa", 1, local(1), is_live=False),
        page("aa", 1, local(1), Said(TARN, "central", said_words(2)), fetched_at=at(4)),
    )
    told = words(ledger.trace("aa"), "article")
    assert "history when it came, so it alerted nobody; what its edits added is news" in told
    ledger.read_one_by_one(page("bb", 2, local(3)), page("bb", 2, local(4), fetched_at=at(5)))
    assert "history" not in words(ledger.trace("bb"), "article")


def test_what_a_newer_engine_finds_is_no_news(ledger: Ledger) -> None:
    quiet = page("aa", 1, local(1), found=())
    ledger.read_one_by_one(quiet)
    ledger.pages["aa"] = page("aa", 1, local(1))
    ledger.analyse("engine-2")
    ledger.detect(rule())
    assert "because its words were no news when it was settled" in ledger.why_not("aa")


def test_an_event_that_no_rule_fits_says_what_does_not(ledger: Ledger) -> None:
    finance = Said(PEAKE, "local", said_words(2), (*AUTONOMY, Theme.FINANCE))
    ledger.read_one_by_one(page("aa", 1, local(1)), page("bb", 5, finance))
    found = ledger.trace("bb")
    assert found.verdict == "Not told: Rosalind Peake (Valley Hospitals Group), because no rule of alerts.yml fits."
    assert "on a theme never touched before, Money" in words(found, "event")
    assert "it asks for kinds first, shift, this is theme" in words(found, "rule")
    assert "because alerts.yml has no rule." in ledger.trace("bb", AlertsFile()).verdict


def test_a_rule_that_is_newer_than_the_event(ledger: Ledger) -> None:
    ledger.store(page("aa", 1, local(1)))
    ledger.analyse()
    ledger.detect()
    assert "because no rule fitted when it was detected (one does now" in ledger.why_not("aa")


@pytest.mark.parametrize(
    ("outcome", "status", "reason"),
    [
        ("failed", "pending", "the alert to desk goes out with the next run, the last attempt: it was failed"),
        ("unknown", "unknown", "was handed over, but the service did not say that it took it"),
        ("dead", "dead", "was given up after 1 attempt, the last attempt: it was dead: `stancewatch alerts retry`"),
    ],
)
def test_alerts_that_did_not_arrive(ledger: Ledger, outcome: str, status: str, reason: str) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1)))
    (message,) = due(ledger, 61)
    finish(ledger, message, outcome, status)
    assert reason in ledger.why_not("aa")
    assert f"attempt 1: {outcome}: it was {outcome}" in words(ledger.trace(ledger.alert()), "delivery")


def test_an_alert_that_was_being_sent_when_the_run_ended(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1)))
    (message,) = due(ledger, 61)
    mark_sending(ledger.warehouse, message.message_id)
    assert "because the alert to desk was being sent when a run ended" in ledger.why_not("aa")


@pytest.mark.parametrize(
    ("share", "least", "told"),
    [(0.7, 0.82, ("70%", "82%")), (0.8198, 0.82, ("81.98%", "82.00%")), (0.815, 0.82, ("81.5%", "82.0%"))],
)
def test_what_is_below_a_bound_never_looks_like_it(share: float, least: float, told: tuple[str, str]) -> None:
    assert percents(share, least) == told


def test_an_alert_in_quiet_hours_says_until_when(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1)))
    assert not due(ledger, 61, Release((GateRow("desk", "quiet hours until 07:00", 9),), (), 50))
    assert "because the alert to desk is held (quiet hours until 07:00)" in ledger.why_not("aa")


def test_an_alert_for_review_waits_for_an_analyst(ledger: Ledger) -> None:
    ledger.store(page("aa", 1, local(1)))
    ledger.analyse()
    ledger.detect(rule(review_below=0.95))
    assert "because the alert to desk waits for an analyst (not sure enough to go out unseen)" in ledger.why_not("aa")
    strict = AlertsFile(Detection(0.5), rules=(RuleConfig("sides", ("desk",), review_below=0.95),))
    assert "fits, as alerts.yml stands, but it is to be reviewed first" in words(ledger.trace("aa", strict), "rule")


def test_an_alert_that_is_held_and_the_digest_that_carried_it(ledger: Ledger) -> None:
    ledger.store(page("aa", 1, local(1)))
    ledger.analyse()
    ledger.detect(rule(timing="daily"))
    assert "because the alert to desk is held (daily digest)" in ledger.why_not("aa")
    make_digests(ledger.warehouse, at(70), [SlotRow("digest-1", "desk", "daily", at(50), at(70))], [])
    assert "goes out with the next run in digest digest-1" in ledger.why_not("aa")
    assert "because it was not sent yet" in ledger.why_not("digest-1")
    (message,) = due(ledger, 70)
    finish(ledger, message, "sent", "sent")
    assert ledger.trace("aa").verdict.endswith(" on a first side, to desk at 2026-06-03 10:00.")
    found = ledger.trace("digest-1")
    assert found.verdict == "Told: digest digest-1 to desk at 2026-06-03 10:00."
    assert f"carries alert {ledger.alert()}" in words(found, "alert")


def test_an_alert_that_is_no_news_any_more(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1)))
    ledger.query("UPDATE store.events SET kind = 'repeat'")  # as merging actors does
    ledger.query("UPDATE store.alerts SET is_wanted = false")
    assert "it is no news any more since actors were merged" in ledger.why_not("aa")
    assert "alert to desk by rule 'sides': was withdrawn" in words(ledger.trace("aa"), "alert")


def test_a_correction_is_shown_with_what_it_took_back(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1)))
    correct(ledger, statement_of(ledger, "aa"), stance="none")
    ledger.detect(rule())
    found = ledger.trace("aa")
    assert not found.is_told
    assert "because it is no news any more since a correction" in found.verdict
    corrected = words(found, "correction")
    assert corrected.startswith("corrected by ")
    assert "the side is ○ no side; the machine had ▲ local, 90%" in corrected
    assert "was told as first, ▲ local, until a correction: repeat" in words(found, "change")
    undo(ledger, statement_of(ledger, "aa"))
    ledger.detect(rule())
    found = ledger.trace("aa")
    assert "corrections taken back by " in words(found, "correction")
    assert "no news any more" not in found.verdict


def test_what_was_told_of_a_corrected_statement_ends_told(ledger: Ledger) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1)))
    (message,) = due(ledger, 61)
    finish(ledger, message, "sent", "sent")
    statement = statement_of(ledger, "aa")
    correct(ledger, statement, stance="none")
    ledger.detect(rule())
    for key in ("aa", statement):
        assert ledger.trace(key).verdict.endswith(" on a first side, to desk at 2026-06-03 10:00, since corrected.")
    undo(ledger, statement)
    ledger.detect(rule())
    assert ledger.trace(statement).verdict.endswith(" on a first side, to desk at 2026-06-03 10:00.")


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_corrected_statement_whose_event_rests_on_others_says_so(ledger: Ledger, *, is_sent: bool) -> None:
    ledger.read_one_by_one(page("aa", 1, local(1), local(2, confidence=0.8)))
    (message,) = due(ledger, 61)
    if is_sent:
        finish(ledger, message, "sent", "sent")
    ((statement,),) = ledger.query("SELECT statement_id FROM store.events")
    correct(ledger, statement, stance="none")
    ledger.detect(rule())
    found = ledger.trace(statement)
    assert found.is_told == is_sent
    fate = "on a first side, to desk at 2026-06-03 10:00" if is_sent else "the alert to desk goes out with the next run"
    assert found.verdict.startswith("Told: " if is_sent else "Not told: ")
    assert found.verdict.endswith(f"{fate} (the event rests on other words now).")


@pytest.mark.parametrize(
    ("decision", "fate"), [("dismiss", "was dismissed by an analyst"), ("accept", "goes out with")]
)
def test_a_review_says_who_decided_what(ledger: Ledger, decision: str, fate: str) -> None:
    ledger.store(page("aa", 1, local(1)))
    ledger.analyse()
    ledger.detect(rule(review_below=0.95))
    decide_reviews(ledger.warehouse, [ledger.alert()], decision, Decision("jo", at(62), "as quoted"))
    found = ledger.trace("aa")
    assert words(found, "review") == f"{decision}ed by jo: as quoted"
    assert f"the alert to desk {fate}" in found.verdict


RULES = [
    RuleConfig("kinds", ("desk",), kinds=(EventKind.SHIFT,)),
    RuleConfig("sure", ("desk",), minimum_confidence=0.8),
    RuleConfig("stances", ("desk",), stances=(Stance.CENTRAL,)),
    RuleConfig("types", ("desk",), actor_types=(ActorType.GOVERNMENT,)),
    RuleConfig("themes", ("desk",), themes=(Theme.FINANCE,)),
    RuleConfig("actors", ("desk",), actors=("ossian TARN",)),
    RuleConfig("ignored", ("desk",), ignore_actors=("valley hospitals group",)),
    RuleConfig("publishers", ("desk",), publishers=("valley POST",)),
    RuleConfig("keywords", ("desk",), keywords=("we2", "room 9")),
    RuleConfig("all", ("desk",), keywords=("title",), themes=(Theme.AUTONOMY_CONTROL,), actors=("Rosalind Peake",)),
]


def test_a_trace_judges_rules_as_the_outbox_does(ledger: Ledger) -> None:
    finance = Said(TARN, "central", said_words(2), (*AUTONOMY, Theme.FINANCE), 0.7)
    ledger.read_one_by_one(page("aa", 1, local(1)), page("bb", 3, finance, publisher="Else"), page("cc", 5, CENTRAL))
    publish(ledger.warehouse)
    for config in RULES:
        rows = rule_rows(AlertsFile(rules=(config,)))
        preview = preview_alerts(ledger.warehouse.path, rows, at(1))
        place = preview.columns.index("url")
        sent = {row[place].rpartition("/")[2] for row in preview.rows}
        with open_tracer(ledger.warehouse.path) as tracer:
            checks = {key: tracer.item(Owner(article_id=key), (), rows).rules for key in ("aa", "bb", "cc")}
        assert {key for key, found in checks.items() if not found[0].failed} == sent, config.name
        assert len(sent) in {1, 2}, config.name


def test_a_theme_is_called_as_the_user_calls_it(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finance = Said(PEAKE, "local", said_words(2), (*AUTONOMY, Theme.FINANCE))
    ledger.read_one_by_one(page("aaaa", 1, local(1)), page("bbbb", 5, finance))
    publish(ledger.warehouse)
    shipped = (SHIPPED_CONFIG / "themes.yml").read_text(encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "themes.yml").write_text(shipped.replace("label: Money", "label: Pay"), encoding="utf-8")
    monkeypatch.setenv("STANCEWATCH_CONFIG", str(tmp_path / "own"))
    monkeypatch.setenv("STANCEWATCH_WAREHOUSE", str(ledger.warehouse.path))
    trace_item("bbbb", is_json=False)
    assert "theme never touched before, Pay:" in " ".join(capsys.readouterr().out.split())


def test_ids_that_begin_alike_are_wrong_use(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger.read_one_by_one(page("twin-one", 1, local(1)), page("twin-two", 2, local(2)))
    publish(ledger.warehouse)
    monkeypatch.setenv("STANCEWATCH_WAREHOUSE", str(ledger.warehouse.path))
    assert trace_item("twin", is_json=False) == 2
    printed = capsys.readouterr()
    assert not printed.out
    assert "several begin with twin: article twin-one, article twin-two; give the id of one" in printed.err
    assert trace_item("twi", is_json=False) == 2
    assert "twi is too short; give at least 4 characters of an id" in capsys.readouterr().err
    with open_tracer(ledger.warehouse.path) as tracer:
        assert [subject.id for subject in choose(tracer.find("twin-one"))] == ["twin-one"]
