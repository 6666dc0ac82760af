"""What goes into a fetch and what comes out: the policy, a request, and the four outcomes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field

from flows.spool import Spool

MEBIBYTE = 1024 * 1024
FEED_BYTES, PAGE_BYTES, ROBOTS_BYTES = 10 * MEBIBYTE, 5 * MEBIBYTE, 512 * 1024
"""The most that is read of each; configuration may lessen it."""
MOST_SECONDS = 20.0
"""No address may hold a run for longer, whatever configuration says."""
LEAST_GAP_SECONDS = 1.0
"""Less lies between two requests to a host only where it is one of STANCEWATCH_LOCAL_HOSTS."""
_MONITOR_SECONDS = 1800.0
"""Nobody waits longer for a turn: by then the next run is due."""
Seconds = Annotated[float, Field(gt=0, le=MOST_SECONDS)]


class FetchKind(StrEnum):
    """Why something is fetched; decides its size limit and what is asked for."""

    FEED = "feed"
    PAGE = "page"
    ROBOTS = "robots"
    DISCOVERY = "discovery"


class Cause(StrEnum):
    """Whose doing it is that something was not fetched; what to do about it depends on that."""

    HTTP = "http"
    NETWORK = "network"
    TIME = "time"
    SIZE = "size"
    REDIRECT = "redirect"
    ADDRESS = "address"
    SITE = "site"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How the client behaves towards the world; the keys of ``fetch:`` in config/feeds.yml.

    ``gap_seconds`` lies between two requests to one host; ``total_seconds`` bounds the exchanges of one fetch,
    redirects included, waiting for a turn excluded, and ``site_seconds`` those for what a site asks of machines;
    ``max_wait_seconds`` bounds that waiting; after ``slow_seconds`` an exchange no longer counts against
    ``concurrency``, so that hosts which stall do not delay the others.

    Of exchanges that have grown slow, 16 times as many may be open, each a file: hence the bound of ``concurrency``.
    """

    user_agent: str = "Stancewatch/{version} (+{contact})"
    contact: str = "https://github.com/stancewatch/stancewatch"
    gap_seconds: Annotated[float, Field(ge=0, le=_MONITOR_SECONDS)] = LEAST_GAP_SECONDS
    total_seconds: Seconds = 18.0
    site_seconds: Seconds = 10.0
    max_wait_seconds: Annotated[float, Field(ge=1, le=_MONITOR_SECONDS)] = 300.0
    slow_seconds: Seconds = 1.0
    concurrency: Annotated[int, Field(ge=1, le=64)] = 32
    feed_max_bytes: Annotated[int, Field(ge=1, le=FEED_BYTES)] = FEED_BYTES
    page_max_bytes: Annotated[int, Field(ge=1, le=PAGE_BYTES)] = PAGE_BYTES
    robots_max_bytes: Annotated[int, Field(ge=1, le=ROBOTS_BYTES)] = ROBOTS_BYTES

    def max_bytes(self, kind: FetchKind) -> int:
        """The limit for a body of this kind, on the wire and decoded."""
        if kind is FetchKind.FEED:
            return self.feed_max_bytes
        return self.robots_max_bytes if kind is FetchKind.ROBOTS else self.page_max_bytes

    def seconds(self, request: FetchRequest) -> float:
        """How long the exchanges of a fetch may take in all."""
        limit_seconds = self.total_seconds
        if request.kind is FetchKind.ROBOTS:
            limit_seconds = min(limit_seconds, self.site_seconds)
        return min(limit_seconds, request.within_seconds)


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One address to fetch; ``etag`` and ``last_modified`` are what it answered with the last time.

    ``within_seconds`` is what is left for it where several fetches serve one purpose.
    """

    url: str
    kind: FetchKind
    etag: str = ""
    last_modified: str = ""
    within_seconds: float = math.inf


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

    spool: Spool
    etag: str
    last_modified: str
    content_type: str
    charset: str
    link: str = ""
    """The Link header, which may announce feeds."""
    max_age_seconds: int = 0
    """For how long the server says that it will not change; 0 where it does not say."""

    @property
    def body(self) -> bytes:
        """All bytes, read into memory."""
        return self.spool.read()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified(Exchange):
    """The server says that what it sent the last time still stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Exchange):
    """Not fetched, or not used, by our own rules: address, robots.txt, reservation, a turn too far."""

    cause: Cause = Cause.ADDRESS
    retry_after_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Exchange):
    """The world did not deliver: network, HTTP error, time or size limit."""

    cause: Cause = Cause.HTTP
    retry_after_seconds: int | None = None
    is_gone: bool = False


Outcome: TypeAlias = Fetched | NotModified | Refused | Failed
