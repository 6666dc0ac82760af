"""Steps that tests of what goes out share: release what may go, see what is due, end an attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.warehouse.timeline import at
from warehouse.dispatch import Release, release_alerts
from warehouse.outbox import AttemptRow, OwedMessage, mark_sending, record_attempt, select_due_messages

if TYPE_CHECKING:
    from tests.warehouse.timeline import Timeline

EVERYBODY = Release(gates=(), mutes=(), most=50)


def due(timeline: Timeline, day: int, release: Release = EVERYBODY) -> list[OwedMessage]:
    """What is to be sent on a day, after everything was released that may go."""
    release_alerts(timeline.warehouse, f"run-{timeline.runs}", at(day), release)
    return select_due_messages(timeline.warehouse, at(day))


def finish(timeline: Timeline, message: OwedMessage, outcome: str, status: str, **more: Any) -> None:
    """An attempt that came to an end."""
    mark_sending(timeline.warehouse, message.message_id)
    row = AttemptRow(
        message.message_id,
        message.destination,
        message.attempts + 1,
        outcome,
        f"it was {outcome}",
        status,
        more.get("next_attempt_at"),
        more.get("recipients", ()),
        message.is_repeat,
        more.get("is_asked_to_wait", False),
    )
    record_attempt(timeline.warehouse, at(3), row)
