"""`stancewatch trace`: where an item went, and why it did or did not alert."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer


class TraceFormat(StrEnum):
    """How a trace is printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(trace)


def trace(
    key: Annotated[
        str,
        typer.Argument(
            metavar="URL|ID",
            help="Any address of a page; a feed; or the id (or its beginning) of an article, statement, event, alert or"
            " message.",
        ),
    ],
    *,
    form: Annotated[TraceFormat, typer.Option("--format", help="For people, or as JSON.")] = TraceFormat.TEXT,
) -> None:
    """Show why something did or did not alert, step by step.

    Every step that an item went through, with time and reason.

    Reads the published snapshot; the rules are those of alerts.yml as it stands now. Exit status 1: nothing is known
    of it.

    Example: stancewatch trace https://www.england.nhs.uk/2026/06/news/
    """
    from flows.trace import trace_item

    sys.exit(trace_item(key, is_json=form is TraceFormat.JSON))
