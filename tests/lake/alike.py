"""Two warehouses held against each other, row by row, over all documented views."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.warehouse.analyst import correct, statement_of
from tests.warehouse.timeline import PEAKE, TARN, UNION, Said, Timeline, page, words
from warehouse.database import query_text
from warehouse.published import open_published

if TYPE_CHECKING:
    from pathlib import Path

_OF_A_RUN = {"run_id", "seconds", "stage_seconds", "stage_bytes", "memory_bytes", "worker_memory_bytes", "pid", "lease"}
"""Columns that no two runs agree in."""


def published_rows(path: Path, since: datetime | None = None) -> dict[str, list[str]]:
    """All rows of each documented view as published, in one order.

    With ``since``, what two runs of the same news never agree in is left out: names of runs, and moments after that.
    """
    with open_published(path) as connection:
        views = [str(name) for (name,) in connection.execute(query_text("list_views")).fetchall()]
        return {view: _rows(connection, view, since) for view in views}


def _rows(connection: Any, view: str, since: datetime | None) -> list[str]:
    cursor = connection.execute(f"FROM main.{view}")
    names = [column[0] for column in cursor.description]

    def plain(name: str, value: object) -> object:
        is_of_run = since and (name in _OF_A_RUN or (isinstance(value, datetime) and value >= since))
        return "of the run" if is_of_run else value

    rows = (repr([plain(name, value) for name, value in zip(names, row, strict=True)]) for row in cursor.fetchall())
    return sorted(rows)


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """The views in which they differ, each with the first row that one of them lacks."""
    assert list(one) == list(other)
    found = []
    for view, rows in one.items():
        lacking = sorted(set(rows) ^ set(other[view])) or (["how often"] if rows != other[view] else [])
        if lacking:
            found.append(f"{view} ({len(rows)} rows beside {len(other[view])}): {lacking[0]}")
    return found


def history(timeline: Timeline) -> None:
    """A few days with news, a change of sides, a copy, a correction."""
    timeline.read(page("a", 1, Said(PEAKE, "local", words(1)), Said(UNION, "central", words(2))))
    timeline.read(
        page("b", 2, Said(PEAKE, "central", words(3)), Said(TARN, "central", words(4))),
        page("c", 2, Said(PEAKE, "local", words(1)), publisher="Hill Herald"),
    )
    correct(timeline, statement_of(timeline, "b", words(4)), stance="local")
    timeline.detect()
