"""When feeds are asked again: intervals from what they publish, back-off from how they fail, moves and full fetches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.fetch_records import Failed, FetchKind, Outcome, Refused
from flows.schedule import (
    Move,
    PollPolicy,
    Severity,
    interval_minutes,
    is_full_due,
    move_of,
    next_fetch_at,
    severity_of,
)

NOW = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)
POLICY = PollPolicy()


def every(hours: float, count: int = 30) -> list[datetime]:
    """The dates of entries that come evenly, the newest one gap ago."""
    return [NOW - timedelta(hours=hours * (number + 1)) for number in range(count)]


@pytest.mark.parametrize(
    ("dates", "configured", "wishes", "minutes"),
    [
        ([], 60, 0, 60),
        (every(1), 60, 0, 60),
        (every(24), 30, 0, 60),
        (every(24 * 7), 60, 0, 420),
        (every(24 * 90), 60, 0, 1440),
        (every(1), 1, 0, 10),
        (every(1), 60, 180, 180),
        (every(1), 60, 100_000, 1440),
        ([NOW + timedelta(days=30)], 60, 0, 60),
        ([datetime(1990, 1, 1, tzinfo=UTC)], 60, 0, 1440),
    ],
)
def test_a_feed_is_asked_as_often_as_it_publishes(
    dates: list[datetime], configured: int, wishes: int, minutes: int
) -> None:
    assert interval_minutes(POLICY, configured, dates, wishes, NOW) == minutes
    assert interval_minutes(POLICY, configured, dates[::-1], wishes, NOW) == minutes


def test_an_interval_longer_than_the_longest_is_the_users_own_wish() -> None:
    assert interval_minutes(PollPolicy(longest_interval_minutes=120), 300, every(24 * 90), 0, NOW) == 300


def pause(minutes: int, weight: int, retry_after_seconds: int | None = None, feed_id: str = "post") -> timedelta:
    return next_fetch_at(feed_id, NOW, minutes, weight, retry_after_seconds) - NOW


@pytest.mark.parametrize(("weight", "hours"), [(0, 1), (1, 1), (3, 3), (40, 24), (10**9, 24)])
def test_failures_in_a_row_lengthen_the_pause_up_to_a_day(weight: int, hours: int) -> None:
    assert 0.9 * timedelta(hours=hours) <= pause(60, weight) <= timedelta(hours=hours)


def test_feeds_do_not_fall_into_step() -> None:
    pauses = {pause(60, 1, feed_id=f"feed-{number}") for number in range(200)}
    assert len(pauses) == 200
    assert max(pauses) - min(pauses) > timedelta(minutes=5)


@pytest.mark.parametrize(("asked", "least"), [(7200, 7200), (90_000, 86_400), (5, 3240)])
def test_a_server_that_asks_for_more_time_gets_it_up_to_a_day(asked: int, least: int) -> None:
    assert timedelta(seconds=least) <= pause(60, 1, asked) <= timedelta(hours=24)


def failed(status: int | None, retry_after_seconds: int | None = None) -> Outcome:
    return Failed(
        url="u", final_url="u", kind=FetchKind.FEED, started_at=NOW, seconds=0.0, bytes=0, http_status=status,
        reason="", permanent_url="", retry_after_seconds=retry_after_seconds,
    )  # fmt: skip


def refused(retry_after_seconds: int | None) -> Outcome:
    return Refused(
        url="u", final_url="u", kind=FetchKind.FEED, started_at=NOW, seconds=0.0, bytes=0, http_status=None,
        reason="", permanent_url="", retry_after_seconds=retry_after_seconds,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fetch", "severity"),
    [
        (failed(None), Severity.SOFT),
        (failed(500), Severity.SOFT),
        (failed(404), Severity.HARD),
        (failed(403), Severity.HARD),
        (failed(429), Severity.TEMPORARY),
        (failed(503), Severity.TEMPORARY),
        (failed(500, 60), Severity.TEMPORARY),
        (refused(60), Severity.TEMPORARY),
        (refused(None), Severity.HARD),
    ],
)
def test_failures_are_weighed_by_kind(fetch: Outcome, severity: Severity) -> None:
    assert severity_of(fetch) is severity


def test_a_permanent_redirect_seen_three_times_in_a_row_becomes_the_address() -> None:
    first = move_of("old", Move("old", "", 0), "new")
    second = move_of("old", first, "new")
    assert (first, second) == (Move("old", "new", 1), Move("old", "new", 2))
    assert move_of("old", second, "new") == Move("new", "", 0)


@pytest.mark.parametrize("permanent_url", ["", "old"])
def test_a_poll_without_a_redirect_forgets_those_before(permanent_url: str) -> None:
    assert move_of("old", Move("old", "new", 2), permanent_url) == Move("old", "", 0)


def test_a_redirect_elsewhere_begins_anew() -> None:
    assert move_of("old", Move("old", "new", 2), "other") == Move("old", "other", 1)


@pytest.mark.parametrize(("hours", "is_due"), [(None, True), (23, False), (24, True)])
def test_once_a_day_the_whole_feed_is_asked_for(hours: int | None, is_due: bool) -> None:
    assert is_full_due(None if hours is None else NOW - timedelta(hours=hours), NOW) is is_due


def test_a_wait_beyond_all_numbers_is_a_day() -> None:
    assert pause(60, 1, 10**25) == timedelta(hours=24)
