"""The working file or lake: opened by one process at a time, migrated, read and written through named SQL files."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import duckdb

from warehouse.errors import LeaseLostError, MisuseError, RequestError, WarehouseBusyError, WarehouseError, one_line
from warehouse.lake import READER, attach_as, read_lake
from warehouse.lease import LEASE_SECONDS
from warehouse.rows import fetch_records, stage
from warehouse.sql_text import FOLDER, query_text, view_files
from warehouse.standing_orders import masked_parameters, masked_rows, ordered_masker
from warehouse.storage import LakeStorage, mend, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from extractors.masking import Masker
    from warehouse.lake import Settings
    from warehouse.storage import Storage

__all__ = [
    "FOLDER",
    "LeaseLostError",
    "MisuseError",
    "RequestError",
    "Warehouse",
    "WarehouseBusyError",
    "WarehouseError",
    "one_line",
    "query_text",
]

T = TypeVar("T")
_SETTINGS: Settings = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_FAILURES: Final = (duckdb.FatalException, duckdb.IOException, duckdb.OutOfMemoryException)
"""What a disk, bucket or catalogue that gives way makes of any query, a question that spills memory included."""


class Warehouse:
    """An open working file or lake, held alone by this process until closed, dead, or silent for a whole lease."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, storage: Storage) -> None:
        self.path = path
        self.lease = storage.lease
        self._connection = connection
        self._storage = storage
        self.masker: Masker | None = None
        """Whoever is to stay forgotten is masked in all that is stored."""

    @classmethod
    def open(
        cls, path: Path, *, wait_seconds: float = 0.0, lease_seconds: float = LEASE_SECONDS, is_draft: bool = False
    ) -> Self:
        """Open (or create) and migrate the working file at ``path``, or the lake that a ``.lake`` file there names.

        After ``lease_seconds`` without a sign of life a file may be another's; a draft is under nobody's orders.

        Raises:
            WarehouseBusyError: another process holds it for longer than ``wait_seconds``.
            WarehouseError: it cannot be read, is no DuckDB file, or is newer than this program.
        """
        return cls._open(path, wait_seconds, lease_seconds, cls._migrate if is_draft else cls._migrate_and_obey)

    @classmethod
    def _open(cls, path: Path, wait_seconds: float, lease_seconds: float, prepare: Callable[[Self], None]) -> Self:
        with contextlib.ExitStack() as undo:
            storage = take(path, wait_seconds, lease_seconds)
            undo.callback(storage.lease.release)
            try:
                connection = storage.connect(_SETTINGS)
                undo.callback(connection.close)
                connection.execute(query_text("set_utc"))
                opened = cls(connection, path, storage)
                prepare(opened)
            except duckdb.Error as error:
                text = f"{path}: cannot be opened as a warehouse: {one_line(error)}; {mend(path)}"
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
        """Close it and give the lease back; what is not ours any more is not touched."""
        if not self.lease.is_held():
            self._stand_back()
        self._connection.close()
        self.lease.release()

    @property
    def lake(self) -> LakeStorage | None:
        """Where it lies, if that is a lake."""
        return self._storage if isinstance(self._storage, LakeStorage) else None

    def execute(self, query: str, /, **parameters: object) -> list[tuple[Any, ...]]:
        """Run the named query (``queries/NAME.sql``) and return its rows, if any.

        Raises:
            WarehouseError: a disk, bucket or catalogue fails it.
        """
        given = masked_parameters(self.masker, parameters) or None
        with self._telling():
            return self._connection.execute(query_text(query), given).fetchall()

    def change(self, query: str, /, **parameters: object) -> int:
        """Run the named query, which changes rows; returns how many."""
        return int(self.execute(query, **parameters)[0][0])

    def execute_on(self, query: str, names: Mapping[str, str], /, **parameters: object) -> list[tuple[Any, ...]]:
        """Run the named query on tables and columns of ours, whose names stand in it in braces; raises as `execute`."""
        with self._telling():
            return self._connection.execute(query_text(query).format_map(names), parameters or None).fetchall()

    def select(self, query: str, record: type[T], /, **parameters: object) -> list[T]:
        """Run the named query; each row becomes a ``record`` by column name. Raises as `execute` does."""
        with self._telling():
            return fetch_records(self._connection.execute(query_text(query), parameters or None), record)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; roll back on any exception, including a cancelled run.

        Raises:
            WarehouseError: it could not be written (a full disk, say); nothing of it is stored.
            LeaseLostError: somebody else took over; nothing of it is stored.
        """
        self.check_lease()
        with self._telling():
            self._connection.begin()
            try:
                yield
                self.check_lease()
            except BaseException:
                with contextlib.suppress(duckdb.Error):  # after a write that failed there is nothing left to roll back
                    self._connection.rollback()
                raise
        with self._telling((duckdb.Error,)):
            self._connection.commit()

    @contextlib.contextmanager
    def staged(self, name: str, record: type[T], rows: Sequence[T]) -> Iterator[None]:
        """Make ``rows`` readable in queries as the table ``name``. Raises as `execute` does."""
        with self._telling():
            stage(self._connection, name, record, masked_rows(self.masker, rows) if self.masker else rows)
        try:
            yield
        except BaseException:
            with contextlib.suppress(duckdb.Error):  # what failed may have taken it along, or the whole connection
                self._connection.execute(f"DROP TABLE {name}")
            raise
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
        """Make the tables of another file or lake readable in queries, under the name of a database."""
        lake = read_lake(path)
        place = str(path).replace("'", "''")
        if lake:
            attach_as(self._connection, name, lake, READER, "READ_ONLY")
        else:
            self._connection.execute(f"ATTACH '{place}' AS {name} (READ_ONLY)")
        try:
            yield
        finally:
            self._connection.execute(f"DETACH {name}")

    def shed_memory(self) -> None:
        """Let go of what is kept in memory of the file: stages that store much would leave all of it there."""
        with self._connection.cursor() as other:  # what cannot be let go of stays, and must not end our transaction
            with contextlib.suppress(*_FAILURES):  # nor must a disk that has no room for it
                other.execute(query_text("shed_memory"))
            other.execute(query_text("grant_memory"))

    def checkpoint(self) -> None:
        """Write everything into the one file, so that it can be copied.

        Raises:
            WarehouseError: it could not be written (a full disk, say); what was committed stays in the log beside it.
            LeaseLostError: somebody else took over.
        """
        self.check_lease()
        with self._telling((duckdb.Error,)):
            self._connection.execute("CHECKPOINT")

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

    def _migrate_and_obey(self) -> None:
        self._migrate()
        self.masker = ordered_masker(self.path, [str(order_id) for (order_id,) in self.execute("list_forgotten")])

    @contextlib.contextmanager
    def _telling(self, failures: tuple[type[duckdb.Error], ...] = _FAILURES) -> Iterator[None]:
        try:
            yield
        except failures as error:
            raise WarehouseError(f"{self.path}: cannot be written: {self._storage.explain(error)}") from None

    @classmethod
    def open_empty(cls, path: Path, *, wait_seconds: float = 0.0) -> Self:
        """Open (or create) a file or lake as it is, to be filled from another.

        Raises:
            WarehouseBusyError: another process holds it for longer than ``wait_seconds``.
            WarehouseError: it cannot be opened.
        """
        return cls._open(path, wait_seconds, LEASE_SECONDS, lambda _: None)

    def has_tables(self) -> bool:
        """Whether anything is in it."""
        return bool(self.lake_tables() if self.lake else self.execute("list_tables"))

    def lake_tables(self) -> int:
        """How many tables the lake's catalogue has; to list all that DuckDB knows of it takes a second."""
        return int(self.execute("count_lake_tables")[0][0])

    def fill(self) -> None:
        """Take over all tables of the database ``source`` that is attached, and make views over them.

        Within the caller's transaction; the source is of this version.
        """
        self._connection.execute("CREATE SCHEMA IF NOT EXISTS store")
        for name, definition in self.execute("list_definitions"):
            self._connection.execute(definition)
            self._connection.execute(f"INSERT INTO store.{name} FROM source.store.{name}")
        for file in view_files():
            self._storage.run_script(self._connection, file.read_text(encoding="utf-8"))

    def _migrate(self) -> None:
        if self.lake and not self.lake_tables():
            self._begin_lake()
        self._connection.execute(query_text("create_migrations"))
        done = [str(name) for (name,) in self.execute("select_migrations")]
        known = sorted((FOLDER / "migrations").glob("*.sql"))
        views = view_files()
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
                    self._storage.run_script(self._connection, file.read_text(encoding="utf-8"))
                self.execute("insert_migration", name=name)

    def _begin_lake(self) -> None:
        """Give a new lake what a new file has: migrations of long ago are not run on lakes."""
        with tempfile.TemporaryDirectory(prefix="stancewatch-") as folder:
            empty = Path(folder) / "empty.duckdb"
            Warehouse.open(empty).close()
            with self.attached("source", empty), self.transaction():
                self.fill()
