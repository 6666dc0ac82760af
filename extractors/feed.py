"""A feed's bytes -> its entries, each checked; whatever is wrong with one of them costs only that one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from extractors.feed_json import read_json_feed
from extractors.feed_records import NotAFeed, RawEntry, RawFeed, plain, storable
from extractors.feed_xml import read_xml_feed
from extractors.markup import has_monstrous_tag
from extractors.records import Entry, ParsedFeed
from extractors.sitemap import (
    IsSitemapIndex,
    is_list_of_addresses,
    is_sitemap,
    read_list_of_addresses,
    read_sitemap,
)

__all__ = ["IsSitemapIndex", "NotAFeed", "parse_feed"]

_MAX_ENTRIES = 50_000
_MAX_URL_LENGTH = 2_000
_MAX_LINE_LENGTH = 1_000
_MAX_MARKUP_LENGTH = 20_000
_MAX_DOCUMENT_LENGTH = 3_000_000
_MAX_CONTENT_LENGTH = 250_000
"""More than any article has, markup included."""
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_FUTURE_GRACE = timedelta(days=1)
_ARCHIVES = {b"\x1f\x8b": "a gzip archive", b"PK\x03\x04": "a zip archive", b"%PDF": "a PDF", b"BZh": "an archive"}
_PRINTABLE_START = 64
_INVISIBLE = re.compile("[\r\n\t\u200b\ufeff]")
_FEED_SCHEME = re.compile(r"^feed:(?://(?=https?:))?", re.IGNORECASE)
_SLASHES = re.compile(r"^(https?):/{0,1}(?=[^/])", re.IGNORECASE)


def parse_feed(body: bytes, *, content_type: str, base_url: str, now: datetime) -> ParsedFeed:
    """Read RSS, Atom, JSON Feed or a sitemap.

    Args:
        body: The document, decoded from its content encoding only.
        content_type: The header that came with it, or an empty string.
        base_url: Where it came from; relative addresses are joined to it.
        now: Against which dates in the future are told.

    Raises:
        IsSitemapIndex: It is an index of sitemaps.
        NotAFeed: It is something else; the text says what.
    """
    raw = _read(body, content_type)
    problems: Counter[str] = Counter(raw.problems)
    entries = [
        entry
        for raw_entry in raw.entries[:_MAX_ENTRIES]
        if (entry := _checked(raw_entry, base_url, now, problems)) is not None
    ]
    entries = _within(entries, _MAX_DOCUMENT_LENGTH)
    if len(raw.entries) > _MAX_ENTRIES:
        problems[f"has {len(raw.entries):,} entries; only the first {_MAX_ENTRIES:,} are read"] += 1
    if not raw.entries:
        problems["has no entries"] += 1
    lines = tuple(text if count == 1 else f"{text} ({count} times)" for text, count in problems.items())
    return ParsedFeed(
        title=_line(raw.title),
        entries=tuple(entries),
        ttl_minutes=raw.ttl_minutes,
        problems=lines,
        older_url=_absolute(raw.older_url, base_url),
        generator=_line(raw.generator),
        is_sitemap=raw.is_sitemap,
    )


def _read(body: bytes, content_type: str) -> RawFeed:
    start = body[:_PRINTABLE_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotAFeed("is empty")
    for magic, name in _ARCHIVES.items():
        if start.startswith(magic):
            raise NotAFeed(f"is {name}, not a feed")
    if has_monstrous_tag(body):
        raise NotAFeed("has a tag with thousands of attributes, as no feed does")
    if start.startswith((b"{", b"[")):
        return read_json_feed(body)
    if is_sitemap(body):
        return read_sitemap(body)
    if is_list_of_addresses(body):
        return read_list_of_addresses(body)
    return read_xml_feed(body, content_type=content_type)


def _within(entries: list[Entry], most: int) -> list[Entry]:
    """The entries, those beyond ``most`` characters of text in all without theirs: their pages have it too."""
    kept: list[Entry] = []
    for entry in entries:
        most -= len(entry.summary) + len(entry.content)
        kept.append(entry if most >= 0 else replace(entry, summary="", content=""))
    return kept


def _checked(raw: RawEntry, base_url: str, now: datetime, problems: Counter[str]) -> Entry | None:
    """An entry fit for storing; None, with a problem noted, where it leads nowhere."""
    url = _absolute(raw.url, base_url) or _absolute(raw.guid, "")
    if not url:
        problems["an entry has no address that can be fetched and is left out"] += 1
        return None
    return Entry(
        guid=storable(raw.guid)[:_MAX_URL_LENGTH] or url,
        url=url,
        title=_line(raw.title),
        author=_line(raw.author),
        summary=storable(raw.summary[:_MAX_CONTENT_LENGTH]),
        content=storable(raw.content[:_MAX_CONTENT_LENGTH]),
        published_at=_plausible(raw.published_at, now, problems),
        updated_at=_plausible(raw.updated_at, now, problems),
    )


def _line(markup: str) -> str:
    """One line of plain text, cut before it is read too: a title of megabytes is made to be slow."""
    return plain(markup[:_MAX_MARKUP_LENGTH])[:_MAX_LINE_LENGTH]


def _absolute(address: str, base_url: str) -> str:
    """The address in full if it is one of the web, else an empty string; slips of the hand are mended."""
    address = _INVISIBLE.sub("", storable(address)).strip().replace("\\", "/")
    address = _FEED_SCHEME.sub("", address)
    address = _SLASHES.sub(r"\1://", address)
    if address.lower().startswith("www."):
        address = f"https://{address}"
    if not address.strip("#/") or len(address) > _MAX_URL_LENGTH:
        return ""
    try:
        url = urljoin(base_url, address.replace(" ", "%20"))
        parts, own = urlsplit(url), urlsplit(address)
    except ValueError:
        return ""
    is_whole = parts.scheme in {"http", "https"} and parts.netloc and (own.netloc or not own.scheme)
    return url if is_whole else ""


def _plausible(moment: datetime | None, now: datetime, problems: Counter[str]) -> datetime | None:
    if moment is None:
        return None
    if moment > now + _FUTURE_GRACE:
        problems["an entry's date lies in the future and is not used"] += 1
        return None
    if moment < _EARLIEST:
        problems["an entry's date lies before 1990 and is not used"] += 1
        return None
    return moment
