"""Many small publishers in one light process: a host each, all answers made up beforehand, only looked up when asked.

Everything lies on loopback, publisher number n at 127.1.x.y, one port for all. Run as a module it serves until its
standard input ends; :class:`FeedHosts` starts and ends it.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = 20
HOSTS_WITH_PAGES = 10
"""Each so-many-th host has one page that may be read; robots.txt keeps all others back."""
STALLED = 10
"""Each so-many-th host says nothing once hosts are to stall."""
_SENTENCE = "Board members in {place} discussed waiting times, staffing and next year's budget at their meeting. "
_ROBOTS = b"User-agent: *\nDisallow: /archive/\nDisallow: /search\nDisallow: /login\n"


class FeedHosts:
    """A running server of ``count`` hosts, each with one feed; a context manager."""

    def __init__(self, count: int) -> None:
        command = [sys.executable, "-m", "tests.bench.feed_server", str(count)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        port = int(self._told())
        self.hosts = tuple(f"{address(number)}:{port}" for number in range(count))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def stall(self) -> None:
        """From now on a tenth of the hosts take connections and say nothing."""
        assert self._process.stdin is not None
        self._process.stdin.write("stall\n")
        self._process.stdin.flush()
        self._told()

    def _told(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def address(number: int) -> str:
    """The loopback address of a publisher."""
    return f"127.1.{number // 250}.{1 + number % 250}"


def feed(number: int) -> bytes:
    """A feed as publishers print them: some 12 kB of RSS."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Board papers {number}</title>'
        f"<link>http://{address(number)}/</link><description>News of board {number}</description>"
        f"{''.join(_items(number))}</channel></rss>"
    ).encode()


def _items(number: int) -> Iterator[str]:
    text = _SENTENCE.format(place=f"district {number}") * 3
    for entry in range(ENTRIES):
        folder = "news" if entry == 0 and number % HOSTS_WITH_PAGES == 0 else "archive"
        yield (
            f"<item><title>District {number} board meets, part {entry}</title><link>/{folder}/{entry}.html</link>"
            f"<guid isPermaLink='false'>{number}-{entry}</guid><pubDate>Mon, {1 + entry:02} Jun 2026 09:00:00 GMT"
            f"</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        )


def page(number: int) -> bytes:
    """A short article."""
    text = "".join(f"<p>{_SENTENCE.format(place=f'district {number}') * 3}Part {part}.</p>" for part in range(12))
    title = f"District {number} board meets"
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


def _answer(body: bytes, kind: str, etag: str = "") -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"ETag: {etag}"] if etag else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass(frozen=True, slots=True)
class Answers:
    """What one host says. Odd hosts know no conditional requests."""

    by_path: dict[bytes, bytes]
    etag: bytes

    @classmethod
    def of(cls, number: int) -> Answers:
        """The answers of publisher ``number``."""
        etag = f'"{number}-1"' if number % 2 == 0 else ""
        by_path = {
            b"/robots.txt": _answer(_ROBOTS, "text/plain"),
            b"/feed.xml": _answer(feed(number), "application/rss+xml", etag),
            b"/news/0.html": _answer(page(number), "text/html; charset=utf-8"),
        }
        return cls(by_path, etag.encode())

    def to(self, head: bytes) -> bytes:
        """The answer to a request's head."""
        path = head.split(b" ", 2)[1]
        if self.etag and path == b"/feed.xml" and self.etag in head:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + self.etag + b"\r\n\r\n"
        return self.by_path.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


class _Publishers:
    """All hosts by address; those that stall are taken out."""

    def __init__(self, count: int) -> None:
        self._numbers = range(count)
        self.by_address = {address(number): Answers.of(number) for number in self._numbers}

    def stall(self) -> None:
        """Take a tenth of the hosts out, spread over all."""
        for number in self._numbers[STALLED // 2 :: STALLED]:
            del self.by_address[address(number)]


class _Connection(asyncio.Protocol):
    """One connection: answers request by request, or never."""

    def __init__(self, publishers: _Publishers) -> None:
        self._publishers = publishers
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._address: str = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        self._unread += data
        answers = self._publishers.by_address.get(self._address)
        while answers and b"\r\n\r\n" in self._unread:
            head, _, self._unread = self._unread.partition(b"\r\n\r\n")
            self._transport.write(answers.to(head))


async def serve(count: int) -> None:
    """Say the port, then serve until standard input ends; a line of it lets hosts stall."""
    most_files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))  # a listening socket a host
    publishers = _Publishers(count)
    loop = asyncio.get_running_loop()
    first = await loop.create_server(lambda: _Connection(publishers), address(0), 0)
    port = first.sockets[0].getsockname()[1]
    others = [address(number) for number in range(1, count)]
    await loop.create_server(lambda: _Connection(publishers), others, port)
    _say(str(port))
    while await loop.run_in_executor(None, sys.stdin.readline):
        publishers.stall()
        _say("some stall")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
