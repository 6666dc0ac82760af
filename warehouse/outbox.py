"""The outbox: alerts owed to destinations, and each attempt to deliver them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.records import ActorType, Stance, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class OwedAlert:
    """An alert that is due, with all that a message needs; ``previous_*`` are None where there is none."""

    alert_id: str
    destination: str
    attempts: int
    is_repeat: bool
    recipients: tuple[str, ...]
    event_kind: str
    person: str
    role: str
    organisation: str
    actor_type: ActorType
    stance: Stance
    stance_score: float
    confidence: float
    quote: str
    before_quote: str
    after_quote: str
    evidence_start: int
    evidence_end: int
    themes: tuple[Theme, ...]
    new_themes: tuple[Theme, ...]
    article_title: str
    url: str
    publisher: str
    published_at: datetime
    outlets: tuple[str, ...]
    detected_at: datetime
    statement_id: str
    previous_stance: Stance | None
    previous_at: datetime | None
    previous_quote: str | None
    previous_publisher: str | None
    previous_url: str | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt, as it ended; ``status`` is what becomes of the alerts it carried."""

    delivery_id: str
    destination: str
    attempt: int
    outcome: str
    detail: str
    status: str
    next_attempt_at: datetime | None
    recipients: tuple[str, ...]


def select_due_alerts(warehouse: Warehouse, now: datetime) -> list[OwedAlert]:
    """The alerts to be sent at once, oldest first."""
    warehouse.execute("settle_interrupted")
    return warehouse.select("select_due_alerts", OwedAlert, now=now)


def select_held_alerts(warehouse: Warehouse, destination: str) -> list[OwedAlert]:
    """The alerts held for the next digest of ``destination``."""
    return warehouse.select("select_held_alerts", OwedAlert, destination=destination)


def mark_sending(warehouse: Warehouse, alert_ids: Sequence[str]) -> None:
    """Say, before it happens, that these are being sent: a crash from here on may mean that they arrived."""
    with warehouse.transaction():
        warehouse.execute("mark_sending", alert_ids=list(alert_ids))


def record_attempt(warehouse: Warehouse, now: datetime, alert_ids: Sequence[str], attempt: AttemptRow) -> None:
    """Record how an attempt ended, for one alert or for those that a digest carried."""
    with warehouse.transaction():
        warehouse.execute(
            "update_alerts",
            alert_ids=list(alert_ids),
            status=attempt.status,
            next_attempt_at=attempt.next_attempt_at,
            recipients=list(attempt.recipients),
        )
        warehouse.execute(
            "insert_delivery",
            alert_id=attempt.delivery_id,
            destination=attempt.destination,
            attempt=attempt.attempt,
            outcome=attempt.outcome,
            detail=attempt.detail,
            now=now,
        )


def record_digest(
    warehouse: Warehouse, digest_id: str, destination: str, window: tuple[datetime, datetime], now: datetime
) -> None:
    """Record a digest and its window, once."""
    with warehouse.transaction():
        warehouse.execute(
            "insert_digest",
            digest_id=digest_id,
            destination=destination,
            window_start=window[0],
            window_end=window[1],
            now=now,
        )


def last_digest_end(warehouse: Warehouse, destination: str) -> datetime | None:
    """Where the last digest of ``destination`` ended."""
    ((end,),) = warehouse.execute("select_last_digest", destination=destination)
    return end if isinstance(end, datetime) else None


def feed_notes(warehouse: Warehouse) -> list[str]:
    """One line for each feed that has trouble, worst first."""
    return [str(note) for (note,) in warehouse.execute("select_feed_notes")]


def revive_alerts(warehouse: Warehouse) -> None:
    """Make alerts that wait or were given up due now, with all their attempts before them."""
    with warehouse.transaction():
        warehouse.execute("revive_alerts")
