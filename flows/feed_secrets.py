"""Secrets in feeds' addresses: ``${NAME}`` is filled in on the wire only, and taken out of all that comes back.

What is stored, shown and logged is the address with its names. A name is filled in for the host of the feed that bears
it and for no other: a page that somebody links to cannot ask for it. Only where that feed's archive names a document
with the value itself is it asked for so.
"""

from __future__ import annotations

import base64
import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extractors.records import Entry, ParsedFeed

_NAME: Final = re.compile(r"(?:\$|%24)(?:\{|%7B)([A-Za-z_][A-Za-z0-9_]*)(?:\}|%7D)", re.IGNORECASE)
_LOGIN: Final = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}(?::\$\{[A-Za-z_][A-Za-z0-9_]*\})?")
_PORTS: Final = {"http": 80, "https": 443}
_SHORTEST: Final = 4
"""What is shorter than this would be found in every other word."""


@dataclass(frozen=True, slots=True)
class OpenAddress:
    """An address as it goes over the wire, and the login that goes with it; ``problem`` says why it cannot go."""

    url: str = field(repr=False)
    login: str = field(repr=False, default="")
    problem: str = ""


class FeedSecrets:
    """The secrets that the addresses of some feeds name; ``look_up`` gives a value, and why there is none."""

    def __init__(
        self, urls: Iterable[str] = (), look_up: Callable[[str], tuple[str, str]] = lambda _: ("", "")
    ) -> None:
        self._values: dict[str, dict[str, str]] = {}
        self._problems: dict[str, str] = {}
        self._as_written: dict[str, str] = {}
        for url in urls:
            for name in _NAME.findall(url):
                value, problem = look_up(name)
                self._values.setdefault(_origin(url), {})[name] = value
                if not value:
                    self._problems[name] = problem or f"{name} is not set: set it in the environment, or {name}_FILE"
        covers = {
            form: name
            for values in self._values.values()
            for name, value in values.items()
            if len(value) >= _SHORTEST
            for form in (value, quote(value, safe=""), quote_plus(value))
        }
        self._covers = sorted(covers.items(), key=lambda cover: len(cover[0]), reverse=True)

    def open(self, url: str) -> OpenAddress:
        """An address with what its own host may be told filled in, or as its publisher wrote it for another host."""
        if written := self._as_written.get(url):
            return OpenAddress(written)
        values = self._values.get(_origin(url), {}) if _NAME.search(url) else {}
        if not values:
            return OpenAddress(url)
        for name in _NAME.findall(url):
            if problem := self._problems.get(name, ""):
                return OpenAddress(url, problem=problem)
        parts = urlsplit(url)
        login, _, place = parts.netloc.rpartition("@")
        filled = _NAME.sub(
            lambda found: quote(values.get(found[1], found[0]), safe=""), parts._replace(netloc=place).geturl()
        )
        words = _NAME.sub(lambda found: values.get(found[1], ""), unquote(login))
        return OpenAddress(filled, f"Basic {base64.b64encode(words.encode()).decode()}" if login else "")

    def why_withheld(self, url: str) -> str:
        """Why an address names a secret that is not filled in, since it is another host's; nothing if it does not."""
        if url in self._as_written or not (names := _NAME.findall(url)):
            return ""
        known = {name for values in self._values.values() for name in values}
        told = self._values.get(_origin(url), {})
        others = [name for name in names if name in known and name not in told]
        return f"{others[0]} belongs to another host, and is not told to this one" if others else ""

    def cover_named(self, url: str) -> str:
        """The address of a document that another names, covered; until this process ends it is asked for as written.

        So a publisher's key goes wherever the publisher sends it, to a host that hands out its sitemaps for instance.
        A login does not.
        """
        covered = self.cover(url)
        if covered != url and not open_login(url):
            self._as_written[covered] = url
        return covered

    def cover(self, text: str) -> str:
        """A text with each secret's value replaced by its name."""
        for value, name in self._covers:
            text = text.replace(value, f"${{{name}}}")
        return text

    def cover_feed(self, parsed: ParsedFeed) -> ParsedFeed:
        """A feed whose entries hold no secret: publishers put a subscriber's key into each link."""
        if not self._covers:
            return parsed
        problems = tuple(map(self.cover, parsed.problems))
        entries = tuple(map(self._cover_entry, parsed.entries))
        return dataclasses.replace(parsed, entries=entries, problems=problems, older_url=self.cover(parsed.older_url))

    def _cover_entry(self, entry: Entry) -> Entry:
        return dataclasses.replace(
            entry,
            guid=self.cover(entry.guid),
            url=self.cover(entry.url),
            title=self.cover(entry.title),
            author=self.cover(entry.author),
            summary=self.cover(entry.summary),
            content=self.cover(entry.content),
        )


def open_login(url: str) -> bool:
    """Whether an address holds a user or password in the open."""
    try:
        login, at, _ = urlsplit(url).netloc.rpartition("@")
    except ValueError:
        return False
    return bool(at) and not _LOGIN.fullmatch(login)


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}"
