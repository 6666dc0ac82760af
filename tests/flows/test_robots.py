"""What robots.txt files and reservations come to, read without a network."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from flows.fetch_records import Failed, Fetched, FetchKind, FetchRequest, Outcome
from flows.reservation import closed_directive, is_path_reserved, is_reserved, read_reserved_paths
from flows.robots import RobotsBook
from flows.spool import Spool
from warehouse.sites import SiteRow


def book_with(text: str, asked: list[str] | None = None) -> RobotsBook:
    async def fetch(request: FetchRequest) -> Outcome:
        if asked is not None:
            asked.append(request.url)
        return Fetched(
            url=request.url, final_url=request.url, kind=FetchKind.ROBOTS, started_at=datetime.now(UTC),
            seconds=0.0, bytes=0, http_status=200, reason="", permanent_url="", spool=Spool.of(text.encode()), etag="",
            last_modified="", content_type="", charset="",
        )  # fmt: skip

    return RobotsBook(fetch)


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("User-agent: *\nDisallow: /", "/news", False),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/1", True),
        ("User-agent: Stancewatch\nAllow: /\n\nUser-agent: *\nDisallow: /", "/news", True),
        ("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nDisallow: /x", "/news", True),
        ("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /x", "/x/1", False),
        ("\ufeffUser-agent: *\nDisallow: /*?print=", "/news?print=1", False),
        ("user agent *\ndisallow /news$", "/news", False),
        ("Disallow: /", "/news", True),
    ],
)
async def test_rules(rules: str, path: str, is_allowed: bool) -> None:
    verdict = await book_with(rules).verdict(httpx.URL(f"https://news.example{path}"))
    assert (verdict.reason == "") is is_allowed


async def test_the_delay_is_that_of_our_own_group() -> None:
    rules = "User-agent: *\nCrawl-delay: 3\n\nUser-agent: SlowBot\nCrawl-delay: 99"
    verdict = await book_with(rules).verdict(httpx.URL("https://news.example/"))
    assert verdict.crawl_delay_seconds == 3.0


async def test_each_host_scheme_and_port_is_asked_once() -> None:
    asked: list[str] = []
    book = book_with("", asked)
    for url in ("https://a.example/1?q=2", "https://a.example/2", "http://a.example/", "https://a.example:8443/"):
        await book.verdict(httpx.URL(url))
    assert [url for url in asked if url.endswith("robots.txt")] == [
        "https://a.example/robots.txt",
        "http://a.example/robots.txt",
        "https://a.example:8443/robots.txt",
    ]


async def test_a_file_made_to_be_slow_is_not() -> None:
    agents = "\n".join(f"User-agent: bot{number}" for number in range(8_000))
    rules = "\n".join(f"Disallow: /{'*a' * 20}{number}" for number in range(6_000))
    start = time.perf_counter()
    await book_with(f"{agents}\n{rules}").verdict(httpx.URL(f"https://a.example/{'a' * 500}"))
    assert time.perf_counter() - start < 2


def failed(request: FetchRequest, status: int | None, retry_after_seconds: int | None = None) -> Failed:
    return Failed(
        url=request.url, final_url=request.url, kind=FetchKind.ROBOTS, started_at=datetime.now(UTC), seconds=0.0,
        bytes=0, http_status=status, reason="it is down", permanent_url="", retry_after_seconds=retry_after_seconds,
    )  # fmt: skip


def remembering(age: timedelta, status: int | None) -> tuple[RobotsBook, list[str]]:
    """A book that learnt of a site ``age`` ago, which answers with ``status`` now; and what it is asked."""
    asked: list[str] = []

    async def fetch(request: FetchRequest) -> Outcome:
        asked.append(request.url)
        return failed(request, status)

    known = SiteRow("https://a.example/", datetime.now(UTC) - age, "User-agent: *\nDisallow: /x", ("/paid/*",))
    return RobotsBook(fetch, [known]), asked


@pytest.mark.parametrize(("path", "is_allowed"), [("/x", False), ("/paid/1", False), ("/y", True)])
async def test_what_was_learnt_holds_for_a_day(path: str, is_allowed: bool) -> None:
    book, asked = remembering(timedelta(hours=23), 500)
    assert ((await book.verdict(httpx.URL(f"https://a.example{path}"))).reason == "") is is_allowed
    assert asked == []
    assert book.take_learnt() == ()


@pytest.mark.parametrize("status", [None, 429, 500, 503])
async def test_what_was_learnt_goes_on_to_hold_while_a_site_is_down(status: int | None) -> None:
    book, asked = remembering(timedelta(days=29), status)
    assert (await book.verdict(httpx.URL("https://a.example/x"))).reason == "robots.txt of a.example does not allow it"
    assert (await book.verdict(httpx.URL("https://a.example/y"))).reason == ""
    assert asked == ["https://a.example/robots.txt"]
    assert book.take_learnt() == ()


async def test_after_a_month_nothing_is_known() -> None:
    book, _ = remembering(timedelta(days=31), 500)
    verdict = await book.verdict(httpx.URL("https://a.example/y"))
    assert verdict.is_unknown
    assert verdict.reason == "nothing is fetched from a.example while its robots.txt is unknown: it is down"


async def test_a_file_that_is_gone_allows_everything_and_is_learnt() -> None:
    book, asked = remembering(timedelta(days=2), 404)
    assert (await book.verdict(httpx.URL("https://a.example/x"))).reason == ""
    assert asked == ["https://a.example/robots.txt", "https://a.example/.well-known/tdmrep.json"]
    (learnt,) = book.take_learnt()
    assert (learnt.origin, learnt.robots, learnt.reserved) == ("https://a.example/", "", ())


@pytest.mark.parametrize(
    ("header", "head", "directive"),
    [
        ("noindex, follow", b"", "noindex"),
        ("NONE", b"", "none"),
        ("googlebot: noindex, nosnippet", b"", ""),
        ("googlebot: noindex, stancewatch: noai", b"", "noai"),
        ("stancewatch : none", b"", "none"),
        ("max-snippet: 0", b"", "max-snippet:0"),
        ("max-snippet:-1, max-image-preview:large, max-video-preview:-1", b"", ""),
        ("unavailable_after: 25 Jun 2030 15:00:00 GMT, noarchive", b"", ""),
        ("index, follow", b'<meta name="robots" content="index, noindex">', "noindex"),
        ("", b"<META CONTENT='max-snippet:-1' NAME='robots'>", ""),
        ("", b'<meta name="googlebot" content="noindex">', ""),
        ("", b'<meta name="description" content="noindex"><p>robots noindex</p>', ""),
    ],
)
def test_directives_for_robots(header: str, head: bytes, directive: str) -> None:
    assert closed_directive(header, head) == directive


@pytest.mark.parametrize(
    ("file", "path", "is_reserved_there"),
    [
        (b'[{"location": "/", "tdm-reservation": 1}]', "/news/1", True),
        (b'[{"location": "/news/*.html$", "tdm-reservation": 1}]', "/news/a.html", True),
        (b'[{"location": "/news/*.html$", "tdm-reservation": 1}]', "/news/a.html?x=1", False),
        (b'[{"location": "/news/", "tdm-reservation": 0}, {"location": "/x", "tdm-reservation": 1}]', "/news/1", False),
        (b'[{"location": "*/paid/", "tdm-reservation": 1}]', "/a/paid/1", True),
        (b'[{"location": "/a$", "tdm-reservation": "1"}]', "/a", True),
        (b'[{"location": "/a$", "tdm-reservation": 1}]', "/ab", False),
        (b'[{"location": "*", "tdm-reservation": 1}]', "/", True),
        (b'[{"location": ["/"], "tdm-reservation": 1}, 7, {"tdm-reservation": 1}]', "/", False),
        (b'{"location": "/", "tdm-reservation": 1}', "/", False),
        (b"<rss/>", "/", False),
        (b"[" * 100_000, "/", False),
    ],
)
def test_the_file_of_reservations(file: bytes, path: str, is_reserved_there: bool) -> None:
    assert is_path_reserved(path, read_reserved_paths(file)) is is_reserved_there


@pytest.mark.parametrize(
    ("header", "body", "expected"),
    [
        ("1", b"", True),
        ("0", b"", False),
        ("", b"<META NAME=tdm-reservation CONTENT=1>", True),
        ("", b"<meta content='1' name='tdm-reservation'/>", True),
        ("", b'<meta name="tdm-reservation" content="0">', False),
        ("", b'<meta name="description" content="1">', False),
        ("", b"<p>a text about tdm-reservation content=1</p>", False),
    ],
)
def test_reservation(header: str, body: bytes, expected: bool) -> None:
    assert is_reserved(header, body) is expected


@pytest.mark.parametrize("delay", ["99999999999999999999", "1e99", "inf"])
async def test_a_delay_beyond_reason_is_a_day(delay: str) -> None:
    verdict = await book_with(f"User-agent: *\nCrawl-delay: {delay}").verdict(httpx.URL("https://news.example/"))
    assert 0 <= verdict.crawl_delay_seconds <= 24 * 3600


async def test_a_delay_that_is_no_number_is_none() -> None:
    verdict = await book_with("User-agent: *\nCrawl-delay: nan").verdict(httpx.URL("https://news.example/"))
    assert verdict.crawl_delay_seconds == 0.0
