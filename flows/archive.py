"""The walk back through what publishers offer of older entries: pages of the feed, then sitemaps, until a day."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from extractors.identity import canonical_url
from extractors.section import learn_section, lies_below
from extractors.sitemap import lists_no_articles
from flows.archive_page import Answer, Question, ask_page
from flows.feed_file import require_feeds
from flows.fetch_log import record_side_fetches
from flows.poll import feed_rows
from warehouse.archives import (
    ArchiveFeed,
    ArchivePage,
    StepCounts,
    WalkWindow,
    add_archive_pages,
    record_archive_step,
    select_archive_feeds,
    select_archive_page,
    select_archive_reach,
    select_feed_addresses,
)
from warehouse.polls import sync_feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.archive_plan import ArchivePlan
    from flows.run import Run

    Say = Callable[[str], None]

_USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/news-sitemap.xml", "/sitemap.txt")
_NO_SITEMAP = "no sitemap gives more"
_NEAR = 20
"""So many of a feed's newest entries tell whether the whole site is the publisher's."""


@dataclass(slots=True)
class Walk:
    """What one feed's walk has come to; ``why`` is why it stopped, ``end`` and ``sitemaps`` what it met on its way."""

    feed: ArchiveFeed
    pages: int = 0
    found: int = 0
    new: int = 0
    left: int = 0
    why: str = ""
    end: str = ""
    sitemaps: str = ""
    seen: set[str] = field(default_factory=set)


async def walk_archives(run: Run, plan: ArchivePlan, say: Say) -> list[Walk]:
    """Walk the archives of the feeds named (of all if none is), side by side; what they give is stored as history.

    Raises:
        ConfigError: a feed is not configured.
    """
    require_feeds(run.settings, plan.feeds)
    sync_feeds(run.warehouse, feed_rows(run.settings))
    feeds = select_archive_feeds(run.warehouse)
    walks = [Walk(feed) for feed in feeds if not plan.feeds or feed.feed_id in plan.feeds]
    await asyncio.gather(*(_walk(run, plan, walk, walks, say) for walk in walks))
    record_side_fetches(run)
    run.counts["entries_new"] += sum(walk.new for walk in walks)
    return walks


async def _walk(run: Run, plan: ArchivePlan, walk: Walk, walks: Sequence[Walk], say: Say) -> None:
    """Ask one document after the other until there is nothing more to ask or a limit is reached."""
    window, feed = plan.window(run.now), walk.feed
    add_archive_pages(run.warehouse, run.now, [ArchivePage(feed.feed_id, feed.url, "feed", "", 0, 0, None)])
    while not (why := _limit(plan, walk, walks)):
        is_reached = _is_reached(run, feed, window)
        page = select_archive_page(run.warehouse, feed.feed_id, window, is_reached=is_reached)
        if page is None and not walk.sitemaps and not is_reached:
            walk.sitemaps = await _add_sitemaps(run, feed) or _NO_SITEMAP
            continue
        if page is None:
            walk.why = f"went back to {plan.since:%Y-%m-%d}" if is_reached else _why(walk)
            return
        answer = await ask_page(run, page, _question(run, plan, walk, page))
        room = min(plan.limits.entries_per_feed - walk.new, plan.limits.entries_in_all - sum(w.new for w in walks))
        counts = record_archive_step(run.warehouse, run.run_id, window, answer.step, room=max(0, room))
        _tell(walk, answer, counts, say)
        if answer.trouble:
            walk.why = f"{answer.trouble} at {page.url}: run again to go on"
            return
    walk.why = why


def _why(walk: Walk) -> str:
    """Why there is nothing more to ask."""
    if not walk.pages:
        return "nothing to ask that was not asked lately"
    return "; ".join(part for part in (walk.end, walk.sitemaps) if part)


def _limit(plan: ArchivePlan, walk: Walk, walks: Sequence[Walk]) -> str:
    limits = plan.limits
    if walk.pages >= limits.pages_per_feed:
        return f"limit of {limits.pages_per_feed} documents a feed: run again to go on"
    if walk.new >= limits.entries_per_feed:
        return f"limit of {limits.entries_per_feed} entries a feed: run again to go on"
    if sum(other.new for other in walks) >= limits.entries_in_all:
        return f"limit of {limits.entries_in_all} entries in all: run again to go on"
    return ""


def _is_reached(run: Run, feed: ArchiveFeed, window: WalkWindow) -> bool:
    reach = select_archive_reach(run.warehouse, feed.feed_id, window)
    return reach is not None and reach < window.since


def _question(run: Run, plan: ArchivePlan, walk: Walk, page: ArchivePage) -> Question:
    known = select_feed_addresses(run.warehouse, walk.feed.feed_id) if page.role == "sitemap" else []
    return Question(walk.feed, plan.since, learn_section(known), walk.seen)


def _tell(walk: Walk, answer: Answer, counts: StepCounts, say: Say) -> None:
    walk.pages += 1
    walk.found += answer.found
    walk.new += counts.new
    walk.left += counts.left
    if answer.step.page.role == "sitemap":
        walk.sitemaps = "its sitemaps are read" if answer.found else walk.sitemaps
    elif answer.end:
        walk.end = f"its archive ends: {answer.end} at {answer.step.page.url}"
    back_to = answer.step.outcome.back_to
    till = f", back to {back_to:%Y-%m-%d}" if back_to else ""
    what = f"{answer.found} entries, {counts.new} new{till}" if answer.found else answer.trouble or answer.end
    say(f"{walk.feed.feed_id}: {answer.step.page.url}: {what or f'names {len(answer.step.pages)} sitemaps'}")


async def _add_sitemaps(run: Run, feed: ArchiveFeed) -> str:
    """Remember the site's sitemaps, if they can tell which pages are the feed's; else say why not."""
    if reason := _why_no_sitemaps(run, feed):
        return reason
    named = await run.fetcher.sitemaps(feed.homepage)
    urls = [url for url in named if urlsplit(url).scheme in {"http", "https"} and not lists_no_articles(url)]
    family = "" if urls else "sitemaps"
    usual = [urljoin(feed.homepage, path) for path in _USUAL_SITEMAPS]
    pages = [
        ArchivePage(feed.feed_id, url, "sitemap", family, 0, position, None)
        for position, url in enumerate(urls or usual)
        if canonical_url(url) != canonical_url(feed.url)
    ]
    add_archive_pages(run.warehouse, run.now, pages)
    return ""


def _why_no_sitemaps(run: Run, feed: ArchiveFeed) -> str:
    known = select_feed_addresses(run.warehouse, feed.feed_id)
    if not known:
        return "no entry of the feed is known that would tell which pages of a sitemap are its own"
    host = urlsplit(canonical_url(known[0])).netloc
    others = {
        other.publisher
        for other in select_archive_feeds(run.warehouse)
        if other.publisher != feed.publisher and urlsplit(canonical_url(other.homepage)).netloc == host
    }
    if others or not any(lies_below(url, feed.homepage) for url in known[:_NEAR]):
        return f"sitemaps of {host} do not tell which pages are {feed.publisher}'s"
    return ""
