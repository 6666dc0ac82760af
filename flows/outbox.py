"""Deliver: what the outbox owes, to each destination; one dead channel never holds up another."""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flows.deliver import Attempt, Destination, Outcome, send
from flows.render import AlertContent, Earlier, render_alert
from warehouse.outbox import AttemptRow, OwedAlert, mark_sending, record_attempt, select_due_alerts

if TYPE_CHECKING:
    from flows.run import Run
    from flows.settings import Settings

log = logging.getLogger("stancewatch")
ATTEMPTS = 10
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)


async def deliver_alerts(run: Run) -> int:
    """Send what is due, destinations side by side, alerts of one destination in order; returns how many were due."""
    owed = sorted(select_due_alerts(run.warehouse, run.now), key=lambda alert: alert.destination)
    by_destination = itertools.groupby(owed, key=lambda alert: alert.destination)
    await asyncio.gather(*(_deliver(run, name, list(alerts)) for name, alerts in by_destination))
    return len(owed)


def open_destination(settings: Settings, name: str) -> tuple[Destination | None, str]:
    """A configured destination with its secrets filled in, or what is wrong in one line."""
    config = settings.alerts.destinations.get(name)
    if config is None:
        return None, f"destination {name!r} is no longer in alerts.yml: put it back, or mute its alerts"
    url, missing = settings.secret(config.url)
    endpoint, missing_too = settings.secret(config.endpoint)
    if missing or missing_too:
        return None, f"destination {name!r} needs {missing or missing_too} in the environment: set it"
    return Destination(name, url, endpoint, config.time_zone), ""


def alert_content(owed: OwedAlert) -> AlertContent:
    """An owed alert as the renderer takes it."""
    earlier = None
    if owed.previous_stance and owed.previous_at:
        earlier = Earlier(
            stance=owed.previous_stance,
            quote=owed.previous_quote or "",
            published_at=owed.previous_at,
            publisher=owed.previous_publisher or "",
            url=owed.previous_url or "",
        )
    return AlertContent(
        alert_id=owed.alert_id,
        event_kind=owed.event_kind,
        person=owed.person,
        role=owed.role,
        organisation=owed.organisation,
        actor_type=owed.actor_type,
        stance=owed.stance,
        stance_score=owed.stance_score,
        confidence=owed.confidence,
        quote=owed.quote,
        lead_in=owed.before_quote.rpartition("\n\n")[2],
        lead_out=owed.after_quote.partition("\n\n")[0],
        evidence=(owed.evidence_start, owed.evidence_end),
        earlier=earlier,
        themes=owed.themes,
        new_themes=owed.new_themes,
        article_title=owed.article_title,
        url=owed.url,
        publisher=owed.publisher,
        published_at=owed.published_at,
        outlets=owed.outlets,
        detected_at=owed.detected_at,
        statement_id=owed.statement_id,
        is_possible_repeat=owed.is_repeat,
    )


async def _deliver(run: Run, name: str, alerts: list[OwedAlert]) -> None:
    destination, problem = open_destination(run.settings, name)
    for owed in alerts:
        mark_sending(run.warehouse, [owed.alert_id])
        if destination is None:
            attempt = Attempt(Outcome.FAILED, problem, run.now)
        else:
            message = render_alert(alert_content(owed))
            attempt = await asyncio.to_thread(
                send, message, destination, alert_id=owed.alert_id, at=run.now, only=owed.recipients
            )
        row = attempt_row(owed.alert_id, name, owed.attempts + 1, attempt)
        record_attempt(run.warehouse, datetime.now(UTC), [owed.alert_id], row)
        run.counts[f"deliveries_{attempt.outcome}"] += 1
        if attempt.outcome is not Outcome.SENT:
            log.warning("alert %s to %s: %s: %s", owed.alert_id, name, attempt.outcome, attempt.detail)
        if attempt.outcome in {Outcome.FAILED, Outcome.UNKNOWN}:
            break  # the others would fail alike; they stay in the outbox for the next run


def attempt_row(delivery_id: str, destination: str, number: int, attempt: Attempt) -> AttemptRow:
    """What an attempt means for the alerts it carried: sent, due again later, or given up."""
    status = {Outcome.SENT: "sent", Outcome.DEAD: "dead", Outcome.UNKNOWN: "unknown"}.get(attempt.outcome, "pending")
    if attempt.outcome is Outcome.FAILED and number >= ATTEMPTS:
        status = "dead"
    pause = min(FIRST_PAUSE * 2 ** (number - 1), LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
    pause = max(pause, timedelta(seconds=attempt.retry_after_seconds or 0))
    if attempt.deferred:
        status = "pending"
    return AttemptRow(
        delivery_id=delivery_id,
        destination=destination,
        attempt=number,
        outcome=attempt.outcome,
        detail=attempt.detail,
        status=status,
        next_attempt_at=attempt.at + pause if status in {"pending", "unknown"} else None,
        recipients=attempt.deferred,
    )
