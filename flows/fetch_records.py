"""What goes into a fetch and what comes out: the policy, a request, and the four outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

MEBIBYTE = 1024 * 1024


class FetchKind(StrEnum):
    """Why something is fetched; decides its size limit and what is asked for."""

    FEED = "feed"
    PAGE = "page"
    ROBOTS = "robots"
    DISCOVERY = "discovery"


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How the client behaves towards the world; the keys of ``fetch:`` in config/feeds.yml.

    ``gap_seconds`` lies between two requests to one host, ``local_gap_seconds`` to a host listed as local;
    ``total_seconds`` bounds the exchanges of one fetch, redirects included, waiting for a turn excluded;
    ``max_wait_seconds`` bounds that waiting; after ``slow_seconds`` an exchange no longer counts against
    ``concurrency``, so that hosts which stall do not delay the others.
    """

    user_agent: str = "Stancewatch/{version} (+{contact})"
    contact: str = "https://github.com/stancewatch/stancewatch"
    gap_seconds: float = 1.0
    local_gap_seconds: float = 0.0
    total_seconds: float = 20.0
    max_wait_seconds: float = 300.0
    slow_seconds: float = 2.0
    concurrency: int = 32
    feed_max_bytes: int = 10 * MEBIBYTE
    page_max_bytes: int = 5 * MEBIBYTE
    robots_max_bytes: int = 512 * 1024

    def max_bytes(self, kind: FetchKind) -> int:
        """The limit for a body of this kind, on the wire and decoded."""
        if kind is FetchKind.FEED:
            return self.feed_max_bytes
        return self.robots_max_bytes if kind is FetchKind.ROBOTS else self.page_max_bytes


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One address to fetch; ``etag`` and ``last_modified`` are what it answered with the last time."""

    url: str
    kind: FetchKind
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What every outcome records; ``bytes`` are those of bodies on the wire, ``seconds`` excludes waiting."""

    url: str
    final_url: str
    kind: FetchKind
    started_at: datetime
    seconds: float
    bytes: int
    http_status: int | None
    reason: str
    permanent_url: str
    """Where every redirect on the way was a 301 or 308: the new address; else an empty string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched(Exchange):
    """A body, decoded from its content encoding but not from its character set."""

    body: bytes
    etag: str
    last_modified: str
    content_type: str
    charset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified(Exchange):
    """The server says that what it sent the last time still stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Exchange):
    """Not fetched, or not used, by our own rules: address, robots.txt, reservation, a turn too far."""

    retry_after_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Exchange):
    """The world did not deliver: network, HTTP error, time or size limit."""

    retry_after_seconds: int | None = None
    is_gone: bool = False


Outcome: TypeAlias = Fetched | NotModified | Refused | Failed
