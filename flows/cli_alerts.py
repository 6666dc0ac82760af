"""`stancewatch alerts`: what was or would be sent, and whether destinations work."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from flows.output import Format

app = typer.Typer(help="Alerts and destinations.", no_args_is_help=True)
Form = Annotated[Format, typer.Option("--format", help="How to print the rows.")]


@app.command("list")
def list_(*, form: Form = Format.TABLE) -> None:
    """List the alerts of the outbox, newest first, with how the last attempt ended.

    Example: stancewatch alerts list
    """
    from flows.output import render_rows
    from flows.settings import locate
    from warehouse.database import query_text
    from warehouse.published import query_published

    sys.stdout.write(render_rows(query_published(locate().warehouse, query_text("list_alerts")), form))


@app.command()
def test(
    destinations: Annotated[list[str] | None, typer.Argument(help="Names; all if none.")] = None,  # noqa: PT028 - no test
    *,
    wait: Annotated[
        float, typer.Option(metavar="SECONDS", help="Wait so long for mail to arrive where a destination has a probe.")
    ] = 0.0,  # noqa: PT028 - no test
) -> None:
    """Send one marked test message to each destination and say what came back, and whether it arrived.

    Example: stancewatch alerts test team-mail --wait 120
    """
    from flows.alert_commands import test_destinations

    raise typer.Exit(test_destinations(destinations or [], wait))


@app.command()
def arrived(*, form: Form = Format.TABLE) -> None:
    """Look for sent mail in the probe mailboxes now, and list what arrived and what is missing.

    Example: stancewatch alerts arrived
    """
    from flows.alert_commands import list_arrivals

    raise typer.Exit(list_arrivals(form))


@app.command()
def preview(
    *,
    since: Annotated[str, typer.Option(help="What was said from this day on, like 2025-01-31.")],
    form: Form = Format.TABLE,
) -> None:
    """Show what the rules as they stand would have sent, without sending; history as if somebody had watched.

    `origin` is "ledger" for what was news when it came and "history" for what would have been. Cool-downs, quiet hours
    and limits are left out of account.

    Example: stancewatch alerts preview --since 2025-06-01
    """
    from flows.alert_commands import preview_rules

    preview_rules(since, form)


@app.command()
def retry() -> None:
    """Make the alerts that were given up or are waiting due at once, and send them.

    Example: stancewatch alerts retry
    """
    from flows.alert_commands import retry_alerts

    typer.echo(retry_alerts())
