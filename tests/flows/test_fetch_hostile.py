"""Servers that stall, lie, bomb and break off: each one outcome, with its reason, in time."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc

import brotli
import pytest
from backports import zstd

from flows.fetch import Failed, Fetched, Fetcher, FetchKind, FetchPolicy, FetchRequest
from tests.flows.loopback import Loopback, Script, drip, reply, reset

POLICY = FetchPolicy(total_seconds=0.6, gap_seconds=0.0, feed_max_bytes=200_000, page_max_bytes=100_000)
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def bomb() -> bytes:
    """Some 100 kB that unpack to 100 MB."""
    return gzip.compress(b"\0" * 100_000_000, 9)


TIMEOUT = "no complete answer within 0.6 s"
FAULTS: dict[str, tuple[bytes | Script, str]] = {
    "slow body": (drip(HEAD + b"Content-Length: 5000\r\n\r\n", b"x"), TIMEOUT),
    "slow head": (drip(HEAD, b"X"), TIMEOUT),
    "silence": (drip(b"", b"", 0.1), TIMEOUT),
    "headers without end": (drip(HEAD, b"X-More: " + b"y" * 8_000 + b"\r\n", 0), "broken HTTP"),
    "one header without end": (drip(HEAD + b"X-Long: ", b"y" * 8_000, 0), "broken HTTP"),
    "103 for ever": (drip(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100, 0), "more came in"),
    "stray informational": (drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), TIMEOUT),
    "short of its length": (
        HEAD + b"Connection: close\r\nContent-Length: 500\r\n\r\nshort",
        "broken HTTP: peer closed connection",
    ),
    "two lengths": (HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nhello", "broken HTTP"),
    "reset in the body": (reset(HEAD + b"Content-Length: 500\r\n\r\npart"), "connection lost"),
    "reset before the head": (reset(b""), "connection lost"),
    "closed at once": (b"Connection: close", "broken HTTP"),
    "broken chunk": (CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n", "broken HTTP"),
    "not HTTP at all": (b"220 mail.example ESMTP connection: close\r\n", "broken HTTP"),
    "announced too large": (HEAD + b"Content-Length: 99999999\r\n\r\n", "announced as larger"),
    "too large": (drip(CHUNKED, b"3e8\r\n" + b"x" * 1_000 + b"\r\n", 0), "larger than 200,000 bytes"),
    "gzip of zeros": (reply(bomb(), Content_Encoding="gzip"), "larger than 200,000 bytes"),
    "gzip in gzip": (reply(b"x", Content_Encoding="gzip, gzip"), "packed more than once"),
    "not brotli": (reply(b"<rss/>", Content_Encoding="br"), "not what its header calls br"),
    "not zstd": (reply(b"<rss/>", Content_Encoding="zstd"), "not what its header calls zstd"),
    "cut brotli": (reply(brotli.compress(b"x" * 900)[:-4], Content_Encoding="br"), "br stream is cut short"),
    "cut zstd": (reply(zstd.compress(b"x" * 900)[:-4], Content_Encoding="zstd"), "zstd stream is cut short"),
    "brotli of zeros": (reply(brotli.compress(bytes(9_000_000)), Content_Encoding="br"), "larger than 200,000 bytes"),
    "zstd of zeros": (reply(zstd.compress(bytes(9_000_000)), Content_Encoding="zstd"), "larger than 200,000 bytes"),
    "compress": (reply(b"x", Content_Encoding="compress"), "packed with compress, which was not asked for"),
    "gzip file of zeros": (reply(bomb()), "larger than 200,000 bytes"),
    "gzip file in gzip": (reply(gzip.compress(gzip.compress(b"x")), Content_Encoding="gzip"), "packed more than once"),
    "gzip file in a gzip file": (reply(gzip.compress(gzip.compress(b"x"))), "within another"),
    "not gzip": (reply(b"<rss/>", Content_Encoding="gzip"), "not what its header calls gzip"),
    "cut gzip": (reply(gzip.compress(b"x" * 900)[:-9], Content_Encoding="gzip"), "gzip stream is cut short"),
    "empty gzip members": (reply(gzip.compress(b"") * 4_000, Content_Encoding="gzip"), "pieces"),
    "switching protocols": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "broken HTTP"),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "HTTP 204"),
    "part of it": (reply(b"part", "206 Partial Content"), "HTTP 206"),
    "server error that drips": (drip(b"HTTP/1.1 500 Oh\r\nContent-Length: 9999\r\n\r\n", b"x"), "HTTP 500"),
    "redirect to nowhere": (reply(status="302 Found"), "without saying where to"),
    "redirect to nonsense": (reply(status="302 Found", Location="http://x:port/"), "not a valid address"),
    "redirect to itself": (reply(status="302 Found", Location="/x"), "more than 5 redirects"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_every_fault_is_one_failed_outcome_in_time(fault: str) -> None:
    answer, reason = FAULTS[fault]
    async with (
        Loopback({"/x": answer}) as server,
        Fetcher(POLICY, frozenset({server.host}), "0") as fetcher,
    ):
        start = time.monotonic()
        outcome = await fetcher.fetch(FetchRequest(server.url("/x"), FetchKind.FEED))
        seconds = time.monotonic() - start
    assert isinstance(outcome, Failed), outcome
    assert reason in outcome.reason
    assert "\n" not in outcome.reason
    assert seconds < 1.5


async def test_a_bomb_takes_no_memory() -> None:
    packed = reply(bomb(), Content_Encoding="gzip")
    async with Loopback({"/x": packed}) as server, Fetcher(POLICY, frozenset({server.host}), "0") as fetcher:
        await fetcher.fetch(FetchRequest(server.url("/"), FetchKind.FEED))
        tracemalloc.start()
        outcome = await fetcher.fetch(FetchRequest(server.url("/x"), FetchKind.FEED))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert isinstance(outcome, Failed)
    assert peak < 5_000_000


async def test_a_port_where_nobody_listens() -> None:
    async with Loopback() as server:
        host = server.host
    async with Fetcher(POLICY, frozenset({host}), "0") as fetcher:
        outcome = await fetcher.fetch(FetchRequest(f"http://{host}/x", FetchKind.ROBOTS))
    assert isinstance(outcome, Failed)
    assert outcome.reason.startswith("no connection:")


async def test_plain_http_behind_https() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with Fetcher(POLICY, frozenset({host}), "0") as fetcher:
            outcome = await fetcher.fetch(FetchRequest(f"https://{host}/x", FetchKind.ROBOTS))
    assert isinstance(outcome, Failed)
    assert outcome.reason.startswith("no connection:")
    assert "SSL" in outcome.reason


async def test_bodies_that_look_like_something_to_open_are_just_bodies() -> None:
    bodies = {"/a": b"/etc/passwd", "/b": b"file:///dev/zero", "/c": b"http://127.0.0.1:1/"}
    answers: dict[str, bytes | Script] = {path: reply(body) for path, body in bodies.items()}
    async with Loopback(answers) as server, Fetcher(POLICY, frozenset({server.host}), "0") as fetcher:
        got = [await fetcher.fetch(FetchRequest(server.url(path), FetchKind.PAGE)) for path in bodies]
    assert [o.body for o in got if isinstance(o, Fetched)] == list(bodies.values())
    assert server.paths() == ["/robots.txt", "/.well-known/tdmrep.json", "/a", "/b", "/c"]


async def test_one_stalled_host_delays_no_other_even_past_the_concurrency() -> None:
    policy = FetchPolicy(total_seconds=1.5, gap_seconds=0.0, concurrency=2, slow_seconds=0.1)
    stalled = [Loopback({"/robots.txt": drip(b"", b"", 0.1)}) for _ in range(6)]
    async with asyncio.TaskGroup() as starting:
        for server in stalled:
            starting.create_task(server.__aenter__())
    async with Loopback({"/x": reply(b"quick")}) as quick:
        hosts = frozenset(server.host for server in (*stalled, quick))
        async with Fetcher(policy, hosts, "0") as fetcher, asyncio.TaskGroup() as group:
            slow = [group.create_task(fetcher.fetch(FetchRequest(s.url("/x"), FetchKind.FEED))) for s in stalled]
            await asyncio.sleep(0.01)
            start = time.monotonic()
            outcome = await fetcher.fetch(FetchRequest(quick.url("/x"), FetchKind.FEED))
            seconds = time.monotonic() - start
            for task in slow:
                task.cancel()
    for server in stalled:
        await server.__aexit__()
    assert isinstance(outcome, Fetched)
    assert seconds < 0.8
