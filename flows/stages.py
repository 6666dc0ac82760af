"""Stages as Prefect tasks: a batch each, never one an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefect import task
from prefect.cache_policies import NO_CACHE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def stage(name: str, work: Callable[[], Awaitable[int]]) -> int:
    """Run ``work`` as one Prefect task.

    Each stage keeps its own backlog in the warehouse, so that to run again is the retry.
    """

    @task(name=name, cache_policy=NO_CACHE, persist_result=False)
    async def run_stage() -> int:
        return await work()

    return await run_stage()
