"""What does not go as it should: destinations that are down, alerts that wait, runs that failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import duckdb

from warehouse.database import Warehouse, WarehouseBusyError, WarehouseError, one_line, query_text
from warehouse.outbox import DeadLetters
from warehouse.published import open_published
from warehouse.rows import fetch_records

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Alerts to one destination that wait for the same: ``status`` is pending, held or review, ``reason`` why."""

    destination: str
    status: str
    timing: str
    reason: str
    alerts: int


@dataclass(frozen=True, slots=True)
class FailedRun:
    """A run that failed or was killed, and why."""

    flow: str
    started_at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """All of it, as it stands."""

    letters: Sequence[DeadLetters]
    waiting: Sequence[Waiting]
    failed_runs: Sequence[FailedRun]


def read_trouble(path: Path, now: datetime) -> Trouble:
    """What is wrong by the working file, or by the published one while a run holds that; runs of the last day.

    Raises:
        WarehouseError: neither can be read.
    """
    try:
        with Warehouse.open(path) as warehouse:
            return Trouble(
                warehouse.select("select_dead_letters", DeadLetters, now=now),
                warehouse.select("select_waiting_alerts", Waiting),
                warehouse.select("select_failed_runs", FailedRun, since=now - DAY, is_idle=True),
            )
    except WarehouseBusyError:
        return _read_published(path, now)


def _read_published(path: Path, now: datetime) -> Trouble:
    with open_published(path) as connection:

        def select(query: str, record: type[T], **parameters: object) -> list[T]:
            return fetch_records(connection.execute(query_text(query), parameters or None), record)

        try:
            return Trouble(
                select("select_dead_letters", DeadLetters, now=now),
                select("select_waiting_alerts", Waiting),
                select("select_failed_runs", FailedRun, since=now - DAY, is_idle=False),
            )
        except duckdb.Error as error:
            raise WarehouseError(f"{path}: the published file cannot be read: {one_line(error)}") from None
