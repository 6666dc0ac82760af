"""Where a warehouse lies, a file or a lake: taken by one writer at a time, opened, published, let go."""

from __future__ import annotations

import contextlib
import glob
import importlib
import os
import re
import shutil
from typing import TYPE_CHECKING, Final, Protocol

import duckdb

from warehouse.errors import WarehouseError, one_line
from warehouse.file_copy import copy_file, put_in_place
from warehouse.lake import Lake, Settings, attach, is_lake, read_lake, spill_of
from warehouse.lease import LEASE_SECONDS, take_lease

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from warehouse.catalogue import Lease, Look
    from warehouse.lease import Lease as FileLease

_INLINED_ROWS: Final = 0
"""Changes of so many rows lie in the catalogue until upkeep writes them into files: small files cost more."""
_NOT_IN_LAKES = re.compile(r"\s*(--[^\n]*\n\s*)*COMMENT ON (MACRO|COLUMN main\.)")
"""DuckLake keeps comments on tables, their columns and views: not on a view's columns, nor on functions."""


class Held(Protocol):
    """The right to write a warehouse, alone, until it is given back or goes to another."""

    @property
    def number(self) -> int:
        """Grows with each owner."""
        ...

    @property
    def is_seized(self) -> bool:
        """Whether an owner before may still be alive somewhere, and wake."""
        ...

    def check(self) -> None:
        """Make sure that this process still is the owner.

        Raises:
            LeaseLostError: it is not.
        """
        ...

    def is_held(self) -> bool:
        """Whether it is; where that cannot be known, not."""
        ...

    def release(self) -> None:
        """Give it back."""
        ...


class Storage(Protocol):
    """A place of a warehouse, taken for writing until its lease is given back."""

    @property
    def lease(self) -> Held:
        """What makes it ours."""
        ...

    def connect(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Open it, made where there is none yet."""
        ...

    def run_script(self, connection: duckdb.DuckDBPyConnection, text: str) -> None:
        """Run a migration, or what makes a view or function, without what cannot be kept here."""
        ...

    def explain(self, error: duckdb.Error) -> str:
        """Why something could not be written, and what to do, in a few words."""
        ...


class FileStorage:
    """A DuckDB file.

    DuckDB itself admits one writing process of one machine; the lease makes that a clear line instead of a stack trace,
    holds beyond the machine, and passes on when its owner dies or hangs.
    """

    def __init__(self, path: Path, lease: FileLease) -> None:
        self._path = path
        self.lease = lease

    def connect(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Open the file, or create it."""
        # a killed owner spilt there for want of memory; DuckDB never removes it, and nobody else puts anything there
        shutil.rmtree(spill_of(self._path), ignore_errors=True)
        is_new = not self._path.exists()
        connection = duckdb.connect(str(self._path), config=settings)
        if is_new:
            self._path.chmod(0o600)  # others read the published file
        return connection

    def run_script(self, connection: duckdb.DuckDBPyConnection, text: str) -> None:
        """Run all of it."""
        connection.execute(text)

    def explain(self, error: duckdb.Error) -> str:
        """DuckDB's words: it is the disk."""
        return f"{one_line(error)}; free space, then run again"


class LakeStorage:
    """A lake, by the lease in its catalogue."""

    def __init__(self, path: Path, lake: Lake, lease: Lease) -> None:
        self._path = path
        self._lake = lake
        self.lease = lease

    def connect(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Attach the lake, or create it."""
        spill = spill_of(self._path)
        shutil.rmtree(spill, ignore_errors=True)  # a killed owner spilt there, too
        options = f"DATA_PATH '{self._lake.data}', DATA_INLINING_ROW_LIMIT {_INLINED_ROWS}"
        connection = attach(self._lake, spill, settings, self.lease.name, options)
        self.lease.guard()
        return connection

    def run_script(self, connection: duckdb.DuckDBPyConnection, text: str) -> None:
        """Run it without the comments that no lake keeps."""
        for statement in connection.extract_statements(text):
            if not _NOT_IN_LAKES.match(statement.query):
                connection.execute(statement)

    def explain(self, error: duckdb.Error) -> str:
        """What became of the lease, or DuckDB's words."""
        return self.lease.loss() or f"{one_line(error)}; see that catalogue and folder can be written, then run again"

    def publish(self) -> None:
        """Let readers see what was committed until now."""
        self.lease.publish()


def published_snapshot(path: Path, lake: Lake) -> int | None:
    """Which snapshot of a lake is published; None: nothing is yet.

    Raises:
        WarehouseError: the catalogue cannot be reached, or what reaches it is not installed.
    """
    found: int | None = _catalogue(path).published_snapshot(path, lake.catalogue)
    return found


def look_at_lake(path: Path, lake: Lake) -> Look | None:
    """A lake seen from outside; None: nobody has made it yet.

    Raises:
        WarehouseError: the catalogue cannot be reached, or what reaches it is not installed.
    """
    found: Look | None = _catalogue(path).look_at(path, lake.catalogue)
    return found


def _catalogue(path: Path) -> ModuleType:
    """What comes with an extra of its own."""
    try:
        return importlib.import_module("warehouse.catalogue")
    except ModuleNotFoundError:
        raise WarehouseError(f"{path}: is a lake, and psycopg is not installed; install stancewatch[lake]") from None


def take(path: Path, wait_seconds: float, lease_seconds: float = LEASE_SECONDS) -> FileStorage | LakeStorage:
    """Take the warehouse that ``path`` names, alone.

    Raises:
        WarehouseBusyError: another process holds it for longer than ``wait_seconds``.
        WarehouseError: it cannot be taken there.
    """
    lake = read_lake(path)
    if lake is None:
        return FileStorage(path, _secured(path, take_lease(path, wait_seconds, lease_seconds)))
    return LakeStorage(path, lake, _catalogue(path).Lease.take(path, lake.catalogue, wait_seconds))


@contextlib.contextmanager
def hold(path: Path, wait_seconds: float = 0.0) -> Iterator[Held]:
    """Keep everybody else from writing a warehouse, as `take` does, for a while."""
    storage = take(path, wait_seconds)
    try:
        yield storage.lease
    finally:
        storage.lease.release()


def _secured(path: Path, lease: FileLease) -> FileLease:
    """The lease, once nobody who wakes can write to what lies there under the file's name.

    Until then the claim says that this is to be done: who follows does it, where this process is killed or has no room.

    Raises:
        WarehouseError: there is no room, or no permission; the lease is given back.
    """
    try:
        if lease.is_seized:
            _move_away(path)
            lease.settle()
    except OSError as error:
        lease.release()
        text = f"{path}: cannot be taken over: {error.strerror}; free space or give permission"
        raise WarehouseError(text) from None
    except BaseException:
        lease.release()
        raise
    return lease


def _move_away(path: Path) -> None:
    """Put copies in the place of the file and its log: an owner who wakes elsewhere goes on writing to what he opened.

    Byte for byte, so that a kill in between leaves a file and a log that fit each other.
    """
    for left in path.parent.glob(f"{glob.escape(path.name)}*.seized"):  # by one that was killed; it is no log
        left.unlink()
    logs = path.parent.glob(f"{glob.escape(path.name)}.wal*")
    for file in [path, *logs] if path.exists() else []:
        draft = file.with_name(file.name + ".seized")
        copy_file(file, draft)
        put_in_place(draft, file)


def mend(path: Path) -> str:
    """What to do where a warehouse cannot be opened, in a few words."""
    if is_lake(path):
        return "see that catalogue and folder are those of the lake"
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return "give this user read and write permission"
    return "restore a copy, or move it away and load anew"
