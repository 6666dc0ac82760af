"""`feeds check` on sites of several kinds: what is wrong with a feed, and the mend for each kind of trouble."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from flows.feed_check import add_feed, check_feeds
from flows.settings import FeedFormat, load_settings
from tests.flows.loopback import Script, drip, reply
from tests.flows.press import NAMESPACE, Press, environment

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.now(UTC) - timedelta(days=2)
YEARS_AGO = DAY - timedelta(days=900)


def feed(title: str = "Ward news", date: datetime = DAY) -> bytes:
    entry = f"<item><title>A</title><link>/a</link><pubDate>{date:%d %b %Y %H:%M:%S} GMT</pubDate></item>"
    return reply(f"<rss version='2.0'><channel><title>{title}</title>{entry}</channel></rss>".encode())


def page(head: str = "", **headers: str) -> bytes:
    return reply(f"<html><head><title>Ward</title>{head}</head><body>Hello</body></html>".encode(), **headers)


def announced(href: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" href="{href}">'


NEWS_MAP = reply(
    f"<urlset {NAMESPACE} xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>http://x.example/a</loc>"
    f"<news:news><news:title>A</news:title><news:publication_date>{DAY:%Y-%m-%d}</news:publication_date></news:news>"
    "</url></urlset>".encode()
)
SITES: dict[str, tuple[dict[str, bytes], str]] = {
    "a header announces it": ({"/": page(Link="<n.rss>; rel=alternate; type=text/xml"), "/n.rss": feed()}, "/n.rss"),
    "comments are announced first": (
        {"/": page(announced("/talk") + announced("/n.rss")), "/talk": feed("Comments on: Beds"), "/n.rss": feed()},
        "/n.rss",
    ),
    "one that is announced is quiet": (
        {"/": page(announced("/old.rss")), "/old.rss": feed(date=YEARS_AGO), "/rss.xml": feed()},
        "/rss.xml",
    ),
    "nothing but a quiet one": ({"/": page(announced("/old.rss")), "/old.rss": feed(date=YEARS_AGO)}, "/old.rss"),
    "a system's own place": ({"/": page("<meta name=generator content=Ghost>"), "/rss/": feed()}, "/rss/"),
    "announced, but dead": ({"/": page(announced("/gone.rss")), "/feed.xml": feed()}, "/feed.xml"),
    "only a news sitemap": (
        {"/": page(), "/maps/news.xml": NEWS_MAP},
        "/maps/news.xml",
    ),
}  # fmt: skip


async def check(tmp_path: Path, site: Press, monkeypatch: pytest.MonkeyPatch, **more: object) -> int:
    for name, value in environment(tmp_path, site, **more).items():
        monkeypatch.setenv(name, value)
    return await asyncio.to_thread(check_feeds, [])


@pytest.mark.parametrize("kind", SITES)
async def test_a_dead_feed_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    answers, better = SITES[kind]
    async with Press() as site:
        site.own |= answers
        if "/maps/news.xml" in answers:
            site.own["/robots.txt"] = reply(f"Sitemap: {site.url('/maps/news.xml')}".encode())
        site.own["/feed/"] = reply(status="404 Not Found")
        assert await check(tmp_path, site, monkeypatch) == 1
        said = capsys.readouterr().out
        form = " and `format: sitemap`" if "sitemap" in kind else ""
        assert f"put `url: {site.url(better)}`{form} in feeds.yml" in said
        assert said.startswith(f"BAD  ward-1: {site.url('/feed/')} HTTP 404; found 1 entries, newest ")


TROUBLES: dict[str, tuple[bytes | Script, str]] = {
    "gone": (reply(status="410 Gone"), "HTTP 410: the publisher has withdrawn it for good: replace or remove it;"),
    "forbidden": (reply(status="403 Forbidden"), "ask them to let it in, and tell them who asks by fetch.contact"),
    "busy": (reply(status="429 Too Many", Retry_After="60"), "HTTP 429: the server asks for fewer requests"),
    "broken": (reply(status="500 Oh"), "HTTP 500: the server has trouble of its own: try again later"),
    "slow": (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b"x"), "raise fetch.total_seconds in feeds.yml"),
    "large": (reply(b"<rss>" + b" " * 5000), "larger than 1,000 bytes: raise fetch.feed_max_bytes in feeds.yml"),
    "circular": (reply(status="302 Found", Location="/feed/"), "the publisher's redirects lead nowhere"),
    "a page": (page(), "is HTML, not a feed; no feed announced at"),
    "empty": (reply(b"<rss version='2.0'><channel/></rss>"), "has no entries: the publisher may have stopped"),
    "private": (
        reply(status="302 Found", Location="http://10.0.0.1/"),
        "goes into STANCEWATCH_LOCAL_HOSTS as host:port",
    ),
    "closed": (b"", "the publisher's wish is kept: ask for permission"),
}


@pytest.mark.parametrize("kind", TROUBLES)
async def test_what_is_wrong_and_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    answer, words = TROUBLES[kind]
    limits = {"gap_seconds": 0, "total_seconds": 0.5, "feed_max_bytes": 1000}
    async with Press() as site:
        site.own |= {"/": page(), "/feed/": answer}
        if kind == "closed":
            site.own["/robots.txt"] = reply(b"User-agent: *\nDisallow: /feed/")
        assert await check(tmp_path, site, monkeypatch, fetch=limits) == 1
        (said, _) = capsys.readouterr().out.splitlines()
        assert words in said


USABLE: dict[str, tuple[bytes, str]] = {
    "moved": (reply(status="301 Moved", Location="/new.rss"), "moved for good: put `url: http://HOST/new.rss` in"),
    "a sitemap": (NEWS_MAP, "put `format: sitemap` in feeds.yml"),
    "undated": (reply(b"<rss version='2.0'><channel><item><link>/a</link></item></channel></rss>"), "bear no dates"),
}  # fmt: skip


@pytest.mark.parametrize("kind", USABLE)
async def test_what_works_and_should_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    answer, words = USABLE[kind]
    async with Press() as site:
        site.own |= {"/feed/": answer, "/new.rss": feed()}
        assert await check(tmp_path, site, monkeypatch) == 0
        assert words.replace("HOST", site.host) in capsys.readouterr().out


async def test_a_feed_of_comments_is_not_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Press() as site:
        site.own["/feed/"] = feed("Comments for Ward news")
        assert await check(tmp_path, site, monkeypatch) == 1
        assert "is a feed of comments: use the publisher's feed of articles" in capsys.readouterr().out


async def test_adding_a_site_that_has_only_a_sitemap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Press() as site, Press() as other:
        site.own |= {"/": page(), "/sitemap.xml": NEWS_MAP}
        site.own["/feed/"] = reply(status="404 Not Found")
        for name, value in environment(tmp_path, other).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("STANCEWATCH_LOCAL_HOSTS", f"{site.host},{other.host}")
        assert await asyncio.to_thread(add_feed, site.url(), "Ward Two", "blog") == 0
        added = load_settings().feeds.feeds[-1]
        assert (added.url, added.format) == (site.url("/sitemap.xml"), FeedFormat.SITEMAP)
