"""A look at an address, and the search for a feed where it gives none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from extractors.discovery import discover_feeds
from extractors.feed import IsSitemapIndex, NotAFeed, parse_feed
from extractors.records import ParsedFeed
from flows.feed_advice import is_of_comments
from flows.fetch import Failed, Fetched, FetchKind, FetchRequest, Outcome, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from flows.fetch import Fetcher

CANDIDATES = 24
"""At most so many addresses are tried for one feed, one a second."""
_FRESH = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Look:
    """What came from an address: ``parsed`` where it is a feed, else ``words`` say what it is."""

    fetch: Outcome
    words: str
    parsed: ParsedFeed | None = None
    is_index: bool = False

    @property
    def is_feed(self) -> bool:
        """Whether entries come from here."""
        return self.is_index or (self.parsed is not None and bool(self.parsed.entries))

    @property
    def is_sitemap(self) -> bool:
        """Whether it is to be configured as a sitemap."""
        return self.is_index or (self.parsed is not None and self.parsed.is_sitemap)


async def look_at(fetcher: Fetcher, url: str, now: datetime, kind: FetchKind = FetchKind.FEED) -> Look:
    """Fetch an address once and say what is there."""
    fetch = await fetcher.fetch(FetchRequest(url, kind))
    if isinstance(fetch, Failed | Refused):
        return Look(fetch, fetch.reason)
    if not isinstance(fetch, Fetched):
        return Look(fetch, "answered without a body")
    try:
        parsed = parse_feed(fetch.body, content_type=fetch.content_type, base_url=fetch.final_url, now=now)
    except IsSitemapIndex as index:
        return Look(fetch, f"is an index of {len(index.children)} sitemaps", is_index=bool(index.children))
    except NotAFeed as error:
        return Look(fetch, str(error))
    if not parsed.entries:
        return Look(fetch, "has no entries", parsed)
    newest = max((date for entry in parsed.entries if (date := entry.published_at or entry.updated_at)), default=None)
    dated = f", newest {newest:%Y-%m-%d}" if newest else ", undated"
    problems = f" ({parsed.problems[0]})" if parsed.problems else ""
    return Look(fetch, f"{len(parsed.entries)} entries{dated}{problems}", parsed)


async def find_feed(fetcher: Fetcher, pages: Sequence[Fetched], known: str, now: datetime) -> Look | None:
    """A feed that works, announced on one of the pages or in a usual place; None where there is none.

    The first one with recent articles is taken at once; a quiet one, one of comments or a sitemap only if no other is.
    """
    candidates: list[str] = []
    for page in pages:
        maps = await fetcher.sitemaps(page.final_url)
        candidates += discover_feeds(page.body, page.final_url, link_header=page.link, sitemaps=maps)
    found: list[Look] = []
    for url in [url for url in dict.fromkeys(candidates) if url != known][:CANDIDATES]:
        look = await look_at(fetcher, url, now, FetchKind.DISCOVERY)
        if look.is_feed:
            found.append(look)
            if not _drawback(look, now):
                break
    return min(found, key=lambda look: _drawback(look, now), default=None)


def _drawback(look: Look, now: datetime) -> int:
    """What speaks against a feed: nothing, that it is a sitemap, quiet, of comments."""
    if look.parsed is not None and is_of_comments(look.parsed):
        return 3
    entries = look.parsed.entries if look.parsed is not None else ()
    dates = [date for entry in entries if (date := entry.published_at or entry.updated_at)]
    is_quiet = bool(dates) and now - max(dates) > _FRESH
    return 2 if is_quiet else 1 if look.is_sitemap else 0
