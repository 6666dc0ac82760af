"""A change of engine re-labels history silently: a change of model is no change of mind."""

from __future__ import annotations

from dataclasses import replace

from tests.warehouse.timeline import PEAKE, TARN, UNION, Said, Timeline, at, page, words

QUOTE = "Leave the choice of wards with the boards who know this valley, then hold them to what they promised us."


def rederive(timeline: Timeline, *found: Said, version: str = "engine-2") -> None:
    """Another engine finds something else on page a."""
    timeline.pages["a"] = replace(timeline.pages["a"], found=found)
    assert timeline.analyse(version) >= 1


def test_nothing_is_derived_again_by_the_same_engine(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", QUOTE)))
    assert timeline.analyse() == 0


def test_a_new_label_makes_no_event_and_is_the_history_from_then_on(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", QUOTE)))
    rederive(timeline, Said(PEAKE, "central", QUOTE))
    assert timeline.detect() == {"alerts": 0}
    assert [(event.kind, event.stance) for event in timeline.events()] == [("first", "local")]
    assert timeline.query("SELECT stance, model_version FROM statements") == [("central", "engine-2")]
    assert timeline.query("SELECT stance FROM actor_positions") == [("central",)]
    timeline.pages["b"] = page("b", 2, Said(PEAKE, "central", words(1)))
    timeline.store(timeline.pages["b"])
    timeline.analyse("engine-2")
    assert timeline.detect() == {"events_repeat": 1, "alerts": 0}


def test_a_side_found_where_there_was_none_makes_no_event(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "none", QUOTE)))
    rederive(timeline, Said(PEAKE, "local", QUOTE))
    assert timeline.detect() == {"alerts": 0}
    assert timeline.events() == []
    assert timeline.query("SELECT stance, since FROM actor_positions") == [("local", at(1))]


def test_a_side_found_surer_than_before_makes_no_event(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", QUOTE, confidence=0.3)))
    rederive(timeline, Said(PEAKE, "local", QUOTE, confidence=0.9))
    assert timeline.detect() == {"alerts": 0}


def test_a_statement_or_a_name_that_only_the_new_engine_finds_makes_no_event(timeline: Timeline) -> None:
    union, tarn, peake = Said(UNION, "none", words(1)), Said(TARN, "central", words(2)), Said(PEAKE, "local", QUOTE)
    nobody = replace(TARN, person="", organisation="")
    timeline.read(page("a", 1, union, tarn, peake, found=(union, replace(tarn, speaker=nobody))))
    rederive(timeline, union, tarn, peake)
    assert timeline.detect() == {"alerts": 0}
    assert timeline.events() == []


def test_a_change_of_span_keeps_the_event_and_the_place_in_the_history(timeline: Timeline) -> None:
    longer = f"{QUOTE} It was ever so."
    shorter = Said(PEAKE, "local", QUOTE)
    timeline.read(page("a", 1, Said(PEAKE, "local", longer), found=(shorter,)))
    timeline.read(page("b", 2, shorter, publisher="Hill Gazette"))
    before = timeline.events()
    rederive(timeline, Said(PEAKE, "local", longer))
    assert timeline.detect() == {"alerts": 0}
    assert timeline.events() == before
    assert timeline.query("SELECT stance, since, statements FROM actor_positions") == [("local", at(1), 2)]
    assert timeline.query("SELECT text FROM statements WHERE article_id = 'a'") == [(longer,)]
    timeline.pages["c"] = page("c", 3, Said(PEAKE, "central", words(3)))
    timeline.store(timeline.pages["c"])
    timeline.analyse("engine-2")
    timeline.detect()
    assert timeline.kinds("c") == {"Rosalind Peake": "shift"}


def test_a_new_engine_and_an_edit_at_once_only_tell_the_edit(timeline: Timeline) -> None:
    """What the new engine finds in the words that stood there before is no news."""
    tarn, peake, union = Said(TARN, "central", words(8)), Said(PEAKE, "none", QUOTE), Said(UNION, "central", words(4))
    old = page("a", 1, tarn, peake, found=(peake,))
    timeline.read(old)
    assert timeline.query("SELECT person FROM statements") == [("Rosalind Peake",)]
    timeline.store(replace(old, said=(tarn, peake, union), found=None, fetched_at=at(2)))
    timeline.analyse("engine-2")
    assert timeline.detect() == {"events_first": 1, "alerts": 0}
    assert timeline.kinds("a") == {"Guild of Ward Clerks": "first"}


def test_what_was_analysed_but_not_settled_is_settled_later_whatever_came_between(timeline: Timeline) -> None:
    """A run is killed between analysis and detection; before the next one the engine changes and the page too."""
    peake, tarn = Said(PEAKE, "local", QUOTE), Said(TARN, "central", words(2))
    timeline.store(page("a", 1, peake, tarn, found=(peake,)))
    timeline.analyse()
    rederive(timeline, peake, tarn)
    timeline.store(replace(timeline.pages["a"], fetched_at=at(2), opening="It rained."))
    timeline.analyse("engine-3")
    assert timeline.detect() == {"events_first": 2, "alerts": 0}
