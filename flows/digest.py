"""The digest: what was held for it, one message a destination."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from prefect import flow

from extractors.identity import content_id
from flows.artifacts import record_summary
from flows.deliver import Attempt, Outcome, send
from flows.outbox import alert_content, attempt_row, open_destination
from flows.pipeline import publish_snapshot
from flows.render import render_digest
from flows.run import open_run
from flows.settings import load_settings
from flows.stages import stage
from warehouse.outbox import (
    feed_notes,
    last_digest_end,
    mark_sending,
    record_attempt,
    record_digest,
    select_held_alerts,
)

if TYPE_CHECKING:
    from flows.run import Run

FIRST_WINDOW = timedelta(days=1)


@flow(name="digest", persist_result=False, validate_parameters=False)
async def digest() -> dict[str, int]:
    """Send each destination what is held for its digest; nothing is sent where nothing is held."""
    settings = load_settings()
    async with open_run(settings, "digest", wait_seconds=600) as run:
        for name in settings.alerts.destinations:
            await stage(f"digest for {name}", partial(send_digest, run, name))
        await stage("publish", partial(publish_snapshot, run))
    await record_summary("digest", run.counts)
    return dict(run.counts)


async def send_digest(run: Run, name: str) -> int:
    """Send one destination its digest; returns how many alerts it carried."""
    held = select_held_alerts(run.warehouse, name)
    if not held:
        return 0
    window = (last_digest_end(run.warehouse, name) or run.now - FIRST_WINDOW, run.now)
    digest_id = content_id("digest", name, window[1].isoformat())
    ids = [alert.alert_id for alert in held]
    record_digest(run.warehouse, digest_id, name, window, run.now)
    mark_sending(run.warehouse, ids)
    destination, problem = open_destination(run.settings, name)
    attempt = Attempt(Outcome.FAILED, problem, run.now)
    if destination is not None:
        contents = [alert_content(alert) for alert in held]
        message = render_digest("Stancewatch digest", window, contents, feed_notes(run.warehouse))
        attempt = await asyncio.to_thread(send, message, destination, alert_id=digest_id, at=run.now)
    row = attempt_row(digest_id, name, held[0].attempts + 1, attempt)
    if row.status == "pending":
        row = dataclasses.replace(row, status="held")  # the next digest takes them along
    record_attempt(run.warehouse, datetime.now(UTC), ids, row)
    run.counts[f"digests_{attempt.outcome}"] += 1
    return len(held)
