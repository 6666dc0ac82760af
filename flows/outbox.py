"""Deliver: what may go out becomes messages, each goes to its destination; one dead channel holds up no other."""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flows import clock
from flows.deliver import Attempt, Destination, Outcome, is_chat, is_mail, send
from flows.dispatch import dispatch_alerts
from flows.letters import compose_message
from flows.operator_settings import OPERATOR
from flows.render import Renderer
from flows.slack_channel import read_webhook
from warehouse.outbox import AttemptRow, OwedMessage, count_waiting, mark_sending, record_attempt, select_due_messages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.alert_settings import Delivery
    from flows.message_content import Message
    from flows.run import Run
    from flows.settings import Settings

log = logging.getLogger("stancewatch")
CHAT_PAUSE_SECONDS: Final = 1.0
"""Between two messages to one chat service: what the strictest of them admit."""
_FINAL: Final = {Outcome.SENT: "sent", Outcome.DEAD: "dead", Outcome.UNKNOWN: "unknown"}


async def deliver_alerts(run: Run) -> int:
    """Send what is due, destinations side by side, messages of one destination in order; returns how many were due."""
    closed = dispatch_alerts(run)
    due = [message for message in select_due_messages(run.warehouse, run.now) if message.destination not in closed]
    owed = sorted(due, key=lambda message: message.destination)
    by_destination = itertools.groupby(owed, key=lambda message: message.destination)
    renderer = open_renderer(run.settings)  # one for all: a broken template is told of once
    await asyncio.gather(*(_deliver(run, renderer, name, list(messages)) for name, messages in by_destination))
    run.counts.update({f"waiting_{awaited}": number for awaited, number in count_waiting(run.warehouse).items()})
    return len(owed)


async def deliver_to(run: Run, name: str) -> None:
    """Send what one destination is owed, and nothing else."""
    owed = [message for message in select_due_messages(run.warehouse, run.now) if message.destination == name]
    await _deliver(run, open_renderer(run.settings), name, owed)


def open_destination(settings: Settings, name: str) -> tuple[Destination | None, str]:
    """A configured destination with its secrets filled in, or what is wrong in one line."""
    config = settings.operator if name == OPERATOR else settings.alerts.destinations.get(name)
    if config is None:
        return None, f"destination {name!r} is no longer in alerts.yml: put it back to have its alerts sent"
    url, missing = settings.secret(config.url, is_url=True)
    endpoint, missing_too = settings.secret(config.endpoint)
    if missing or missing_too:
        return None, f"destination {name!r} needs {missing or missing_too} in the environment: set it"
    return Destination(name, *read_webhook(url, endpoint)), ""


def open_renderer(settings: Settings) -> Renderer:
    """The renderer, with the user's own templates from config/templates, and names of themes."""
    return Renderer(settings.places.config / "templates", themes=settings.theme_names)


async def _deliver(run: Run, renderer: Renderer, name: str, messages: Iterable[OwedMessage]) -> None:
    destination, problem = open_destination(run.settings, name)
    for number, owed in enumerate(messages):
        if number and destination and is_chat(destination):
            await asyncio.sleep(CHAT_PAUSE_SECONDS)
        if destination is None:
            attempt = Attempt(Outcome.FAILED, problem, clock.now())
        else:
            message = await compose_message(run, renderer, owed, has_pictures=is_mail(destination))
            attempt = await _send(run, destination, owed, message)
        row = attempt_row(owed, attempt, run.settings.alerts.delivery)
        record_attempt(run.warehouse, clock.now(), row)
        run.counts[f"deliveries_{'dead' if row.status == 'dead' else attempt.outcome}"] += 1
        if attempt.outcome is Outcome.SENT:
            extra = {"outcome": attempt.outcome, "attempt": row.attempt}
            log.info("%s %s to %s", owed.kind, owed.message_id, name, extra=extra)
        else:
            log.warning("%s %s to %s: %s: %s", owed.kind, owed.message_id, name, attempt.outcome, attempt.detail)
        if attempt.outcome in {Outcome.FAILED, Outcome.UNKNOWN}:
            break  # the others would fail alike; they stay in the outbox for the next run


async def _send(run: Run, destination: Destination, owed: OwedMessage, message: Message) -> Attempt:
    """One attempt in a thread of its own; what may be taken from now on is stored as such before it is."""
    loop = asyncio.get_running_loop()

    async def mark() -> None:
        mark_sending(run.warehouse, owed.message_id)

    return await asyncio.to_thread(
        send,
        message,
        destination,
        alert_id=owed.message_id,
        at=clock.now(),
        only=owed.recipients,
        on_hand_over=lambda: asyncio.run_coroutine_threadsafe(mark(), loop).result(),
    )


def attempt_row(owed: OwedMessage, attempt: Attempt, delivery: Delivery) -> AttemptRow:
    """What an attempt means for its message: sent, due again later, or given up."""
    number = owed.attempts + 1
    status = _FINAL.get(attempt.outcome, "pending")
    if attempt.deferred:
        status = "pending"
    if status == "pending" and number >= delivery.attempts:
        status = "dead"
    longest = timedelta(minutes=delivery.longest_pause_minutes)
    pause = min(timedelta(minutes=delivery.first_pause_minutes) * 2 ** min(number - 1, 20), longest)
    pause = pause * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
    pause = max(pause, timedelta(seconds=attempt.retry_after_seconds or 0))
    return AttemptRow(
        message_id=owed.message_id,
        destination=owed.destination,
        attempt=number,
        outcome=attempt.outcome,
        detail=attempt.detail,
        status=status,
        next_attempt_at=attempt.at + pause if status in {"pending", "unknown"} else None,
        recipients=attempt.deferred,
        is_repeat=owed.is_repeat,
        refused=len(attempt.refused),
        is_asked_to_wait=attempt.retry_after_seconds is not None and status == "pending",
    )
