"""The record of runs: who runs, who was killed, what was done."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from datetime import datetime

    from warehouse.database import Warehouse


def begin_run(warehouse: Warehouse, run_id: str, flow: str, now: datetime) -> None:
    """Record that a run begins; runs that were killed are marked dead."""
    with warehouse.transaction():
        warehouse.execute("bury_dead_runs", now=now)
        warehouse.execute("begin_run", run_id=run_id, flow=flow, pid=os.getpid(), now=now)


def finish_run(warehouse: Warehouse, run_id: str, now: datetime, counts: Counter[str], failure: str = "") -> None:
    """Record that a run ended, with what it did; ``failure`` is one line, empty when it completed."""
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
        )
