"""Where the heavy half of a run is done: extraction and analysis, here or on a cluster."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import AsyncIterator, Callable

    from flows.batches import Workplace
    from flows.settings import Settings
    from flows.workers import WorkerPool

    Opening: TypeAlias = Callable[
        [Settings, WorkerPool, Counter[str]], contextlib.AbstractAsyncContextManager[Workplace]
    ]


@contextlib.asynccontextmanager
async def at_home(settings: Settings, workers: WorkerPool, counts: Counter[str]) -> AsyncIterator[Workplace]:
    """The worker processes of this run, job by job, without Prefect."""
    del settings, counts
    yield workers


@contextlib.asynccontextmanager
async def as_configured(settings: Settings, workers: WorkerPool, counts: Counter[str]) -> AsyncIterator[Workplace]:
    """For a command that is no flow: here, without Prefect, or as Prefect's tasks on the cluster that is configured.

    Raises:
        ChildProcessError: a cluster is configured, and no Prefect server starts.
        ConfigError: the cluster cannot be used.
    """
    if not settings.tasks:
        yield workers
        return
    from flows.prefect_setup import prepare_prefect, temporary_api  # noqa: PLC0415 - only where it is needed

    prepare_prefect(settings.places.home)
    api = temporary_api()
    wait_until_ready = api.__enter__()
    try:
        from flows.batch_tasks import batched  # noqa: PLC0415 - imports Prefect, whose settings are ready now

        await asyncio.to_thread(wait_until_ready)
        async with batched(settings, workers, counts) as workplace:
            yield workplace
    finally:  # in a thread: it waits for what Prefect still has to send, which no event loop may
        await asyncio.to_thread(api.__exit__, None, None, None)
