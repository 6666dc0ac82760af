"""Whole runs over a thousand articles: against a bare loop over the same pages, and with Prefect against without.

The bare loop is what the same number of processes need to get the same pages with httpx and to strip them with
trafilatura, and nothing else: no feed, no robots.txt, no analysis, no warehouse, no record of anything.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from flows.pipeline import plainly, watch
from flows.prefect_setup import prepare_prefect
from flows.run import open_run
from flows.settings import load_settings
from tests.bench.measures import Cost, Line, Timed, configure, timed
from tests.bench.world import World, start_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FEEDS: Final = 40
SETTLE_SECONDS: Final = 5.0
"""So long after a run Prefect's server still records what it was told."""


def whole_runs(articles: int = 25) -> Iterator[Line]:
    """A run of 40 feeds with so many articles each, without Prefect and with; then steady ones."""
    with tempfile.TemporaryDirectory() as folder:
        world = start_world(FEEDS, articles)
        try:
            yield from measure(world, Path(folder))
        finally:
            world.end()


def measure(world: World, home: Path) -> Iterator[Line]:
    """All figures over one running world."""
    processes = os.cpu_count() or 1
    bare = timed(lambda: run_bare(world, processes))
    configure(home / "plain", world.feeds, world.hosts)
    plain = timed(lambda: asyncio.run(without_prefect()))
    found = plain.result
    note = f"{found['articles_new']} articles, {found['statements']} statements"
    name = f"first run, {FEEDS} feeds, all stages"
    yield Line("run", name, Cost.of(plain), "httpx and trafilatura, all pages", Cost.of(bare), note)
    configure(home / "prefect", world.feeds, world.hosts)
    prepare_prefect(home)
    from prefect.server.api.server import SubprocessASGIServer
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.monitor import monitor

    with SubprocessASGIServer() as server, temporary_settings({PREFECT_API_URL: server.api_url}):
        assert server.server_process is not None
        pid = server.server_process.pid

        def run() -> Mapping[str, int]:
            return asyncio.run(monitor(all_feeds=True))

        tasked = with_server(pid, lambda: timed(run))
        for count in ("articles_new", "statements"):
            assert tasked.result[count] == found[count]
        own, others = (one.cpu_seconds - one.child_cpu_seconds for one in (tasked, plain))
        share = 100 * (own - others) / plain.cpu_seconds
        note = f"{share:+.1f} % but for what workers took, {tasked.result['batches']} batches"
        yield Line(
            "Prefect", "the same run as a flow, its server too", Cost.of(tasked), "without", Cost.of(plain), note
        )
        steady = with_server(pid, lambda: timed(run))
        assert steady.result["feeds_not_modified"] == FEEDS
    os.environ.update(STANCEWATCH_CONFIG=str(home / "plain" / "config"), STANCEWATCH_HOME=str(home / "plain"))
    alone = timed(lambda: asyncio.run(without_prefect()))
    yield Line("Prefect", "a steady run as a flow", Cost.of(steady), "without", Cost.of(alone))


async def without_prefect() -> Mapping[str, int]:
    """A monitor run over all feeds as plain calls; returns what it did, by name."""
    async with open_run(load_settings(), "monitor") as run:
        await watch(run, plainly, all_feeds=True)
    return run.counts


def with_server(pid: int, work: Callable[[], Timed[Mapping[str, int]]]) -> Timed[Mapping[str, int]]:
    """A run, with the CPU seconds that Prefect's server needed for it added to its own."""
    before = cpu_of_process(pid)
    done = work()
    time.sleep(SETTLE_SECONDS)
    return replace(done, cpu_seconds=done.cpu_seconds + cpu_of_process(pid) - before)


def cpu_of_process(pid: int) -> float:
    """CPU seconds of a running process."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run_bare(world: World, processes: int) -> None:
    """The bare loop over all pages."""
    with ProcessPoolExecutor(processes) as pool:
        done = sum(pool.map(bare_loop, [world.pages[part::processes] for part in range(processes)]))
    assert done == len(world.pages)


def bare_loop(pages: tuple[str, ...]) -> int:
    """Get and strip each page; returns how many gave a text."""
    import trafilatura

    with httpx.Client() as client:
        return sum(bool(trafilatura.extract(client.get(page).content)) for page in pages)
