"""When somebody may be written to, by the clock on their own wall; `now` is always given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY: Final = timedelta(days=1)
_PERIODS: Final = {"hourly": timedelta(hours=1), "daily": _DAY, "weekly": timedelta(days=7)}


class Timing(StrEnum):
    """When an alert goes out."""

    AT_ONCE = "at_once"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def period(self) -> timedelta:
        """How far apart two digests are; nothing for what goes out at once."""
        return _PERIODS.get(self, timedelta(0))


class Weekday(StrEnum):
    """Days of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


_WEEK: Final = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of the day from ``start`` up to ``end``; over midnight where it ends earlier than it starts."""

    start: time
    end: time

    def holds(self, moment: time) -> bool:
        """Whether a time of day lies in it; a stretch that ends where it starts is the whole day."""
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hours of one destination; ``mute_until`` without a zone is by its own clock."""

    zone: ZoneInfo
    quiet_hours: tuple[Hours, ...]
    quiet_days: tuple[Weekday, ...]
    mute_until: datetime | None
    digest_at: time
    digest_day: Weekday


def quiet_reason(calendar: Calendar, now: datetime) -> str:
    """Why nothing is sent at ``now``, in a few words; empty when it is."""
    if muted := mute_reason(calendar.mute_until, calendar.zone, now):
        return muted
    local = now.astimezone(calendar.zone)
    if _WEEK[local.weekday()] in calendar.quiet_days:
        return f"quiet day ({_WEEK[local.weekday()]})"
    for hours in calendar.quiet_hours:
        if hours.holds(local.time()):
            return f"quiet hours until {hours.end:%H:%M}"
    return ""


def mute_reason(mute_until: datetime | None, zone: ZoneInfo, now: datetime) -> str:
    """Why what is muted is held at ``now``; empty when the time is over."""
    if mute_until is None:
        return ""
    until = mute_until if mute_until.tzinfo else mute_until.replace(tzinfo=zone)
    return f"muted until {until.astimezone(zone):%Y-%m-%d %H:%M}" if now < until else ""


def latest_slot(calendar: Calendar, timing: Timing, now: datetime) -> datetime:
    """The last moment up to ``now`` (UTC) at which a digest of this kind was due.

    Hours begin with the clock's; days and weeks at ``digest_at``. A wall time that the clocks leave out comes as late
    as if they had not been put forward; of one that they show twice the first counts.
    """
    if timing is Timing.HOURLY:
        return now.replace(minute=0, second=0, microsecond=0)
    return daily_slot(calendar, calendar.digest_at, now, only=calendar.digest_day if timing is Timing.WEEKLY else None)


def daily_slot(calendar: Calendar, at: time, now: datetime, *, only: Weekday | None = None) -> datetime:
    """The last moment up to ``now`` (UTC) at which the wall showed ``at``, on any day or on one of the week only."""
    return next(moment for moment in _moments(calendar.zone, at, now, only) if moment <= now)


def _moments(zone: ZoneInfo, at: time, now: datetime, only: Weekday | None) -> Iterator[datetime]:
    day = now.astimezone(zone).date() + _DAY
    while True:
        if only is None or _WEEK[day.weekday()] is only:
            yield _moment(zone, day, at)
        day -= _DAY


def _moment(zone: ZoneInfo, day: date, at: time) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
