"""`stancewatch report`: the board as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(report)


def report(
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write it into; by default that of the published file.")
    ] = None,
    since: Annotated[str, typer.Option(help="Only what was said from this day on, like 2025-01-31.")] = "",
) -> None:
    """Write the board, one HTML page that needs no network.

    From the published snapshot; print where it is.

    Example: stancewatch report --out /srv/www --since 2026-01-01
    """
    from flows.report_command import make_report

    typer.echo(make_report(out, since))
