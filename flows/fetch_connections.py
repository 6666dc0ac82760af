"""Connections kept for the next request to their host, one a host, since each host has one request in flight."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

_KEEPALIVE_SECONDS = 4.0
"""Shorter than servers' own (5 s and up), so that a connection is not reused just as it is being closed."""


@cache
def _tls() -> ssl.SSLContext:
    """Certificates from one known place, not from where the environment points to; slow to load, so once."""
    return httpx.create_ssl_context(trust_env=False)


class Connections:
    """At most ``most_idle`` connections at rest; httpcore's own pool looks at all of them for every request."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, most_idle: int) -> None:
        self._backend = backend
        self._most_idle = most_idle
        self._idle: OrderedDict[str, httpcore.AsyncHTTPConnection] = OrderedDict()

    @asynccontextmanager
    async def use(self, origin: httpcore.Origin) -> AsyncIterator[httpcore.AsyncHTTPConnection]:
        """A connection to ``origin``, kept afterwards if it can serve again, else closed."""
        name = str(origin)
        connection = self._idle.pop(name, None)
        if connection is None or connection.has_expired() or not connection.is_available():
            if connection is not None:
                await connection.aclose()
            connection = self._new(origin)
        try:
            yield connection
        finally:
            if connection.is_available() and name not in self._idle:
                self._idle[name] = connection
            else:
                await connection.aclose()
        if len(self._idle) > self._most_idle:
            _, oldest = self._idle.popitem(last=False)
            await oldest.aclose()

    async def aclose(self) -> None:
        """Close those at rest."""
        while self._idle:
            _, connection = self._idle.popitem()
            await connection.aclose()

    def _new(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        return httpcore.AsyncHTTPConnection(
            origin, ssl_context=_tls(), keepalive_expiry=_KEEPALIVE_SECONDS, network_backend=self._backend
        )
