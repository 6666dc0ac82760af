"""A server on the loopback interface that answers byte for byte as told, well or badly."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    at: float
    body: bytes = b""


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; header names are given with underscores for hyphens."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Loopback:
    """Answers by path; an unknown path gets a 404, a missing robots.txt included.

    Where there is a ``door``, it is all that a connection meets: no request is read.
    """

    answers: dict[str, bytes | Script] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    connections: int = 0
    address: str = "127.0.0.1"
    door: Script | None = None
    tls: ssl.SSLContext | None = None
    wanted_port: int = 0
    """0 takes a free one."""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self.address, self.wanted_port, ssl=self.tls)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self._tasks: set[asyncio.Task[None]] = set()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def host(self) -> str:
        return f"{self.address}:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def paths(self) -> list[str]:
        return [request.path for request in self.received]

    def answer_to(self, request: Received) -> bytes | Script:
        """What a request gets."""
        return self.answers.get(request.path, reply(status="404 Not Found"))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        try:
            if self.door is not None:
                await self.door(writer)
                return
            while await self._answer(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.split("\r\n")
        pairs = (line.split(": ", 1) for line in lines if line)
        headers = {name.lower(): value for name, value in pairs}
        path = first.split(" ")[1]
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        request = Received(path, headers, time.monotonic(), body)
        self.received.append(request)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            answer = self.answer_to(request)
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
                return b"connection: close" not in answer.lower()
            await answer(writer)
        finally:
            self.in_flight -= 1
        return False


def drip(start: bytes, piece: bytes, pause_seconds: float = 0.02, times: int = 1_000_000) -> Script:
    """An answer that begins and then goes on piece by piece."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        for _ in range(times):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_seconds)

    return script


def reset(start: bytes) -> Script:
    """An answer that is torn off by a reset of the connection."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        await writer.drain()
        await asyncio.sleep(0.02)
        # with lingering on and no time to linger, closing sends a reset
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return script
