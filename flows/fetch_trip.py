"""One fetch on its way: where it is, what it has cost, and the outcome it comes to."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
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


class Trip:
    """The state of one fetch between its redirects; each ending method builds an outcome from it."""

    def __init__(self, request: FetchRequest, url: httpx.URL | None, total_seconds: float) -> None:
        self.request = request
        self.here = url
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

    def _record(self, reason: str) -> dict[str, Any]:
        final_url = self.request.url if self.here is None else str(self.here)
        return {
            "url": self.request.url,
            "final_url": final_url,
            "kind": self.request.kind,
            "started_at": self._started_at,
            "seconds": round(self._seconds, 4),
            "bytes": self.progress.wire_bytes,
            "http_status": self.progress.status,
            "reason": reason,
            "permanent_url": final_url if self._has_moved and self._is_permanent else "",
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
