"""What a run costs: seconds and bytes by stage, the most memory of its processes."""

from __future__ import annotations

import logging
import resource
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from flows.logs import doing
from warehouse.runs import RunCost, StageCost
from warehouse.sight import disks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from flows.pipeline import Stage
    from flows.run import Run

log = logging.getLogger("stancewatch")
_STATUS = Path("/proc/self/status")


def measured(run: Run, stage: Stage) -> Stage:
    """``stage``, with what each costs noted down in the run; one that is measured already stays as it is."""
    return stage if isinstance(stage, _Measured) else _Measured(run, stage)


class _Measured:
    """A stage with a watch."""

    def __init__(self, run: Run, stage: Stage) -> None:
        self._run, self._stage = run, stage

    async def __call__(self, name: str, work: Callable[[], Awaitable[int]]) -> int:
        """Run ``work`` once; also what fails has cost something."""
        run, started, received = self._run, time.monotonic(), self._run.fetcher.received_bytes
        with doing(stage=name):
            outcome = "failed"
            try:
                done = await self._stage(name, work)
                outcome = "completed"
            finally:
                seconds, came = time.monotonic() - started, run.fetcher.received_bytes - received
                before = run.stages.get(name, StageCost(name))
                run.stages[name] = StageCost(name, before.seconds + seconds, before.bytes + came)
                extra = {"outcome": outcome, "seconds": round(seconds, 3), "bytes": came}
                log.info("stage %s %s", name, outcome, extra=extra)
        return done


def cost_of(run: Run) -> RunCost:
    """What the run has cost so far."""
    return RunCost(tuple(run.stages.values()), peak_memory_bytes(), run.workers.peak_bytes)


def peak_memory_bytes() -> int:
    """The most memory this process ever had; of a worker, without what its parent had when it began."""
    try:
        lines = _STATUS.read_text("utf-8").splitlines()
    except OSError:  # no Linux; its figure is in bytes on a Mac, and in kilobytes elsewhere
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def least_free(warehouse: Path) -> tuple[Path, int]:
    """The folder with the least room of those in which a warehouse writes, and how much that is."""
    rooms = [(file.parent, free_bytes(file)) for file in disks(warehouse)]
    return min(rooms, key=lambda room: room[1])


def free_bytes(path: Path) -> int:
    """Room on the disk of a file, or of where it will be; 0 if that cannot be known."""
    folder = next((folder for folder in path.resolve().parents if folder.is_dir()), None)
    return shutil.disk_usage(folder).free if folder else 0
