"""`stancewatch backfill`: the walk through archives for somebody who looks on."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from flows.archive_plan import make_plan
from flows.heavy_half import as_configured
from flows.pipeline import fill_in, plainly
from flows.run import WAIT_SECONDS, open_run
from flows.settings import load_settings
from flows.summary import summarise
from warehouse.archives import count_new_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.archive import Walk
    from flows.archive_plan import ArchivePlan
    from flows.settings import Settings

_CLEAR_LINE = "\r\x1b[K"
_WIDEST = 100


def fill_in_history(since: str, feeds: Sequence[str], limit: int | None, pages: int | None) -> None:
    """Walk the archives of the feeds back to a day and print how it goes; a line per feed at the end says why it ended.

    Raises:
        ConfigError: the date, a limit or a feed's name is wrong.
    """
    settings = load_settings()
    plan = make_plan(since, feeds, settings.feeds.archive, entries_per_feed=limit, pages_per_feed=pages)
    asyncio.run(_fill_in(settings, plan))


async def _fill_in(settings: Settings, plan: ArchivePlan) -> None:
    async with open_run(settings, "backfill", wait_seconds=WAIT_SECONDS, heavy=as_configured) as run:
        walks = await fill_in(run, plainly, plan, _say)
        articles = count_new_articles(run.warehouse, run.now)
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR_LINE)
    for walk in walks:
        sys.stdout.write(_summary(walk, articles.get(walk.feed.feed_id, 0)) + "\n")
    sys.stdout.write(summarise(run.counts) + "\n")


def _say(line: str) -> None:
    """One line that is written over on a terminal, and stays elsewhere."""
    if sys.stdout.isatty():
        sys.stdout.write(f"{_CLEAR_LINE}{line[:_WIDEST]}")
    else:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _summary(walk: Walk, articles: int) -> str:
    left = f", {walk.left} left to the next poll since they may be news" if walk.left else ""
    return (
        f"{walk.feed.feed_id}: {walk.pages} documents asked, {walk.found} entries found, {walk.new} of them new{left},"
        f" {articles} new articles; {walk.why}"
    )
