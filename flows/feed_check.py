"""`feeds check` and `feeds add`: one polite look at each feed, and the mend where it is dead."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.discovery import discover_feeds
from extractors.feed import NotAFeed, parse_feed
from flows.config_file import ConfigError
from flows.feed_commands import append_feeds, new_feed
from flows.fetch import Failed, Fetched, Fetcher, FetchKind, FetchRequest, Refused
from flows.run import version
from flows.settings import FeedConfig, PublisherKind, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.fetch import Outcome
    from flows.settings import Settings

CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at one feed found; ``better`` is an address that works where the configured one does not."""

    feed: FeedConfig
    is_ok: bool
    words: str
    better: str = ""


def check_feeds(names: Sequence[str]) -> int:
    """Look at the named feeds (all if none is named), a line each; returns the exit status."""
    settings = load_settings()
    feeds = settings.feeds.feeds
    if unknown := sorted(set(names) - {feed.id for feed in feeds}):
        raise ConfigError(
            f"no feed {unknown[0]!r} in {settings.places.file('feeds.yml')}; see `stancewatch feeds list`"
        )
    chosen = [feed for feed in feeds if not names or feed.id in names]
    bad = asyncio.run(_check(settings, chosen))
    sys.stdout.write(f"{len(chosen) - bad} of {len(chosen)} feeds are well\n")
    return 1 if bad else 0


def add_feed(url: str, publisher: str, kind: str) -> int:
    """Add the feed at ``url`` (or announced there) to feeds.yml; returns the exit status."""
    settings = load_settings()
    if kind not in list(PublisherKind):
        raise ConfigError(f"--kind {kind!r} must be one of: {', '.join(PublisherKind)}")
    if any(feed.url == url for feed in settings.feeds.feeds):
        raise ConfigError(f"{url} is in {settings.places.file('feeds.yml')} already")
    feed = new_feed(url, publisher, PublisherKind(kind), url, {feed.id for feed in settings.feeds.feeds})
    finding = asyncio.run(_look_alone(settings, feed))
    address = url if finding.is_ok else finding.better
    if not address:
        raise ConfigError(f"{url}: {finding.words}; give the address of a feed")
    added = new_feed(address, publisher, PublisherKind(kind), url, {feed.id for feed in settings.feeds.feeds})
    append_feeds(settings.places.file("feeds.yml"), [added])
    sys.stdout.write(f"added {added.id} ({address}) to {settings.places.file('feeds.yml')}\n")
    return 0


async def _check(settings: Settings, feeds: Sequence[FeedConfig]) -> int:
    bad = 0
    async with Fetcher(settings.feeds.fetch, settings.local_hosts, version()) as fetcher:
        for look in asyncio.as_completed([_look(fetcher, feed) for feed in feeds]):
            finding = await look
            bad += not finding.is_ok
            mend = f"\n       put `url: {finding.better}` in feeds.yml" if finding.better else ""
            sys.stdout.write(f"{'ok  ' if finding.is_ok else 'BAD '} {finding.feed.id}: {finding.words}{mend}\n")
            sys.stdout.flush()
    return bad


async def _look_alone(settings: Settings, feed: FeedConfig) -> Finding:
    async with Fetcher(settings.feeds.fetch, settings.local_hosts, version()) as fetcher:
        return await _look(fetcher, feed)


async def _look(fetcher: Fetcher, feed: FeedConfig) -> Finding:
    fetch = await fetcher.fetch(FetchRequest(feed.url, FetchKind.FEED))
    words, entries = _judge(fetch)
    if entries:
        moved = isinstance(fetch, Fetched) and fetch.permanent_url
        if moved:
            return Finding(feed, is_ok=True, words=f"{words}; moved for good to {fetch.permanent_url}")
        return Finding(feed, is_ok=True, words=words)
    better = await _discover(fetcher, feed, fetch)
    hint = "" if better else f"; no feed announced at {feed.homepage}: look there by hand, or remove it"
    return Finding(feed, is_ok=False, words=f"{feed.url} {words}{hint}", better=better)


def _judge(fetch: Outcome) -> tuple[str, int]:
    """What came, in words, and how many entries it has."""
    if isinstance(fetch, Failed | Refused):
        return fetch.reason, 0
    if not isinstance(fetch, Fetched):
        return "answered without a body", 0
    try:
        now = datetime.now(UTC)
        parsed = parse_feed(fetch.body, content_type=fetch.content_type, base_url=fetch.final_url, now=now)
    except NotAFeed as error:
        return str(error), 0
    newest = max((entry.published_at for entry in parsed.entries if entry.published_at), default=None)
    dated = f", newest {newest:%Y-%m-%d}" if newest else ", undated"
    problems = f" ({parsed.problems[0]})" if parsed.problems else ""
    return (f"{len(parsed.entries)} entries{dated}{problems}" if parsed.entries else "has no entries"), len(
        parsed.entries
    )


async def _discover(fetcher: Fetcher, feed: FeedConfig, first: Outcome) -> str:
    """An address that gives a feed with entries, announced on the page itself or on the homepage."""
    pages = [first] if isinstance(first, Fetched) else []
    if feed.homepage != feed.url:
        home = await fetcher.fetch(FetchRequest(feed.homepage, FetchKind.DISCOVERY))
        pages += [home] if isinstance(home, Fetched) else []
    for page in pages:
        for candidate in discover_feeds(page.body, page.final_url)[:CANDIDATES]:
            if candidate != feed.url:
                _, entries = _judge(await fetcher.fetch(FetchRequest(candidate, FetchKind.DISCOVERY)))
                if entries:
                    return candidate
    return ""
