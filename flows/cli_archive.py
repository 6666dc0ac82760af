"""`stancewatch backfill`: history from what publishers still offer."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(backfill)


def backfill(
    feeds: Annotated[list[str] | None, typer.Argument(help="Ids from feeds.yml; all if none.")] = None,
    *,
    since: Annotated[str, typer.Option(help="The day to go back to, like 2025-01-31.")],
    limit: Annotated[int | None, typer.Option(help="At most so many new entries a feed in this run.")] = None,
    pages: Annotated[int | None, typer.Option(help="At most so many documents asked a feed in this run.")] = None,
) -> None:
    """Walk back through archives of feeds and sitemaps to a day.

    What is found is history and alerts nobody.

    A run that was ended goes on where it was by running again.

    Example: stancewatch backfill --since 2025-01-01 nhs-england-news --limit 500
    """
    from flows.archive_commands import fill_in_history

    fill_in_history(since, feeds or [], limit, pages)
