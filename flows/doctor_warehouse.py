"""What `stancewatch doctor` says of the warehouse, what is published, the last run and the feeds."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flows import clock
from flows.finding import Finding, broken, look, ok
from flows.output import plain
from flows.wording import count_words
from warehouse.database import Warehouse, WarehouseBusyError, WarehouseError, query_text
from warehouse.lake import is_lake
from warehouse.published import is_published, published_path, query_published
from warehouse.sight import Sight, see

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.settings import Places
    from warehouse.sight import Publication

LATE: Final = timedelta(hours=3)
"""Six runs of the half-hourly monitor; what deploy/health.py goes by."""
_LEAST_FREE_BYTES: Final = 1024**3
_MEBIBYTE: Final = 1024**2
_SHOWN: Final = 3
_AT_WORK: Final = "is `stancewatch serve`, or a worker, running? `stancewatch run` runs once"


def examine_warehouse(places: Places) -> Iterator[Finding]:
    """Look at the data folder, the working file or lake and what is published; nothing is made where there is none."""
    sight, problem = Sight(), ""
    try:
        sight = see(places.warehouse)
    except WarehouseError as error:  # a lake that cannot be reached
        problem = str(error)
    yield from _folder(places, sight.size_bytes)
    if problem:
        yield _told("lake", problem)
        return
    yield from _working_file(places.warehouse, sight)
    if sight.published is None:
        yield ok(_published_name(places.warehouse), "not there yet; the first run makes it")
        return
    yield from _published(places, sight.published)
    yield from _last_runs(places.warehouse)


def _told(what: str, error: str) -> Finding:
    words, _, mend = error.rpartition("; ")
    return broken(what, words, mend)


def _folder(places: Places, size: int) -> Iterator[Finding]:
    there = next(folder for folder in (places.home, *places.home.absolute().parents) if folder.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        yield broken("data folder", f"{there}: not writable", "give this user permission, or set STANCEWATCH_HOME")
        return
    free = shutil.disk_usage(there).free
    needed = max(2 * size, _LEAST_FREE_BYTES)
    words = f"{places.home}: {free // _MEBIBYTE:,} MiB free"
    if free < needed:
        why = f"{words}; publishing and the nightly copy need {needed // _MEBIBYTE:,}"
        yield broken("data folder", why, "free some, or move it and set STANCEWATCH_HOME")
    else:
        yield ok("data folder", words)


def _working_file(path: Path, sight: Sight) -> Iterator[Finding]:
    what = "lake" if is_lake(path) else "working file"
    if not sight.is_there:
        yield ok(what, f"{path} is not there yet; the first run makes it")
        return
    try:
        with Warehouse.open(path) as warehouse:
            names = [str(name) for (name,) in warehouse.execute("select_migrations")]
        version = max(name for name in names if not name.startswith("views "))
        yield ok(what, f"{path}, {sight.size_bytes / _MEBIBYTE:,.1f} MiB, version {version}")
    except WarehouseBusyError as error:
        yield ok(what, f"{error} (a run is at work)")
    except WarehouseError as error:
        yield _told(what, str(error))
        return
    if not is_lake(path) and path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield look(what, "others may write it", f"chmod 600 {path}")


def _published_name(warehouse: Path) -> str:
    return "published state" if is_lake(warehouse) else "published file"


def _published(places: Places, published: Publication) -> Iterator[Finding]:
    age, what, path = clock.now() - published.at, _published_name(places.warehouse), places.warehouse
    mode = ""
    if not is_lake(path):
        path = published_path(path)
        mode = f", {stat.filemode(path.stat().st_mode)}"
    words = f"{path}{mode}, {_spoken(age)} old"
    yield ok(what, words) if age < LATE else look(what, words, _AT_WORK)
    if not is_lake(places.warehouse):
        yield from _readers(places, path)


def _readers(places: Places, path: Path) -> Iterator[Finding]:
    """Whether those who are to read the published file may."""
    found = path.stat()
    if stat.S_IMODE(found.st_mode) != places.access.mode:
        yield look("published file", f"is to be {places.access.mode:04o}", "the next run sets it")
    if places.access.mode & stat.S_IROTH and not path.parent.stat().st_mode & stat.S_IXOTH:
        yield look(
            "published file", f"everybody may read it, and nobody may enter {path.parent}", f"chmod o+x {path.parent}"
        )


def _last_runs(warehouse: Path) -> Iterator[Finding]:
    try:
        rows = query_published(warehouse, query_text("select_last_runs")).rows
    except WarehouseError as error:
        yield _told(_published_name(warehouse), str(error))
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
    try:
        if not is_published(warehouse):
            yield ok("feeds", "none polled yet; `stancewatch feeds check` fetches each once")
            return
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
