"""The SQL that lies beside the program: named queries, and what is asked of a lake's catalogue."""

from __future__ import annotations

import functools
from pathlib import Path

FOLDER = Path(__file__).parent


@functools.cache
def query_text(name: str) -> str:
    """The text of ``queries/NAME.sql``."""
    return (FOLDER / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@functools.cache
def catalogue_text(name: str) -> str:
    """The text of ``catalogue/NAME.sql``: PostgreSQL's words, asked beside DuckLake's own."""
    return (FOLDER / "catalogue" / f"{name}.sql").read_text(encoding="utf-8")


def view_files() -> list[Path]:
    """What makes functions, views and macros, in this order: each may use those before it."""
    folders = ("functions", "views", "macros")
    return [file for folder in folders for file in sorted((FOLDER / folder).glob("*.sql"))]
