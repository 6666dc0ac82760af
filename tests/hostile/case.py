"""What a case of the hostile world is made of: how a site answers, and what a run must make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import TypeAlias

from tests.flows.loopback import Script, reply

Classes: TypeAlias = frozenset[str]
OK: Classes = frozenset({"ok"})
DEGRADED: Classes = frozenset({"degraded"})
FAILED: Classes = frozenset({"failed"})
REFUSED: Classes = frozenset({"refused"})
NOT_MODIFIED: Classes = frozenset({"not_modified"})
NOT_ASKED: Classes = frozenset()
"""No page is asked for."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole answer in which the names of places (`@site@`, `@canary@`, ...) are filled in before it is sent.

    A body that is large is given as a function that makes it.
    """

    body: str | bytes | Callable[[], bytes]
    status: str
    headers: Mapping[str, str]

    def rendered(self, places: Mapping[str, str]) -> bytes:
        """The bytes to send."""
        headers = {name: fill(value, places) for name, value in self.headers.items()}
        if isinstance(self.body, str):
            return reply(fill(self.body, places).encode(), self.status, **headers)
        return reply(self.body if isinstance(self.body, bytes) else self.body(), self.status, **headers)


Answer: TypeAlias = bytes | Script | Document


def document(body: str | bytes | Callable[[], bytes] = b"", status: str = "200 OK", **headers: str) -> Document:
    """A whole answer; header names are given with underscores for hyphens."""
    return Document(body, status, headers)


def fill(text: str, places: Mapping[str, str]) -> str:
    """A text with the names of places replaced by their host and port."""
    for name, host in places.items():
        text = text.replace(name, host)
    return text


@dataclass(frozen=True, slots=True)
class Case:
    """One feed whose site has one fault, and what must come of it.

    ``feed`` is how its address answers, ``paths`` how others do, ``again`` how they answer in a second run (without
    it the feed takes no part in that). ``expected`` are the classes that its outcome may have and ``reason`` a part
    of the recorded reason; ``page`` and ``page_reason`` likewise for the pages behind its entries. ``entries`` and
    ``articles`` are how many are stored in the end, ``article`` parts of one article's columns, ``drop`` a part of
    a recorded reason for leaving something out (None: nothing may be left out). ``moved`` is the path under which the feed is known in the end;
    ``wait_minutes`` is the pause until the feed is due again,
    ``asked`` lists the paths that its site saw (those under /.well-known/ aside), ``gap_seconds`` lies between any two of its requests at least.
    """

    name: str
    feed: Answer
    expected: Classes
    reason: str = ""
    _: KW_ONLY
    url: str = "http://@site@/feed"
    door: Script | None = None
    paths: Mapping[str, Answer] = field(default_factory=dict)
    again: Mapping[str, Answer] = field(default_factory=dict)
    page: Classes | None = None
    page_reason: str = ""
    entries: int | None = None
    articles: int | None = None
    article: Mapping[str, str] = field(default_factory=dict)
    drop: str | None = ""
    wait_minutes: float | None = None
    moved: str = ""
    asked: tuple[str, ...] | None = None
    gap_seconds: float = 0.0
