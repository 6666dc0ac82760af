"""What is wrong with Stancewatch itself: how it stands, since when, and what of it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong now: ``trouble`` names it (``disk``, ``feed:NAME``), ``advice`` says what to do."""

    trouble: str
    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class ToldTrouble:
    """A trouble that was told past the warehouse."""

    trouble: str
    words: str
    advice: str
    began_at: datetime
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message to the operator says of one trouble; ``change`` is begins, lasts or ends."""

    trouble: str
    change: str
    words: str
    advice: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class FailingFlow:
    """A flow whose last runs failed or were killed."""

    flow: str
    failures: int
    detail: str
    good_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuietFeed:
    """A feed from which nothing comes any more."""

    feed_id: str
    publisher: str
    notice: str
    failures: int
    last_ok_at: datetime | None


@dataclass(frozen=True, slots=True)
class DownDestination:
    """A destination that takes nothing any more."""

    destination: str
    failures: int
    dead: int
    detail: str
    since: datetime


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Live statements of a week, and those without a side."""

    weeks_ago: int
    statements: int
    none: int


@dataclass(frozen=True, slots=True)
class Route:
    """To whom troubles are told (empty: nobody), by which message, and how often at most while they last."""

    destination: str
    message_id: str
    pause: timedelta


def settle_troubles(
    warehouse: Warehouse, now: datetime, present: Sequence[Trouble], told: Sequence[ToldTrouble], route: Route
) -> None:
    """Record what is wrong now and what is over, and put what is to be told of it into the outbox."""
    with (
        warehouse.staged("staged_troubles", Trouble, present),
        warehouse.staged("staged_told", ToldTrouble, told),
        warehouse.transaction(),
    ):
        warehouse.execute("insert_told_troubles")
        warehouse.execute("merge_troubles", now=now)
        warehouse.execute("end_troubles", now=now)
        if route.destination:
            key = {"message_id": route.message_id}
            warehouse.execute("insert_notices", since=now - route.pause, **key)
            warehouse.execute("mark_told_troubles", now=now, **key)
            warehouse.execute("insert_operator_message", now=now, destination=route.destination, **key)


def select_notices(warehouse: Warehouse, message_id: str) -> list[Notice]:
    """What a message says: first what is wrong, then what is over."""
    return warehouse.select("select_notices", Notice, message_id=message_id)


def select_failing_flows(warehouse: Warehouse, good_flow: str) -> list[FailingFlow]:
    """Flows whose last run did not end well; ``good_flow`` is the one that just does."""
    return warehouse.select("select_failing_flows", FailingFlow, good_flow=good_flow)


def select_quiet_feeds(warehouse: Warehouse, since: datetime) -> list[QuietFeed]:
    """Feeds that are silent, or fail since a moment."""
    return warehouse.select("select_quiet_feeds", QuietFeed, since=since)


def select_down_destinations(warehouse: Warehouse, most: int, operator: str) -> list[DownDestination]:
    """Destinations that failed so often in a row, but for the operator's own."""
    return warehouse.select("select_down_destinations", DownDestination, most=most, operator=operator)


def count_weeks(warehouse: Warehouse, now: datetime) -> list[WeekCount]:
    """Statements of the last nine weeks, the last one (0) first."""
    return warehouse.select("count_weeks", WeekCount, now=now)


def first_run(warehouse: Warehouse) -> datetime | None:
    """When the first run by the clock began; None if there was none."""
    ((moment,),) = warehouse.execute("first_run")
    return moment  # type: ignore[no-any-return]  # a moment or nothing: min(TIMESTAMPTZ)


def last_good_run(warehouse: Warehouse, flow: str) -> datetime | None:
    """When the last run of a flow that completed began; None if none ever did."""
    ((moment,),) = warehouse.execute("last_good_run", flow=flow)
    return moment  # type: ignore[no-any-return]  # a moment or nothing: max(TIMESTAMPTZ)
