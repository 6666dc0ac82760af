"""Runs that a storm kills: each finds what is new and delivers what is owed, at the moment that a line of input names.

Each run is a process of its own, forked from this one, so that none has to load the program anew. It says "begun PID"
and, once it is over, "ended STATUS"; before that "failed" and why, if it did.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from datetime import datetime

from flows.analyse import detect_stances
from flows.outbox import deliver_alerts
from flows.run import open_run
from flows.settings import load_settings
from warehouse.database import one_line


async def _run(now: datetime) -> None:
    async with open_run(load_settings(), "monitor", wait_seconds=20) as opened:
        _say(f"begun {os.getpid()}")
        run = replace(opened, now=now)
        await detect_stances(run)
        await deliver_alerts(run)


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def main() -> None:
    """Serve until the input ends."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            status = 1
            try:
                asyncio.run(_run(datetime.fromisoformat(line.strip())))
                status = 0
            except BaseException as error:
                _say(f"failed {type(error).__name__}: {one_line(error)}")
                raise
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
