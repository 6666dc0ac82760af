"""What robots.txt files and reservations come to, read without a network."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import httpx
import pytest

from flows.fetch_records import Fetched, FetchKind, FetchRequest, Outcome
from flows.robots import RobotsBook, is_reserved


def book_with(text: str, asked: list[str] | None = None) -> RobotsBook:
    async def fetch(request: FetchRequest) -> Outcome:
        if asked is not None:
            asked.append(request.url)
        return Fetched(
            url=request.url, final_url=request.url, kind=FetchKind.ROBOTS, started_at=datetime.now(UTC),
            seconds=0.0, bytes=0, http_status=200, reason="", permanent_url="", body=text.encode(), etag="",
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
    assert asked == [
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
