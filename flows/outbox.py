"""Deliver: what may go out becomes messages, each goes to its destination; one dead channel holds up no other."""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
import traceback
from contextvars import copy_context
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flows import clock
from flows.deliver import Attempt, Destination, Outcome, is_chat, is_mail, send
from flows.dispatch import dispatch_alerts
from flows.handing_over import HandingOver, heard_in_turn, outwait
from flows.letters import compose_message
from flows.operator_settings import OPERATOR
from flows.own_error import own_error
from flows.render import Renderer
from flows.scrubbing import scrub
from flows.slack_channel import read_webhook
from warehouse.database import WarehouseError
from warehouse.outbox import AttemptRow, OwedMessage, count_waiting, mark_sending, record_attempt, select_due_messages

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

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
    works = [_deliver(run, renderer, name, list(messages)) for name, messages in by_destination]
    await heard_in_turn(_all_ended(works))
    run.counts.update({f"waiting_{awaited}": number for awaited, number in count_waiting(run.warehouse).items()})
    return len(owed)


async def _all_ended(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Work side by side; each comes to its end though another one fails, and only then that is raised."""
    ended = await asyncio.gather(*works, return_exceptions=True)
    for failure in (each for each in ended if isinstance(each, BaseException)):
        raise failure


async def deliver_to(run: Run, name: str) -> None:
    """Send what one destination is owed, and nothing else."""
    owed = [message for message in select_due_messages(run.warehouse, run.now) if message.destination == name]
    await heard_in_turn(_deliver(run, open_renderer(run.settings), name, owed))


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
            _record(run, owed, attempt)
        else:
            attempt = await _attempt(run, renderer, destination, owed)
        if attempt.outcome in {Outcome.FAILED, Outcome.UNKNOWN} and not attempt.is_ours:
            break  # the others would fail alike; they stay in the outbox for the next run


async def _attempt(run: Run, renderer: Renderer, destination: Destination, owed: OwedMessage) -> Attempt:
    """One attempt and its record; a mistake of ours over one message costs that message an attempt, and no other."""
    handing_over = HandingOver(partial(mark_sending, run.warehouse, owed.message_id))
    try:
        message = await compose_message(run, renderer, owed, has_pictures=is_mail(destination))
        attempt = await _send(destination, owed, message, handing_over)
    except WarehouseError:  # where nothing can be recorded
        raise
    except Exception as error:  # noqa: BLE001 - what nobody thought of costs this message, not all others
        cover = partial(scrub, url=destination.url)
        trace = cover("".join(traceback.format_exception(error)))
        log.error("%s %s to %s: %s", owed.kind, owed.message_id, owed.destination, trace)  # noqa: TRY400 - no secrets
        outcome = Outcome.UNKNOWN if handing_over.has_begun else Outcome.FAILED
        attempt = Attempt(outcome, own_error(error, cover), clock.now(), is_ours=True)
    _record(run, owed, attempt)
    if handing_over.is_forbidden:
        raise asyncio.CancelledError
    return attempt


def _record(run: Run, owed: OwedMessage, attempt: Attempt) -> None:
    row = attempt_row(owed, attempt, run.settings.alerts.delivery)
    record_attempt(run.warehouse, clock.now(), row)
    run.counts[f"deliveries_{'dead' if row.status == 'dead' else attempt.outcome}"] += 1
    what = (owed.kind, owed.message_id, owed.destination)
    if attempt.outcome is Outcome.SENT:
        log.info("%s %s to %s", *what, extra={"outcome": attempt.outcome, "attempt": row.attempt})
    else:
        log.warning("%s %s to %s: %s: %s", *what, attempt.outcome, attempt.detail)


async def _send(destination: Destination, owed: OwedMessage, message: Message, handing_over: HandingOver) -> Attempt:
    """One attempt in a thread of its own; what may be taken from now on is stored as such before it is.

    A run that is told to stop hands nothing over any more, but waits for the word on what it has handed over.
    """
    make = partial(send, message, destination, alert_id=owed.message_id, at=clock.now(), only=owed.recipients)
    work = partial(copy_context().run, make, on_hand_over=handing_over.begin)
    sending = asyncio.get_running_loop().run_in_executor(None, work)  # no task, which a loop that ends would cancel
    try:
        return await asyncio.shield(sending)
    except asyncio.CancelledError:
        handing_over.is_forbidden = True
        if not handing_over.has_begun:
            raise
        return await outwait(sending)


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
        recipients=attempt.deferred if attempt.outcome is Outcome.SENT else owed.recipients,
        is_repeat=owed.is_repeat,
        refused=len(attempt.refused),
        is_asked_to_wait=attempt.retry_after_seconds is not None and status == "pending",
    )
