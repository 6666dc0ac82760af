"""The record of runs: who runs, who was killed, what was done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warehouse.claim import this_machine

if TYPE_CHECKING:
    from collections import Counter
    from datetime import datetime

    from warehouse.database import Warehouse

_KILLED: Final = "killed before it could end; the next run went on"
_SHUT_OUT: Final = "gave no sign of life and was shut out; the next run went on"


@dataclass(frozen=True, slots=True)
class StageCost:
    """What a stage took: seconds on the clock, and bytes that came over the network."""

    stage: str
    seconds: float = 0.0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class RunCost:
    """What a run took; memory is the most that its main process, and any one of its workers, ever had."""

    stages: Sequence[StageCost] = ()
    memory_bytes: int | None = None
    worker_memory_bytes: int | None = None


def begin_run(warehouse: Warehouse, run_id: str, flow: str, now: datetime) -> None:
    """Record that a run begins; runs that were killed are marked dead."""
    where = {"pid": os.getpid(), "host": this_machine().host, "lease": warehouse.lease.number}
    with warehouse.transaction():
        bury_dead_runs(warehouse, now)
        warehouse.execute("begin_run", run_id=run_id, flow=flow, now=now, **where)


def bury_dead_runs(warehouse: Warehouse, now: datetime) -> None:
    """Mark the runs dead that were at work when their process ended; within a transaction."""
    warehouse.execute("bury_dead_runs", now=now, detail=_SHUT_OUT if warehouse.lease.is_seized else _KILLED)


def finish_run(
    warehouse: Warehouse,
    run_id: str,
    now: datetime,
    counts: Counter[str],
    failure: str = "",
    cost: RunCost = RunCost(),
) -> None:
    """Record that a run ended, with what it did and cost; ``failure`` is one line, empty when it completed."""
    status = "failed" if failure else "completed"
    done = {name: number for name, number in sorted(counts.items()) if number}
    with warehouse.transaction():
        warehouse.execute(
            "finish_run",
            run_id=run_id,
            now=now,
            status=status,
            detail=failure,
            names=list(done),
            numbers=list(done.values()),
            stages=[each.stage for each in cost.stages],
            stage_seconds=[round(each.seconds, 3) for each in cost.stages],
            stage_bytes=[each.bytes for each in cost.stages],
            memory_bytes=cost.memory_bytes,
            worker_memory_bytes=cost.worker_memory_bytes,
        )
