"""The outbox: alerts that wait, the messages that carry them, and each attempt to deliver one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.records import ActorType, Stance, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class OwedMessage:
    """A message that is due; ``kind`` is alert, digest, summary or heartbeat, which has a window but no alerts."""

    message_id: str
    kind: str
    destination: str
    timing: str
    window_start: datetime | None
    window_end: datetime | None
    attempts: int
    is_repeat: bool
    recipients: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CarriedAlert:
    """An alert that a message carries, with all that is told of it; ``previous_*`` are None where there is none.

    ``is_given``: its labels came with the article; ``is_reported``: its words are the reporter's.
    """

    message_id: str
    alert_id: str
    actor_id: str
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
    is_corrected: bool
    is_given: bool
    is_reported: bool
    previous_stance: Stance | None
    previous_at: datetime | None
    previous_quote: str | None
    previous_publisher: str | None
    previous_url: str | None


@dataclass(frozen=True, slots=True)
class PastPosition:
    """A side that an actor took."""

    actor_id: str
    said_at: datetime
    stance: Stance


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt, as it ended; ``status`` is what becomes of the message, ``attempt`` counts from its last revival.

    ``recipients`` are to be tried again, ``refused`` counts those that never will get it. ``is_repeat``: it was to be
    sent as one that may have arrived before.
    """

    message_id: str
    destination: str
    attempt: int
    outcome: str
    detail: str
    status: str
    next_attempt_at: datetime | None
    recipients: tuple[str, ...]
    is_repeat: bool = False
    is_asked_to_wait: bool = False
    refused: int = 0


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """A destination that does not get what it is owed, and why, the last time.

    Counts messages given up, failing ones, and recipients that mail servers refused for good in the last week.
    """

    destination: str
    dead: int
    failing: int
    refused: int
    detail: str
    last_at: datetime


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a destination was told, and what has become of it; ``cause`` is correction or actors."""

    who: str
    old_kind: str
    old_stance: Stance
    new_kind: str
    new_stance: Stance
    cause: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened from one moment to another."""

    articles: int
    statements: int
    events: int
    feeds: int
    failed_runs: int
    last_run_at: datetime | None


def select_due_messages(warehouse: Warehouse, now: datetime) -> list[OwedMessage]:
    """The messages to be sent now, oldest first."""
    with warehouse.transaction():
        for step in ("settle_interrupted", "settle_deferred", "recall_alerts", "delete_empty_messages"):
            warehouse.execute(step)
    return warehouse.select("select_due_messages", OwedMessage, now=now)


def select_carried_alerts(warehouse: Warehouse, message_ids: Sequence[str]) -> list[CarriedAlert]:
    """The alerts that messages carry, as far as they are still news."""
    return warehouse.select("select_message_alerts", CarriedAlert, message_ids=list(message_ids))


def select_histories(warehouse: Warehouse, actor_ids: Sequence[str]) -> list[PastPosition]:
    """Each side that actors took, in order of time."""
    return warehouse.select("select_actor_history", PastPosition, actor_ids=list(actor_ids))


def mark_sending(warehouse: Warehouse, message_id: str) -> None:
    """Say, before it happens, that a message is being sent: a crash from here on may mean that it arrived."""
    with warehouse.transaction():
        warehouse.execute("mark_sending", message_id=message_id)


def record_attempt(warehouse: Warehouse, now: datetime, attempt: AttemptRow) -> None:
    """Record how an attempt ended, and what it means for what else the destination is owed."""
    with warehouse.transaction():
        warehouse.execute(
            "update_message",
            message_id=attempt.message_id,
            status=attempt.status,
            attempt=attempt.attempt,
            is_repeat=attempt.is_repeat,
            next_attempt_at=attempt.next_attempt_at,
            recipients=list(attempt.recipients),
        )
        ((number,),) = warehouse.execute("next_attempt", message_id=attempt.message_id)
        told = [(attempt.outcome, attempt.detail)]
        told += [("refused", attempt.detail)] * attempt.refused
        for outcome, detail in told:
            warehouse.execute(
                "insert_delivery",
                alert_id=attempt.message_id,
                destination=attempt.destination,
                attempt=number,
                outcome=outcome,
                detail=detail,
                now=now,
            )
        if attempt.is_asked_to_wait:
            warehouse.execute(
                "postpone_messages",
                destination=attempt.destination,
                until=attempt.next_attempt_at,
                message_id=attempt.message_id,
            )


def select_dead_letters(warehouse: Warehouse, now: datetime) -> list[DeadLetters]:
    """Destinations that do not get what they are owed."""
    return warehouse.select("select_dead_letters", DeadLetters, now=now)


def count_activity(warehouse: Warehouse, window: tuple[datetime, datetime]) -> Activity:
    """What happened in a window, its end excluded."""
    (activity,) = warehouse.select("count_activity", Activity, starts_at=window[0], ends_at=window[1])
    return activity


def count_alerts(
    warehouse: Warehouse, destination: str, timing: str, window: tuple[datetime, datetime]
) -> tuple[tuple[str, int], ...]:
    """Kind of event -> how many alerts of one timing a destination was owed in a window."""
    rows = warehouse.execute(
        "count_alerts_by_kind", destination=destination, timing=timing, starts_at=window[0], ends_at=window[1]
    )
    return tuple((str(kind), int(number)) for kind, number in rows)


def count_waiting(warehouse: Warehouse) -> dict[str, int]:
    """What is waited for (daily, weekly, hourly, review, hour, attempt) -> how many alerts or messages wait for it."""
    return {str(awaited): int(number) for awaited, number in warehouse.execute("count_waiting")}


def select_taken_back(warehouse: Warehouse, destination: str, window: tuple[datetime, datetime]) -> list[TakenBack]:
    """What a destination was told and was taken back, or told otherwise, in a window."""
    return warehouse.select(
        "select_taken_back", TakenBack, destination=destination, starts_at=window[0], ends_at=window[1]
    )


def feed_notes(warehouse: Warehouse) -> tuple[str, ...]:
    """One line for each feed that has trouble, worst first."""
    return tuple(str(note) for (note,) in warehouse.execute("select_feed_notes"))


def revive_alerts(warehouse: Warehouse) -> None:
    """Make messages that wait or were given up due now, with all their attempts before them."""
    with warehouse.transaction():
        warehouse.execute("revive_alerts")
