"""A pool of disposable worker processes, driven from the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import pickle
import signal
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Self

from flows.jobs import HEADER, Answer, Done, Errand, Job, Rejected
from flows.logs import VARIABLE, present_doing
from flows.orphans import MARK

if TYPE_CHECKING:
    from pathlib import Path

WALL_SHARE = 3
"""A job may take this many times its CPU seconds on the clock."""
_ARITHMETIC = {"OPENBLAS_NUM_THREADS": "1"}
"""Workers run side by side, one a core: numpy must not start threads of its own in each."""
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_", "TMPDIR", "TZ", "PYTHON", "VIRTUAL_ENV", "COVERAGE", MARK, VARIABLE)
"""What of the environment a worker gets: it reads what strangers wrote, so secrets stay away from it."""


class WorkerPool:
    """At most ``size`` workers, started when first needed; one that dies costs the job it was at."""

    def __init__(self, config: Path, size: int | None = None) -> None:
        self._config = config.resolve()
        self.size = size or os.cpu_count() or 1
        self._slots = asyncio.Semaphore(self.size)
        self._idle: defaultdict[int, list[asyncio.subprocess.Process]] = defaultdict(list)
        """By what limits their memory: one that has drawn cannot parse within limits."""
        self.peak_bytes = 0
        """The most memory that one of them ever had."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for process in itertools.chain.from_iterable(self._idle.values()):
            await _end(process)

    async def run(self, job: Job) -> Answer:
        """Do ``job`` in a worker; a worker killed by a limit is an answer too (`Rejected`)."""
        idle = self._idle[job.limited]
        async with self._slots:
            process = idle.pop() if idle else await self._start()
            try:
                done = await asyncio.wait_for(_ask(process, job), WALL_SHARE * job.cpu_seconds)
            except TimeoutError:
                await _end(process)
                return Rejected(f"takes longer than {WALL_SHARE * job.cpu_seconds} s to parse")
            except (asyncio.IncompleteReadError, ConnectionError):
                return Rejected(_cause(await process.wait(), job))
            except BaseException:  # cancelled: the worker's answer would be taken for the next job's
                await _end(process)
                raise
            idle.append(process)
            self.peak_bytes = max(self.peak_bytes, done.peak_bytes)
            return done.answer

    async def _start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "flows.worker",
            str(self._config),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)} | _ARITHMETIC,
        )


async def _ask(process: asyncio.subprocess.Process, job: Job) -> Done:
    if process.stdin is None or process.stdout is None:
        raise ConnectionResetError
    body = pickle.dumps(Errand(job, present_doing()))
    process.stdin.writelines((HEADER.pack(len(body)), body))
    await process.stdin.drain()
    (size,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
    done: Done = pickle.loads(await process.stdout.readexactly(size))  # noqa: S301 - our own child wrote it
    return done


def _cause(status: int, job: Job) -> str:
    if status == -signal.SIGXCPU:
        return f"takes more than {job.cpu_seconds} CPU seconds to parse"
    return f"ended its worker process (status {status})"


async def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
