"""What `stancewatch alerts` does."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from flows import clock
from flows.analyse import rule_rows
from flows.archive_plan import read_since
from flows.arrivals import check_arrivals, wait_for_mail
from flows.deliver import Outcome, send
from flows.operator_settings import OPERATOR
from flows.outbox import deliver_alerts, open_destination, open_renderer
from flows.output import render_rows
from flows.pipeline import publish_snapshot
from flows.run import WAIT_SECONDS, open_run
from flows.settings import load_alerts, load_settings, locate
from flows.summary import summarise
from warehouse.database import query_text
from warehouse.ledger import preview_alerts
from warehouse.outbox import revive_alerts
from warehouse.published import query_published

if TYPE_CHECKING:
    from flows.output import Format
    from flows.render import Renderer
    from flows.settings import Settings


def test_destinations(names: list[str], wait_seconds: float) -> int:
    """Send a test to each named destination (all if none is named); returns the exit status: 2 for a name that is none.

    With ``wait_seconds``, each mail is waited for so long in the probe mailbox of its destination, if it has one.
    """
    settings = load_settings()
    configured = [*settings.alerts.destinations, *([OPERATOR] if settings.operator.url else [])]
    if not configured:
        sys.stderr.write(f"stancewatch: no destinations in {settings.places.file('alerts.yml')}; add one\n")
        return 1
    if unknown := [name for name in names if name not in configured]:
        there = f"there are: {', '.join(configured)}"
        sys.stderr.write(f"stancewatch: no destination {', '.join(map(repr, unknown))}; {there}\n")
        return 2
    renderer = open_renderer(settings)
    tests = [send_test(settings, renderer, name, wait_seconds) for name in names or configured]
    return 0 if all(tests) else 1


def send_test(settings: Settings, renderer: Renderer, name: str, wait_seconds: float) -> bool:
    """Send a test to one destination, say what came of it, and whether that is well."""
    at = clock.now()
    destination, problem = open_destination(settings, name)
    is_well, words = False, problem
    if destination is not None:
        key = f"test-{at:%Y%m%dT%H%M%S}-{name}"
        attempt = send(renderer.test(name, at), destination, alert_id=key, at=at)
        is_well, words = attempt.outcome is Outcome.SENT, f"{attempt.outcome}: {attempt.detail}"
        probed = settings.alerts.destinations.get(name)
        if is_well and wait_seconds and probed and probed.probe:
            is_well, seen = wait_for_mail(settings, name, key, wait_seconds)
            words = f"{words}; {seen}"
    sys.stdout.write(f"{'ok  ' if is_well else 'BAD '} {name}: {words}\n")
    return is_well


def list_arrivals(form: Format) -> int:
    """Look into the probe mailboxes, and list which mails arrived; returns the exit status: 1 if one is missing."""
    asyncio.run(_check_arrivals())
    rows = query_published(locate().warehouse, query_text("list_arrivals"))
    sys.stdout.write(render_rows(rows, form))
    return 1 if any(row[rows.columns.index("status")] == "missing" for row in rows.rows) else 0


async def _check_arrivals() -> None:
    async with open_run(load_settings(), "arrivals", wait_seconds=WAIT_SECONDS) as run:
        await check_arrivals(run)
        await publish_snapshot(run)


def preview_rules(since: str, form: Format) -> None:
    """Print what the present rules would have sent of what was said since a day, history included.

    Raises:
        UsageError: ``since`` is no date.
    """
    begin, places = read_since(since), locate()
    alerts = load_alerts(places)
    if not alerts.rules:
        sys.stderr.write(f"stancewatch: no rules in {places.file('alerts.yml')}: nothing would be sent\n")
    sys.stdout.write(render_rows(preview_alerts(places.warehouse, rule_rows(alerts), begin), form))


def retry_alerts() -> str:
    """Make dead and waiting alerts due and send them; returns what was done, in one line."""
    return asyncio.run(_retry())


async def _retry() -> str:
    async with open_run(load_settings(), "retry", wait_seconds=60.0) as run:
        revive_alerts(run.warehouse)
        await deliver_alerts(run)
        await publish_snapshot(run)
    return summarise(run.counts)
