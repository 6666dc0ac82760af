"""When a feed is asked again: decided from what it publishes, what it asks for and how often asking failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from extractors.identity import content_id
from flows.fetch_records import Cause, Failed, Fetched, NotModified, Outcome, Refused
from flows.retry_after import LONGEST_WAIT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_PAUSE = timedelta(seconds=LONGEST_WAIT_SECONDS)
_LOOKS = 24
"""How often a feed is looked at for each entry that it is expected to bring: a daily one by the hour."""
_RECENT = 20
"""So many of the newest entries tell how often a feed publishes."""
_JITTER = 0.1
"""By up to this share a pause is cut short, so that feeds do not fall into step."""
_MOVES = 3
"""A permanent redirect seen so often in a row becomes the feed's address."""
_FULL_EVERY = timedelta(hours=24)
"""So often a feed is asked for whole: some servers call a changed feed unchanged for ever."""
_LASTING = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 451})
_BUSY = frozenset({429, 503})
Minutes = Annotated[int, Field(ge=1, le=LONGEST_WAIT_SECONDS // 60)]


class Severity(Enum):
    """How much is to be expected of asking again; the value weighs each failure in a row."""

    TEMPORARY = 0
    """The host is busy, or its turn did not come: asked again as usual, or when it says so."""
    SOFT = 1
    """The network, the server or the time limit: it may be over in an hour."""
    HARD = 4
    """An address, a rule or a document that will be the same tomorrow, unless somebody mends it."""


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """Within which bounds feeds are asked; the keys of ``polling:`` in config/feeds.yml."""

    shortest_interval_minutes: Minutes = 10
    longest_interval_minutes: Minutes = 1440


@dataclass(frozen=True, slots=True)
class Move:
    """Where a feed is asked next, and which permanent redirect was seen how often in a row."""

    url: str
    moved_to: str
    moved_times: int


def interval_minutes(
    policy: PollPolicy, configured_minutes: int, dates: Sequence[datetime], wishes_minutes: int, now: datetime
) -> int:
    """The minutes between two polls of a feed that was read.

    Args:
        policy: The bounds for all feeds.
        configured_minutes: The shortest interval of this feed.
        dates: When its entries were published, in any order; those without a date left out.
        wishes_minutes: What the feed's ttl or its server's Cache-Control ask for; 0 for nothing.
        now: The moment of the poll.
    """
    least = max(policy.shortest_interval_minutes, configured_minutes)
    past = sorted(date for date in dates if date <= now)[-_RECENT:]
    adapted = least
    if past:
        adapted = int((now - past[0]).total_seconds() / 60 / len(past) / _LOOKS)
    most = max(least, policy.longest_interval_minutes)
    return min(max(least, adapted, wishes_minutes), most)


def severity_of(fetch: Outcome) -> Severity:
    """How lasting what ended a fetch is; a document that came and is no feed is as lasting as a missing one."""
    match fetch:
        case Fetched() | NotModified():
            return Severity.HARD
        case Refused():
            return Severity.TEMPORARY if fetch.retry_after_seconds is not None else Severity.HARD
        case Failed():
            if fetch.http_status in _LASTING or fetch.cause in {Cause.SIZE, Cause.REDIRECT}:
                return Severity.HARD
            is_busy = fetch.http_status in _BUSY or fetch.retry_after_seconds is not None
            return Severity.TEMPORARY if is_busy else Severity.SOFT


def next_fetch_at(feed_id: str, now: datetime, minutes: int, weight: int, retry_after_seconds: int | None) -> datetime:
    """When a feed is due again: its interval times the weight of its failures, a day at most, slightly before."""
    pause = min(timedelta(minutes=minutes) * max(1, weight), LONGEST_PAUSE)
    share = int(content_id(feed_id, now.isoformat(), size=4), 16) / 0xFFFF
    pause -= pause * (_JITTER * share)
    asked = min(retry_after_seconds or 0, LONGEST_WAIT_SECONDS)
    return now + min(max(pause, timedelta(seconds=asked)), LONGEST_PAUSE)


def move_of(url: str, known: Move, permanent_url: str) -> Move:
    """What a poll that succeeded says about where the feed lies."""
    if not permanent_url or permanent_url == url:
        return Move(url, "", 0)
    times = known.moved_times + 1 if known.moved_to == permanent_url else 1
    return Move(permanent_url, "", 0) if times >= _MOVES else Move(url, permanent_url, times)


def is_full_due(full_at: datetime | None, now: datetime) -> bool:
    """Whether a feed is to be asked for whole, whatever was said to be unchanged."""
    return full_at is None or now - full_at >= _FULL_EVERY
