"""The only place that talks to DuckDB: one locked connection, named queries, staged rows, one transaction at a time."""

from __future__ import annotations

import contextlib
import functools
import glob
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb

from warehouse.file_copy import copy_file, put_in_place
from warehouse.lease import LEASE_SECONDS, Lease, LeaseLostError, WarehouseBusyError, WarehouseError, take_lease
from warehouse.rows import fetch_records, stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "LeaseLostError",
    "RequestError",
    "Warehouse",
    "WarehouseBusyError",
    "WarehouseError",
    "one_line",
    "query_text",
]

T = TypeVar("T")
FOLDER = Path(__file__).parent
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class RequestError(WarehouseError):
    """What somebody asked for cannot be done, and nothing was; a slip of theirs, no failure of a run."""


class Warehouse:
    """An open working file, held alone by this process until closed.

    DuckDB itself admits one writing process of one machine; the lease makes that a clear line instead of a stack trace,
    holds beyond the machine, and passes on when its owner dies or hangs.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, lease: Lease) -> None:
        self.path = path
        self.lease = lease
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, wait_seconds: float = 0.0, lease_seconds: float = LEASE_SECONDS) -> Self:
        """Open (or create) and migrate the working file at ``path``.

        After ``lease_seconds`` without a sign of life it may be another's.

        Raises:
            WarehouseBusyError: another process holds it for longer than ``wait_seconds``.
            WarehouseError: it cannot be read, is no DuckDB file, or is newer than this program.
        """
        with contextlib.ExitStack() as undo:
            lease = take_lease(path, wait_seconds, lease_seconds)
            undo.callback(lease.release)
            try:
                if lease.is_seized:
                    _move_away(path)
                connection = duckdb.connect(str(path), config=_SETTINGS)
                undo.callback(connection.close)
                connection.execute(query_text("set_utc"))
                opened = cls(connection, path, lease)
                opened._migrate()
            except duckdb.Error as error:
                text = f"{path}: cannot be opened as a warehouse: {one_line(error)}; {_mend(path)}"
                raise WarehouseError(text) from None
            except OSError as error:
                text = f"{path}: cannot be taken over: {error.strerror}; free space or give permission"
                raise WarehouseError(text) from None
            undo.pop_all()
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and give the lease back; what is not ours any more is not touched."""
        if not self.lease.is_held():
            self._stand_back()
        self._connection.close()
        self.lease.release()

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
            LeaseLostError: somebody else took over; nothing of it is stored.
        """
        self.check_lease()
        self._connection.begin()
        try:
            yield
            self.check_lease()
        except BaseException:
            self._connection.rollback()
            raise
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
            LeaseLostError: somebody else took over.
        """
        self.check_lease()
        try:
            self._connection.execute("CHECKPOINT")
        except duckdb.Error as error:
            raise self._unwritable(error) from None

    def check_lease(self) -> None:
        """Make sure that the file is still ours to write.

        Raises:
            LeaseLostError: this process was silent for too long, and somebody else took over.
        """
        try:
            self.lease.check()
        except LeaseLostError:
            self._stand_back()
            raise

    def _stand_back(self) -> None:
        """See to it that closing writes nothing: DuckDB would write the log into the file, and remove the log."""
        with contextlib.suppress(duckdb.Error):
            self._connection.execute("PRAGMA disable_checkpoint_on_shutdown")

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


def _move_away(path: Path) -> None:
    """Put copies in the place of the file and its log: an owner who wakes elsewhere goes on writing to what he opened.

    Byte for byte, so that a kill in between leaves a file and a log that fit each other.
    """
    logs = path.parent.glob(f"{glob.escape(path.name)}.wal*")
    for file in [path, *logs] if path.exists() else []:
        draft = file.with_name(file.name + ".seized")
        copy_file(file, draft)
        put_in_place(draft, file)


def _mend(path: Path) -> str:
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return "give this user read and write permission"
    return "restore a copy, or move it away and load anew"
