"""Batches on a real Dask cluster of two processes, one of them killed in the middle; the whole is `make cluster-check`."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from extractors.records import Document
from flows.jobs import AnalyseJob, ExtractPageJob
from flows.newsroom import load_newsroom
from flows.settings import load_settings
from flows.spool import Spool
from flows.workers import WorkerPool
from tests.cluster.dask_cluster import running_dask

if TYPE_CHECKING:
    from flows.batches import HeavyJob

pytestmark = pytest.mark.prefect
MOON = "https://moon.example"


def jobs() -> list[HeavyJob]:
    """Some pages of the newsroom, one of them as large as those that lie on disk, and articles."""
    site = load_newsroom()[0]
    pages = site.pages(2, MOON)
    found: list[HeavyJob] = []
    for article in site.on_day(2):
        body = pages[article.path].body
        found.append(ExtractPageJob(Spool.of(body), MOON + article.path, ""))
        found.append(ExtractPageJob(Spool.of(body + b" " * 100_000), MOON + article.path, ""))
        text = "“We want local control of our budgets,” said Anna Vale, chair of the trust."
        found.append(AnalyseJob((Document(text, article.title, "", "", None, ""),)))
    return found


async def test_a_cluster_answers_as_this_machine_does_and_when_it_is_killed_this_machine_goes_on(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    from flows.batch_tasks import batched

    counts: Counter[str] = Counter()
    with running_dask() as cluster:
        settings = load_settings({"STANCEWATCH_TASKS": cluster.address})
        async with WorkerPool(settings.places.config) as workers, batched(settings, workers, counts) as place:
            theirs = await asyncio.gather(*(place.run(job) for job in jobs()))
            ours = await asyncio.gather(*(workers.run(job) for job in jobs()))
            assert theirs == ours
            assert counts["batches"] > 2
            assert not counts["batches_at_home"]
            again = asyncio.gather(*(place.run(job) for job in jobs()))
            await asyncio.sleep(0.3)
            cluster.workers[0].kill()
            assert await again == ours
            assert not counts["batches_at_home"]
            once_more = asyncio.gather(*(place.run(job) for job in jobs()))
            await asyncio.sleep(0.3)
            cluster.scheduler.kill()
            assert await once_more == ours
            assert counts["batches_at_home"]
            assert "this machine does the rest" in caplog.text
