"""The documented views, out of the published file: as Parquet, or row by row for whoever writes something else."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from warehouse.database import WarehouseError, one_line, query_text
from warehouse.published import connect_published
from warehouse.rows import fetch_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_WRITING: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 2,
    "memory_limit": "512MB",
    "preserve_insertion_order": False,
    "partitioned_write_flush_threshold": 8192,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
BATCH: Final = 2_000
"""Rows that are in memory at a time where they are read one by one."""


@dataclass(frozen=True, slots=True)
class ExportView:
    """A view, and the column by whose months its rows are parted; None: it is written in one piece."""

    name: str
    moment: str | None


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written, and how many rows are in it."""

    path: Path
    rows: int


class Exporter:
    """One state of the published file, open for as long as an export takes, and a folder that it may write to."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def views(self) -> list[ExportView]:
        """All documented views."""
        return fetch_records(self._connection.execute(query_text("list_exports")), ExportView)

    def write(self, view: ExportView, since: datetime | None) -> list[WrittenFile]:
        """Write a view under ``folder/NAME``, month by month if it has a moment; rows before ``since`` are left out.

        Raises:
            WarehouseError: it could not be written, or the view does not answer.
        """
        place = self._folder / view.name
        place.mkdir()
        target = place if view.moment else place / "data_0.parquet"
        query = "write_view_by_month" if view.moment else "write_view"
        with _told(view):
            self._choose(view, since, target)
            rows = self._connection.execute(query_text(query)).fetchall()
            if not rows:
                target = place / "month=undated" / "data_0.parquet"
                target.parent.mkdir()
                self._choose(view, since, target)
                rows = self._connection.execute(query_text("write_empty_view")).fetchall()
        return [WrittenFile(Path(row[0]), int(row[1])) for row in rows]

    def read(self, view: ExportView, since: datetime | None) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """Columns and rows of a view, without those before ``since``; the rows are read as they are asked for.

        Raises:
            WarehouseError: the view does not answer.
        """
        with _told(view):
            self._choose(view, since, self._folder)
            cursor = self._connection.execute(query_text("read_view_since" if view.moment else "read_view"))
        return tuple(column[0] for column in cursor.description or ()), _rows(view, cursor)

    def _choose(self, view: ExportView, since: datetime | None, place: Path) -> None:
        values = {"view": f"main.{view.name}", "moment": view.moment or "", "since": since, "place": str(place)}
        self._connection.execute(query_text("choose_export"), values)


@contextlib.contextmanager
def open_exporter(warehouse: Path, folder: Path) -> Iterator[Exporter]:
    """The published file of a working file, open to be written out into ``folder`` and nowhere else.

    The connection reads the one file and writes below the one folder; no other file is within its reach, and nothing
    that it is asked comes from outside the program.

    Raises:
        WarehouseError: nothing is published yet, or it cannot be read.
    """
    connection, folders = connect_published(warehouse, {**_WRITING, "temp_directory": str(folder / "spill")})
    try:
        with connection:
            connection.execute(query_text("confine_reading"), {"folders": [*folders, str(folder)]})
            connection.execute(query_text("shut_out"))
            yield Exporter(connection, folder)
    except duckdb.Error as error:
        raise WarehouseError(f"{warehouse}: cannot be exported: {one_line(error)}") from None


@contextlib.contextmanager
def _told(view: ExportView) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException:
        limit = _WRITING["memory_limit"]
        text = f"{view.name}: cannot be exported: wants more than {limit} of memory; name the other views with --views"
        raise WarehouseError(text) from None
    except duckdb.Error as error:
        raise WarehouseError(f"{view.name}: cannot be exported: {one_line(error)}") from None


def _rows(view: ExportView, cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    with _told(view):
        while batch := cursor.fetchmany(BATCH):
            yield from batch
