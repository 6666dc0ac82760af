"""History: late arrivals, back-fill and seeds are silent, stand in their place, and are what news is new against."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from extractors.records import Theme
from tests.warehouse.timeline import AUTONOMY, PEAKE, TARN, Page, Said, Timeline, at, page, rule, words
from warehouse.ledger import detect_events

if TYPE_CHECKING:
    from datetime import datetime


def local(number: int) -> Said:
    return Said(PEAKE, "local", words(number))


def central(number: int) -> Said:
    return Said(PEAKE, "central", words(number))


def test_a_late_arrival_is_a_repeat_and_todays_stance_stays(timeline: Timeline) -> None:
    timeline.read(page("new", 10, local(1)))
    timeline.read(page("late", 5, central(2), first_seen_at=at(11)))
    timeline.read(page("next", 12, local(3)))
    timeline.read(page("turn", 13, central(4)))
    assert [(event.article_id, event.kind) for event in timeline.events()] == [
        ("late", "repeat"),
        ("new", "first"),
        ("next", "repeat"),
        ("turn", "shift"),
    ]
    assert timeline.query("SELECT stance, since, previous_stance FROM actor_positions") == [
        ("central", at(13), "local")
    ]


def test_a_late_arrival_stands_in_its_place_in_the_history(timeline: Timeline) -> None:
    timeline.read(page("old", 1, local(1)))
    timeline.read(page("new", 10, central(2)))
    timeline.read(page("late", 5, local(3), first_seen_at=at(11)))
    late = next(event for event in timeline.events() if event.article_id == "late")
    assert (late.kind, late.previous_stance, late.previous_at) == ("repeat", "local", at(1))
    (row,) = timeline.query("SELECT stance, since, previous_stance FROM actor_positions")
    assert row == ("central", at(10), "local")


def test_themes_of_a_late_arrival_are_known_from_then_on(timeline: Timeline) -> None:
    themed = (Theme.AUTONOMY_CONTROL, Theme.FINANCE)
    timeline.read(page("new", 10, local(1)))
    timeline.read(page("late", 5, Said(PEAKE, "local", words(2), themed), first_seen_at=at(11)))
    timeline.read(page("next", 12, Said(PEAKE, "local", words(3), themed)))
    assert [event.kind for event in timeline.events()] == ["repeat", "first", "repeat"]
    assert [event.new_themes for event in timeline.events()] == [(), (), ()]


@pytest.mark.parametrize("seen", [at(4), at(10, 10)])
def test_a_page_that_could_not_be_read_at_first_arrives_late(timeline: Timeline, seen: datetime) -> None:
    """Its entry was seen before the other page's, but that page was settled before this one could be read."""
    timeline.read(page("new", 10, local(1)))
    timeline.read(Page("late", (central(2),), at(4), first_seen_at=seen))
    assert timeline.kinds("late") == {"Rosalind Peake": "repeat"}


def test_a_page_seen_before_but_read_after_a_later_one_knows_it(timeline: Timeline) -> None:
    timeline.read(page("one", 5, local(1), first_seen_at=at(12)))
    timeline.read(page("two", 8, central(2), first_seen_at=at(11)))
    event = next(event for event in timeline.events() if event.article_id == "two")
    assert (event.kind, event.previous_stance) == ("shift", "local")


@pytest.mark.parametrize("kind", ["seed", "import", "feed"])
def test_history_is_silent_and_counts(timeline: Timeline, kind: str) -> None:
    old = page("old", 1, central(1), Said(TARN, "local", words(2)), is_live=False, kind=kind)
    assert timeline.read(old) == {"alerts": 0}
    timeline.read(page("new", 2, local(3), Said(TARN, "local", words(4))))
    assert timeline.kinds("new") == {"Rosalind Peake": "shift", "Ossian Tarn": "repeat"}
    assert timeline.kinds("old") == {}


@pytest.mark.parametrize("loaded", [at(2, 10), at(40)])
def test_history_counts_whenever_it_was_loaded(timeline: Timeline, loaded: datetime) -> None:
    """A page that is imported as if it had been seen long ago is new against the seeds, loaded today."""
    timeline.read(Page("seed", (central(1),), at(1), first_seen_at=loaded, is_live=False, kind="seed"))
    timeline.read(page("new", 2, local(2)))
    (event,) = timeline.events()
    assert (event.kind, event.previous_stance, event.previous_at) == ("shift", "central", at(1))


@pytest.mark.parametrize("loaded", [at(2, 10), at(40)])
def test_history_and_news_settled_together(timeline: Timeline, loaded: datetime) -> None:
    """A feed's first poll and another's news, or seeds and an import, may come to be settled in one go."""
    history = Page("old", (central(1), Said(TARN, "local", words(9))), at(1), first_seen_at=loaded, is_live=False)
    counts = timeline.read(page("new", 2, local(2), Said(TARN, "local", words(9)), publisher="Hill Gazette"), history)
    assert counts == {"events_shift": 1, "events_repeat": 1, "alerts": 0}
    assert timeline.kinds("new") == {"Rosalind Peake": "shift", "Ossian Tarn": "repeat"}


def test_news_older_than_what_is_known_from_history_is_late(timeline: Timeline) -> None:
    timeline.read(page("history", 10, local(1), is_live=False))
    timeline.read(page("late", 5, central(2), first_seen_at=at(10, 10)))
    assert timeline.kinds("late") == {"Rosalind Peake": "repeat"}


def test_a_back_fill_behind_an_event_changes_no_event(timeline: Timeline) -> None:
    timeline.read(page("new", 10, local(1)))
    before = timeline.events()
    timeline.read(page("fill", 5, central(2), is_live=False, first_seen_at=at(20), kind="import"))
    assert timeline.events() == before
    timeline.read(page("next", 21, local(3)))
    assert timeline.kinds("next") == {"Rosalind Peake": "repeat"}
    assert timeline.query("SELECT stance, since, previous_stance FROM actor_positions") == [
        ("local", at(10), "central")
    ]


def test_history_owes_no_alert(timeline: Timeline) -> None:
    timeline.store(page("old", 1, central(1), is_live=False))
    timeline.analyse()
    everything = rule(kinds=("first", "shift", "theme", "repeat"))
    assert timeline.detect(everything)["alerts"] == 0
    assert timeline.query("SELECT * FROM alerts") == []


def test_a_seed_counts_from_its_own_threshold_on(timeline: Timeline) -> None:
    unsure = Said(PEAKE, "central", words(1), AUTONOMY, 0.4)
    timeline.store(page("seed", 1, unsure, is_live=False, kind="seed"))
    timeline.store(page("import", 1, replace(unsure, speaker=TARN, text=words(4)), is_live=False, kind="import"))
    timeline.store(page("a", 2, local(2), Said(TARN, "local", words(3))))
    timeline.analyse()
    detect_events(timeline.warehouse, "run", at(60), [], minimum_confidence=0.5, seed_confidence=0.3)
    assert timeline.kinds("a") == {"Rosalind Peake": "shift", "Ossian Tarn": "first"}
