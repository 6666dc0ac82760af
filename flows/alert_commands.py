"""What `stancewatch alerts` does."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.analyse import rule_rows
from flows.deliver import Outcome, send
from flows.outbox import deliver_alerts, open_destination, open_renderer
from flows.output import render_rows
from flows.run import open_run
from flows.settings import load_alerts, load_settings, locate
from flows.summary import summarise
from warehouse.ledger import preview_alerts
from warehouse.outbox import revive_alerts
from warehouse.published import publish

if TYPE_CHECKING:
    from flows.output import Format


def test_destinations(names: list[str]) -> int:
    """Send a test to each named destination (all if none is named); returns the exit status."""
    settings = load_settings()
    configured = settings.alerts.destinations
    if not configured:
        sys.stderr.write(f"stancewatch: no destinations in {settings.places.file('alerts.yml')}; add one\n")
        return 1
    failed = 0
    for name in names or list(configured):
        at = datetime.now(UTC)
        destination, problem = open_destination(settings, name)
        if destination is None:
            words = problem
        else:
            attempt = send(
                open_renderer(settings).test(name, at), destination, alert_id=f"test-{at:%Y%m%dT%H%M%S}", at=at
            )
            words = f"{attempt.outcome}: {attempt.detail}"
        is_sent = destination is not None and attempt.outcome is Outcome.SENT
        failed += not is_sent
        sys.stdout.write(f"{'ok  ' if is_sent else 'BAD '} {name}: {words}\n")
    return 1 if failed else 0


def preview_rules(since: datetime, form: Format) -> None:
    """Print what the present rules would have sent for the events detected since ``since``."""
    places = locate()
    sys.stdout.write(render_rows(preview_alerts(places.warehouse, rule_rows(load_alerts(places)), since), form))


def retry_alerts() -> str:
    """Make dead and waiting alerts due and send them; returns what was done, in one line."""
    return asyncio.run(_retry())


async def _retry() -> str:
    async with open_run(load_settings(), "retry", wait_seconds=60.0) as run:
        revive_alerts(run.warehouse)
        await deliver_alerts(run)
        publish(run.warehouse)
    return summarise(run.counts)
