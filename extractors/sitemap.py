"""Sitemaps and news sitemaps, read as feeds, and the indexes that name them."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from extractors.feed_dates import read_date
from extractors.feed_records import NotAFeed, RawEntry, RawFeed

_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(urlset|sitemapindex)[\s>]")
_SNIFF_BYTES = 4_000


class IsSitemapIndex(NotAFeed):
    """No feed itself, but a list of sitemaps; ``children`` are their addresses, the newest first."""

    def __init__(self, children: tuple[str, ...]) -> None:
        super().__init__(f"is an index of {len(children)} sitemaps; add those that are wanted")
        self.children = children


def is_sitemap(body: bytes) -> bool:
    """Whether a document says that it is a sitemap or an index of sitemaps."""
    return _ROOT.search(body[:_SNIFF_BYTES]) is not None


def read_sitemap(body: bytes) -> RawFeed:
    """Read a sitemap: a location and, at best, a title and dates for each entry.

    Raises:
        IsSitemapIndex: It lists sitemaps, not pages.
        NotAFeed: It cannot be read.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise NotAFeed("looks like a sitemap, but cannot be read") from error
    if root is None:
        raise NotAFeed("looks like a sitemap, but is empty")
    rows = [_fields(child) for child in root.iterchildren(tag=etree.Element)]
    if etree.QName(root).localname == "sitemapindex":
        rows.sort(key=lambda row: row.get("lastmod", ""), reverse=True)
        raise IsSitemapIndex(tuple(row["loc"] for row in rows if row.get("loc")))
    return RawFeed(title="", entries=tuple(_raw_entry(row) for row in rows))


def _fields(element: Any) -> dict[str, str]:
    """The texts below a <url> or <sitemap> by their local names, the first of each."""
    found: dict[str, str] = {}
    for below in element.iterdescendants(tag=etree.Element):
        text = (below.text or "").strip()
        if text:
            found.setdefault(etree.QName(below).localname, text)
    return found


def _raw_entry(row: dict[str, str]) -> RawEntry:
    return RawEntry(
        url=row.get("loc", ""),
        title=row.get("title", ""),
        published_at=read_date(row.get("publication_date", "")),
        updated_at=read_date(row.get("lastmod", "")),
    )
