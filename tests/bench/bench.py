"""`make bench`: speed as ratios against bare baselines measured in the same run, on the same pages.

A bare baseline is what the same number of processes need to get the same pages with httpx and to strip them with
trafilatura, and nothing else: no feed, no robots.txt, no analysis, no warehouse, no record of anything. Feeds by the
thousand are measured in `feeds.py`.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import httpx

from extractors.statement import StatementFinder
from flows.prefect_setup import prepare_prefect
from tests.bench.feeds import measure_feeds
from tests.bench.measures import Timed, configure, cpu_of, say, timed
from tests.bench.world import World, start_world
from tests.corpus.marked import load_cases
from tests.corpus.score import STRUCTURE
from tests.extractors.engine_setup import load_actors, load_lexicon

FEEDS, ARTICLES, ARTICLE_WORDS = 40, 25, 600
WORD = re.compile(r"\w+")


def main() -> None:
    """Measure and print one line a figure."""
    measure_structure()
    measure_feeds()
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
    configure(home, world.feeds, world.hosts)
    prepare_prefect(home)
    started = time.monotonic()
    import prefect
    from prefect.server.api.server import SubprocessASGIServer

    from flows.monitor import monitor

    def run() -> dict[str, int]:
        return asyncio.run(monitor(all_feeds=True))

    def quickest() -> Timed[dict[str, int]]:
        return min((timed(run) for _ in range(3)), key=lambda one: one.seconds)

    with (
        SubprocessASGIServer() as server,
        prefect.settings.temporary_settings({prefect.settings.PREFECT_API_URL: server.api_url}),
    ):
        say(f"Prefect imported, its server started     {time.monotonic() - started:6.1f} s   (not counted below)")
        first = timed(run)
        say(
            f"first run, everything                    {first.seconds:6.1f} s   {first.seconds / bare:6.2f} x bare"
            f"   ({first.result['articles_new']} articles, {first.result['statements']} statements)"
        )
        steady = quickest()
        assert steady.result["feeds_not_modified"] == FEEDS
        say(
            f"steady run, all {FEEDS} feeds unchanged         {steady.seconds:6.2f} s   {steady.cpu_seconds:6.2f} CPU s"
        )
        (home / "config" / "feeds.yml").write_text("feeds: []\n", encoding="utf-8")
        empty = quickest().seconds
        beyond = 1000 * (steady.seconds - empty) / FEEDS
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


if __name__ == "__main__":
    main()
