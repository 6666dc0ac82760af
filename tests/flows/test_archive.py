"""Walks through archives: what publishers offer of older entries becomes history, once, and nothing else does."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from flows.archive import walk_archives
from flows.archive_plan import make_plan
from flows.config_file import ConfigError
from flows.poll import poll_feeds
from flows.read import read_entries
from flows.run import open_run
from tests.flows.loopback import reply
from tests.flows.press import XML, Press, settings

if TYPE_CHECKING:
    from pathlib import Path

    from flows.archive import Walk
    from flows.settings import Settings

SINCE = "2026-05-21"
WANTED = 10
"""Days from SINCE to NEWEST, and as many articles."""
ARTICLES = "SELECT url FROM articles"


def say(line: str) -> None:
    assert "\n" not in line


async def walk(chosen: Settings, since: str = SINCE, **limits: int) -> Walk:
    """Walk, and leave what was found to be read."""
    async with open_run(chosen, "backfill") as run:
        (only,) = await walk_archives(run, make_plan(since, (), chosen.feeds.archive, **limits), say)
    return only


async def read(chosen: Settings) -> None:
    """Read what waits, as `backfill` does."""
    async with open_run(chosen, "backfill") as run:
        while await read_entries(run, with_archives=True):
            pass


async def poll(chosen: Settings) -> None:
    """What a monitor run does: poll, and read what it reads."""
    async with open_run(chosen, "monitor") as run:
        await poll_feeds(run, is_forced=True)
        while await read_entries(run):
            pass


def rows(chosen: Settings, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(chosen.places.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def numbers(chosen: Settings, sql: str = "SELECT url FROM store.entries") -> list[int]:
    """The entries (or articles) that are stored, by their numbers."""
    return sorted(int(url.rstrip("/").rpartition("-")[2]) for (url,) in rows(chosen, sql))


async def test_a_paged_feed_is_walked_to_the_day_and_no_further(tmp_path: Path) -> None:
    async with Press() as site:
        chosen = settings(tmp_path, site)
        came = await walk(chosen)
        assert numbers(chosen) == list(range(WANTED))
        assert [path.rpartition("=")[2] for path in site.asked("/feed/")] == ["/feed/", "2", "3", "4"]
        assert (came.pages, came.new, came.why) == (4, WANTED, f"went back to {SINCE}")
        assert not site.asked("/sitemap")
        assert rows(chosen, "SELECT DISTINCT is_history FROM store.entries") == [(True,)]


async def test_a_second_run_asks_and_changes_nothing(tmp_path: Path) -> None:
    async with Press() as site:
        chosen = settings(tmp_path, site)
        await walk(chosen)
        await read(chosen)
        before = len(site.received)
        stored = rows(chosen, "SELECT * FROM store.articles ORDER BY article_id")
        came = await walk(chosen)
        await read(chosen)
        assert [path for path in site.paths()[before:] if path != "/robots.txt"] == []
        assert (came.pages, came.new, came.why) == (0, 0, f"went back to {SINCE}")
        assert rows(chosen, "SELECT * FROM store.articles ORDER BY article_id") == stored


async def test_an_earlier_day_goes_on_where_the_walk_ended(tmp_path: Path) -> None:
    async with Press() as site:
        chosen = settings(tmp_path, site)
        await walk(chosen, "2026-05-27")
        assert numbers(chosen) == list(range(4))
        came = await walk(chosen, SINCE)
        assert numbers(chosen) == list(range(WANTED))
        assert came.new == WANTED - 4


async def test_limits_end_a_run_and_the_next_goes_on(tmp_path: Path) -> None:
    async with Press() as site:
        chosen = settings(tmp_path, site)
        first = await walk(chosen, entries_per_feed=4)
        assert numbers(chosen) == list(range(4))
        assert first.why == "limit of 4 entries a feed: run again to go on"
        second = await walk(chosen, pages_per_feed=1)
        assert (second.pages, second.new) == (1, 2)
        assert second.why == "limit of 1 documents a feed: run again to go on"
        await walk(chosen)
        assert numbers(chosen) == list(range(WANTED))


async def test_what_may_be_news_is_left_to_the_poll(tmp_path: Path) -> None:
    async with Press(articles=14) as site:
        chosen = settings(tmp_path, site)
        await poll(chosen)
        before = rows(chosen, "SELECT etag, body_hash, baseline_at, last_ok_at, next_fetch_at FROM store.feeds")
        await walk(chosen)
        assert numbers(chosen) == list(range(WANTED))
        after = rows(chosen, "SELECT etag, body_hash, baseline_at, last_ok_at, next_fetch_at FROM store.feeds")
        assert after == before


async def test_what_the_last_poll_missed_by_hours_stays_news(tmp_path: Path) -> None:
    async with Press(newest=datetime.now(UTC), step=timedelta(hours=6), articles=9) as site:
        chosen = settings(tmp_path, site)
        await poll(chosen)
        day = (site.newest - timedelta(days=9)).date().isoformat()
        came = await walk(chosen, day)
        assert (came.left, came.new) == (1, 5)
        assert numbers(chosen) == [0, 1, 2, 4, 5, 6, 7, 8]
        before = len(site.received)
        assert (await walk(chosen, day)).new == 0
        assert site.paths()[before:] == ["/feed/?paged=2"]


async def test_history_waits_for_those_who_asked_for_it(tmp_path: Path) -> None:
    async with Press() as site:
        chosen = settings(tmp_path, site)
        await walk(chosen)
        await poll(chosen)
        assert not numbers(chosen, ARTICLES)
        await read(chosen)
        assert numbers(chosen, ARTICLES) == list(range(WANTED))
        assert rows(chosen, "SELECT count(*) FROM store.articles WHERE is_live") == [(0,)]


@pytest.mark.parametrize(
    ("generator", "param", "tried"),
    [("", "paged", ["paged=2"]), ("", "page", ["paged=2", "page=2"]), ("Drupal 10", "page", ["page=1"])],
)
async def test_ways_of_numbering_are_found(tmp_path: Path, generator: str, param: str, tried: list[str]) -> None:
    async with Press(articles=9, generator=generator, param=param) as site:
        await walk(settings(tmp_path, site))
        assert [path.partition("?")[2] for path in site.asked("/feed/?")][: len(tried)] == tried


async def test_a_feed_without_pages_ends_when_the_same_comes_again(tmp_path: Path) -> None:
    async with Press(generator="", is_paged=False) as site:
        came = await walk(settings(tmp_path, site))
        assert site.asked("/feed/") == ["/feed/", "/feed/?paged=2", "/feed/?page=2"]
        assert came.new == 3
        end = f"its archive ends: has no other entries at {site.url('/feed/?page=2')}"
        assert came.why == f"{end}; no sitemap gives more"


async def test_archives_that_feeds_name_are_followed_once_round(tmp_path: Path) -> None:
    async with Press(is_paged=False) as site:
        for name, older, count in (("/feed/", "/old.xml", 3), ("/old.xml", "/older.json", 3)):
            start = 0 if name == "/feed/" else 3
            rel = "next" if name == "/feed/" else "prev-archive"
            head = f'<atom:link rel="{rel}" href="{older}"/>'
            site.own[name] = reply(site.rss(range(start, start + count), head), **XML)
        entries = [{"id": site.url(f"/?p={n}"), "url": site.link(n), "title": f"Ward {n}"} for n in range(6, 9)]
        document = {"version": "https://jsonfeed.org/version/1.1", "items": entries, "next_url": site.url("/feed/")}
        site.own["/older.json"] = reply(json.dumps(document).encode(), Content_Type="application/feed+json")
        chosen = settings(tmp_path, site)
        await walk(chosen)
        assert numbers(chosen) == list(range(9))
        assert len(site.asked("/old")) == 2


async def test_a_failure_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    async with Press() as site:
        chosen = settings(tmp_path, site)
        site.own["/feed/?paged=3"] = reply(status="503 Service Unavailable")
        came = await walk(chosen)
        assert numbers(chosen) == list(range(6))
        assert came.why == f"HTTP 503 at {site.url('/feed/?paged=3')}: run again to go on"
        del site.own["/feed/?paged=3"]
        await walk(chosen)
        assert numbers(chosen) == list(range(WANTED))


async def test_pages_that_are_older_than_their_entry_says_are_dropped(tmp_path: Path) -> None:
    async with Press(articles=5) as site:
        old = site.page(4).replace(site.moment(4).isoformat().encode(), b"2025-01-06T10:00:00+00:00")
        site.own["/news/the-ward-is-coming-on-4/"] = reply(old.partition(b"\r\n\r\n")[2])
        chosen = settings(tmp_path, site)
        await walk(chosen)
        await read(chosen)
        assert numbers(chosen, ARTICLES) == list(range(4))
        assert rows(chosen, "SELECT stage, reason FROM drops WHERE stage = 'read'") == [
            ("read", f"is of 2025-01-06, before {SINCE}")
        ]


async def test_an_unknown_feed_and_a_wrong_day_are_one_line(tmp_path: Path) -> None:
    async with Press() as site:
        chosen = settings(tmp_path, site)
        with pytest.raises(ConfigError, match="no feed 'ward-9' in"):
            async with open_run(chosen, "backfill") as run:
                await walk_archives(run, make_plan(SINCE, ["ward-9"], chosen.feeds.archive), say)
        with pytest.raises(ConfigError, match="--since '31/01/2025' is no date; write it like 2025-01-31"):
            make_plan("31/01/2025", (), chosen.feeds.archive)


async def test_several_feeds_share_the_limit_of_a_walk(tmp_path: Path) -> None:
    async with Press() as one, Press() as two:
        chosen = settings(tmp_path, one, two)
        async with open_run(chosen, "backfill") as run:
            plan = make_plan(SINCE, (), chosen.feeds.archive, entries_in_all=8)
            walks = await walk_archives(run, plan, say)
        assert len(numbers(chosen)) == sum(came.new for came in walks) == 8
        assert {came.why for came in walks} == {"limit of 8 entries in all: run again to go on"}
