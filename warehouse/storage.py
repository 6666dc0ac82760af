"""Where a warehouse lies, a file or a lake: taken by one writer at a time, opened, published, let go."""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import os
import re
import time
from typing import TYPE_CHECKING, Final, Protocol

import duckdb

from warehouse.errors import WarehouseBusyError, WarehouseError, one_line
from warehouse.lake import Lake, Settings, attach, read_lake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from warehouse.catalogue import Lease

_INLINED_ROWS: Final = 0
"""Changes of so many rows lie in the catalogue until upkeep writes them into files: small files cost more."""
_NOT_IN_LAKES = re.compile(r"\s*(--[^\n]*\n\s*)*COMMENT ON (MACRO|COLUMN main\.)")
"""DuckLake keeps comments on tables, their columns and views: not on a view's columns, nor on functions."""


class Storage(Protocol):
    """A place of a warehouse, taken for writing until it is let go."""

    def connect(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Open it, made where there is none yet."""
        ...

    def run_script(self, connection: duckdb.DuckDBPyConnection, text: str) -> None:
        """Run a migration, or what makes a view or function, without what cannot be kept here."""
        ...

    def explain(self, error: duckdb.Error) -> str:
        """Why something could not be written, and what to do, in a few words."""
        ...

    def release(self) -> None:
        """Let go of it."""
        ...


class FileStorage:
    """A DuckDB file.

    DuckDB itself admits one writing process; the lock beside the file makes that a clear line instead of a stack
    trace, and is let go by the system when the process dies.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self._path = path
        self._lock = lock

    def connect(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Open the file, or create it."""
        return duckdb.connect(str(self._path), config=settings)

    def run_script(self, connection: duckdb.DuckDBPyConnection, text: str) -> None:
        """Run all of it."""
        connection.execute(text)

    def explain(self, error: duckdb.Error) -> str:
        """DuckDB's words: it is the disk."""
        return f"{one_line(error)}; free space, then run again"

    def release(self) -> None:
        """Let go of the lock."""
        os.close(self._lock)


class LakeStorage:
    """A lake, by the lease in its catalogue."""

    def __init__(self, path: Path, lake: Lake, lease: Lease) -> None:
        self._path = path
        self._lake = lake
        self._lease = lease

    def connect(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Attach the lake, or create it."""
        options = f"DATA_PATH '{self._lake.data}', DATA_INLINING_ROW_LIMIT {_INLINED_ROWS}"
        connection = attach(self._path, self._lake, settings, self._lease.name, options)
        self._lease.guard()
        return connection

    def run_script(self, connection: duckdb.DuckDBPyConnection, text: str) -> None:
        """Run it without the comments that no lake keeps."""
        for statement in connection.extract_statements(text):
            if not _NOT_IN_LAKES.match(statement.query):
                connection.execute(statement)

    def explain(self, error: duckdb.Error) -> str:
        """What became of the lease, or DuckDB's words."""
        return self._lease.loss() or f"{one_line(error)}; see that catalogue and folder can be written, then run again"

    def publish(self) -> None:
        """Let readers see what was committed until now."""
        self._lease.publish()

    def release(self) -> None:
        """Let go of the lease."""
        self._lease.release()


def published_snapshot(path: Path, lake: Lake) -> int | None:
    """Which snapshot of a lake is published; None: nothing is yet.

    Raises:
        WarehouseError: the catalogue cannot be reached, or what reaches it is not installed.
    """
    return _catalogue(path).published_snapshot(path, lake.catalogue)


def _catalogue(path: Path) -> ModuleType:
    """What comes with an extra of its own."""
    try:
        return importlib.import_module("warehouse.catalogue")
    except ModuleNotFoundError:
        raise WarehouseError(f"{path}: is a lake, and psycopg is not installed; install stancewatch[lake]") from None


def take(path: Path, wait_seconds: float) -> FileStorage | LakeStorage:
    """Take the warehouse that ``path`` names, alone.

    Raises:
        WarehouseBusyError: another process holds it for longer than ``wait_seconds``.
        WarehouseError: it cannot be taken there.
    """
    lake = read_lake(path)
    if lake is None:
        return FileStorage(path, take_lock(path, wait_seconds))
    return LakeStorage(path, lake, _catalogue(path).Lease.take(path, lake.catalogue, wait_seconds))


def take_lock(path: Path, wait_seconds: float) -> int:
    """Take the lock beside the working file; returns its descriptor, whose closing lets go of it.

    Raises:
        WarehouseBusyError: another process holds it for longer than ``wait_seconds``.
        WarehouseError: the lock cannot be made there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be created or locked: {error.strerror}; set STANCEWATCH_HOME") from None
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= deadline:
                holder = os.pread(lock, 32, 0).decode(errors="replace").strip() or "unknown"
                os.close(lock)
                raise WarehouseBusyError(f"{path}: in use by process {holder}; wait for it, or end it") from None
            time.sleep(0.1)
        else:
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)
            return lock


@contextlib.contextmanager
def hold(path: Path, wait_seconds: float = 0.0) -> Iterator[None]:
    """Keep everybody else from writing a warehouse, as `take` does, for a while."""
    storage = take(path, wait_seconds)
    try:
        yield
    finally:
        storage.release()
