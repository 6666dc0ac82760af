"""Runs of the product one after the other in a process that lives on, each at the moment that a line of input names.

They are without Prefect, and without the board, which costs more than all the rest.

A line is "FLOW MOMENT LIMIT": no file of the run may grow beyond LIMIT bytes (-1: as large as it likes).

The process is forked from this one, which has loaded the program, and forked anew when it is killed. It says
"begun PID" and, once a run is over, "ended" with what it took, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flows import clock
from flows.config_file import ConfigError
from flows.pipeline import keep, plainly, watch
from flows.run import open_run
from flows.settings import load_settings
from flows.workers import WorkerPool
from warehouse.database import WarehouseError, one_line


async def _serve() -> None:
    """Its one worker stays from run to run, for it takes longer to start than most runs last."""
    settings, (_, most) = load_settings(), resource.getrlimit(resource.RLIMIT_FSIZE)
    async with WorkerPool(settings.places.config, size=1) as workers:
        while line := _read_line():
            flow, at, limit = line.split()
            began = time.monotonic()
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), most))
            _forget_peak()
            with clock.showing(_reading(datetime.fromisoformat(at), began)):
                failure = await _run(flow, workers)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            _say(f"ended {json.dumps({'failure': failure, 'seconds': time.monotonic() - began, **_measures()})}")


def _reading(at: datetime, began: float) -> Any:
    """A clock that showed a moment when it began, and goes on from there."""
    return lambda: at + timedelta(seconds=time.monotonic() - began)


async def _run(flow: str, workers: WorkerPool) -> str:
    """One run; returns how it failed in one line, if it did. What no user should ever see ends the process."""
    _say(f"begun {os.getpid()}")
    try:
        async with open_run(load_settings(), flow) as opened:
            run = replace(opened, workers=workers)
            await (keep(run) if flow == "upkeep" else watch(run, plainly, all_feeds=False))
    except (WarehouseError, ConfigError, OSError) as error:
        return one_line(error)
    return ""


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _measures() -> dict[str, int]:
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
    return {"peak_kib": peak, "files": len(list(Path("/proc/self/fd").iterdir())), "children": len(children)}


def _read_line() -> str:
    """The next line of input, and not a byte more: who comes after us reads on there."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            return ""
        line += byte
    return line.decode()


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def main() -> None:
    """Serve until the input ends, in one process after the other."""
    while True:
        child = os.fork()
        if not child:
            status = 1
            try:
                asyncio.run(_serve())
                status = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
                raise
            finally:
                os._exit(status)
        _, waited = os.waitpid(child, 0)
        status = os.waitstatus_to_exitcode(waited)
        if status >= 0:
            sys.exit(status)
        _say(f"killed {status}")


if __name__ == "__main__":
    main()
