"""Feeds: what the configuration says wins, what was learnt of them stays, each poll has one outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.warehouse.feed_rows import entry, feed, fetch, outcome
from tests.warehouse.timeline import Timeline, at
from warehouse.outbox import feed_notes
from warehouse.polls import (
    Drop,
    FeedForFetch,
    FeedRow,
    PollBatch,
    record_fetches,
    record_polls,
    select_due_feeds,
    sync_feeds,
)

if TYPE_CHECKING:
    from warehouse.polls import FeedOutcome

POST, GAZETTE = feed("post"), feed("gazette")


def due(timeline: Timeline, day: int = 1) -> list[str]:
    return [row.feed_id for row in select_due_feeds(timeline.warehouse, at(day))]


def record(timeline: Timeline, *outcomes: FeedOutcome, day: int = 1) -> None:
    record_polls(timeline.warehouse, "run", at(day), PollBatch(outcomes, [], [], []))


def health(timeline: Timeline, columns: str) -> list[tuple[Any, ...]]:
    return timeline.query(f"SELECT {columns} FROM feed_health ORDER BY feed_id")  # noqa: S608 - columns named by these tests


def test_a_new_feed_is_due_and_its_first_poll_is_history(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST, GAZETTE])
    first, second = select_due_feeds(timeline.warehouse, at(1))
    assert first == FeedForFetch("gazette", "Gazette", GAZETTE.url, "feed", "", "", "", 0, 60, True, 0, None, "", 0)
    assert second.feed_id == "post"
    assert health(timeline, "feed_id, status, last_ok_at, next_fetch_at") == [
        ("gazette", "new", None, None),
        ("post", "new", None, None),
    ]


def test_a_polled_feed_rests_until_its_time_with_what_makes_requests_conditional(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST])
    record(timeline, outcome("post", next_fetch_at=at(2)))
    assert due(timeline, 1) == []
    (row,) = select_due_feeds(timeline.warehouse, at(2))
    assert (row.etag, row.last_modified, row.body_hash, row.is_baseline) == ('"e1"', "Mon", "hash", False)


def test_a_first_poll_that_fails_leaves_the_baseline_to_the_first_that_succeeds(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST])
    record(timeline, outcome("post", status="failed", reason="timed out", is_ok=False, failures=1))
    (row,) = select_due_feeds(timeline.warehouse, at(2))
    assert (row.is_baseline, row.failures) == (True, 1)
    assert health(timeline, "status, failures, reason, last_ok_at") == [("failed", 1, "timed out", None)]
    assert feed_notes(timeline.warehouse) == ("Post: timed out (1 in a row)",)
    record(timeline, outcome("post"), day=3)
    record(timeline, outcome("post"), day=4)
    assert timeline.query("SELECT baseline_at FROM feeds") == [(at(3),)]
    assert health(timeline, "last_ok_at") == [(at(4),)]


def test_a_feed_taken_out_rests_and_comes_back_with_its_history(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST, GAZETTE])
    record(timeline, outcome("post"))
    sync_feeds(timeline.warehouse, [GAZETTE])
    assert due(timeline, 9) == ["gazette"]
    assert health(timeline, "feed_id") == [("gazette",)]
    assert timeline.query("SELECT is_configured FROM feeds WHERE feed_id = 'post'") == [(False,)]
    sync_feeds(timeline.warehouse, [POST, GAZETTE])
    rows = {row.feed_id: row.is_baseline for row in select_due_feeds(timeline.warehouse, at(9))}
    assert rows == {"gazette": True, "post": False}


def test_an_empty_configuration_rests_all(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST, GAZETTE])
    sync_feeds(timeline.warehouse, [])
    assert due(timeline, 9) == []


@pytest.mark.parametrize("change", [{"publisher": "The Post"}, {"interval_minutes": 5}, {"format": "sitemap"}])
def test_other_changes_of_the_configuration_keep_what_was_learnt(timeline: Timeline, change: dict[str, Any]) -> None:
    sync_feeds(timeline.warehouse, [POST])
    record(timeline, outcome("post"))
    sync_feeds(timeline.warehouse, [replace(POST, **change)])
    assert due(timeline, 1) == []
    (row,) = select_due_feeds(timeline.warehouse, at(2))
    assert (row.etag, {name: getattr(row, name) for name in change}) == ('"e1"', change)


def moved(timeline: Timeline) -> FeedRow:
    """A feed that moved for good."""
    sync_feeds(timeline.warehouse, [POST])
    record(timeline, outcome("post", url="https://new.example/feed"))
    sync_feeds(timeline.warehouse, [POST])
    return POST


def test_a_move_is_remembered(timeline: Timeline) -> None:
    moved(timeline)
    (row,) = select_due_feeds(timeline.warehouse, at(2))
    assert row.url == "https://new.example/feed"
    assert timeline.query("SELECT url, configured_url FROM feeds") == [("https://new.example/feed", POST.url)]
    record(timeline, outcome("post", url="https://new.example/feed"))
    assert health(timeline, "url, notice") == [
        ("https://new.example/feed", "moved for good to https://new.example/feed; put this address into feeds.yml")
    ]


def test_an_address_changed_in_the_file_wins_and_is_asked_at_once_from_scratch(timeline: Timeline) -> None:
    post = moved(timeline)
    record(
        timeline, outcome("post", status="failed", reason="gone astray", is_ok=False, failures=3, next_fetch_at=at(9))
    )
    sync_feeds(timeline.warehouse, [replace(post, url="https://third.example/rss")])
    (row,) = select_due_feeds(timeline.warehouse, at(1))
    assert row.url == "https://third.example/rss"
    assert (row.etag, row.last_modified, row.body_hash, row.failures) == ("", "", "", 0)
    assert not row.is_baseline
    assert health(timeline, "status, reason") == [("new", "")]


def test_a_retired_feed_rests_until_its_address_changes(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST])
    record(timeline, outcome("post", status="retired", reason="gone", is_ok=False, failures=1))
    sync_feeds(timeline.warehouse, [POST])
    assert due(timeline, 90) == []
    sync_feeds(timeline.warehouse, [replace(POST, url="https://third.example/rss")])
    assert due(timeline, 1) == ["post"]


def test_a_poll_is_stored_whole(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST])
    batch = PollBatch(
        [outcome("post")],
        [fetch(POST.url), fetch("https://post.example/x", outcome="failed", reason="timed out", http_status=None)],
        [entry("post", "a"), entry("post", "b")],
        [Drop(POST.url, "poll", "an entry without a link")],
    )
    assert record_polls(timeline.warehouse, "run-7", at(1), batch) == {"entries_new": 2, "entries_changed": 0}
    record_fetches(timeline.warehouse, "run-7", [fetch("https://post.example/robots.txt", kind="robots", feed_id="")])
    assert timeline.query("SELECT kind, outcome, http_status, bytes, seconds FROM fetches ORDER BY url") == [
        ("feed", "ok", 200, 1000, 0.25),
        ("robots", "ok", 200, 1000, 0.25),
        ("feed", "failed", None, 1000, 0.25),
    ]
    assert timeline.query("SELECT url, stage, reason, dropped_at FROM drops") == [
        (POST.url, "poll", "an entry without a link", at(1))
    ]
    assert health(timeline, "entries_7d, expected_7d") == [(2, 10)]
    assert timeline.query("SELECT DISTINCT run_id FROM store.fetches") == [("run-7",)]


def test_feed_health_counts_the_entries_of_seven_days(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST])
    for day, path in ((1, "a"), (5, "b"), (9, "c")):
        record_polls(timeline.warehouse, "run", at(day), PollBatch([outcome("post")], [], [entry("post", path)], []))
    assert health(timeline, "entries_7d") == [(2,)]


def test_what_lay_in_a_feed_at_its_first_poll_counts_by_its_dates(timeline: Timeline) -> None:
    """Else a feed of one entry a week would pass for a busy one for a month, and be called silent after days."""
    sync_feeds(timeline.warehouse, [replace(POST, expected_7d=0)])
    weekly = [entry("post", f"old-{n}", is_history=True, published_at=at(28 - 7 * n)) for n in range(1, 26)]
    undated = [entry("post", f"undated-{n}", is_history=True, published_at=None) for n in range(50)]
    first = outcome("post", entries_hash="one", is_dated=True, newest_at=at(21))
    record_polls(timeline.warehouse, "run", at(28), PollBatch([first], [], [*weekly, *undated], []))
    assert health(timeline, "entries_7d") == [(0,)]
    for day in (32, 42):
        record(timeline, outcome("post", status="not_modified"), day=day)
        assert health(timeline, "notice") == [("",)]
    record(timeline, outcome("post", status="not_modified"), day=44)
    assert health(timeline, "notice") == [("silent: nothing new for 23 days, where 1 entry a week is usual",)]


def quiet(timeline: Timeline, days: int, **more: Any) -> str:
    """The notice about a feed whose entries changed last ``days`` before its last poll."""
    sync_feeds(timeline.warehouse, [replace(POST, **more)])
    record(timeline, outcome("post", entries_hash="one", is_dated=True, newest_at=at(1)), day=1)
    record(timeline, outcome("post", status="not_modified"), day=1 + days)
    ((notice,),) = health(timeline, "notice")
    return str(notice)


@pytest.mark.parametrize(("expected_7d", "days"), [(10, 3), (2, 10), (0, 300)])
def test_a_feed_may_rest_over_a_weekend_or_as_long_as_is_usual(timeline: Timeline, expected_7d: int, days: int) -> None:
    assert quiet(timeline, days, expected_7d=expected_7d) == ""


@pytest.mark.parametrize(("expected_7d", "days"), [(10, 4), (2, 11)])
def test_a_feed_that_fell_silent_is_noticed_though_it_answers(timeline: Timeline, expected_7d: int, days: int) -> None:
    words = f"silent: nothing new for {days} days, where {expected_7d} entries a week are usual"
    assert quiet(timeline, days, expected_7d=expected_7d) == words
    assert feed_notes(timeline.warehouse) == (f"Post: {words}",)


def test_without_an_expectation_the_feeds_own_past_is_the_measure(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [replace(POST, expected_7d=0)])
    for day in range(1, 13):
        record_polls(
            timeline.warehouse, "run", at(day), PollBatch(
                [outcome("post", entries_hash=str(day))], [], [entry("post", str(day))], []
            )
        )  # fmt: skip
    record(timeline, outcome("post"), day=19)
    assert health(timeline, "notice") == [("",)]
    record(timeline, outcome("post"), day=20)
    assert health(timeline, "notice") == [("silent: nothing new for 8 days, where 3 entries a week are usual",)]


def test_dates_that_a_feed_has_lost_are_noticed(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [POST])
    record(timeline, outcome("post", entries_hash="one", is_dated=False))
    assert health(timeline, "notice") == [("",)]
    record(timeline, outcome("post", entries_hash="two", is_dated=True))
    record(timeline, outcome("post", status="not_modified"))
    assert health(timeline, "notice") == [("",)]
    record(timeline, outcome("post", entries_hash="three", is_dated=False))
    assert health(timeline, "notice") == [("its entries have lost their dates",)]
