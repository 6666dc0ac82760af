"""Sitemaps and news sitemaps, read as feeds, and the indexes that name them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from extractors.feed_dates import read_date
from extractors.feed_records import NotAFeed, RawEntry, RawFeed
from extractors.records import SitemapLink

_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(urlset|sitemapindex)[\s>]")
_SNIFF_BYTES = 4_000
_ADDRESS_LINE = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_OF_NO_ARTICLES = re.compile(
    r"(?:^|[-_.])(?:taxonom(?:y|ies)|categor(?:y|ies)|tags?|post_tag|authors?|users?|images?|videos?|products?|events?"
    r"|people|profiles?)(?:[-_.]|\d|$)|^pages?[-_]?sitemap|[-_]posts-page-|sitemap[-_]pages?\.xml",
    re.IGNORECASE,
)
"""Names of sitemaps that list a site's other pages, as the common publishing systems give them."""


class IsSitemapIndex(NotAFeed):
    """No feed itself, but a list of sitemaps; ``children`` are those, the one that changed last first."""

    def __init__(self, children: tuple[SitemapLink, ...]) -> None:
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
    rows = [_texts(child) for child in root.iterchildren(tag=etree.Element)]
    if _name(root) == "sitemapindex":
        links = [SitemapLink(row["loc"], read_date(row.get("lastmod", ""))) for row in rows if row.get("loc")]
        raise IsSitemapIndex(tuple(sorted(links, key=_place, reverse=True)))
    return RawFeed(title="", entries=tuple(_raw_entry(row) for row in rows), is_sitemap=True)


def is_list_of_addresses(body: bytes) -> bool:
    """Whether a document is a text sitemap: an address a line and nothing else."""
    lines = body[:_SNIFF_BYTES].decode("utf-8-sig", "replace").split()
    whole = lines if len(body) <= _SNIFF_BYTES else lines[:-1]
    return len(whole) > 1 and all(_ADDRESS_LINE.match(line) for line in whole)


def read_list_of_addresses(body: bytes) -> RawFeed:
    """Read a text sitemap."""
    lines = body.decode("utf-8-sig", "replace").split()
    return RawFeed(title="", entries=tuple(RawEntry(url=line) for line in lines), is_sitemap=True)


def lists_no_articles(url: str) -> bool:
    """Whether a sitemap's name says that it lists authors, tags, pictures or standing pages."""
    return _OF_NO_ARTICLES.search(url.partition("?")[0].rstrip("/").rpartition("/")[2]) is not None


def _place(link: SitemapLink) -> tuple[bool, datetime, tuple[int, ...]]:
    """Where a sitemap comes in its index: by date, then by the numbers in its name, which grow with time."""
    numbers = tuple(int(found[:9]) for found in _NUMBER.findall(link.url.rpartition("/")[2]))
    return not lists_no_articles(link.url), link.changed_at or datetime.min.replace(tzinfo=UTC), numbers


def _name(element: Any) -> str:
    """An element's name without its namespace, which sitemaps often get wrong."""
    return str(element.tag).rpartition("}")[2]


def _texts(element: Any) -> dict[str, str]:
    """The texts of a <url> or <sitemap> and of the news in it; not of its pictures, which have titles of their own."""
    found: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        below = child.iterchildren(tag=etree.Element) if _name(child) == "news" else (child,)
        for part in below:
            if text := (part.text or "").strip():
                found.setdefault(_name(part), text)
    return found


def _raw_entry(row: dict[str, str]) -> RawEntry:
    return RawEntry(
        url=row.get("loc", ""),
        title=row.get("title", ""),
        published_at=read_date(row.get("publication_date", "")),
        updated_at=read_date(row.get("lastmod", "")),
    )
