"""A page -> the addresses where its site's feeds may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from extractors.markup import has_monstrous_tag
from extractors.platforms import platform_feeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/rss",
        "application/atom",
        "text/rss+xml",
        "application/xml",
        "text/xml",
    }
)
_VAGUE_TYPES = frozenset({"", "application/json"})
"""Types that say nothing: WordPress gives every page an alternate in JSON that is no feed."""
_USUAL_PATHS = (
    "/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/news/feed/", "/news/rss",
    "/news.atom", "/blog/feed/",
)  # fmt: skip
_USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap_news.xml", "/sitemap.xml", "/sitemap_index.xml")
_LIKELY_LINK = re.compile(
    r"/(?:feed|rss|atom)s?(?:/|$)|(?:rss|feed|atom)[\w-]*\.(?:xml|json)$|\.(?:rss|atom)$", re.IGNORECASE
)
_COMMENTS = re.compile(r"/comments?/|[?&]feed=comments|/comments?\.(?:xml|rss|atom)", re.IGNORECASE)
_NEWS_MAP = re.compile(r"news", re.IGNORECASE)
_LINK_TAG = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_HEADER_LINK = re.compile(r"<([^<>]{1,2000})>\s*((?:;[^,;]{1,200})*)")


def discover_feeds(
    body: bytes, base_url: str, *, link_header: str = "", sitemaps: Iterable[str] = ()
) -> tuple[str, ...]:
    """The likely feeds of a site, the likeliest first.

    Those its page declares, those it links to, those its publishing system makes, usual paths, sitemaps, and last what
    is announced but carries comments.

    Args:
        body: The page's HTML, well-formed or not.
        base_url: Where the page came from.
        link_header: The Link header that came with it, or an empty string.
        sitemaps: Those that the site's robots.txt names.
    """
    announced = [url for href in _header_links(link_header) if (url := _absolute(base_url, href))]
    generator = ""
    root = _tree(body)
    if root is not None:
        base = root.xpath("string(//base/@href)")
        page_url = _absolute(base_url, base) or base_url
        hrefs = [*(_declared(_tags(root)) or _declared(_torn_tags(body))), *_linked(root)]
        announced += [url for href in hrefs if (url := _absolute(page_url, href))]
        generator = " ".join(root.xpath("//meta[translate(@name, 'GENRATO', 'genrato') = 'generator']/@content"))
    articles = [url for url in announced if not _COMMENTS.search(url)]
    made = [url for url in platform_feeds(base_url, generator, body) if urlsplit(url).netloc]
    usual = [urljoin(base_url, path) for path in _USUAL_PATHS]
    maps = sorted(sitemaps, key=lambda url: not _NEWS_MAP.search(urlsplit(url).path))
    maps += [urljoin(base_url, path) for path in _USUAL_SITEMAPS]
    return tuple(dict.fromkeys([*articles, *made, *usual, *maps, *announced]))


def _tree(body: bytes) -> Any:
    if has_monstrous_tag(body):
        return None
    try:
        return html.document_fromstring(body, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, ValueError):
        return None


def _tags(root: Any) -> Iterator[dict[str, str]]:
    for link in root.iter("link"):
        yield {name: value or "" for name, value in link.attrib.items()}


def _torn_tags(body: bytes) -> Iterator[dict[str, str]]:
    """The <link> tags of a page in which something before them was never closed, so that no parser sees them."""
    for tag in _LINK_TAG.finditer(body.decode("utf-8", "replace")):
        yield {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag[1])}


def _declared(tags: Iterable[dict[str, str]]) -> list[str]:
    return [
        href
        for tag in tags
        if (href := tag.get("href", "")) and _is_feed(tag.get("rel", ""), tag.get("type", ""), href)
    ]


def _is_feed(rel: str, kind: str, href: str) -> bool:
    rels = rel.lower().split()
    kind = kind.partition(";")[0].strip().lower()
    if "feed" in rels:
        return True
    return "alternate" in rels and (
        kind in _FEED_TYPES or (kind in _VAGUE_TYPES and _LIKELY_LINK.search(href.partition("?")[0]) is not None)
    )


def _header_links(header: str) -> Iterator[str]:
    """The feeds of a Link header (RFC 8288)."""
    for href, parameters in _HEADER_LINK.findall(header):
        pairs = [pair for part in parameters.split(";") for pair in _ATTRIBUTE.findall(part)]
        found = {name.lower(): a or b or c for name, a, b, c in pairs}
        if _is_feed(found.get("rel", ""), found.get("type", ""), href):
            yield href


def _linked(root: Any) -> Iterator[str]:
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        if _LIKELY_LINK.search(href.partition("?")[0].strip()):
            yield href


def _absolute(base_url: str, href: str) -> str:
    try:
        url = urljoin(base_url, href.strip()).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if href.strip() and parts.scheme in {"http", "https"} and parts.netloc else ""
