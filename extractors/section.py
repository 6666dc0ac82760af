"""The section of a site that a feed covers, learnt from the addresses of its entries.

A sitemap names every page of a site: articles, people, tags, standing pages. What lies where the feed's own entries
lie, and is named as they are, is taken for an article; the page's own date decides later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from extractors.identity import canonical_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


_PERIOD = re.compile(r"/((?:19|20)\d\d)(?:[/-](\d\d|[a-z]{3})(?:[/-]\d\d)?)?/")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(r"[^\W_]+")
_TELLING_WORDS = 3
_TELLING_DIGITS = re.compile(r"\d{4}")
_STANDING = frozenset({
    "about", "about-us", "accessibility", "account", "archive", "archives", "author", "authors", "basket", "careers",
    "categories", "category", "comments", "contact", "contact-us", "cookies", "donate", "events", "faq", "feed",
    "feeds", "help", "home", "index", "jobs", "legal", "login", "news-archive", "newsletter", "newsletters", "page",
    "pages", "people", "privacy", "profile", "profiles", "rss", "search", "signup", "sitemap", "staff", "subscribe",
    "tag", "tags", "team", "terms", "topic", "topics", "user", "users", "wp-content", "wp-json",
})  # fmt: skip
"""Parts of an address that an article's does not have, unless the feed's own entries have them."""
_MANY = 3
"""So many different names at one place of the path make it a place for any name."""
_HABIT = 0.8

Shape = tuple[str, ...]
_ANY = "*"
_NUMBERS = "#"


@dataclass(frozen=True, slots=True)
class Section:
    """Where a feed's entries lie: ``shapes`` of their paths without the last part, a host and query names before.

    ``is_telling`` where they are named by several words or a long number, as articles are and standing pages are not.
    """

    shapes: frozenset[Shape]
    known_words: frozenset[str]
    is_telling: bool

    def admits(self, url: str) -> bool:
        """Whether the address lies where the feed's entries lie, and is named as they are."""
        found = _take_apart(url)
        if found is None:
            return False
        place, name = found
        if any(part in _STANDING and part not in self.known_words for part in (*place[2:], name)):
            return False
        if not any(_fits(place, shape) for shape in self.shapes):
            return False
        return _is_telling(name) or not self.is_telling


def learn_section(urls: Iterable[str]) -> Section:
    """The section that these addresses of a feed's entries span; of none, one that admits nothing."""
    found = [parts for url in urls if (parts := _take_apart(url)) is not None]
    groups: defaultdict[tuple[str, str, int], list[Shape]] = defaultdict(list)
    for place, _ in found:
        groups[place[0], place[1], len(place)].append(place)
    shapes = {shape for places in groups.values() for shape in _shapes(places)}
    words = frozenset(part for place, name in found for part in (*place[2:], name))
    # at the root of a site nothing else tells an article from a page
    is_root = any(len(shape) == 2 or shape[2] == _ANY for shape in shapes)  # noqa: PLR2004 - host and query names
    telling = sum(_is_telling(name) for _, name in found)
    return Section(frozenset(shapes), words, is_root or telling >= _HABIT * len(found))


def lies_before(url: str, moment: datetime) -> bool:
    """Whether a year, or year and month, in the address's path ended before ``moment``."""
    found = _PERIOD.search(urlsplit(url).path.lower())
    if found is None:
        return False
    named = found[2] or ""
    month = int(named) if named.isdigit() else _MONTHS.index(named) + 1 if named in _MONTHS else 12
    return (int(found[1]), month if 1 <= month <= len(_MONTHS) else len(_MONTHS)) < (moment.year, moment.month)


def lies_below(url: str, homepage: str) -> bool:
    """Whether an address lies under the homepage's path, on whatever host of the site."""
    parts = urlsplit(canonical_url(homepage)).path.strip("/").split("/")
    folder = [part for part in parts if part and "." not in part]
    return urlsplit(canonical_url(url)).path.strip("/").split("/")[: len(folder)] == folder


def _take_apart(url: str) -> tuple[Shape, str] | None:
    """(host, query names, parts of the path but the last) and the last part; None for what is no page's address."""
    try:
        parts = urlsplit(canonical_url(url))
    except ValueError:
        return None
    names = [part.lower() for part in parts.path.split("/") if part]
    if not parts.netloc or not (names or parts.query):
        return None
    keys = ",".join(sorted({key for key, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    kinds = (_NUMBERS if part.isdigit() or part in _MONTHS else part for part in names[:-1])
    if keys:  # /story.aspx?id=1: the name lies in the query
        return (parts.netloc, keys, *kinds, *names[-1:]), parts.query
    return (parts.netloc, keys, *kinds), names[-1]


def _shapes(places: list[Shape]) -> set[Shape]:
    """The places with those parts opened that vary; the first part of a path only where it varies with most entries."""
    opened = list(zip(*places, strict=True))
    wide = set()
    for number, parts in enumerate(opened):
        names = {part for part in parts if part != _NUMBERS}
        is_first = number == 2  # noqa: PLR2004 - behind host and query names
        if number >= 2 and len(names) >= (max(2 * _MANY, len(places) / 2) if is_first else _MANY):  # noqa: PLR2004
            wide.add(number)
    return {tuple(_ANY if number in wide else part for number, part in enumerate(place)) for place in places}


def _fits(place: Shape, shape: Shape) -> bool:
    return len(place) == len(shape) and all(want in (_ANY, part) for part, want in zip(place, shape, strict=True))


def _is_telling(name: str) -> bool:
    return len(_WORDS.findall(name)) >= _TELLING_WORDS or _TELLING_DIGITS.search(name) is not None
