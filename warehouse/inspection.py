"""Is a file a whole and sound warehouse? Reads all of it, changes nothing, and tells what it found a line each."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

import duckdb

from warehouse.database import FOLDER, Warehouse, WarehouseError, one_line, query_text
from warehouse.file_copy import copy_file
from warehouse.lake import attach_to_read, read_lake
from warehouse.rows import fetch_records
from warehouse.scratch import COPY, scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_READING: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing looked at in a file."""

    what: str
    is_sound: bool
    words: str


@dataclass(frozen=True, slots=True)
class TableSum:
    """Rows of a table, and a checksum over all that stands in them."""

    name: str
    number: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Check:
    """How many rows were checked for one property, how many lack it, and one of these."""

    what: str
    checked: int
    broken: int
    example: str


class Queried(Protocol):
    """Whatever named queries can be put to."""

    def execute(self, query: str, /, **parameters: object) -> list[tuple[Any, ...]]:
        """Run the named query and return its rows."""
        ...


class ReadFile:
    """A warehouse file opened to be read only, whatever its version."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            duckdb.Error: it cannot be read.
        """
        lake = read_lake(path)
        if lake:
            self._connection = attach_to_read(path, lake, _READING, "READ_ONLY")
        else:
            self._connection = duckdb.connect(str(path), read_only=True, config=_READING)
        self._connection.execute(query_text("set_utc"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def execute(self, query: str, /, **parameters: object) -> list[tuple[Any, ...]]:
        """Run the named query and return its rows."""
        return self._connection.execute(query_text(query), parameters or None).fetchall()

    def select_checks(self, query: str) -> list[Check]:
        """Run a named query of checks."""
        return fetch_records(self._connection.execute(query_text(query)), Check)


def sum_tables(file: Queried) -> list[TableSum]:
    """Each table, read whole: every block of it is touched, and DuckDB compares the checksum of each."""
    names = [str(name) for (name,) in file.execute("list_tables")]
    return [TableSum(name, *sum_table(file, name)) for name in names]


def sum_table(file: Queried, name: str) -> tuple[int, str]:
    """How many rows a table has, and a checksum over all that stands in them, in whatever order."""
    ((number, checksum),) = file.execute("sum_table", name=name)
    return int(number), str(checksum)


def migrations_apart(path: Path) -> tuple[list[str], list[str]]:
    """Migrations that the file lacks, and those that this program does not know.

    Raises:
        duckdb.Error: it is no warehouse, or cannot be read.
    """
    with ReadFile(path) as file:
        done = {str(name) for (name,) in file.execute("select_migrations") if not str(name).startswith("views ")}
    known = {step.stem for step in (FOLDER / "migrations").glob("*.sql")}
    return sorted(known - done), sorted(done - known)


@contextlib.contextmanager
def brought_up_to_date(path: Path, scratch: Path) -> Iterator[Path]:
    """The file itself if it lacks nothing, else a copy of it, in a folder under ``scratch``, brought up to date.

    Raises:
        duckdb.Error, OSError, WarehouseError: it cannot be read or copied, or is older and newer at once.
    """
    if not migrations_apart(path)[0]:
        yield path
        return
    if read_lake(path):
        raise WarehouseError(f"{path}: is of an older version; the next run brings it up to date")
    with scratch_folder(scratch) as folder:
        copy = folder / COPY
        copy_with_log(path, copy)
        Warehouse.open(copy, is_draft=True).close()
        yield copy


def copy_with_log(path: Path, copy: Path) -> None:
    """Copy a file and the log beside it, which holds what was committed last.

    Raises:
        OSError: it could not be written.
    """
    copy_file(path, copy)
    if log_of(path).exists():
        copy_file(log_of(path), log_of(copy))


def log_of(path: Path) -> Path:
    """Where DuckDB keeps what is committed and not yet in the file."""
    return path.with_name(path.name + ".wal")


def inspect_file(path: Path, scratch: Path) -> list[Observation]:
    """Look at everything in a file; where something is broken, what lies behind it may be left out.

    Args:
        path: the file, which nobody may be writing.
        scratch: where a file of an older version is copied to be brought up to date; empty again afterwards.
    """
    try:
        lacking, unknown = migrations_apart(path)
    except duckdb.Error as error:
        return [Observation("file", is_sound=False, words=f"{path}: cannot be read: {one_line(error)}")]
    size = "a lake" if read_lake(path) else f"{path.stat().st_size / 1024**2:,.1f} MiB"
    observations = [Observation("file", is_sound=True, words=f"{path}: opens, {size}"), *_tables(path)]
    if unknown:
        words = f"was written by a newer version ({unknown[-1]}); upgrade stancewatch"
        return [*observations, Observation("version", is_sound=False, words=words)]
    words = f"older, lacks {', '.join(lacking)}; looked at as brought up to date" if lacking else "this one's"
    observations.append(Observation("version", is_sound=True, words=words))
    if not all(observation.is_sound for observation in observations):
        return observations
    try:
        with brought_up_to_date(path, scratch) as current:
            return [*observations, *_invariants(current)]
    except (duckdb.Error, WarehouseError) as error:
        return [*observations, Observation("content", is_sound=False, words=one_line(error))]
    except OSError as error:
        words = f"{scratch}: no room to bring a copy up to date: {error.strerror}"
        return [*observations, Observation("content", is_sound=False, words=words)]


def _tables(path: Path) -> Iterator[Observation]:
    with ReadFile(path) as file:
        names = [str(name) for (name,) in file.execute("list_tables")]
    waiting, rows, broken = list(names), 0, 0
    while waiting:
        try:
            with ReadFile(path) as file:  # anew behind each error: after one DuckDB answers nothing more
                while waiting:
                    name = waiting.pop(0)
                    rows += int(file.execute("sum_table", name=name)[0][0])
        except duckdb.Error as error:
            broken += 1
            yield Observation(f"table {name}", is_sound=False, words=f"cannot be read whole: {one_line(error)}")
    words = f"{len(names) - broken} of {len(names)} read whole, {rows:,} rows"
    yield Observation("tables", is_sound=not broken, words=words)


def _invariants(path: Path) -> Iterator[Observation]:
    with ReadFile(path) as file:
        for query in ("check_quotations", "check_references"):
            for check in file.select_checks(query):
                words = f"{check.broken:,} of {check.checked:,} are wrong, such as {check.example}"
                sound = check.broken == 0
                yield Observation(check.what, is_sound=sound, words=f"{check.checked:,} checked" if sound else words)
        yield from _views(file)


def _views(file: ReadFile) -> Iterator[Observation]:
    names = [str(name) for (name,) in file.execute("list_views")]
    answering = broken = 0
    for name in names:
        try:
            file.execute("probe_view", name=f"main.{name}")
            answering += 1
        except duckdb.OutOfMemoryException:  # says nothing of the file
            words = f"not tried out: wants more than {_READING['memory_limit']} of memory"
            yield Observation(f"view {name}", is_sound=True, words=words)
        except duckdb.Error as error:
            broken += 1
            yield Observation(f"view {name}", is_sound=False, words=f"does not answer: {one_line(error)}")
    yield Observation("views", is_sound=not broken, words=f"{answering} of {len(names)} answer")
