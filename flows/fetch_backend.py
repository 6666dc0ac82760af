"""The network under the client: connects only to checked addresses and counts what comes in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpcore

from flows.addresses import Resolver, checked_addresses

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

_HEAD_BYTES = 256 * 1024
"""What a server may send before the head of its answer is complete, informational answers included."""
_CONNECT_SECONDS = 5.0
"""For one address, so that a dead one leaves time for the next."""


class TooMuchError(Exception):
    """More arrived than was allowed; the text says what."""


class MeteredStream(httpcore.AsyncNetworkStream):
    """A connection that stops reading when an answer takes more bytes than it was allowed.

    A request written sets the allowance for the answer's head; :meth:`allow` adds that for its body.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._left_bytes = _HEAD_BYTES

    def allow(self, body_bytes: int) -> None:
        """Let that much more come in."""
        self._left_bytes += body_bytes

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - its base
        """Read from the connection."""
        data = await self._stream.read(max_bytes, timeout)
        self._left_bytes -= len(data)
        if self._left_bytes < 0:
            raise TooMuchError("more came in than the answer may take")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - its base
        """Write to the connection, which begins a new exchange."""
        self._left_bytes = _HEAD_BYTES
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - its base
    ) -> httpcore.AsyncNetworkStream:
        """Go on encrypted, metered as before."""
        return MeteredStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """What the connection below knows of itself."""
        return self._stream.get_extra_info(info)


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name once, checks every address, and connects to the very addresses it checked."""

    def __init__(self, resolve: Resolver, local_hosts: frozenset[str]) -> None:
        self._resolve = resolve
        self._local_hosts = local_hosts
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - its base
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers.

        Raises:
            AddressRefusedError: The host leads to an address that is not public.
            httpcore.ConnectError: The name is unknown or no address answers.
        """
        try:
            addresses = await checked_addresses(host, port, resolve=self._resolve, local_hosts=self._local_hosts)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} cannot be resolved: {error.strerror or error}") from error
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                async with asyncio.timeout(_CONNECT_SECONDS if len(addresses) > 1 else None):
                    stream = await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout, TimeoutError) as error:
                problem = error
            else:
                return MeteredStream(stream)
        raise httpcore.ConnectError(root_words(problem)) from problem

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore's own retries do."""
        await asyncio.sleep(seconds)


def root_words(error: BaseException) -> str:
    """What the system itself said, from the bottom of a chain of exceptions."""
    bottom = error
    while bottom.__cause__ is not None:
        bottom = bottom.__cause__
    if isinstance(bottom, TimeoutError):
        return "no address of the host answers"
    return getattr(bottom, "strerror", "") or str(bottom) or type(bottom).__name__
