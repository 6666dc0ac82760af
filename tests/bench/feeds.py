"""Feeds by the thousand, a host each: how long polling takes against a bare loop, and what memory it needs.

The bare baseline asks with httpx for the same addresses with the same manners: robots.txt first, one request in flight
a host, as many at once, conditional where the feed was had before. It parses nothing and stores nothing.
"""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from flows.fetch_records import FetchPolicy
from flows.poll import poll_feeds
from flows.run import open_run
from flows.settings import load_settings
from tests.bench.feed_server import ENTRIES, FeedHosts
from tests.bench.measures import Cost, Line, Timed, configure, show, timed
from tests.command import AS_USERS_HAVE_IT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FEEDS = 1_000
CONTRACT_MIB = 300
TIMES = 3
"""Steady runs are measured so many times and the quickest counts: they are short."""


def polling() -> Iterator[Line]:
    """Polls against the bare loop, and the memory of whole runs against what is promised."""
    with tempfile.TemporaryDirectory() as folder, FeedHosts(FEEDS) as world:
        home = Path(folder)
        configure(home / "polls", feeds_of(world), ",".join(world.hosts))
        yield from measure_polls(world)
    with tempfile.TemporaryDirectory() as folder, FeedHosts(FEEDS) as world:
        configure(Path(folder), feeds_of(world), ",".join(world.hosts))
        yield from measure_memory()


def feeds_of(world: FeedHosts) -> list[tuple[str, str]]:
    """Each host's feed, as configured."""
    return [("feed", f"http://{host}/feed.xml") for host in world.hosts]


def measure_polls(world: FeedHosts) -> Iterator[Line]:
    """First and steady polls against the bare loop, then one with hosts that say nothing."""
    bare = timed(lambda: asyncio.run(ask_all(world.hosts, {})))
    first = timed(poll_once)
    assert first.result["entries_new"] == FEEDS * ENTRIES
    yield line(f"first poll of {FEEDS:,} feeds x {ENTRIES} new", first, "httpx: robots.txt and feed", bare)
    again = min((timed(lambda: asyncio.run(ask_all(world.hosts, bare.result))) for _ in range(TIMES)), key=seconds)
    steady = min((timed(poll_once) for _ in range(TIMES)), key=seconds)
    assert steady.result["feeds_not_modified"] == FEEDS
    yield line(f"steady poll of {FEEDS:,} feeds, nothing new", steady, "httpx again, conditional", again)
    yield from measure_stall(world, steady.seconds)


def measure_stall(world: FeedHosts, ordinary_seconds: float) -> Iterator[Line]:
    """A tenth of the hosts say nothing: they may cost their own time, once, and nobody else's."""
    world.stall()
    stalled = timed(poll_once)
    assert stalled.result["feeds_not_modified"] == FEEDS - FEEDS // 10
    limit = FetchPolicy().total_seconds + ordinary_seconds
    yield Line(
        "polling", "a tenth of the hosts stall", Cost(stalled.seconds), "the limit and a steady poll", Cost(limit)
    )


def measure_memory() -> Iterator[Line]:
    """The most memory that `stancewatch run` takes in its main process, workers and Prefect's server aside."""
    for name in ("first run", "steady run"):
        started = time.monotonic()
        peak = peak_mib([*AS_USERS_HAVE_IT, "run", "--all"])
        took = f"{time.monotonic() - started:.0f} s"
        cost, promised = Cost(peak, unit="MiB"), Cost(CONTRACT_MIB, unit="MiB")
        yield Line("memory", f"{name}, main process", cost, "what is promised", promised, took)


def line(work: str, one: Timed[Any], bare: str, other: Timed[Any]) -> Line:
    """A line of figures."""
    note = f"{one.child_cpu_seconds:.1f} CPU s of it in workers"
    return Line("polling", work, Cost.of(one), bare, Cost.of(other), note)


def seconds(one: Timed[Any]) -> float:
    """By what the quickest is found."""
    return one.seconds


def poll_once() -> Mapping[str, int]:
    """The poll stage as a run has it, over all feeds; returns what it did, by name."""
    return asyncio.run(_poll_once())


async def _poll_once() -> Mapping[str, int]:
    async with open_run(load_settings(), "bench") as run:
        await poll_feeds(run, is_forced=True)
    return run.counts


async def ask_all(hosts: Sequence[str], etags: Mapping[str, str]) -> dict[str, str]:
    """The bare loop; returns the validators that came with the feeds."""
    at_once = asyncio.Semaphore(FetchPolicy().concurrency)
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=FetchPolicy().concurrency)
    async with httpx.AsyncClient(limits=limits) as client:

        async def ask(host: str) -> str:
            async with at_once:
                await client.get(f"http://{host}/robots.txt")
            condition = {"If-None-Match": etags[host]} if etags.get(host) else {}
            async with at_once:
                answer = await client.get(f"http://{host}/feed.xml", headers=condition)
            return str(answer.headers.get("etag", ""))

        return dict(zip(hosts, await asyncio.gather(*(ask(host) for host in hosts)), strict=True))


def peak_mib(command: Sequence[str]) -> int:
    """Run a command to its good end; returns the most resident memory of its own process, children aside."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        status, peak_kib = Path(f"/proc/{process.pid}/status"), 0
        while process.poll() is None:
            peak_kib = max([peak_kib, *(int(line.split()[1]) for line in _lines(status) if line.startswith("VmHWM"))])
            time.sleep(0.05)
    assert process.returncode == 0
    return peak_kib // 1024


def _lines(status: Path) -> list[str]:
    try:
        return status.read_text(encoding="ascii").splitlines()
    except OSError:  # it has just ended
        return []


if __name__ == "__main__":
    show([polling()])
