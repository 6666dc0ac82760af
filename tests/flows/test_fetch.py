"""What an ordinary, well-meaning server gets from the client, and what becomes of its answers."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest
from backports import zstd

from flows.fetch import Failed, Fetched, Fetcher, FetchKind, FetchPolicy, FetchRequest, NotModified, Refused
from tests.flows.loopback import Loopback, Script, reply

POLICY = FetchPolicy(total_seconds=1.0, gap_seconds=0.0, contact="desk@stancewatch.example")


def client(*servers: Loopback, policy: FetchPolicy = POLICY) -> Fetcher:
    return Fetcher(policy, frozenset(server.host for server in servers), "1.2.3")


def feed(url: str, etag: str = "", last_modified: str = "") -> FetchRequest:
    return FetchRequest(url, FetchKind.FEED, etag, last_modified)


async def test_a_body_comes_with_what_the_server_says_of_it() -> None:
    answer = reply(b"<rss/>", Content_Type='Text/XML; charset="ISO-8859-1"', ETag='"a1"', Last_Modified="yesterday")
    async with Loopback({"/feed": answer}) as server, client(server) as fetcher:
        before = datetime.now(UTC)
        outcome = await fetcher.fetch(feed(server.url("/feed")))
    assert isinstance(outcome, Fetched)
    assert (outcome.body, outcome.etag, outcome.last_modified) == (b"<rss/>", '"a1"', "yesterday")
    assert (outcome.charset, outcome.http_status, outcome.bytes) == ("iso-8859-1", 200, 6)
    assert outcome.content_type.startswith("Text/XML")
    assert outcome.url == outcome.final_url == server.url("/feed")
    assert outcome.started_at >= before
    assert 0 < outcome.seconds < 1
    assert outcome.permanent_url == ""


async def test_the_request_is_honest_and_conditional() -> None:
    async with Loopback({"/feed": reply(b"x")}) as server, client(server) as fetcher:
        await fetcher.fetch(feed(server.url("/feed"), etag='W/"7"', last_modified="Mon, 02 Jun 2025 10:00:00 GMT"))
    sent = server.received[-1].headers
    assert sent["user-agent"] == "Stancewatch/1.2.3 (+desk@stancewatch.example)"
    assert sent["accept-encoding"] == "gzip, deflate"
    assert sent["if-none-match"] == 'W/"7"'
    assert sent["if-modified-since"] == "Mon, 02 Jun 2025 10:00:00 GMT"
    assert sent["host"] == server.host
    assert not {"cookie", "authorization"} & sent.keys()


async def test_a_validator_that_no_header_may_hold_is_not_sent() -> None:
    async with Loopback({"/feed": reply(b"x")}) as server, client(server) as fetcher:
        outcome = await fetcher.fetch(feed(server.url("/feed"), etag='"a"\r\nX-Evil: 1'))
    assert isinstance(outcome, Fetched)
    assert "x-evil" not in server.received[-1].headers
    assert "if-none-match" not in server.received[-1].headers


async def test_not_modified_needs_a_conditional_request() -> None:
    async with Loopback({"/feed": b"HTTP/1.1 304 Not Modified\r\n\r\n"}) as server, client(server) as fetcher:
        asked = await fetcher.fetch(feed(server.url("/feed"), etag='"a1"'))
        unasked = await fetcher.fetch(feed(server.url("/feed")))
    assert isinstance(asked, NotModified)
    assert isinstance(unasked, Failed)
    assert unasked.reason == "HTTP 304 to a question not asked"


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"<rss>ok</rss>")),
        ("x-gzip", gzip.compress(b"<rss>") + gzip.compress(b"ok</rss>")),
        ("gzip", gzip.compress(b"<rss>ok</rss>") + b"\0" * 20),
        ("deflate", zlib.compress(b"<rss>ok</rss>")),
        ("deflate", zlib.compress(b"<rss>ok</rss>")[2:-4]),
        ("br", brotli.compress(b"<rss>ok</rss>")),
        ("zstd", zstd.compress(b"<rss>ok</rss>")),
        ("", gzip.compress(b"<rss>ok</rss>")),
        ("identity", b"<rss>ok</rss>"),
    ],
)
async def test_packed_bodies_are_unpacked(encoding: str, packed: bytes) -> None:
    answers: dict[str, bytes | Script] = {"/feed": reply(packed, Content_Encoding=encoding)}
    async with Loopback(answers) as server, client(server) as fetcher:
        outcome = await fetcher.fetch(feed(server.url("/feed")))
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"<rss>ok</rss>"
    assert outcome.bytes == len(packed)


async def test_connections_are_used_again() -> None:
    async with Loopback({"/feed": reply(b"x"), "/page": reply(b"y")}) as server, client(server) as fetcher:
        for path in ("/feed", "/page", "/feed"):
            assert isinstance(await fetcher.fetch(feed(server.url(path))), Fetched)
    # the 404s for robots.txt and tdmrep.json end one each, whatever the number of fetches
    assert server.connections <= 3


async def test_gone_and_retry_after_are_told() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=90)
    answers = {
        "/gone": reply(status="410 Gone"),
        "/later": reply(status="503 Service Unavailable", Retry_After=format_datetime(moment, usegmt=True)),
        "/never": reply(status="503 Service Unavailable", Retry_After="99999999999999"),
        "/odd": reply(status="503 Service Unavailable", Retry_After="soon"),
        "/busy": reply(status="429 Too Many Requests", Retry_After="120"),
    }
    async with Loopback(dict(answers)) as server, client(server) as fetcher:
        got = {path: await fetcher.fetch(feed(server.url(path))) for path in answers}
    assert all(isinstance(outcome, Failed) for outcome in got.values())
    waits = {path: outcome.retry_after_seconds for path, outcome in got.items() if isinstance(outcome, Failed)}
    assert waits["/busy"] == 120
    assert waits["/later"] in range(85, 91)
    assert waits["/never"] == 24 * 3600
    assert waits["/odd"] is None
    gone = got["/gone"]
    assert isinstance(gone, Failed)
    assert gone.is_gone
    assert gone.reason == "HTTP 410"
    assert gone.http_status == 410


async def test_redirects_are_followed_and_permanent_ones_told() -> None:
    answers = {
        "/old": reply(status="301 Moved", Location="/newer"),
        "/newer": reply(status="308 Moved", Location="new#top"),
        "/new": reply(b"here"),
        "/today": reply(status="302 Found", Location="/old"),
    }
    async with Loopback(dict(answers)) as server, client(server) as fetcher:
        permanent = await fetcher.fetch(feed(server.url("/old")))
        passing = await fetcher.fetch(feed(server.url("/today")))
    assert isinstance(permanent, Fetched)
    assert permanent.body == b"here"
    assert permanent.permanent_url == permanent.final_url == server.url("/new")
    assert isinstance(passing, Fetched)
    assert passing.permanent_url == ""


async def test_a_reservation_against_mining_is_honoured() -> None:
    page = b'<html><head><meta name="tdm-reservation" content="1"></head><p>text</p></html>'
    open_page = b'<html><head><meta name="tdm-reservation" content="0"></head><p>text</p></html>'
    answers = {"/header": reply(b"x", TDM_Reservation="1"), "/meta": reply(page), "/open": reply(open_page)}
    async with Loopback(dict(answers)) as server, client(server) as fetcher:
        got = [await fetcher.fetch(FetchRequest(server.url(path), FetchKind.PAGE)) for path in answers]
    assert [type(outcome) for outcome in got] == [Refused, Refused, Fetched]
    assert "reserves" in got[0].reason
