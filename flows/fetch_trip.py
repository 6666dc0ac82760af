"""One fetch on its way: where it is, what it has cost, and the outcome it comes to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flows import clock
from flows.fetch_exchange import Progress
from flows.fetch_records import Cause, Failed, Fetched, FetchRequest, NotModified, Refused
from flows.retry_after import read_max_age

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from flows.fetch_exchange import Reply

_PERMANENT = frozenset({301, 308})
_GONE = 410


@dataclass(frozen=True, slots=True)
class Errand:
    """What a fetch takes along and does not show: a login, and how secrets are taken out of what is recorded."""

    login: str = field(repr=False, default="")
    cover: Callable[[str], str] = field(repr=False, default=lambda text: text)


class Trip:
    """The state of one fetch between its redirects; each ending method builds an outcome from it."""

    def __init__(
        self, request: FetchRequest, url: httpx.URL | None, total_seconds: float, errand: Errand | None = None
    ) -> None:
        self.request = request
        self.here = url
        self._errand = errand or Errand()
        self.cover = self._errand.cover
        self.shown = self.cover(request.url)
        """The address asked for, as people may see it."""
        self._home = _origin(url)
        self._started_at = clock.now()
        self.total_seconds = total_seconds
        self._seconds = 0.0
        self.progress = Progress()
        self._is_permanent = True
        self._has_moved = False

    @asynccontextmanager
    async def clock(self) -> AsyncIterator[None]:
        """Count the time within, and end it when the time for the whole trip is up.

        Raises:
            TimeoutError: The time is up.
        """
        before = time.perf_counter()
        try:
            async with asyncio.timeout(self.total_seconds - self._seconds):
                yield
        finally:
            self._seconds += time.perf_counter() - before

    def move(self, target: httpx.URL) -> None:
        """Go on to where a redirect points."""
        self._is_permanent &= self.progress.status in _PERMANENT
        self._has_moved = True
        self.here = target

    def login(self, url: httpx.URL) -> str:
        """The login for an address: for the host that it was given for, and no other."""
        return self._errand.login if _origin(url) == self._home else ""

    def _record(self, reason: str) -> dict[str, Any]:
        cover = self.cover
        final_url = self.shown if self.here is None or not self._has_moved else str(self.here)
        is_learnable = (
            self._has_moved and self._is_permanent and cover(final_url) == final_url and not self._errand.login
        )
        return {
            "url": self.shown,
            "final_url": cover(final_url),
            "kind": self.request.kind,
            "started_at": self._started_at,
            "seconds": round(self._seconds, 4),
            "bytes": self.progress.wire_bytes,
            "http_status": self.progress.status,
            "reason": cover(reason),
            "permanent_url": final_url if is_learnable else "",
        }

    def fetched(self, reply: Reply) -> Fetched:
        """End with the body."""
        return Fetched(
            **self._record(""),
            spool=reply.spool,
            etag=reply.header("etag"),
            last_modified=reply.header("last-modified"),
            content_type=reply.header("content-type"),
            charset=reply.charset(),
            link=reply.header("link"),
            max_age_seconds=read_max_age(reply.header("cache-control")),
        )

    def not_modified(self) -> NotModified:
        """End with what was known before."""
        return NotModified(**self._record("not modified since it was fetched last"))

    def refused(self, cause: Cause, reason: str, retry_after_seconds: int | None = None) -> Refused:
        """End by our own rules."""
        return Refused(**self._record(reason), cause=cause, retry_after_seconds=retry_after_seconds)

    def failed(self, cause: Cause, reason: str, retry_after_seconds: int | None = None) -> Failed:
        """End by the world's doing."""
        return Failed(
            **self._record(reason),
            cause=cause,
            retry_after_seconds=retry_after_seconds,
            is_gone=self.progress.status == _GONE,
        )


def _origin(url: httpx.URL | None) -> tuple[str, bytes, int | None] | None:
    return None if url is None else (url.scheme, url.raw_host, url.port)
