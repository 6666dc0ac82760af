"""Which mails were seen to arrive in the probe mailboxes of their destinations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class AwaitedMail:
    """A message that a mail server took and that was not seen to arrive."""

    message_id: str
    destination: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """What a look into the mailbox said of one message; ``detail`` says why there was none."""

    message_id: str
    destination: str
    sent_at: datetime
    due_at: datetime
    arrived_at: datetime | None
    checked_at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class MissingMail:
    """A message whose absence has become a trouble."""

    message_id: str
    destination: str
    sent_at: datetime
    detail: str


def select_awaited_mails(warehouse: Warehouse, since: datetime, destinations: Sequence[str]) -> list[AwaitedMail]:
    """What these destinations were sent since then and was not seen to arrive, newest first."""
    return warehouse.select("select_awaited_mails", AwaitedMail, since=since, destinations=list(destinations))


def record_arrivals(warehouse: Warehouse, arrivals: Sequence[ArrivalRow]) -> list[MissingMail]:
    """Store what looks into mailboxes said; returns what has become a trouble by it."""
    with warehouse.staged("staged_arrivals", ArrivalRow, arrivals), warehouse.transaction():
        missing = warehouse.select("select_newly_missing", MissingMail)
        warehouse.execute("merge_arrivals")
    return missing
