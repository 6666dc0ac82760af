"""The published file: a copy that is swapped in whole, for everybody who only reads."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.access import USUAL
from warehouse.database import MisuseError, WarehouseError, one_line, query_text
from warehouse.file_copy import copy_file, put_in_place

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.access import Access
    from warehouse.database import Warehouse


_READING: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@dataclass(frozen=True, slots=True)
class Result:
    """Columns and rows of a query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def published_path(warehouse: Path) -> Path:
    """Where the published file of a working file lies: beside it, ``NAME.published.duckdb``."""
    return warehouse.with_name(f"{warehouse.stem}.published.duckdb")


def publish(warehouse: Warehouse, access: Access = USUAL) -> Path:
    """Replace the published file by a copy of the present state, atomically.

    ``access`` says who may read it.

    A reader sees the old file or the new one, never a half; one that holds the old file keeps it.

    Raises:
        WarehouseError: the copy could not be written (a full disk, say); the old file stays.
    """
    warehouse.checkpoint()
    return publish_file(warehouse.path, access)


def publish_file(warehouse: Path, access: Access = USUAL) -> Path:
    """Replace the published file by a copy of a working file that nobody writes and that has no log beside it.

    Raises:
        WarehouseError: the copy could not be written (a full disk, say); the old file stays.
    """
    target = published_path(warehouse)
    draft = target.with_name(target.name + ".new")
    try:
        copy_file(warehouse, draft)
        access.give(draft)
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
    """A read-only connection to the published file, without access to anything else.

    Raises:
        WarehouseError: there is no published file yet, or it cannot be read.
    """
    path = published_path(warehouse)
    if not path.exists():
        raise WarehouseError(not_published(path))
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_READING)
        connection.execute(query_text("set_utc"))
    except duckdb.Error as error:
        text = f"{path}: cannot be read: {one_line(error)}; publish anew with `stancewatch run`"
        raise WarehouseError(text) from None
    return connection


def not_published(path: Path) -> str:
    """What is said where there is no published file yet."""
    return f"{path}: nothing is published yet; run `stancewatch run` or `stancewatch demo` first"


def _refuse_several(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """DuckDB would run one after the other and answer the last alone; of a PIVOT it makes two, one of them CREATE."""
    statements = connection.extract_statements(sql)
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
