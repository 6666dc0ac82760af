"""A warehouse seen from outside, a file or a lake: nothing is opened, locked or made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.lake import read_lake
from warehouse.lease import look_at_lease
from warehouse.published import published_path
from warehouse.storage import look_at_lake


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published, and since when; ``mark`` is another each time something is."""

    at: datetime
    mark: tuple[int, float]


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is of a warehouse, and whether a run is at work on it.

    ``silent_seconds`` are since that run's last sign of life; of a lake, whose lease PostgreSQL watches, always 0.
    ``dead`` is who held a lake last, if he did not let go of it; a file's claim says so itself.
    """

    is_there: bool = False
    size_bytes: int = 0
    published: Publication | None = None
    is_at_work: bool = False
    silent_seconds: float = 0.0
    dead: str = ""


def see(path: Path) -> Sight:
    """Look at the warehouse that ``path`` names.

    Raises:
        WarehouseError: it is a lake that cannot be reached.
    """
    lake = read_lake(path)
    if lake is None:
        return _see_file(path)
    found = look_at_lake(path, lake)
    if found is None:
        return Sight()
    published = None
    if found.published is not None and found.published_at:
        published = Publication(found.published_at, (found.published, found.published_at.timestamp()))
    return Sight(
        is_there=True,
        size_bytes=found.size_bytes,
        published=published,
        is_at_work=found.is_held,
        dead=found.holder if found.is_left_behind else "",
    )


def _see_file(path: Path) -> Sight:
    claim = look_at_lease(path)
    is_at_work = claim is not None and not claim.is_over
    return Sight(
        is_there=path.exists(),
        size_bytes=path.stat().st_size if path.exists() else 0,
        published=_published_file(published_path(path)),
        is_at_work=is_at_work,
        silent_seconds=claim.age_seconds if claim and is_at_work else 0.0,
    )


def _published_file(path: Path) -> Publication | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return Publication(datetime.fromtimestamp(found.st_mtime, UTC), (found.st_ino, found.st_mtime))


def disks(path: Path) -> list[Path]:
    """Files, there or yet to come, whose disks must have room for the warehouse; a bucket is none.

    Raises:
        WarehouseError: it is a lake whose file cannot be read.
    """
    lake = read_lake(path)
    return [path] if lake is None or lake.is_remote else [path, Path(lake.data) / "files"]
