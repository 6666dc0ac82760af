"""`make bench`: speed as ratios against bare baselines measured in the same run, on the same pages.

A bare baseline is what the same number of processes need to get the same pages with httpx and to strip them with
trafilatura, and nothing else: no feed, no robots.txt, no analysis, no warehouse, no record of anything.
"""

from __future__ import annotations

import asyncio
import os
import re
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import yaml

from extractors.statement import StatementFinder
from flows.prefect_setup import prepare_prefect
from tests.bench.world import World, start_world
from tests.corpus.marked import load_cases
from tests.corpus.score import STRUCTURE
from tests.extractors.engine_setup import load_actors, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

FEEDS, ARTICLES, ARTICLE_WORDS = 40, 25, 600
WORD = re.compile(r"\w+")


def main() -> None:
    """Measure and print one line a figure."""
    measure_structure()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        world = start_world(FEEDS, ARTICLES)
        try:
            measure(world, home)
        finally:
            world.end()


def measure(world: World, home: Path) -> None:
    """All figures over one running world."""
    processes = os.cpu_count() or 1
    bare = min(time_bare(world, processes) for _ in range(2))
    say(f"{FEEDS} feeds x {ARTICLES} articles, {processes} processes each")
    say(f"bare httpx.get + trafilatura.extract     {bare:6.1f} s   {len(world.pages) / bare:6.0f} pages/s")
    configure(world, home)
    prepare_prefect(home)
    started = time.monotonic()
    import prefect
    from prefect.server.api.server import SubprocessASGIServer

    from flows.monitor import monitor

    with (
        SubprocessASGIServer() as server,
        prefect.settings.temporary_settings({prefect.settings.PREFECT_API_URL: server.api_url}),
    ):
        say(f"Prefect imported, its server started     {time.monotonic() - started:6.1f} s   (not counted below)")
        first, _, counts = timed(lambda: asyncio.run(monitor(all_feeds=True)))
        say(
            f"first run, everything                    {first:6.1f} s   {first / bare:6.2f} x bare"
            f"   ({counts['articles_new']} articles, {counts['statements']} statements)"
        )
        steady, cpu, counts = min(timed(lambda: asyncio.run(monitor(all_feeds=True))) for _ in range(3))
        assert counts["feeds_not_modified"] == FEEDS
        say(f"steady run, all {FEEDS} feeds unchanged         {steady:6.2f} s   {cpu:6.2f} CPU s")
        (home / "config" / "feeds.yml").write_text("feeds: []\n", encoding="utf-8")
        empty, _, _ = min(timed(lambda: asyncio.run(monitor(all_feeds=True))) for _ in range(3))
        beyond = 1000 * (steady - empty) / FEEDS
        say(f"  of which a run of no feeds takes       {empty:6.2f} s   {beyond:6.1f} ms a feed beyond it")


def measure_structure() -> None:
    """Articles of 600 words a second that one core finds the statements of, against counting their words."""
    finder = StatementFinder(load_lexicon(), load_actors())
    documents = [case.document for case in load_cases(STRUCTURE)]
    words = sum(len(document.text.split()) for document in documents)
    counting = min(cpu_of(lambda: [WORD.findall(document.text) for document in documents]) for _ in range(3))
    finding = min(cpu_of(lambda: [finder.find(document) for document in documents]) for _ in range(3))
    say(
        f"who said what, {len(documents)} marked texts      {finding:6.2f} CPU s {finding / counting:6.1f} x finding"
        f" their words   ({words / ARTICLE_WORDS / finding:.0f} articles of {ARTICLE_WORDS} words a second a core)"
    )


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def timed(work: Callable[[], dict[str, int]]) -> tuple[float, float, dict[str, int]]:
    """Wall seconds and CPU seconds of this process and its ended children, and what the work returned."""
    wall, cpu = time.monotonic(), cpu_seconds()
    result = work()
    return time.monotonic() - wall, cpu_seconds() - cpu, result


def cpu_seconds() -> float:
    """CPU seconds of this process and of the children that ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def time_bare(world: World, processes: int) -> float:
    """Seconds for the bare loop over all pages."""
    started = time.monotonic()
    with ProcessPoolExecutor(processes) as pool:
        done = sum(pool.map(bare_loop, [world.pages[part::processes] for part in range(processes)]))
    assert done == len(world.pages)
    return time.monotonic() - started


def bare_loop(pages: tuple[str, ...]) -> int:
    """Get and strip each page; returns how many gave a text."""
    import trafilatura

    with httpx.Client() as client:
        return sum(bool(trafilatura.extract(client.get(page).content)) for page in pages)


def configure(world: World, home: Path) -> None:
    """A configuration folder for the scaled newsroom, and the environment that points to it."""
    feeds = [
        {
            "id": f"feed-{number}",
            "publisher": f"Publisher {number}",
            "kind": "blog",
            "homepage": url,
            "url": url,
            "format": form,
        }
        for number, (form, url) in enumerate(world.feeds)
    ]
    (home / "config").mkdir()
    (home / "config" / "feeds.yml").write_text(yaml.safe_dump({"feeds": feeds}), encoding="utf-8")
    os.environ.update(
        STANCEWATCH_CONFIG=str(home / "config"), STANCEWATCH_HOME=str(home), STANCEWATCH_LOCAL_HOSTS=world.hosts
    )


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
