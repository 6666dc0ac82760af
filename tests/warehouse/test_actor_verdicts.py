"""What an analyst decides about actors holds, tells the history anew, and owes nobody another alert."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.records import ActorType, Speaker
from tests.warehouse.namesakes import BOTH, HILL, NAMESAKES, ROSE, VALLEY, groups, kinds, merge, said, split, state
from tests.warehouse.outgoing import due
from tests.warehouse.timeline import Said, Timeline, at, page, rule, words
from warehouse.actors import ActorError, find_actor
from warehouse.outbox import select_carried_alerts

QUOTE = "Leave the choice of wards with the boards who know this valley, then hold them to what they promised us."
NEARLY = "Leave the choice of wards with the boards that know this valley, and hold them to what they promised us."


@pytest.mark.parametrize(("stance", "kind"), [("local", "shift"), ("central", "repeat")])
def test_a_merge_tells_the_history_anew_and_a_split_undoes_it(timeline: Timeline, stance: str, kind: str) -> None:
    timeline.store(NAMESAKES[0], page("b", 2, said(HILL, 2, stance)))
    timeline.analyse()
    timeline.detect(rule())
    alerts = timeline.owed()
    before = state(timeline)
    assert merge(timeline, "Rosalind Peake (Valley NHS Trust)", "Rosalind Peake (Hill Quarry Union)") == 1
    assert timeline.detect(rule())["alerts"] == 0
    assert groups(timeline) == [["a", "b"]]
    assert kinds(timeline) == ["first", kind]
    event = timeline.events()[1]
    assert (event.previous_stance, event.previous_at) == ("central", at(1))
    assert timeline.query("SELECT stance, previous_stance FROM actor_positions")[0][0] == stance
    assert timeline.query("SELECT is_doubtful FROM actors") == [(False,)]
    assert timeline.owed() == alerts
    assert split(timeline, "Rosalind Peake", hour=1) == 1
    assert timeline.detect(rule())["alerts"] == 0
    after = state(timeline)
    assert [after[0], after[2], after[3]] == [before[0], before[2], before[3]]
    assert timeline.owed() == alerts
    assert timeline.query("SELECT DISTINCT is_doubtful FROM actors") == [(False,)]


def test_an_owed_alert_waits_while_its_event_is_no_news(timeline: Timeline) -> None:
    timeline.store(NAMESAKES[0], page("b", 2, said(HILL, 2, "central")))
    timeline.analyse()
    timeline.detect(rule())
    assert len(due(timeline, 90)) == 2
    merge(timeline, "Rosalind Peake (Valley NHS Trust)", "Rosalind Peake (Hill Quarry Union)")
    timeline.detect(rule())
    carried = select_carried_alerts(timeline.warehouse, [message.message_id for message in due(timeline, 90)])
    assert [alert.event_kind for alert in carried] == ["first"]
    assert sorted(timeline.query("SELECT status FROM alerts")) == [("pending",), ("withdrawn",)]
    split(timeline, "Rosalind Peake", hour=1)
    timeline.detect(rule())
    assert len(due(timeline, 90)) == 2


def test_a_back_fill_that_came_later_does_not_change_what_was_told(timeline: Timeline) -> None:
    timeline.read(*NAMESAKES)
    timeline.read(page("fill", 1, said(VALLEY, 7, "balanced"), is_live=False, first_seen_at=at(3)))
    merge(timeline, "Rosalind Peake (Valley NHS Trust)", "Rosalind Peake (Hill Quarry Union)")
    timeline.detect()
    assert [(event.kind, event.previous_stance) for event in timeline.events()] == [
        ("first", None),
        ("shift", "central"),
    ]


def test_the_near_copy_of_a_merged_actor_is_old_words(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(VALLEY, "local", QUOTE)), page("b", 2, Said(HILL, "central", NEARLY)))
    assert kinds(timeline) == ["first", "first"]
    merge(timeline, "Rosalind Peake (Valley NHS Trust)", "Rosalind Peake (Hill Quarry Union)")
    timeline.detect()
    assert kinds(timeline) == ["first", "repeat"]
    split(timeline, "Rosalind Peake", hour=1)
    timeline.detect()
    assert kinds(timeline) == ["first", "first"]


def test_a_merge_across_names_and_of_organisations(timeline: Timeline) -> None:
    bodies = [Speaker("", "", name, ActorType.OTHER) for name in ("Clerks United", "Guild of Clerks")]
    timeline.read(
        page("a", 1, said(VALLEY, 1, "central"), said(bodies[0], 5)),
        page("b", 2, said(ROSE, 2), said(bodies[1], 6, "central")),
    )
    merge(timeline, "rosalind peake", "Rose Peake")
    merge(timeline, "Clerks United", "Guild of Clerks")
    timeline.detect()
    assert sorted(kinds(timeline)) == ["first", "first", "shift", "shift"]
    assert timeline.query("SELECT person, names FROM actors ORDER BY 1") == [
        ("", []),
        ("Rose Peake", ["Rosalind Peake", "Rose Peake"]),
    ]
    timeline.read(page("c", 3, said(replace(VALLEY, role="adviser"), 8)))
    assert timeline.kinds("c") == {"Rosalind Peake": "repeat"}
    split(timeline, "Rosalind Peake", "Rose Peake", hour=1)
    timeline.detect()
    assert timeline.query("SELECT person FROM actors WHERE person <> '' ORDER BY 1") == [
        ("Rosalind Peake",),
        ("Rose Peake",),
    ]


def test_two_events_of_one_article_stay_two_rows_and_the_later_is_a_repeat(timeline: Timeline) -> None:
    timeline.store(page("a", 1, said(VALLEY, 1), said(ROSE, 2, "central")))
    timeline.analyse()
    timeline.detect(rule())
    merge(timeline, "Rosalind Peake", "Rose Peake")
    timeline.detect(rule())
    assert sorted(kinds(timeline)) == ["first", "repeat"]
    assert timeline.query("SELECT stance FROM actor_positions") == [("balanced",)]
    assert timeline.query("SELECT count(*) FROM alerts") == [(2,)]


def test_only_the_part_that_is_named_leaves(timeline: Timeline) -> None:
    timeline.read(*NAMESAKES, page("tie", 3, said(replace(BOTH, bodies=(HILL.organisation, ROSE.organisation)), 3)))
    timeline.read(page("moor", 4, said(replace(ROSE, person=VALLEY.person), 4)))
    assert groups(timeline) == [["a", "b", "moor", "tie"]]
    split(timeline, "Rosalind Peake", "hill quarry union")
    timeline.detect()
    assert groups(timeline) == [["a", "moor", "tie"], ["b"]]
    timeline.read(page("again", 5, said(BOTH, 5)))
    assert groups(timeline) == [["a", "again", "moor", "tie"], ["b"]]


def test_verdicts_outlive_the_engine(timeline: Timeline) -> None:
    timeline.read(*NAMESAKES, page("c", 3, said(ROSE, 3)), page("tie", 4, said(BOTH, 4)))
    merge(timeline, "Rosalind Peake", "Rose Peake")
    split(timeline, "Rosalind Peake", HILL.organisation, hour=1)
    timeline.detect()
    before = state(timeline)
    assert timeline.analyse("engine-2") == 4
    timeline.detect()
    assert state(timeline)[0] == before[0]
    assert [row[:4] for row in state(timeline)[3]] == [row[:4] for row in before[3]]


def test_leaving_namesakes_two_takes_the_doubt_away_until_there_is_a_third(timeline: Timeline) -> None:
    timeline.read(*NAMESAKES)
    split(timeline, "Rosalind Peake (Valley NHS Trust)", "Rosalind Peake (Hill Quarry Union)")
    assert timeline.detect() == {"alerts": 0}
    assert groups(timeline) == [["a"], ["b"]]
    assert timeline.query("SELECT * FROM actors WHERE is_doubtful") == []
    timeline.read(page("moor", 4, said(replace(ROSE, person=VALLEY.person), 4)))
    assert timeline.query("SELECT count(*) FROM actors WHERE is_doubtful") == [(3,)]


def test_references_that_lead_nowhere_or_to_several(timeline: Timeline) -> None:
    timeline.read(*NAMESAKES)
    with pytest.raises(ActorError, match=r"no actor 'Nobody'; see `stancewatch actors list`"):
        merge(timeline, "Nobody", "Rosalind Peake")
    with pytest.raises(ActorError, match=r"Rosalind Peake \(Hill Quarry Union\), .* Rosalind Peake \(Valley NHS"):
        split(timeline, "Rosalind Peake")
    valley = find_actor(timeline.warehouse, "Rosalind Peake (Valley NHS Trust)")
    assert find_actor(timeline.warehouse, valley.actor_id[:6]) == valley
    with pytest.raises(ActorError, match="one actor already"):
        merge(timeline, valley.actor_id, valley.actor_id)
    with pytest.raises(ActorError, match="nothing to split"):
        split(timeline, valley.actor_id)
    with pytest.raises(ActorError, match="is all of"):
        split(timeline, valley.actor_id, VALLEY.organisation)


def test_what_is_read_again_before_it_was_settled_keeps_what_was(timeline: Timeline) -> None:
    """A run is killed between a merge and detection, and the engine changes before the next."""
    timeline.read(*NAMESAKES)
    merge(timeline, "Rosalind Peake (Valley NHS Trust)", "Rosalind Peake (Hill Quarry Union)")
    timeline.pages["b"] = replace(timeline.pages["b"], found=())
    timeline.analyse("engine-2")
    assert timeline.detect() == {"alerts": 0}
    assert [(event.kind, event.quote) for event in timeline.events()] == [("first", words(1)), ("first", words(2))]
