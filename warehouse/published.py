"""What is published: a copy of the file that is swapped in whole, or a lake's recorded snapshot; for all who read."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import duckdb

from warehouse.access import USUAL
from warehouse.database import MisuseError, WarehouseError, one_line, query_text
from warehouse.file_copy import copy_file, put_in_place
from warehouse.lake import attach_to_read, read_lake
from warehouse.storage import published_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warehouse.access import Access
    from warehouse.database import Warehouse
    from warehouse.lake import Lake, Settings


_READING: Settings = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


_WRITING: Final = {duckdb.StatementType.COPY, duckdb.StatementType.EXPORT}


@dataclass(frozen=True, slots=True)
class Result:
    """Columns and rows of a query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def published_path(warehouse: Path) -> Path:
    """Where the published file of a working file lies: beside it, ``NAME.published.duckdb``."""
    return warehouse.with_name(f"{warehouse.stem}.published.duckdb")


def publish(warehouse: Warehouse, access: Access = USUAL) -> Path:
    """Replace the published file by a copy of the present state, atomically; of a lake, record which snapshot it is.

    A reader sees the old state or the new one, never a half; one that holds the old one keeps it. ``access`` says who
    may read the file.

    Raises:
        WarehouseError: the copy could not be written (a full disk, say); the old file stays.
    """
    if warehouse.lake:
        warehouse.lake.publish()
        return warehouse.path
    warehouse.checkpoint()
    return publish_file(warehouse.path, access, warehouse.check_lease)


def publish_file(warehouse: Path, access: Access = USUAL, confirm: Callable[[], None] = lambda: None) -> Path:
    """Replace the published file by a copy of a working file that nobody writes and that has no log beside it.

    ``confirm`` raises, after the copy, if somebody may have written it meanwhile.

    Raises:
        WarehouseError: the copy could not be written (a full disk, say); the old file stays.
    """
    target = published_path(warehouse)
    draft = target.with_name(target.name + ".new")
    try:
        copy_file(warehouse, draft)
        access.give(draft)
        confirm()
        put_in_place(draft, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        text = f"{target}: cannot be published: {error.strerror}; the old file stays; free space or give permission"
        raise WarehouseError(text) from None
    return target


def query_published(warehouse: Path, sql: str, parameters: dict[str, object] | None = None) -> Result:
    """Run one query on the published file, read-only.

    Raises:
        MisuseError: it is no query, or several.
        WarehouseError: there is no published file yet, or the query is wrong; DuckDB's own words say how.
    """
    try:
        with open_published(warehouse) as connection:
            _refuse_several(connection, sql)
            cursor = connection.execute(sql, parameters)
            columns = tuple(column[0] for column in cursor.description or ())
            return Result(columns, tuple(cursor.fetchall()))
    except duckdb.Error as error:
        raise WarehouseError(_explain(error)) from None


def open_published(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to what is published, without access to anything else.

    Raises:
        WarehouseError: nothing is published yet, or it cannot be read.
    """
    connection, folders = connect_published(warehouse, _READING)
    try:
        connection.execute(query_text("confine_reading"), {"folders": folders})
        connection.execute(query_text("shut_out"))
    except duckdb.Error as error:
        connection.close()
        raise WarehouseError(f"{warehouse}: cannot be read: {one_line(error)}") from None
    return connection


def connect_published(warehouse: Path, settings: Settings) -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    """A read-only connection to what is published, and the folders that it has to reach for it.

    Raises:
        WarehouseError: nothing is published yet, or it cannot be read.
    """
    lake = read_lake(warehouse)
    path = warehouse if lake else published_path(warehouse)
    try:
        if lake:
            return _attach_published(warehouse, lake, settings), [lake.data]
        if not path.exists():
            raise WarehouseError(_not_published(path))
        connection = duckdb.connect(str(path), read_only=True, config=settings)
        connection.execute(query_text("set_utc"))
    except duckdb.Error as error:
        text = f"{path}: cannot be read: {one_line(error)}; publish anew with `stancewatch run`"
        raise WarehouseError(text) from None
    return connection, []


def _attach_published(path: Path, lake: Lake, settings: Settings) -> duckdb.DuckDBPyConnection:
    snapshot = published_snapshot(path, lake)
    if snapshot is None:
        raise WarehouseError(_not_published(path))
    return attach_to_read(path, lake, settings, f"READ_ONLY, SNAPSHOT_VERSION {snapshot}")


def is_published(warehouse: Path) -> bool:
    """Whether anything is published.

    Raises:
        WarehouseError: it is a lake that cannot be reached.
    """
    lake = read_lake(warehouse)
    return published_snapshot(warehouse, lake) is not None if lake else published_path(warehouse).exists()


def _not_published(path: Path) -> str:
    return f"{path}: nothing is published yet; run `stancewatch run` or `stancewatch demo` first"


def _refuse_several(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """DuckDB would run one after the other and answer the last alone; of a PIVOT it makes two, one of them CREATE."""
    statements = connection.extract_statements(sql)
    if any(statement.type in _WRITING for statement in statements):  # of a lake, the folder of its files is in reach
        raise MisuseError("this writes files: give one SELECT; --format writes what it answers")
    count = sum(statement.type != duckdb.StatementType.CREATE for statement in statements)
    if count > 1 or not statements:
        raise MisuseError(f"{count or 'no'} statements: give one SELECT; a semicolon may stand behind it")


def _explain(error: duckdb.Error) -> str:
    """The first line, and what DuckDB proposes; where it lists candidates, each stands on a line of its own."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if line.startswith("Did you mean"):
            return f"{one_line(error)} {line}"
        if line.startswith("Candidate"):
            named = itertools.takewhile(lambda candidate: not candidate.startswith("LINE "), lines[number + 1 :])
            return f"{one_line(error)} {line} {', '.join(named)}"
    return one_line(error)
