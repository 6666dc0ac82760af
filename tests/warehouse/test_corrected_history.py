"""A correction tells an actor's history anew, silently: events change or are taken back, and nobody is alerted anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.records import ActorType, Speaker
from tests.warehouse.analyst import correct, statement_of, undo
from tests.warehouse.namesakes import state
from tests.warehouse.timeline import CROWD, PEAKE, TARN, UNION, Said, Timeline, at, page, rule, words
from warehouse.actors import Decision
from warehouse.corrections import CorrectionError, decide_reviews, select_told_otherwise

A = page("a", 1, Said(PEAKE, "local", words(1)))
B = page("b", 2, Said(PEAKE, "central", words(2)))
NOBODY = Speaker("", "a manager", "", ActorType.OTHER)


def news(timeline: Timeline, *pages: object) -> None:
    """Store, analyse and settle pages together, and owe alerts of them."""
    timeline.store(*pages)  # type: ignore[arg-type]
    timeline.analyse()
    timeline.detect(rule())


def told(timeline: Timeline) -> list[tuple[str, str, str, str | None]]:
    return [(event.article_id, event.who, event.kind, event.previous_stance) for event in timeline.events()]


def changes(timeline: Timeline) -> list[tuple[object, ...]]:
    query = "SELECT old_kind, new_kind, old_stance, new_stance, cause FROM event_changes ORDER BY ALL"
    return timeline.query(query)


@pytest.mark.parametrize(
    ("stance", "kinds"),
    [
        ("none", [("repeat", "local", None), ("first", "central", None)]),
        ("central", [("first", "central", None), ("repeat", "central", "central")]),
        ("balanced", [("first", "balanced", None), ("shift", "central", "balanced")]),
    ],
)
def test_a_first_that_is_corrected_changes_the_shift_behind_it_and_an_undo_restores_all(
    timeline: Timeline, stance: str, kinds: list[tuple[str, str, str | None]]
) -> None:
    news(timeline, A, B)
    alerts, before = timeline.owed(), state(timeline)
    statement = statement_of(timeline, "a")
    correct(timeline, statement, stance=stance)
    assert timeline.detect(rule())["alerts"] == 0
    assert [(event.kind, event.stance, event.previous_stance) for event in timeline.events()] == kinds
    assert timeline.owed() == alerts
    assert timeline.query("SELECT DISTINCT cause FROM event_changes") == [("correction",)]
    withdrawn = sum(kind == "repeat" for kind, *_ in kinds)
    assert timeline.query("SELECT count(*) FROM alerts WHERE status = 'withdrawn'") == [(withdrawn,)]
    undo(timeline, statement)
    assert timeline.detect(rule())["alerts"] == 0
    assert state(timeline) == before
    assert timeline.query("SELECT count(*) FROM alerts WHERE status = 'withdrawn'") == [(0,)]
    assert timeline.table("store.amendments") == []


def test_what_changed_is_kept_and_told(timeline: Timeline) -> None:
    news(timeline, A, B)
    correct(timeline, statement_of(timeline, "a"), stance="none")
    timeline.detect(rule())
    assert changes(timeline) == [
        ("first", "repeat", "local", "local", "correction"),
        ("shift", "first", "central", "central", "correction"),
    ]
    lines = select_told_otherwise(timeline.warehouse, f"run-{timeline.runs}")
    assert [(each.new_kind, each.who, each.withdrawn_alerts) for each in lines] == [
        ("repeat", PEAKE.person, 1),
        ("first", PEAKE.person, 0),
    ]
    timeline.detect(rule())
    assert len(changes(timeline)) == 2


def test_later_news_is_judged_by_the_corrected_side(timeline: Timeline) -> None:
    news(timeline, A)
    correct(timeline, statement_of(timeline, "a"), stance="central")
    timeline.detect(rule())
    news(timeline, B)
    assert told(timeline) == [("a", PEAKE.person, "first", None), ("b", PEAKE.person, "repeat", "central")]


def test_a_side_that_the_machine_missed_is_history_and_no_news(timeline: Timeline) -> None:
    news(timeline, page("a", 1, Said(PEAKE, "none", words(1))), page("b", 2, Said(PEAKE, "local", words(2))))
    assert told(timeline) == [("b", PEAKE.person, "first", None)]
    correct(timeline, statement_of(timeline, "a"), stance="central")
    assert timeline.detect(rule())["alerts"] == 0
    assert told(timeline) == [("b", PEAKE.person, "shift", "central")]


def test_a_doubtful_side_counts_once_it_is_confirmed(timeline: Timeline) -> None:
    news(timeline, page("a", 1, Said(PEAKE, "local", words(1), confidence=0.4)), B)
    assert told(timeline) == [("b", PEAKE.person, "first", None)]
    correct(timeline, statement_of(timeline, "a"), stance="local")
    timeline.detect(rule())
    assert told(timeline) == [("b", PEAKE.person, "shift", "local")]


def test_a_corrected_speaker_takes_the_event_along(timeline: Timeline) -> None:
    news(timeline, A, B, page("c", 3, Said(TARN, "local", words(3))))
    assert [event.kind for event in timeline.events()] == ["first", "shift", "first"]
    before = state(timeline)
    statement = statement_of(timeline, "a")
    correct(timeline, statement, speaker=TARN)
    assert timeline.detect(rule())["alerts"] == 0
    assert told(timeline) == [
        ("a", TARN.person, "first", None),
        ("b", PEAKE.person, "first", None),
        ("c", TARN.person, "repeat", "local"),
    ]
    assert timeline.query("SELECT person, stance FROM actor_positions ORDER BY 1") == [
        (TARN.person, "local"),
        (PEAKE.person, "central"),
    ]
    undo(timeline, statement)
    timeline.detect(rule())
    assert state(timeline) == before


def test_words_of_nobody_take_the_event_back_and_an_undo_restores_it(timeline: Timeline) -> None:
    news(timeline, A, B)
    before = state(timeline)
    correct(timeline, statement_of(timeline, "a"), speaker=NOBODY)
    timeline.detect(rule())
    assert [(event.article_id, event.kind) for event in timeline.events()] == [("a", "repeat"), ("b", "first")]
    undo(timeline, statement_of(timeline, "a"))
    timeline.detect(rule())
    assert state(timeline) == before


def test_words_of_nobody_that_turn_out_to_be_somebodys_bring_the_event_along(timeline: Timeline) -> None:
    news(timeline, A, B)
    statement = statement_of(timeline, "a")
    correct(timeline, statement, speaker=NOBODY)
    timeline.detect(rule())
    correct(timeline, statement, hour=1, speaker=TARN)
    assert timeline.detect(rule())["alerts"] == 0
    assert told(timeline) == [("a", TARN.person, "first", None), ("b", PEAKE.person, "first", None)]


def test_words_of_an_organisation_can_turn_out_to_be_a_persons(timeline: Timeline) -> None:
    news(timeline, page("a", 1, Said(UNION, "local", words(1))), B)
    correct(timeline, statement_of(timeline, "a"), speaker=PEAKE)
    timeline.detect(rule())
    assert told(timeline) == [("a", PEAKE.person, "first", None), ("b", PEAKE.person, "shift", "local")]


def test_a_near_copy_is_known_by_its_right_speaker(timeline: Timeline) -> None:
    nearly = words(1).replace("want1", "need1")
    news(timeline, page("a", 1, Said(TARN, "local", words(1))), page("b", 2, Said(PEAKE, "local", nearly)))
    assert [event.kind for event in timeline.events()] == ["first", "first"]
    correct(timeline, statement_of(timeline, "b"), speaker=TARN)
    timeline.detect(rule())
    assert told(timeline)[1][1:3] == (TARN.person, "repeat")
    assert timeline.query("SELECT count(DISTINCT original_id) FROM store.statements") == [(1,)]


def test_an_event_goes_on_with_the_other_words_of_its_actor(timeline: Timeline) -> None:
    said = (Said(PEAKE, "local", words(1)), Said(PEAKE, "local", words(2), confidence=0.8))
    news(timeline, page("a", 1, *said))
    before = state(timeline)
    statement = statement_of(timeline, "a", words(1))
    correct(timeline, statement, stance="none")
    timeline.detect(rule())
    assert [(event.kind, event.quote) for event in timeline.events()] == [("first", words(2))]
    assert timeline.query("SELECT confidence FROM stance_events") == [(0.8,)]
    undo(timeline, statement)
    timeline.detect(rule())
    assert state(timeline) == before


def test_a_speaker_who_has_an_event_in_the_article_keeps_that_one(timeline: Timeline) -> None:
    said = (Said(PEAKE, "local", words(1), confidence=0.95), Said(TARN, "local", words(2)))
    news(timeline, page("a", 1, *said))
    before = state(timeline)
    statement = statement_of(timeline, "a", words(1))
    correct(timeline, statement, speaker=TARN)
    timeline.detect(rule())
    assert sorted((event.kind, event.quote) for event in timeline.events()) == [
        ("first", words(2)),
        ("repeat", words(1)),
    ]
    undo(timeline, statement)
    timeline.detect(rule())
    assert state(timeline) == before


def test_an_event_of_words_that_an_edit_took_out_is_corrected_as_well(timeline: Timeline) -> None:
    news(timeline, A, B)
    timeline.read(page("a", 1, Said(CROWD, "none", words(7))))
    assert [event.kind for event in timeline.events()] == ["first", "shift"]
    correct(timeline, statement_of(timeline, "a", words(1)), stance="central")
    timeline.detect(rule())
    assert [(event.kind, event.stance) for event in timeline.events()] == [("first", "central"), ("repeat", "central")]


def test_a_relabelled_history_stays_as_an_analyst_left_it(timeline: Timeline) -> None:
    news(timeline, A, B)
    correct(timeline, statement_of(timeline, "a"), stance="central")
    timeline.detect(rule())
    events, positions = timeline.events(), timeline.table("actor_positions")
    timeline.analyse("engine-2")
    assert timeline.detect(rule()) == {"alerts": 0}
    assert (timeline.events(), timeline.table("actor_positions")) == (events, positions)


def test_copies_elsewhere_stay_repeats(timeline: Timeline) -> None:
    news(timeline, A, page("copy", 2, Said(PEAKE, "local", words(1)), publisher="Hill Echo"))
    correct(timeline, statement_of(timeline, "copy"), stance="central")
    timeline.detect(rule())
    assert [(event.kind, event.stance) for event in timeline.events()] == [("first", "central"), ("repeat", "central")]


def test_what_waits_for_an_analyst(timeline: Timeline) -> None:
    news(timeline, A, page("b", 2, Said(TARN, "local", words(2))))
    store = timeline.warehouse
    timeline.query("UPDATE store.alerts SET status = 'review'")
    ids = dict(timeline.query("SELECT article_id, event_id FROM stance_events"))
    verdict = Decision("me", at(71), "read it")
    assert decide_reviews(store, [ids["b"][:8]], "dismiss", verdict) == 1
    with pytest.raises(CorrectionError, match=r"no alert .* waits for review"):
        decide_reviews(store, [ids["b"]], "accept", verdict)
    assert correct(timeline, statement_of(timeline, "a"), stance="central").accepted == 0
    assert timeline.query("SELECT count(*) FROM alerts WHERE status = 'review'") == [(1,)]
    timeline.detect(rule())
    assert correct(timeline, statement_of(timeline, "a"), hour=1, stance="local").accepted == 0  # it says central now
    timeline.detect(rule())
    assert decide_reviews(store, [ids["a"]], "accept", verdict) == 1
    assert sorted(timeline.query("SELECT status FROM alerts")) == [("dismissed",), ("pending",)]
    assert timeline.query("SELECT decision, note FROM reviews") == [("dismiss", "read it"), ("accept", "read it")]


def test_a_confirmed_side_sends_what_waits(timeline: Timeline) -> None:
    news(timeline, replace(A, article_id="a"))
    timeline.query("UPDATE store.alerts SET status = 'review'")
    assert correct(timeline, statement_of(timeline, "a"), stance="local").accepted == 1
    timeline.detect(rule())
    assert timeline.query("SELECT status FROM alerts") == [("pending",)]
    assert timeline.query("SELECT confidence FROM stance_events") == [(1.0,)]
    assert timeline.query("SELECT decision, decided_by FROM reviews") == [("accept", "me")]
