"""Batches as Prefect tasks, on the task runner that STANCEWATCH_TASKS names: this machine's, Dask's or Ray's."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import logging
import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from flows.batches import Batches
from flows.clusters import LostError, connected, entered
from flows.parcels import OtherVersions, Parcel, pack_knowledge, versions
from warehouse.database import one_line

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import AsyncIterator, Callable
    from concurrent.futures import Future

    from prefect.futures import PrefectFuture
    from prefect.task_runners import TaskRunner

    from flows.batches import HeavyJob, Workplace
    from flows.clusters import Cluster
    from flows.jobs import Answer
    from flows.settings import Settings
    from flows.workers import WorkerPool

log = logging.getLogger("stancewatch")
MOST_SENT = 128
"""Batches that are sent and not answered: two for each core of a cluster, up to so many."""
LOOK_SECONDS = 5.0
ALONE_SECONDS = 30.0
"""A cluster whose workers have all been gone for so long is lost; one that is started anew takes less."""


class Batch(Protocol):
    """Jobs that know how they are done, wherever the task that takes them runs."""

    name: str

    def do(self) -> Any:
        """Their answers."""
        ...


@task(name="batch", task_run_name="{batch.name}", cache_policy=NO_CACHE, persist_result=False)
def do_batch(batch: Batch) -> Any:
    """Do the jobs of a batch. They are pure: to do them again, anywhere, is the retry."""
    return batch.do()


@contextlib.asynccontextmanager
async def batched(settings: Settings, workers: WorkerPool, counts: Counter[str]) -> AsyncIterator[Workplace]:
    """Where the heavy jobs of a run are done; a cluster that is not there, or gets lost, is made up for here.

    Raises:
        ConfigError: the cluster's workers would answer otherwise, or what connects to it is not installed.
    """
    async with connected(settings.tasks, settings.places) as cluster, contextlib.AsyncExitStack() as stack:
        if cluster is None:
            here: ThreadPoolTaskRunner[Any] = ThreadPoolTaskRunner(max_workers=workers.size)
            await stack.enter_async_context(entered(here))
            tasks = Tasks(here, workers.size, lambda: True)
            batches = Batches(Home(tasks, workers, counts).send, size=workers.size, most=tasks.most)
        else:
            size = cluster.size()
            tasks = Tasks(cluster.runner, max(1, min(2 * size, MOST_SENT)), lambda: bool(cluster.size()))
            away = Away(tasks, cluster, settings, workers, counts)
            batches = Batches(away.send, size=size, most=tasks.most)
        try:
            yield batches
        finally:
            await batches.close()
            tasks.end()


class Home:
    """Batches done by this run's own worker processes, each as a task in a thread that waits for them."""

    def __init__(self, tasks: Tasks, workers: WorkerPool, counts: Counter[str]) -> None:
        self._tasks, self._workers, self._counts = tasks, workers, counts

    async def send(self, jobs: tuple[HeavyJob, ...]) -> tuple[Answer, ...]:
        """The answers to ``jobs``."""
        self._counts["batches"] += 1
        batch = HomeBatch(jobs, self._workers)
        try:
            answers: tuple[Answer, ...] = await self._tasks.do(batch)
        finally:
            batch.cancel()
        return answers


class HomeBatch:
    """Jobs for this run's worker processes. A plain object, so that Prefect does not look for futures within."""

    def __init__(self, jobs: tuple[HeavyJob, ...], workers: WorkerPool) -> None:
        self.name = f"{jobs[0].what}, {len(jobs)} at once"
        self._jobs, self._workers, self._loop = jobs, workers, asyncio.get_running_loop()
        self._done: Future[tuple[Answer, ...]] | None = None

    def do(self) -> tuple[Answer, ...]:
        """The answers, waited for in the thread of the task."""
        self._done = asyncio.run_coroutine_threadsafe(all_at_once(self._workers, self._jobs), self._loop)
        return self._done.result()

    def cancel(self) -> None:
        """Nobody waits for the answers any more."""
        if self._done:
            self._done.cancel()


class Away:
    """Batches done by a cluster: sent whole, split where they kill who does them, done here where nobody else is."""

    def __init__(
        self, tasks: Tasks, cluster: Cluster, settings: Settings, workers: WorkerPool, counts: Counter[str]
    ) -> None:
        self._tasks, self._cluster, self._workers, self._counts = tasks, cluster, workers, counts
        self._knowledge, self._versions = pack_knowledge(settings.places), versions(settings.places)
        self._is_lost = False

    async def send(self, jobs: tuple[HeavyJob, ...]) -> tuple[Answer, ...]:
        """The answers to ``jobs``, the same wherever they are found."""
        if self._is_lost:
            return await self._at_home(jobs)
        self._counts["batches"] += 1
        try:
            reply = pickle.loads(await self._tasks.do(Parcel(jobs, self._knowledge, self._versions)))  # noqa: S301 - our own program wrote it
        except self._cluster.deaths:
            return await self._split(jobs)
        except self._cluster.losses as error:
            self._give_up(f"is lost ({one_line(error) or type(error).__name__})")
            return await self._at_home(jobs)
        if isinstance(reply, OtherVersions):  # one that came after the run began; the next run refuses it
            self._give_up(f"now has a worker with {reply.found}, here is {self._versions}")
            return await self._at_home(jobs)
        answers: tuple[Answer, ...] = reply
        return answers

    async def _split(self, jobs: tuple[HeavyJob, ...]) -> tuple[Answer, ...]:
        """Half by half: what kills the cluster's workers is alone in the end, and done here, within limits."""
        self._counts["batches_split"] += 1
        if len(jobs) == 1:
            return await self._at_home(jobs)
        half = len(jobs) // 2
        first, rest = await asyncio.gather(self.send(jobs[:half]), self.send(jobs[half:]))
        return first + rest

    async def _at_home(self, jobs: tuple[HeavyJob, ...]) -> tuple[Answer, ...]:
        self._counts["batches_at_home"] += 1
        return await all_at_once(self._workers, jobs)

    def _give_up(self, why: str) -> None:
        if not self._is_lost:
            self._is_lost = True
            log.warning("%s %s: this machine does the rest of the run", self._cluster.address, why)


async def all_at_once(workers: WorkerPool, jobs: tuple[HeavyJob, ...]) -> tuple[Answer, ...]:
    """All answers, as many at a time as the pool has workers."""
    return tuple(await asyncio.gather(*(workers.run(job) for job in jobs)))


class Tasks:
    """A Prefect task runner from the side of the event loop: each of ``most`` tasks is waited for in a thread."""

    def __init__(self, runner: TaskRunner[Any], most: int, is_there: Callable[[], bool]) -> None:
        self.most = most
        self._runner, self._is_there = runner, is_there
        self._context = contextvars.copy_context()  # the flow's: that of a stage cannot be sent anywhere
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="batch")
        self._is_over = False

    async def do(self, batch: Batch) -> Any:
        """What the batch's task gives; what it raises.

        Raises:
            LostError: nobody is there who could do it.
        """
        submit = self._context.copy().run
        return await asyncio.get_running_loop().run_in_executor(self._threads, submit, self._submit, batch)

    def end(self) -> None:
        """Wait for nothing any more."""
        self._is_over = True
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _submit(self, batch: Batch) -> Any:
        future: PrefectFuture[Any] = self._runner.submit(do_batch, {"batch": batch})
        last_seen = time.monotonic()
        while True:
            looked = time.monotonic()
            try:
                return future.result(timeout=LOOK_SECONDS)
            except TimeoutError:
                if time.monotonic() - looked < LOOK_SECONDS / 2 or self._is_over:
                    raise
            if self._is_there():
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > ALONE_SECONDS:
                raise LostError("no worker is left")
