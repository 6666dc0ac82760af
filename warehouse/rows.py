"""Between dataclasses and DuckDB's rows: records staged as a table, rows read as records."""

from __future__ import annotations

import enum
import functools
import json
import types
import typing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

T = TypeVar("T")


def _plain(kind: Any) -> Any:
    """``X | None`` -> X; an alias as it is."""
    if typing.get_origin(kind) in {typing.Union, types.UnionType}:
        return next(option for option in typing.get_args(kind) if option is not type(None))
    return kind


def fetch_records(cursor: duckdb.DuckDBPyConnection, record: type[T]) -> list[T]:
    """The rows of an executed query; each becomes a ``record`` by column name."""
    names = [column[0] for column in cursor.description or []]
    converters = [_converters(cast("Any", record))[name] for name in names]
    return [record(**{n: c(v) for n, c, v in zip(names, converters, row, strict=True)}) for row in cursor.fetchall()]


@functools.cache
def _converters(record: type) -> dict[str, Any]:
    def converter(kind: Any) -> Any:
        kind = _plain(kind)
        if typing.get_origin(kind) is tuple:
            inner = converter(typing.get_args(kind)[0])
            return lambda value: tuple(inner(v) for v in value or ())
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            return lambda value: None if value is None else kind(value)
        return lambda value: value

    return {name: converter(kind) for name, kind in typing.get_type_hints(record).items()}


_STAGED_CHARACTERS = 1_000_000
_SQL_TYPES = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    datetime: "TIMESTAMPTZ",
    date: "DATE",
}


@functools.cache
def _columns(record: type) -> dict[str, str]:
    """The SQL type of each field of a record."""

    def column(kind: Any) -> str:
        kind = _plain(kind)
        if typing.get_origin(kind) is tuple:
            return f"{column(typing.get_args(kind)[0])}[]"
        return "VARCHAR" if isinstance(kind, type) and issubclass(kind, str) else _SQL_TYPES[kind]

    return {name: column(kind) for name, kind in typing.get_type_hints(record).items()}


def stage(connection: duckdb.DuckDBPyConnection, name: str, record: type[T], rows: Sequence[T]) -> None:
    """Make ``rows``, all of one dataclass, the temporary table ``name``, typed by their annotations.

    They travel as JSON, some at a time: Arrow would be quicker to load, and takes 50 MiB of every run.
    """
    columns = _columns(cast("Any", record))
    table = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({table})")
    shape = json.dumps([{column: [kind[:-2]] if kind.endswith("[]") else kind for column, kind in columns.items()}])
    insert = f"INSERT INTO {name} SELECT unnest(from_json($rows, '{shape}'), recursive := true)"
    waiting: list[str] = []
    size = 0
    for row in rows:
        values = {column: getattr(row, column) for column in columns}
        waiting.append(json.dumps(values, ensure_ascii=False, default=str))
        size += len(waiting[-1])
        if size > _STAGED_CHARACTERS:
            connection.execute(insert, {"rows": f"[{','.join(waiting)}]"})
            waiting, size = [], 0
    if waiting:
        connection.execute(insert, {"rows": f"[{','.join(waiting)}]"})
