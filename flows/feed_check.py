"""`feeds check` and `feeds add`: one polite look at each feed, and the mend where it is dead."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows import clock
from flows.config_file import ConfigError, UsageError
from flows.feed_advice import advise_feed, advise_fetch, is_of_comments, may_pass
from flows.feed_file import add_feeds, new_feed, require_feeds
from flows.feed_search import Look, find_feed, look_at
from flows.fetch import Fetched, Fetcher, FetchKind, FetchRequest
from flows.run import version
from flows.settings import FeedConfig, FeedFormat, PublisherKind, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at one feed found; ``better`` is an address that works where the configured one does not.

    ``look`` is what lies at the address that works.
    """

    feed: FeedConfig
    is_ok: bool
    words: str
    better: str = ""
    look: Look | None = None


def check_feeds(names: Sequence[str]) -> int:
    """Look at the named feeds (all if none is named), a line each; returns the exit status."""
    settings = load_settings()
    feeds = settings.feeds.feeds
    require_feeds(settings, names)
    chosen = [feed for feed in feeds if not names or feed.id in names]
    bad = asyncio.run(_check(settings, chosen))
    sys.stdout.write(f"{len(chosen) - bad} of {len(chosen)} feeds are well\n")
    return 1 if bad else 0


def add_feed(url: str, publisher: str, kind: str) -> int:
    """Add the feed at ``url`` (or announced there) to feeds.yml; returns the exit status."""
    settings = load_settings()
    if kind not in list(PublisherKind):
        raise UsageError(f"--kind {kind!r} must be one of: {', '.join(PublisherKind)}")
    if any(feed.url == url for feed in settings.feeds.feeds):
        raise ConfigError(f"{url} is in {settings.places.file('feeds.yml')} already")
    feed = new_feed(url, publisher, PublisherKind(kind), url, {feed.id for feed in settings.feeds.feeds})
    finding = asyncio.run(_look_alone(settings, feed))
    address = url if finding.is_ok else finding.better
    if not address:
        raise ConfigError(f"{url}: {finding.words}; give the address of a feed")
    if any(feed.url == address for feed in settings.feeds.feeds):
        raise ConfigError(f"{address}, found at {url}, is in {settings.places.file('feeds.yml')} already")
    added = new_feed(address, publisher, PublisherKind(kind), url, {feed.id for feed in settings.feeds.feeds})
    if finding.look is not None and finding.look.is_sitemap:
        added = replace(added, format=FeedFormat.SITEMAP)
    path = add_feeds(settings.places, [added])
    sys.stdout.write(f"added {added.id} ({address}) to {path}\n")
    return 0


async def _check(settings: Settings, feeds: Sequence[FeedConfig]) -> int:
    bad = 0
    async with Fetcher(
        settings.feeds.fetch, settings.local_hosts, version(), secrets=settings.feed_secrets()
    ) as fetcher:
        for look in asyncio.as_completed([_look(fetcher, feed) for feed in feeds]):
            finding = await look
            bad += not finding.is_ok
            mend = f"\n       put `url: {finding.better}`{_format(finding)} in feeds.yml" if finding.better else ""
            sys.stdout.write(f"{'ok  ' if finding.is_ok else 'BAD '} {finding.feed.id}: {finding.words}{mend}\n")
            sys.stdout.flush()
    return bad


def _format(finding: Finding) -> str:
    is_sitemap = finding.look is not None and finding.look.is_sitemap
    return " and `format: sitemap`" if is_sitemap and finding.feed.format is not FeedFormat.SITEMAP else ""


async def _look_alone(settings: Settings, feed: FeedConfig) -> Finding:
    async with Fetcher(
        settings.feeds.fetch, settings.local_hosts, version(), secrets=settings.feed_secrets()
    ) as fetcher:
        return await _look(fetcher, feed)


async def _look(fetcher: Fetcher, feed: FeedConfig) -> Finding:
    now = clock.now()
    look = await look_at(fetcher, feed.url, now)
    if look.is_feed:
        return _usable(feed, look, now)
    if may_pass(look.fetch):
        return Finding(feed, is_ok=False, words=f"{feed.url} {look.words}: {advise_fetch(look.fetch)}")
    pages = [look.fetch] if isinstance(look.fetch, Fetched) and look.parsed is None else []
    if feed.site != feed.url:
        home = await fetcher.fetch(FetchRequest(feed.site, FetchKind.DISCOVERY))
        pages += [home] if isinstance(home, Fetched) else []
    better = await find_feed(fetcher, pages, feed.url, now)
    what = f"{feed.url} {look.words}"
    if better is not None:
        return Finding(feed, is_ok=False, words=f"{what}; found {better.words}", better=_address(better), look=better)
    if not isinstance(look.fetch, Fetched):
        what += f": {advise_fetch(look.fetch)}"
    elif look.parsed is not None:
        what += ": the publisher may have stopped, or publish elsewhere"
    return Finding(feed, is_ok=False, words=f"{what}; {_by_hand(feed, pages)}")


def _usable(feed: FeedConfig, look: Look, now: datetime) -> Finding:
    """A feed that gives entries, with what somebody should change all the same."""
    words = [look.words]
    if isinstance(look.fetch, Fetched) and look.fetch.permanent_url:
        words.append(f"moved for good: put `url: {look.fetch.permanent_url}` in feeds.yml")
    if look.is_sitemap and feed.format is not FeedFormat.SITEMAP:
        words.append("put `format: sitemap` in feeds.yml")
    if look.parsed is not None and (advice := advise_feed(feed, look.parsed, now)):
        words.append(advice)
    is_ok = look.parsed is None or not is_of_comments(look.parsed)
    return Finding(feed, is_ok=is_ok, words="; ".join(words), look=look)


def _by_hand(feed: FeedConfig, pages: Sequence[Fetched]) -> str:
    if not pages:
        return f"{feed.site} cannot be read either: look there by hand, or remove it"
    return f"no feed announced at {feed.site}: look there by hand, or remove it"


def _address(look: Look) -> str:
    """The address to configure: where a feed has moved for good, else where it was found."""
    return look.fetch.permanent_url or look.fetch.url
