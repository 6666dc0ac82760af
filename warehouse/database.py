"""The only place that talks to DuckDB: one locked connection, named queries, staged rows, one transaction at a time."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb

from warehouse.rows import fetch_records, stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")
FOLDER = Path(__file__).parent
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class WarehouseError(RuntimeError):
    """The warehouse cannot be used; the text is one line that says why and what to do."""


class RequestError(WarehouseError):
    """What somebody asked for cannot be done, and nothing was; a slip of theirs, no failure of a run."""


class WarehouseBusyError(WarehouseError):
    """Another process has the working file open; it is the lease of one run at a time."""


class Warehouse:
    """An open working file, held alone by this process until closed.

    DuckDB itself admits one writing process; the lock beside the file makes that a clear line instead of a stack
    trace, and is let go by the system when the process dies.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, lock: int) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock

    @classmethod
    def open(cls, path: Path, *, wait_seconds: float = 0.0) -> Self:
        """Open (or create) and migrate the working file at ``path``.

        Raises:
            WarehouseBusyError: another process holds it for longer than ``wait_seconds``.
            WarehouseError: it cannot be read, is no DuckDB file, or is newer than this program.
        """
        with contextlib.ExitStack() as undo:
            lock = take_lock(path, wait_seconds)
            undo.callback(os.close, lock)
            try:
                connection = duckdb.connect(str(path), config=_SETTINGS)
                undo.callback(connection.close)
                connection.execute(query_text("set_utc"))
                opened = cls(connection, path, lock)
                opened._migrate()
            except duckdb.Error as error:
                text = f"{path}: cannot be opened as a warehouse: {one_line(error)}; {_mend(path)}"
                raise WarehouseError(text) from None
            undo.pop_all()
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let go of the lock."""
        self._connection.close()
        os.close(self._lock)

    def execute(self, query: str, /, **parameters: object) -> list[tuple[Any, ...]]:
        """Run the named query (``queries/NAME.sql``) and return its rows, if any."""
        return self._connection.execute(query_text(query), parameters or None).fetchall()

    def select(self, query: str, record: type[T], /, **parameters: object) -> list[T]:
        """Run the named query; each row becomes a ``record`` by column name."""
        return fetch_records(self._connection.execute(query_text(query), parameters or None), record)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; roll back on any exception, including a cancelled run.

        Raises:
            WarehouseError: it could not be written (a full disk, say); nothing of it is stored.
        """
        try:
            self._connection.begin()
            try:
                yield
            except BaseException:
                with contextlib.suppress(duckdb.Error):  # after a write that failed there is nothing left to roll back
                    self._connection.rollback()
                raise
        except (duckdb.FatalException, duckdb.IOException) as error:
            raise self._unwritable(error) from None
        try:
            self._connection.commit()
        except duckdb.Error as error:
            raise self._unwritable(error) from None

    @contextlib.contextmanager
    def staged(self, name: str, record: type[T], rows: Sequence[T]) -> Iterator[None]:
        """Make ``rows`` readable in queries as the table ``name``."""
        stage(self._connection, name, record, rows)
        try:
            yield
        finally:
            self._connection.execute(f"DROP TABLE {name}")

    def load_extension(self, file: Path) -> None:
        """Load one of DuckDB's extensions from its file, for this connection.

        Raises:
            WarehouseError: it is damaged, or made for another DuckDB or system.
        """
        try:
            self._connection.load_extension(str(file))
        except duckdb.Error as error:
            raise WarehouseError(f"{file}: cannot be loaded: {one_line(error)}; reinstall stancewatch") from None

    @contextlib.contextmanager
    def attached(self, name: str, path: Path) -> Iterator[None]:
        """Make the tables of another file readable in queries, under the name of a database."""
        place = str(path).replace("'", "''")
        self._connection.execute(f"ATTACH '{place}' AS {name} (READ_ONLY)")
        try:
            yield
        finally:
            self._connection.execute(f"DETACH {name}")

    def shed_memory(self) -> None:
        """Let go of what is kept in memory of the file: stages that store much would leave all of it there."""
        with contextlib.suppress(duckdb.OutOfMemoryException):  # what cannot be let go of stays
            self._connection.execute(query_text("shed_memory"))
        self._connection.execute(query_text("grant_memory"))

    def checkpoint(self) -> None:
        """Write everything into the one file, so that it can be copied.

        Raises:
            WarehouseError: it could not be written (a full disk, say); what was committed stays in the log beside it.
        """
        try:
            self._connection.execute("CHECKPOINT")
        except duckdb.Error as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: duckdb.Error) -> WarehouseError:
        return WarehouseError(f"{self.path}: cannot be written: {one_line(error)}; free space, then run again")

    def _migrate(self) -> None:
        self._connection.execute(query_text("create_migrations"))
        done = [str(name) for (name,) in self.execute("select_migrations")]
        known = sorted((FOLDER / "migrations").glob("*.sql"))
        folders = ("functions", "views", "macros")  # in this order: each may use those before it
        views = [file for folder in folders for file in sorted((FOLDER / folder).glob("*.sql"))]
        stamp = f"views {hashlib.sha256(b''.join(file.read_bytes() for file in views)).hexdigest()[:16]}"
        newer = sorted(name for name in {*done} - {file.stem for file in known} if not name.startswith("views "))
        if newer:
            raise WarehouseError(f"{self.path}: was written by a newer version ({newer[-1]}); upgrade stancewatch")
        steps = [(file.stem, [file]) for file in known if file.stem not in done]
        if steps or stamp != done[-1]:  # views and macros come last, and anew when another version's took their place
            steps.append((stamp, views))
        for name, files in steps:
            with self.transaction():
                for file in files:
                    self._connection.execute(file.read_text(encoding="utf-8"))
                self.execute("insert_migration", name=name)


@functools.cache
def query_text(name: str) -> str:
    """The text of ``queries/NAME.sql``."""
    return (FOLDER / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def one_line(error: BaseException) -> str:
    """The first line of an error's text, for messages that must fit one."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]


def _mend(path: Path) -> str:
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return "give this user read and write permission"
    return "restore a copy, or move it away and load anew"


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
def hold_lock(path: Path, wait_seconds: float = 0.0) -> Iterator[None]:
    """Keep everybody else from writing the working file, as `take_lock` does, for a while."""
    lock = take_lock(path, wait_seconds)
    try:
        yield
    finally:
        os.close(lock)
