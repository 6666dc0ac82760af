"""What `stancewatch doctor` says of the warehouse, the published file, the last run and the feeds."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from flows import clock
from flows.finding import Finding, broken, look, ok
from flows.output import plain
from flows.wording import count_words
from warehouse.database import Warehouse, WarehouseBusyError, WarehouseError, query_text
from warehouse.published import published_path, query_published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.settings import Places

LATE: Final = timedelta(hours=3)
"""Six runs of the half-hourly monitor; what deploy/health.py goes by."""
_LEAST_FREE_BYTES: Final = 1024**3
_MEBIBYTE: Final = 1024**2
_SHOWN: Final = 3
_AT_WORK: Final = "is `stancewatch serve`, or a worker, running? `stancewatch run` runs once"


def examine_warehouse(places: Places) -> Iterator[Finding]:
    """Look at the data folder, the working file and the published one; nothing is made where there is nothing."""
    yield from _folder(places)
    yield from _working_file(places.warehouse)
    yield from _published_file(places)


def _folder(places: Places) -> Iterator[Finding]:
    there = next(folder for folder in (places.home, *places.home.absolute().parents) if folder.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        yield broken("data folder", f"{there}: not writable", "give this user permission, or set STANCEWATCH_HOME")
        return
    free = shutil.disk_usage(there).free
    size = places.warehouse.stat().st_size if places.warehouse.exists() else 0
    needed = max(2 * size, _LEAST_FREE_BYTES)
    words = f"{places.home}: {free // _MEBIBYTE:,} MiB free"
    if free < needed:
        why = f"{words}; publishing and the nightly copy need {needed // _MEBIBYTE:,}"
        yield broken("data folder", why, "free some, or move it and set STANCEWATCH_HOME")
    else:
        yield ok("data folder", words)


def _working_file(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield ok("working file", f"{path} is not there yet; the first run makes it")
        return
    try:
        with Warehouse.open(path) as warehouse:
            names = [str(name) for (name,) in warehouse.execute("select_migrations")]
        version = max(name for name in names if not name.startswith("views "))
        yield ok("working file", f"{path}, {path.stat().st_size / _MEBIBYTE:,.1f} MiB, version {version}")
    except WarehouseBusyError as error:
        yield ok("working file", f"{error} (a run is at work)")
    except WarehouseError as error:
        words, _, mend = str(error).rpartition("; ")
        yield broken("working file", words, mend)
        return
    if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield look("working file", "others may write it", f"chmod 600 {path}")


def _published_file(places: Places) -> Iterator[Finding]:
    path = published_path(places.warehouse)
    if not path.exists():
        yield ok("published file", "not there yet; the first run makes it")
        return
    found = path.stat()
    age = clock.now() - datetime.fromtimestamp(found.st_mtime, UTC)
    words = f"{path}, {stat.filemode(found.st_mode)}, {_spoken(age)} old"
    yield ok("published file", words) if age < LATE else look("published file", words, _AT_WORK)
    if stat.S_IMODE(found.st_mode) != places.access.mode:
        yield look("published file", f"is to be {places.access.mode:04o}", "the next run sets it")
    if places.access.mode & stat.S_IROTH and not path.parent.stat().st_mode & stat.S_IXOTH:
        yield look(
            "published file", f"everybody may read it, and nobody may enter {path.parent}", f"chmod o+x {path.parent}"
        )
    yield from _last_runs(places.warehouse)


def _last_runs(warehouse: Path) -> Iterator[Finding]:
    try:
        rows = query_published(warehouse, query_text("select_last_runs")).rows
    except WarehouseError as error:
        words, _, mend = str(error).rpartition("; ")
        yield broken("published file", words, mend)
        return
    monitor = next(((status, at) for flow, status, at in rows if flow == "monitor"), None)
    if monitor is None:
        yield look("last run", "nothing was watched yet", "`stancewatch run`")
        return
    age = clock.now() - monitor[1]
    words = f"monitor of {plain(monitor[1])} UTC, {_spoken(age)} ago: {monitor[0]}"
    if monitor[0] != "completed":
        yield broken("last run", words, 'why: stancewatch sql "FROM runs ORDER BY started_at DESC LIMIT 5"')
    elif age > LATE:
        yield look("last run", f"{words}; it is due every half hour", _AT_WORK)
    else:
        yield ok("last run", words)


def examine_feeds(warehouse: Path) -> Iterator[Finding]:
    """How many feeds are well, and the first of those that are not."""
    if not published_path(warehouse).exists():
        yield ok("feeds", "none polled yet; `stancewatch feeds check` fetches each once")
        return
    try:
        rows = query_published(warehouse, query_text("list_feed_health")).rows
    except WarehouseError:  # the warehouse's part says so
        return
    failing = [f"{row[0]} ({row[5] or row[6]})" for row in rows if row[4]]
    noticed = [f"{row[0]} ({row[5]})" for row in rows if row[5] and not row[4]]
    if failing:
        yield _some_feeds("failing", failing, len(rows))
    if noticed:
        yield _some_feeds("silent, or changed", noticed, len(rows))
    if not failing and not noticed:
        yield ok("feeds", f"all {count_words(len(rows), 'feed', 'feeds')} well")


def _some_feeds(how: str, told: list[str], total: int) -> Finding:
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    words = f"{len(told)} of {total} {how}: {'; '.join(told[:_SHOWN])}{more}"
    return look("feeds", words, "`stancewatch feeds check` says how to mend each")


def _spoken(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:  # noqa: PLR2004 - two hours
        return f"{minutes} min"
    return f"{minutes // 60} h" if age < timedelta(days=2) else f"{age.days} days"
