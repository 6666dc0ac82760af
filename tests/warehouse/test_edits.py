"""Edited pages: one event an actor and page, whatever is edited; what an edit removes stays known and told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.warehouse.outgoing import due
from tests.warehouse.timeline import PEAKE, TARN, Page, Said, Timeline, at, page, rule, words
from warehouse.outbox import select_carried_alerts

QUOTE = "Leave the choice of wards with the boards who know this valley, then hold them to what they promised us."
MENDED = "Leave the choice of wards with the boards who know this valley, then hold them to what they promised you."
PEAKE_LOCAL = Said(PEAKE, "local", QUOTE)


def edited(old: Page, day: int, *said: Said, opening: str = "") -> Page:
    """The page as it stands on a later day."""
    return replace(old, said=said, fetched_at=at(day), opening=opening or old.opening)


def test_an_edit_makes_a_revision_and_keeps_the_old_text(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    assert timeline.store(edited(first, 2, PEAKE_LOCAL, opening="It rained.")) == {
        "articles_new": 0,
        "articles_edited": 1,
    }
    assert timeline.query("SELECT revision, left(text, 10), fetched_at, first_seen_at FROM articles") == [
        (2, "It rained.", at(2), at(1, 10))
    ]
    assert timeline.query("SELECT revision, text, fetched_at FROM store.article_revisions") == [
        (1, first.text, at(1, 10))
    ]


@pytest.mark.parametrize(
    "said", [(PEAKE_LOCAL, Said(PEAKE, "central", words(2))), (Said(PEAKE, "central", words(2)),), (PEAKE_LOCAL,)]
)
def test_no_second_event_for_the_same_actor(timeline: Timeline, said: tuple[Said, ...]) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    assert timeline.read(edited(first, 2, *said, opening="It rained.")) == {"alerts": 0}
    assert [(event.kind, event.stance, event.quote) for event in timeline.events()] == [("first", "local", QUOTE)]


def test_a_new_actor_in_the_edit_makes_an_event(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    counts = timeline.read(edited(first, 2, PEAKE_LOCAL, Said(TARN, "central", words(2))))
    assert counts == {"events_first": 1, "alerts": 0}
    assert timeline.kinds("a") == {"Rosalind Peake": "first", "Ossian Tarn": "first"}


def test_reverting_the_edit_makes_none(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    timeline.read(edited(first, 2, Said(TARN, "central", words(2))))
    before = timeline.events()
    assert timeline.read(edited(first, 3, PEAKE_LOCAL)) == {"alerts": 0}
    assert timeline.events() == before
    assert timeline.query("SELECT revision FROM articles") == [(3,)]


def test_reverting_the_edit_of_a_silent_page_makes_none(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL, is_live=False)
    timeline.read(first)
    assert timeline.read(edited(first, 2, Said(TARN, "central", words(2)))) == {"events_first": 1, "alerts": 0}
    assert timeline.read(edited(first, 3, PEAKE_LOCAL)) == {"alerts": 0}
    assert timeline.kinds("a") == {"Ossian Tarn": "first"}


def test_a_slip_mended_in_a_silent_page_is_no_news(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL, is_live=False)
    timeline.read(first)
    assert timeline.read(edited(first, 2, Said(PEAKE, "local", MENDED))) == {"alerts": 0}
    assert timeline.query("SELECT stance, since FROM actor_positions") == [("local", at(1))]
    timeline.read(page("b", 3, Said(PEAKE, "central", words(3))))
    assert timeline.kinds("b") == {"Rosalind Peake": "shift"}


def test_new_words_in_an_edit_of_a_silent_page_are_news(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL, is_live=False)
    timeline.read(first)
    timeline.read(edited(first, 2, PEAKE_LOCAL, Said(TARN, "central", words(2))))
    assert timeline.kinds("a") == {"Ossian Tarn": "first"}
    assert timeline.query("SELECT is_history, said_on::VARCHAR FROM articles") == [(True, "2026-06-01")]


def test_a_re_import_of_changed_history_stays_silent(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL, is_live=False, kind="import")
    timeline.read(first)
    assert timeline.read(edited(first, 2, PEAKE_LOCAL, Said(TARN, "central", words(2)))) == {"alerts": 0}


def test_a_seed_met_again_in_a_feeds_first_poll_stays_silent(timeline: Timeline) -> None:
    seed = page("a", 1, PEAKE_LOCAL, is_live=False, kind="seed")
    timeline.read(seed)
    met = edited(replace(seed, kind="feed"), 2, PEAKE_LOCAL, Said(TARN, "central", words(2)))
    assert timeline.read(met) == {"alerts": 0}


def test_what_an_edit_adds_is_judged_when_it_came(timeline: Timeline) -> None:
    """The page is older than the stance that its new words would contradict: it arrives late."""
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    timeline.read(page("b", 2, Said(TARN, "local", words(1))))
    timeline.read(edited(first, 3, PEAKE_LOCAL, Said(TARN, "central", words(2))))
    assert timeline.kinds("a")["Ossian Tarn"] == "repeat"
    timeline.read(page("c", 4, Said(TARN, "local", words(3))))
    assert timeline.kinds("c") == {"Ossian Tarn": "repeat"}


def test_an_event_outlives_the_words_it_was_made_of(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    before = timeline.events()
    timeline.read(edited(first, 2))
    timeline.read(page("b", 3, Said(PEAKE, "central", words(1))))
    assert timeline.events()[:1] == before
    event = timeline.events()[1]
    assert (event.kind, event.previous_stance, event.previous_at) == ("shift", "local", at(1))
    assert timeline.query("SELECT count(*) FROM statements WHERE article_id = 'a'") == [(0,)]


def test_an_owed_alert_outlives_the_words_it_was_made_of(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.store(first)
    timeline.analyse()
    timeline.detect(rule())
    timeline.read(edited(first, 2, Said(TARN, "none", words(9)), opening="Nothing of it was so."))
    (owed,) = select_carried_alerts(timeline.warehouse, [due(timeline, 90)[0].message_id])
    assert (owed.quote, owed.person, owed.outlets) == (QUOTE, "Rosalind Peake", ("Valley Post",))
    assert (owed.before_quote, owed.after_quote) == ("", "")


def test_words_that_an_edit_removed_are_still_seen_words(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    timeline.read(edited(first, 2, Said(TARN, "central", words(2))))
    timeline.read(page("b", 3, Said(TARN, "local", words(3))))
    timeline.read(page("c", 4, Said(PEAKE, "central", MENDED), publisher="Hill Gazette"))
    assert timeline.kinds("c") == {"Rosalind Peake": "repeat"}


def test_a_copy_stays_a_copy_when_the_first_print_is_edited(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    timeline.read(page("b", 2, PEAKE_LOCAL, publisher="Hill Gazette"))
    timeline.read(edited(first, 3, Said(PEAKE, "local", MENDED)))
    assert {event.sources for event in timeline.events()} == {("Hill Gazette", "Valley Post")}
    timeline.read(page("c", 4, Said(PEAKE, "local", MENDED), publisher="Moor Times"))
    assert {event.sources for event in timeline.events()} == {("Hill Gazette", "Moor Times", "Valley Post")}
    assert [event.kind for event in timeline.events()] == ["first", "repeat", "repeat"]


def removed(timeline: Timeline, *columns: str) -> list[tuple[object, ...]]:
    """What pages do not print any more."""
    return timeline.query(f"SELECT {', '.join(columns)} FROM removed_statements ORDER BY removed_at, text")  # noqa: S608 - our own columns


def test_words_that_an_edit_takes_out_are_shown_with_the_day_they_went(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL, Said(TARN, "central", words(2)))
    timeline.read(first)
    assert removed(timeline, "*") == []
    timeline.read(edited(first, 2, PEAKE_LOCAL, Said(TARN, "central", words(2)), opening="It rained."))
    assert removed(timeline, "*") == []
    timeline.read(edited(first, 3, PEAKE_LOCAL, opening="It snowed."))
    timeline.read(edited(first, 4, PEAKE_LOCAL, opening="It froze."))
    columns = ("speaker", "stance", "text", "last_revision", "removed_at", "reworded_as", "is_printed_elsewhere")
    gone = ("Ossian Tarn", "central", words(2), 2, at(3), None, False)
    assert removed(timeline, *columns) == [gone]
    timeline.read(page("b", 5, Said(TARN, "central", words(2)), publisher="Hill Gazette"))
    assert removed(timeline, *columns) == [(*gone[:-1], True)]


def test_words_that_come_back_are_not_gone_and_may_go_again(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    timeline.read(edited(first, 2, Said(TARN, "central", words(2))))
    assert removed(timeline, "text", "last_revision") == [(QUOTE, 1)]
    timeline.read(edited(first, 3, PEAKE_LOCAL))
    assert removed(timeline, "text", "last_revision", "removed_at") == [(words(2), 2, at(3))]
    timeline.read(edited(first, 4, Said(TARN, "central", words(3))))
    assert removed(timeline, "text", "last_revision") == [(words(2), 2), (QUOTE, 3)]


def test_a_mended_slip_is_shown_beside_what_it_was(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    timeline.read(edited(first, 2, Said(PEAKE, "local", MENDED)))
    assert removed(timeline, "text", "reworded_as") == [(QUOTE, MENDED)]


def test_another_cut_of_words_that_are_still_there_removes_nothing(timeline: Timeline) -> None:
    first = page("a", 1, PEAKE_LOCAL)
    timeline.read(first)
    timeline.store(edited(first, 2, PEAKE_LOCAL, opening="It rained."))
    timeline.pages["a"] = replace(timeline.pages["a"], said=())
    timeline.analyse("engine-2")
    assert timeline.query("SELECT count(*) FROM statements") == [(0,)]
    assert removed(timeline, "*") == []
