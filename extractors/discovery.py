"""A page -> the addresses where its site's feeds may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    }
)
_LIKELY_PATHS = (
    "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/news/feed/", "/news/rss",
    "/news.atom", "/blog/feed/", "/news-sitemap.xml", "/sitemap.xml",
)  # fmt: skip
_LIKELY_LINK = re.compile(r"/(?:feed|rss|atom)s?(?:/|$)|(?:rss|feed|atom)[\w-]*\.xml$|\.(?:rss|atom)$", re.IGNORECASE)
_COMMENTS = re.compile(r"/comments?/", re.IGNORECASE)


def discover_feeds(body: bytes, base_url: str) -> tuple[str, ...]:
    """The likely feeds of a site, the likeliest first: those its page declares, those it links to, usual paths.

    Args:
        body: The page's HTML.
        base_url: Where the page came from.
    """
    declared: list[str] = []
    linked: list[str] = []
    root = _tree(body)
    if root is not None:
        base = root.xpath("string(//base/@href)")
        page_url = urljoin(base_url, base) if base else base_url
        declared = [url for href in _declared(root) if (url := _absolute(page_url, href))]
        linked = [url for href in _linked(root) if (url := _absolute(page_url, href))]
    usual = [urljoin(base_url, path) for path in _LIKELY_PATHS]
    # feeds of comments carry no articles
    ordered = sorted([*declared, *linked], key=lambda url: bool(_COMMENTS.search(url)))
    return tuple(dict.fromkeys([*ordered, *usual]))


def _tree(body: bytes) -> Any:
    try:
        return html.document_fromstring(body, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, ValueError):
        return None


def _declared(root: Any) -> Iterator[str]:
    for link in root.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _FEED_TYPES:
            yield link.get("href") or ""


def _linked(root: Any) -> Iterator[str]:
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        if _LIKELY_LINK.search(href.partition("?")[0]):
            yield href


def _absolute(base_url: str, href: str) -> str:
    try:
        url = urljoin(base_url, href.strip()).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if href.strip() and parts.scheme in {"http", "https"} and parts.netloc else ""
