"""The heavy half of a run, page and article by page and article on one side, in batches on the other."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from flows.jobs import AnalyseJob, Answer, ExtractPageJob, Job, ReadInlineJob, ReadMeaningsJob

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

HeavyJob: TypeAlias = ExtractPageJob | ReadInlineJob | AnalyseJob | ReadMeaningsJob
Send: TypeAlias = "Callable[[tuple[HeavyJob, ...]], Awaitable[tuple[Answer, ...]]]"
LINGER_SECONDS = 0.25
"""So long a page waits for others to make a batch with."""
AT_ONCE_BYTES = 4 * 1024 * 1024
"""A batch ends with the page that brings it to so many bytes, whatever its number."""


class Workplace(Protocol):
    """Where jobs are done: a pool of worker processes, or batches of jobs on their way to some."""

    @property
    def size(self) -> int:
        """How many jobs can be at work at the same time."""
        ...

    async def run(self, job: Job) -> Answer:
        """Do ``job``; a worker that died of it is an answer too (`Rejected`)."""
        ...


@dataclass(slots=True)
class _Waiting:
    """Jobs of one kind that wait for their batch, each with whom its answer is owed."""

    jobs: deque[tuple[HeavyJob, asyncio.Future[Answer]]]
    timer: asyncio.TimerHandle | None = None


class Batches:
    """Brings jobs together by kind and sends them, ``most`` batches at a time.

    A batch leaves when it is full or its first job has waited a moment, and not before one of ``most`` is back: so the
    busier those who work it off, the larger the batches. Each kind of job says how many make a batch.
    """

    def __init__(self, send: Send, *, size: int, most: int) -> None:
        self.size = size
        self._send = send
        self._slots = asyncio.Semaphore(most)
        self._waiting: defaultdict[type[HeavyJob], _Waiting] = defaultdict(lambda: _Waiting(deque()))
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self, job: Job) -> Answer:
        """Do ``job`` in the next batch of its kind."""
        if not isinstance(job, HeavyJob):
            raise TypeError(f"{type(job).__name__} is not done in batches")
        waiting = self._waiting[type(job)]
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        waiting.jobs.append((job, answer))
        if len(waiting.jobs) >= job.at_once:
            self._start(waiting)
        elif waiting.timer is None:
            waiting.timer = asyncio.get_running_loop().call_later(LINGER_SECONDS, self._start, waiting)
        return await answer

    async def close(self) -> None:
        """Give up what is on its way; nobody waits for it any more."""
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)

    def _start(self, waiting: _Waiting) -> None:
        if waiting.timer is not None:
            waiting.timer.cancel()
            waiting.timer = None
        task = asyncio.create_task(self._work_off(waiting))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _work_off(self, waiting: _Waiting) -> None:
        async with self._slots:
            taken = _take(waiting.jobs)
            if waiting.jobs and waiting.timer is None:
                self._start(waiting)
            if not taken:  # another batch took them along
                return
            try:
                answers = await self._send(tuple(job for job, _ in taken))
            except BaseException as error:
                for _, answer in taken:
                    if not answer.done():
                        answer.set_exception(error) if isinstance(error, Exception) else answer.cancel()
                if not isinstance(error, Exception):
                    raise
                return
        for (_, answer), given in zip(taken, answers, strict=True):
            if not answer.done():  # whoever asked was cancelled
                answer.set_result(given)


def _take(
    jobs: deque[tuple[HeavyJob, asyncio.Future[Answer]]],
) -> list[tuple[HeavyJob, asyncio.Future[Answer]]]:
    """The next batch, taken away."""
    taken: list[tuple[HeavyJob, asyncio.Future[Answer]]] = []
    size = 0
    while jobs and size < AT_ONCE_BYTES and len(taken) < jobs[0][0].at_once:
        taken.append(jobs.popleft())
        job = taken[-1][0]
        size += len(job.body) if isinstance(job, ExtractPageJob) else 0
    return taken
