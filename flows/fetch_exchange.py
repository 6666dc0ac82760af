"""One request and its answer over a connection of its own, within the limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpcore

from flows.addresses import Resolver, port_of
from flows.fetch_backend import CheckedBackend, MeteredStream, TooMuchError, root_words
from flows.fetch_body import ACCEPT_ENCODING, GZIP_MAGIC, EncodingError, body_reader, unpacked
from flows.fetch_connections import Connections
from flows.fetch_records import FetchKind, FetchPolicy, FetchRequest
from flows.retry_after import read_retry_after
from flows.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    import httpx

_FRAMING_FACTOR = 2
"""How much chunked transfer may add to a body."""
_MAX_HEADER_LENGTH = 1_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_ACCEPT = {
    FetchKind.FEED: b"application/atom+xml, application/rss+xml, application/feed+json,"
    b" application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
    FetchKind.ROBOTS: b"text/plain, */*;q=0.5",
}
_ACCEPT_PAGE = b"text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.5"
_OK = frozenset({200, 203})

# what the world does to an exchange, as opposed to our own mistakes
EXCHANGE_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.RemoteProtocolError,
    OSError,
    TooMuchError,
    EncodingError,
)


@dataclass(slots=True)
class Progress:
    """How far exchanges have come, also those that break off; ``wire_bytes`` adds up bodies."""

    status: int | None = None
    wire_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; ``spool`` is empty unless the status is one that carries the document asked for."""

    status: int
    headers: tuple[tuple[str, str], ...]
    spool: Spool = field(default_factory=Spool)

    @property
    def is_document(self) -> bool:
        """Whether the body is what was asked for."""
        return self.status in _OK

    def header(self, name: str) -> str:
        """All values of a header, joined; an empty string where it is missing."""
        return ", ".join(value for key, value in self.headers if key == name)[:_MAX_HEADER_LENGTH]

    def charset(self) -> str:
        """The character set that the Content-Type names."""
        found = _CHARSET.search(self.header("content-type"))
        return found[1].lower() if found else ""

    def location(self) -> str:
        """Where a redirect points to; an empty string where it does not say."""
        return next((value for key, value in self.headers if key == "location"), "").strip()

    def retry_after_seconds(self, now: datetime) -> int | None:
        """For how long the server asks to be left alone, a day at most; None where it does not say."""
        return read_retry_after(self.header("retry-after"), now)


class Exchanger:
    """The connections and the way one request goes over one of them."""

    def __init__(self, policy: FetchPolicy, user_agent: str, resolve: Resolver, local: frozenset[str]) -> None:
        self._policy = policy
        self._user_agent = _header_value(user_agent)
        self._connections = Connections(CheckedBackend(resolve, local), policy.concurrency)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._connections.aclose()

    async def get(self, url: httpx.URL, request: FetchRequest, progress: Progress, login: str = "") -> Reply:
        """Send a GET and read its answer, without following redirects; ``progress`` is kept up to date.

        ``login`` is the value of the Authorization header, if there is to be one.

        Raises:
            AddressRefusedError: The host leads to an address that is not public.
            httpcore.NetworkError: And all others of EXCHANGE_ERRORS.
        """
        target = httpcore.URL(scheme=url.scheme.encode(), host=url.raw_host, port=port_of(url), target=url.raw_path)
        progress.status = None
        sent = httpcore.Request(b"GET", target, headers=list(self._headers(url, request, login)))
        async with self._connections.use(target.origin) as connection:
            response = await connection.handle_async_request(sent)
            try:
                return await self._read(response, request.kind, progress)
            finally:
                await response.aclose()

    def _headers(self, url: httpx.URL, request: FetchRequest, login: str) -> Iterator[tuple[bytes, bytes]]:
        yield b"Host", url.netloc
        yield b"User-Agent", self._user_agent
        yield b"Accept", _ACCEPT.get(request.kind, _ACCEPT_PAGE)
        yield b"Accept-Encoding", ACCEPT_ENCODING
        if login:
            yield b"Authorization", login.encode("ascii")
        if etag := _header_value(request.etag):
            yield b"If-None-Match", etag
        if last_modified := _header_value(request.last_modified):
            yield b"If-Modified-Since", last_modified

    async def _read(self, response: httpcore.Response, kind: FetchKind, progress: Progress) -> Reply:
        headers = tuple((name.decode("latin-1").lower(), _text(value)) for name, value in response.headers)
        head = Reply(response.status, headers)
        progress.status = response.status
        if not head.is_document:
            if head.status == 304:  # noqa: PLR2004 - reading its end lets the connection be used again
                await response.aread()
            return head
        max_bytes = self._policy.max_bytes(kind)
        stream = response.extensions["network_stream"]
        if isinstance(stream, MeteredStream):
            stream.allow(max_bytes * _FRAMING_FACTOR)
        reader = body_reader(head.header("content-encoding"), max_bytes)
        # RFC 9309 has the start of an oversized robots.txt count
        is_start_enough = kind is FetchKind.ROBOTS
        if not is_start_enough and _declared_bytes(head) > max_bytes:
            raise TooMuchError(f"announced as larger than {max_bytes:,} bytes")
        try:
            async for chunk in response.aiter_stream():
                progress.wire_bytes += len(chunk)
                reader.take(chunk)
        except TooMuchError:
            if not is_start_enough:
                raise
            return Reply(head.status, headers, reader.so_far())
        return Reply(head.status, headers, _without_archive(reader.whole(), head, max_bytes))


def _without_archive(body: Spool, head: Reply, max_bytes: int) -> Spool:
    """A body that is a gzip file, as sitemaps often are, unpacked; packed for the way besides, it is refused."""
    is_packed = body.read(len(GZIP_MAGIC)) == GZIP_MAGIC
    if is_packed and head.header("content-encoding").strip().lower() not in {"", "identity"}:
        raise EncodingError("packed more than once (a gzip file within its encoding)")
    return unpacked(body, max_bytes) if is_packed else body


def _declared_bytes(reply: Reply) -> int:
    value = reply.header("content-length")
    return int(value) if value.isascii() and value.isdigit() else 0


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _header_value(text: str) -> bytes:
    """A value as it may be sent: nothing at all where it holds what no header may hold."""
    return text.encode() if text.isascii() and text.isprintable() and len(text) <= _MAX_HEADER_LENGTH else b""


def reason_of(error: BaseException, cover: Callable[[str], str]) -> str:
    """An exchange's error in one line; ``cover`` takes secrets out, before a cut could leave half of one."""
    is_ours = isinstance(error, (TooMuchError, EncodingError, httpcore.ConnectError))
    text = cover(" ".join((str(error) if is_ours else root_words(error)).split()))[:200]
    if isinstance(error, httpcore.RemoteProtocolError):
        return f"broken HTTP: {text}"
    if isinstance(error, httpcore.ConnectError):
        return f"no connection: {text}"
    return text if is_ours else f"connection lost: {text}"
