"""Where the documents of a feed's older entries may be, as publishing systems number them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from extractors.records import ParsedFeed

_PAGED = "paged"
_PAGE = "page"
_START = "start-index"
_SYSTEMS = (("wordpress", _PAGED, 2), ("drupal", _PAGE, 1))
"""Software, how it numbers pages, and the number of the second one."""
_NUMBERED_PATH = re.compile(r"(?P<before>.*/rss)/(?P<number>\d{1,6})(?P<after>/?)")
_UNKNOWN_SYSTEM = ((_PAGED, 2), (_PAGE, 2))


def older_pages(url: str, feed: ParsedFeed) -> tuple[str, ...]:
    """The addresses of which one may hold the entries before those of the feed's document at ``url``.

    A document that says so itself is believed. Of a numbered one it is the next number. Else it is what the software
    that wrote it does; where that is not known, the two commonest ways are worth a try.
    """
    if feed.older_url:
        return (feed.older_url,) if feed.older_url != url else ()
    if feed.is_sitemap or not feed.entries:
        return ()
    following = _following(url, len(feed.entries))
    return (following,) if following else tuple(_second_pages(url, feed))


def _second_pages(url: str, feed: ParsedFeed) -> list[str]:
    generator = feed.generator.lower()
    if "ghost" in generator:
        parts = urlsplit(url)
        return [urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/2/"))]
    if "blogger" in generator:
        return [_with(url, _START, len(feed.entries) + 1)]
    for system, name, second in _SYSTEMS:
        if system in generator:
            return [_with(url, name, second)]
    return [_with(url, name, second) for name, second in _UNKNOWN_SYSTEM]


def _following(url: str, entries: int) -> str:
    """The next address where this one has a number; an empty string where it has none."""
    parts = urlsplit(url)
    for field in parts.query.split("&"):
        name, _, value = field.partition("=")
        if name in {_PAGED, _PAGE, _START} and value.isascii() and value.isdigit() and len(value) < 7:  # noqa: PLR2004
            return _with(url, name, int(value) + (entries if name == _START else 1))
    if found := _NUMBERED_PATH.fullmatch(parts.path):
        path = f"{found['before']}/{int(found['number']) + 1}{found['after']}"
        return urlunsplit(parts._replace(path=path))
    return ""


def _with(url: str, name: str, number: int) -> str:
    """The address with this number; the rest of its query stays as it is written."""
    parts = urlsplit(url)
    kept = [field for field in parts.query.split("&") if field and field.partition("=")[0] != name]
    return urlunsplit(parts._replace(query="&".join([*kept, f"{name}={number}"])))
