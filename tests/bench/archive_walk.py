"""`make archives`: a loopback site of 600 articles over 60 pages walked, killed and walked on; prints the figures."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from tests.flows.press import Press, environment
from tests.flows.test_archive_killed import finish, run_killed_at, start

ARTICLES, PER_PAGE = 600, 10


async def measure(home: Path, *, is_killed: bool) -> str:
    """One backfill of the site, undisturbed or killed twice; what it took, in a line."""
    async with Press(articles=ARTICLES, per_page=PER_PAGE) as site:
        surroundings = environment(home, site)
        started = time.monotonic()
        if is_killed:
            await run_killed_at(site, surroundings, "/feed/?paged=30")
            await run_killed_at(site, surroundings, "/news/the-ward-is-coming-on-333/")
        said = await finish(await start(surroundings))
        seconds = time.monotonic() - started
        first = len(site.received)
        await finish(await start(surroundings))
        again = [path for path in site.paths()[first:] if path != "/robots.txt"]
        pages, reads = site.asked("/feed/"), site.asked("/news/")
        with duckdb.connect(str(home / "data" / "warehouse.duckdb"), read_only=True) as connection:
            counts = "SELECT count(*), count(DISTINCT url), count(*) FILTER (WHERE is_live) FROM store.articles"
            (stored,) = connection.execute(counts).fetchall()
    return (
        f"{'killed twice' if is_killed else 'undisturbed'}: {len(pages)} requests for pages of the feed,"
        f" {len(reads)} for articles ({len(set(reads))} different); stored {stored[0]} articles, {stored[1]} different,"
        f" {stored[2]} live; {seconds:.0f} s; run once more: {len(again)} requests\n  {said[-2]}"
    )


def main() -> None:
    """Print both measurements."""
    with tempfile.TemporaryDirectory() as folder:
        for is_killed in (False, True):
            home = Path(folder) / str(is_killed)
            home.mkdir()
            line = asyncio.run(measure(home, is_killed=is_killed))
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
