"""What the stages of one run share: settings, the open warehouse, the clock's one reading, workers, counts."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import resource
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib import metadata
from typing import TYPE_CHECKING

from flows import clock
from flows.fetch import Fetcher
from flows.settings import Settings
from flows.workers import WorkerPool
from warehouse.database import RequestError, Warehouse, WarehouseError, one_line
from warehouse.runs import begin_run, finish_run
from warehouse.sites import select_sites

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


log = logging.getLogger("stancewatch")
WAIT_SECONDS = 60.0
"""How long a command that somebody waits for waits for a run that holds the warehouse."""
_OPEN_FILES = 65_536
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_LARGE_BYTES = 128 * 1024


@dataclass(frozen=True, slots=True)
class Run:
    """A run in progress. ``now`` is read once: all that a run sees first, it saw at that moment."""

    settings: Settings
    warehouse: Warehouse
    run_id: str
    now: datetime
    fetcher: Fetcher
    workers: WorkerPool
    counts: Counter[str] = field(default_factory=Counter)

    def later(self) -> Run:
        """The same run at this moment: for what it does as if it were several, one after the other."""
        return replace(self, now=clock.now())


def version() -> str:
    """The installed version of stancewatch."""
    return metadata.version("stancewatch")


@contextlib.asynccontextmanager
async def open_run(settings: Settings, flow: str, *, wait_seconds: float = 0.0) -> AsyncIterator[Run]:
    """Hold the warehouse for the length of a run and record how it ended; a request that is refused is no failure.

    Raises:
        WarehouseBusyError: another run holds it.
        WarehouseError: it cannot be used.
    """
    _allow_open_files()
    _return_memory()
    now = clock.now()
    run_id = f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    with Warehouse.open(settings.places.warehouse, wait_seconds=wait_seconds) as warehouse:
        begin_run(warehouse, run_id, flow, now)
        sites = select_sites(warehouse)
        fetcher = Fetcher(settings.feeds.fetch, settings.local_hosts, version(), sites=sites)
        async with fetcher, WorkerPool(settings.places.config) as workers:
            run = Run(settings, warehouse, run_id, now, fetcher, workers)
            try:
                yield run
            except RequestError:
                finish_run(warehouse, run_id, clock.now(), run.counts)
                raise
            except BaseException as error:
                failure = one_line(error) or type(error).__name__
                with contextlib.suppress(WarehouseError):  # on a full disk, say: the next run finds this one dead
                    finish_run(warehouse, run_id, clock.now(), run.counts, failure)
                raise
        finish_run(warehouse, run_id, clock.now(), run.counts)


def _allow_open_files() -> None:
    """As many as the system grants: a thousand feeds have hundreds of connections, and bodies on disk, at a time."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    granted = _OPEN_FILES if most == resource.RLIM_INFINITY else min(most, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(usual, granted), most))


def _return_memory() -> None:
    """Have the C library give large blocks back once they are free; by itself it keeps more the larger they were."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's; others have none
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        set_option(_M_ARENA_MAX, 2)
