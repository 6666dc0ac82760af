"""The record of runs: who runs, what was done, who was killed."""

from __future__ import annotations

from collections import Counter

from tests.warehouse.timeline import Timeline, at
from warehouse.runs import begin_run, finish_run


def runs(timeline: Timeline) -> list[tuple[object, ...]]:
    return timeline.query("SELECT run_id, status, started_at, finished_at, detail FROM runs ORDER BY run_id")


def test_a_run_that_completes(timeline: Timeline) -> None:
    begin_run(timeline.warehouse, "r1", "monitor", at(1))
    assert runs(timeline) == [("r1", "running", at(1), None, "")]
    finish_run(timeline.warehouse, "r1", at(2), Counter(articles_new=3, alerts=0))
    assert runs(timeline) == [("r1", "completed", at(1), at(2), "")]
    assert timeline.query("SELECT flow, counts FROM runs") == [("monitor", {"articles_new": 3})]


def test_a_run_that_fails_and_one_that_did_nothing(timeline: Timeline) -> None:
    begin_run(timeline.warehouse, "r1", "monitor", at(1))
    finish_run(timeline.warehouse, "r1", at(2), Counter(), "the disk is full")
    assert runs(timeline) == [("r1", "failed", at(1), at(2), "the disk is full")]
    assert timeline.query("SELECT counts FROM runs") == [({},)]


def test_a_run_that_was_killed_is_told_by_the_next(timeline: Timeline) -> None:
    begin_run(timeline.warehouse, "r1", "monitor", at(1))
    begin_run(timeline.warehouse, "r2", "monitor", at(3))
    assert runs(timeline) == [
        ("r1", "dead", at(1), at(3), "killed before it could end; the next run went on"),
        ("r2", "running", at(3), None, ""),
    ]
