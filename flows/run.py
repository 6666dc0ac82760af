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
from flows.batches import Workplace
from flows.config_file import ConfigError
from flows.fetch import Fetcher
from flows.heavy_half import at_home
from flows.logs import doing, write_json
from flows.measure import cost_of
from flows.named_secrets import values_at_hand
from flows.settings import Settings
from flows.summary import summarise
from flows.workers import WorkerPool
from warehouse.database import (
    LeaseLostError,
    RequestError,
    Warehouse,
    WarehouseBusyError,
    WarehouseError,
    one_line,
)
from warehouse.notices import Trouble
from warehouse.runs import StageCost, begin_run, finish_run
from warehouse.sites import select_sites

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from flows.heavy_half import Opening

log = logging.getLogger("stancewatch")
WAIT_SECONDS = 60.0
"""How long a command that somebody waits for waits for a run that holds the warehouse."""
PATIENCE_SECONDS = 600.0
"""How long a flow waits that comes by the clock and is soon done; what comes every half hour may be skipped at once."""
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
    heavy: Workplace
    """Where pages are extracted and articles analysed: by ``workers``, one by one or in batches, or on a cluster."""
    counts: Counter[str] = field(default_factory=Counter)
    stages: dict[str, StageCost] = field(default_factory=dict)
    flow: str = ""

    def later(self) -> Run:
        """The same run at this moment: for what it does as if it were several, one after the other."""
        return replace(self, now=clock.now())


def version() -> str:
    """The installed version of stancewatch."""
    return metadata.version("stancewatch")


@contextlib.asynccontextmanager
async def open_run(
    settings: Settings, flow: str, *, wait_seconds: float = 0.0, heavy: Opening = at_home
) -> AsyncIterator[Run]:
    """Hold the warehouse for the length of a run and record how it ended; a request that is refused is no failure.

    Raises:
        WarehouseBusyError: another run holds it.
        LeaseLostError: this run hung, and another one took over.
        WarehouseError: it cannot be used.
        ConfigError: the heavy half cannot be done where it is configured to be.
    """
    _allow_open_files()
    _return_memory()
    if settings.wants_json_logs:
        write_json(values_at_hand(settings))
    now = clock.now()
    run_id = f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    counts: Counter[str] = Counter()
    with doing(run=run_id, flow=flow), _open(settings, wait_seconds) as warehouse:
        begin_run(warehouse, run_id, flow, now)
        log.info("run begins", extra={"outcome": "running"})
        sites = select_sites(warehouse)
        secrets = settings.feed_secrets()
        fetcher = Fetcher(settings.feeds.fetch, settings.local_hosts, version(), sites=sites, secrets=secrets)
        pool = WorkerPool(settings.places.config)
        try:
            async with fetcher, pool as workers, heavy(settings, workers, counts) as workplace:
                run = Run(settings, warehouse, run_id, now, fetcher, workers, workplace, counts, flow=flow)
                async with _failure_told(run):
                    yield run
        except ConfigError as error:  # of the workplace, before there is a run to speak of
            finish_run(warehouse, run_id, clock.now(), counts, one_line(error))
            raise
        end_run(run)


@contextlib.asynccontextmanager
async def _failure_told(run: Run) -> AsyncIterator[None]:
    """Record and tell how what is done here fails."""
    try:
        yield
    except RequestError:
        end_run(run)
        raise
    except LeaseLostError:  # whoever took over has recorded how this run ended
        raise
    except BaseException as error:
        await _fail(run, error)
        raise


def _open(settings: Settings, wait_seconds: float) -> Warehouse:
    """The warehouse; where it cannot be used the operator is told, past it."""
    path, lease_seconds = settings.places.warehouse, settings.lease_seconds
    try:
        return Warehouse.open(path, wait_seconds=wait_seconds, lease_seconds=lease_seconds)
    except WarehouseBusyError:
        raise
    except WarehouseError as error:
        from flows.operator_route import tell_directly  # noqa: PLC0415 - apprise, which hardly any run needs so early

        advice = "Nothing is watched until it opens. Mend what it says; docs/keeping.md tells how to go back to a copy."
        tell_directly(settings, Trouble("warehouse", str(error), advice), clock.now())
        raise


async def _fail(run: Run, error: BaseException) -> None:
    """Record that the run failed, and tell the operator, if it was no interruption by hand."""
    detail = one_line(error) or type(error).__name__
    try:
        with contextlib.suppress(WarehouseError):  # on a full disk, say: the next run finds this one dead
            end_run(run, detail)
    finally:
        if isinstance(error, Exception):
            from flows.troubles import tell_failure  # noqa: PLC0415 - it imports what imports this module

            await tell_failure(run, detail)


def end_run(run: Run, failure: str = "") -> None:
    """Record how the run ended, with what it did and cost; what comes after may record it once more."""
    finish_run(run.warehouse, run.run_id, clock.now(), run.counts, failure, cost_of(run))
    seconds = round((clock.now() - run.now).total_seconds(), 3)
    outcome = "failed" if failure else "completed"
    log.info("%s", failure or summarise(run.counts), extra={"outcome": outcome, "seconds": seconds})


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
