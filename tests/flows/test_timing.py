"""Quiet hours, mutes and digest hours by the clock on the wall, over both changes of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.timing import Calendar, Hours, Timing, Weekday, daily_slot, latest_slot, quiet_reason

LONDON = ZoneInfo("Europe/London")
PLAIN = Calendar(LONDON, (), (), None, time(7, 30), Weekday.MONDAY)
NIGHT = replace(PLAIN, quiet_hours=(Hours(time(19), time(7)),))


def utc(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("calendar", "now", "reason"),
    [
        (PLAIN, utc(6, 6, 3), ""),
        (NIGHT, utc(6, 3, 17, 59), ""),
        (NIGHT, utc(6, 3, 18), "quiet hours until 07:00"),
        (NIGHT, utc(6, 4, 5, 59), "quiet hours until 07:00"),
        (NIGHT, utc(6, 4, 6), ""),
        (NIGHT, utc(12, 3, 18, 30), ""),
        (NIGHT, utc(12, 3, 19), "quiet hours until 07:00"),
        (replace(PLAIN, quiet_hours=(Hours(time(12), time(13)),)), utc(6, 3, 11, 30), "quiet hours until 13:00"),
        (replace(PLAIN, quiet_hours=(Hours(time(8), time(8)),)), utc(6, 3, 3), "quiet hours until 08:00"),
        (replace(PLAIN, quiet_days=(Weekday.SUNDAY,)), utc(6, 6, 23, 30), "quiet day (sunday)"),
        (replace(PLAIN, quiet_days=(Weekday.SUNDAY,)), utc(6, 7, 23, 30), ""),
        (replace(PLAIN, mute_until=datetime(2026, 6, 4, 9)), utc(6, 4, 7, 59), "muted until 2026-06-04 09:00"),  # noqa: DTZ001 - as written in a file
        (replace(PLAIN, mute_until=datetime(2026, 6, 4, 9)), utc(6, 4, 8), ""),  # noqa: DTZ001 - as written in a file
        (replace(PLAIN, mute_until=utc(6, 4, 9)), utc(6, 4, 8, 59), "muted until 2026-06-04 10:00"),
    ],
)
def test_why_nothing_is_sent(calendar: Calendar, now: datetime, reason: str) -> None:
    assert quiet_reason(calendar, now) == reason


@pytest.mark.parametrize(
    ("timing", "now", "slot"),
    [
        (Timing.DAILY, utc(6, 4, 6, 30), utc(6, 4, 6, 30)),
        (Timing.DAILY, utc(6, 4, 6, 29), utc(6, 3, 6, 30)),
        (Timing.DAILY, utc(12, 4, 7, 29), utc(12, 3, 7, 30)),
        (Timing.DAILY, utc(3, 29, 7), utc(3, 29, 6, 30)),
        (Timing.DAILY, utc(3, 29, 6, 29), utc(3, 28, 7, 30)),
        (Timing.DAILY, utc(10, 25, 7), utc(10, 24, 6, 30)),
        (Timing.DAILY, utc(10, 25, 7, 30), utc(10, 25, 7, 30)),
        (Timing.WEEKLY, utc(6, 3, 12), utc(6, 1, 6, 30)),
        (Timing.WEEKLY, utc(6, 1, 6, 29), utc(5, 25, 6, 30)),
        (Timing.HOURLY, utc(6, 3, 12, 59), utc(6, 3, 12)),
    ],
)
def test_the_last_hour_of_a_digest(timing: Timing, now: datetime, slot: datetime) -> None:
    assert latest_slot(PLAIN, timing, now) == slot


def test_a_wall_time_that_is_left_out_or_shown_twice_comes_once() -> None:
    spring = {daily_slot(PLAIN, time(1, 30), utc(3, 29) + timedelta(minutes=10 * step)) for step in range(144)}
    autumn = {daily_slot(PLAIN, time(1, 30), utc(10, 25) + timedelta(minutes=10 * step)) for step in range(144)}
    assert sorted(spring) == [utc(3, 28, 1, 30), utc(3, 29, 1, 30)]
    assert sorted(autumn) == [utc(10, 24, 0, 30), utc(10, 25, 0, 30)]


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - given a zone below
    st.times(),
    st.sampled_from(["Europe/London", "UTC", "America/St_Johns", "Pacific/Apia"]),
)
def test_a_slot_is_behind_us_and_less_than_a_period_and_an_hour_old(moment: datetime, at: time, zone: str) -> None:
    now = moment.replace(tzinfo=UTC)
    calendar = replace(PLAIN, zone=ZoneInfo(zone), digest_at=at)
    for timing in (Timing.HOURLY, Timing.DAILY, Timing.WEEKLY):
        slot = latest_slot(calendar, timing, now)
        assert slot <= now < slot + timing.period + timedelta(hours=2)
        assert latest_slot(calendar, timing, slot) == slot
