"""How far a walk through archives goes: the day, and the limits of one run."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from flows.config_file import UsageError
from warehouse.archives import WalkWindow


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What one run of `backfill` may take; the keys of ``archive:`` in config/feeds.yml.

    ``pages_per_feed`` counts documents asked (pages of the feed, sitemaps), the entries those that are new.
    ``repeat_days``: a document asked so recently is not asked again.
    """

    pages_per_feed: int = 200
    entries_per_feed: int = 1_000
    entries_in_all: int = 20_000
    repeat_days: int = 7


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """What somebody asked for: articles published from ``since`` on, of these feeds (none named: of all)."""

    since: datetime
    feeds: Sequence[str]
    limits: ArchiveLimits

    def window(self, now: datetime) -> WalkWindow:
        """The plan as the warehouse takes it in a run that began at ``now``."""
        return WalkWindow(now, self.since, now - timedelta(days=self.limits.repeat_days))


def make_plan(since: str, feeds: Sequence[str], limits: ArchiveLimits, **overridden: int | None) -> ArchivePlan:
    """A plan from what a command line gives; ``overridden`` limits win over configured ones where they are given.

    Raises:
        UsageError: the date is none, or a limit is less than 1.
    """
    begin = read_since(since)
    given = {name: number for name, number in overridden.items() if number is not None}
    if any(number < 1 for number in given.values()):
        raise UsageError("--limit and --pages must be 1 or more")
    return ArchivePlan(begin, tuple(feeds), dataclasses.replace(limits, **given))


def read_since(text: str, zone: tzinfo = UTC) -> datetime:
    """The beginning of the day that ``--since`` names, by the clock of ``zone``.

    Raises:
        UsageError: it names none.
    """
    try:
        return datetime.combine(date.fromisoformat(text), time(), zone)
    except ValueError:
        raise UsageError(f"--since {text!r} is no date; write it like 2025-01-31") from None
