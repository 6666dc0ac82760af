"""What `stancewatch warehouse` does: copies made, looked at, and put back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from flows import clock
from flows.finding import Finding, Level
from flows.report import report_path, write_report
from flows.run import WAIT_SECONDS
from flows.settings import load_upkeep, locate
from flows.wording import count_words
from warehouse.copies import back_up, write_copy
from warehouse.database import RequestError, Warehouse, WarehouseError, one_line
from warehouse.inspection import inspect_file
from warehouse.moving import move
from warehouse.restoring import restore
from warehouse.storage import hold

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flows.settings import Places
    from warehouse.restoring import Restored

_LEFT = {
    "articles": ("article", "articles"),
    "corrections": ("correction", "corrections"),
    "actor_verdicts": ("decision on actors", "decisions on actors"),
    "alerts": ("alert not sent yet", "alerts not sent yet"),
}
_CARRIED = {
    "messages": ("message", "messages"),
    "alerts": ("alert", "alerts"),
    "deliveries": ("delivery", "deliveries"),
    "events": ("event", "events"),
    "articles": ("article", "articles"),
}


def back_up_now(target: Path | None) -> str:
    """Make a verified copy, by default that of the day; returns what was done, in one line."""
    places = locate()
    path = _existing(places.warehouse)
    if target is not None and target.exists():
        raise WarehouseError(f"{target}: is there already; name another file, or move it away")
    with Warehouse.open(path, wait_seconds=WAIT_SECONDS) as warehouse:
        if target is None:
            copy = back_up(warehouse, clock.now(), keep=load_upkeep(places).kept_copies, access=places.access)
        else:
            copy = write_copy(warehouse, target, places.access)
    return f"{copy}: copied and read back, {copy.stat().st_size / 1024**2:,.1f} MiB, every table the same"


def verify(file: Path | None) -> list[Finding]:
    """Look at the working file, or at another one, whole; changes nothing."""
    home = locate().warehouse
    path = _existing(file or home)
    home.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    if file is not None and not (home.exists() and file.samefile(home)):
        return _findings(path, home.parent)
    with hold(path, WAIT_SECONDS):
        return _findings(path, home.parent)


def _findings(path: Path, scratch: Path) -> list[Finding]:
    return [Finding(o.what, Level.OK if o.is_sound else Level.BROKEN, o.words) for o in inspect_file(path, scratch)]


def put_back(copy: Path) -> list[str]:
    """Put a copy in the place of the working file; returns what was done and what is to be known, a line each."""
    places = locate()
    path = places.warehouse
    return [*_tell(path, copy, restore(path, copy, clock.now(), places.access)), *_board_anew(places)]


def move_to(target: Path) -> list[str]:
    """Move the warehouse into a new lake or file; returns what was done and what is to be done, a line each."""
    path = _existing(locate().warehouse)
    if target.exists() and path.samefile(target):
        raise RequestError(f"{target}: is the warehouse itself; name another file")
    rows = move(path, target, wait_seconds=WAIT_SECONDS)
    return [
        f"{target} holds all {rows:,} rows of {path}, compared table by table, and is published",
        f"next: set STANCEWATCH_WAREHOUSE={target.resolve()} wherever stancewatch runs; {path} stays as it is",
    ]


def _tell(path: Path, copy: Path, done: Restored) -> Iterator[str]:
    record = done.carried
    last = f"its last run ended {done.last_run_at:%Y-%m-%d %H:%M} UTC" if done.last_run_at else "no run is in it"
    yield f"{path} is {copy} again ({last}), and published"
    if done.set_aside:
        yield f"kept: what was there is {done.set_aside}; delete it when it is not needed"
    yield from record.problems
    carried = _listed(record.counts, _CARRIED) or "nothing"
    if record.source == path:
        yield f"sent since then, and known: {carried}; none of it goes out again"
    elif record.source:
        yield f"sent since then, as far as {record.source} knows: {carried}; none of it goes out again"
    if record.source != path:
        yield "what else was sent is not known: alerts on what was published before now go out marked 'may be a repeat'"
    if left := _listed(record.left_behind, _LEFT):
        yield f"not in the copy, and left behind: {left}; the next runs read and find again what feeds still carry"


def _board_anew(places: Places) -> Iterator[str]:
    """The board of what is published now, where there is one: it would go on showing what was set aside."""
    if report_path(places).exists():
        try:
            yield f"{asyncio.run(write_report(places, clock.now()))}: written anew"
        except (WarehouseError, OSError) as error:
            yield f"the board shows what was there before: {one_line(error)}; `stancewatch report` writes it anew"


def _listed(counts: Counter[str], words: Mapping[str, tuple[str, str]]) -> str:
    return ", ".join(count_words(counts[key], *words[key]) for key in words if counts.get(key))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise WarehouseError(f"{path}: no such file; `stancewatch run` makes a warehouse")
    return path
