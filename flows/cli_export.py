"""`stancewatch export`: the views as files for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.export_format import ExportFormat


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(export)


def export(
    *,
    to: Annotated[Path, typer.Option(help="The folder to write to; it is made, or its views are replaced.")],
    since: Annotated[str, typer.Option(help="Leave out what happened before this day, like 2025-01-31.")] = "",
    views: Annotated[str, typer.Option(help="Only these, with commas: articles,statements.")] = "",
    form: Annotated[ExportFormat, typer.Option("--format", help="What to write.")] = ExportFormat.PARQUET,
) -> None:
    """Write the documented views as Parquet or CSV files.

    From the published file: it never waits for a run.

    Example: stancewatch export --to export --since 2026-01-01 --views statements,stance_events --format both
    """
    from flows.export import Order
    from flows.export import export as write

    names = tuple(name.strip() for name in views.split(",") if name.strip())
    typer.echo(write(Order(to, names, since, form)))
