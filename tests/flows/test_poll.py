"""Polls of servers that move, lie about change, go silent or are gone, run after run on a real warehouse."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from flows.poll import poll_feeds
from flows.run import open_run
from flows.settings import load_settings
from tests.flows.loopback import Loopback, Received, reply
from warehouse.database import Warehouse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.flows.loopback import Script


def rss(*names: str, more: str = "") -> bytes:
    """A feed with an entry for each name."""
    entries = "".join(
        f"<item><guid>{name}</guid><title>{name}</title><link>http://news.example/{name}</link>"
        "<pubDate>Wed, 03 Jun 2026 09:00:00 GMT</pubDate></item>"
        for name in names
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{more}{entries}</channel></rss>'.encode()


class Conditional(Loopback):
    """Says that nothing changed to whoever sends an entity tag."""

    def answer_to(self, request: Received) -> bytes | Script:
        if request.path == "/feed" and "if-none-match" in request.headers:
            return reply(status="304 Not Modified")
        return super().answer_to(request)


async def poll(
    home: Path, server: Loopback, url: str = "/feed", *, is_forced: bool = True, others: Sequence[str] = ()
) -> int:
    """Poll the one feed of a fresh or known warehouse, and others by name; returns how many were due."""
    config = home / "config"
    config.mkdir(exist_ok=True)
    address = server.url(url) if url.startswith("/") else url
    one = {"id": "post", "publisher": "Post", "kind": "blog", "homepage": address, "url": address, "expected_7d": 7}
    more = [one | {"id": name, "url": server.url(f"/{name}")} for name in others]
    feeds = {"fetch": {"gap_seconds": 0}, "feeds": [one, *more]}
    (config / "feeds.yml").write_text(yaml.safe_dump(feeds), encoding="utf-8")
    environment = {
        "STANCEWATCH_CONFIG": str(config), "STANCEWATCH_HOME": str(home), "STANCEWATCH_LOCAL_HOSTS": server.host,
    }  # fmt: skip
    async with open_run(load_settings(environment), "monitor") as run:
        return await poll_feeds(run, is_forced=is_forced)


def stored(home: Path, columns: str, table: str = "store.feeds") -> list[tuple[Any, ...]]:
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        return warehouse._connection.execute(f"SELECT {columns} FROM {table}").fetchall()  # noqa: S608 - our own


async def test_a_feed_rests_for_its_interval_and_then_asks_whether_anything_changed(tmp_path: Path) -> None:
    async with Conditional({"/feed": reply(rss("a"), ETag='"1"')}) as server:
        assert await poll(tmp_path, server, is_forced=False) == 1
        assert await poll(tmp_path, server, is_forced=False) == 0
        assert await poll(tmp_path, server) == 1
    assert stored(tmp_path, "status, failures") == [("not_modified", 0)]
    assert server.paths() == ["/robots.txt", "/.well-known/tdmrep.json", "/feed", "/feed"]
    assert server.received[-1].headers["if-none-match"] == '"1"'


async def test_once_a_day_a_feed_is_read_whole_though_its_server_calls_it_unchanged(tmp_path: Path) -> None:
    async with Conditional({"/feed": reply(rss("a"), ETag='"1"')}) as server:
        await poll(tmp_path, server)
        server.answers["/feed"] = reply(rss("a", "b"), ETag='"1"')
        await poll(tmp_path, server)
        assert stored(tmp_path, "count(*)", "store.entries") == [(1,)]
        with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
            warehouse._connection.execute("UPDATE store.feeds SET full_at = full_at - INTERVAL 1 DAY")
        await poll(tmp_path, server)
    assert stored(tmp_path, "count(*)", "store.entries") == [(2,)]


async def test_a_new_tag_for_the_same_bytes_is_no_change(tmp_path: Path) -> None:
    async with Loopback({"/feed": reply(rss("a"), ETag='"1"')}) as server:
        await poll(tmp_path, server)
        server.answers["/feed"] = reply(rss("a"), ETag='"2"')
        await poll(tmp_path, server)
    assert stored(tmp_path, "status, etag") == [("not_modified", '"2"')]


async def test_of_many_feeds_that_fail_the_first_are_named_and_all_are_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Loopback({"/feed": reply(rss("a"))}) as server:
        assert await poll(tmp_path, server, others=[f"gone-{number}" for number in range(20)]) == 21
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(told) == 6
    assert all(": HTTP 404 (http" in line for line in told[:5])
    assert told[5].startswith("20 of 21 feeds failed; ")
    assert len(stored(tmp_path, "feed_id", "store.feeds WHERE failures = 1 AND reason <> ''")) == 20


async def test_a_feed_that_moved_for_good_is_asked_there_after_three_times(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("stancewatch").addHandler(caplog.handler)
    async with Loopback({"/feed": reply(status="301 Moved", Location="/new"), "/new": reply(rss("a"))}) as server:
        for _ in range(4):
            await poll(tmp_path, server)
    logging.getLogger("stancewatch").removeHandler(caplog.handler)
    assert [path for path in server.paths() if "robots" not in path and "tdm" not in path] == [
        "/feed", "/new", "/feed", "/new", "/feed", "/new", "/new",
    ]  # fmt: skip
    assert f"feed post: moved for good to {server.url('/new')}; put this address into feeds.yml" in caplog.text


async def test_a_passing_redirect_moves_nothing(tmp_path: Path) -> None:
    async with Loopback({"/feed": reply(status="302 Found", Location="/new"), "/new": reply(rss("a"))}) as server:
        for _ in range(4):
            await poll(tmp_path, server)
    assert stored(tmp_path, "url, moved_to, moved_times") == [(server.url("/feed"), "", 0)]


async def test_a_feed_that_is_gone_is_retired_and_says_so(tmp_path: Path) -> None:
    async with Loopback({"/feed": reply(status="410 Gone")}) as server:
        assert await poll(tmp_path, server) == 1
        assert await poll(tmp_path, server) == 0
    assert stored(tmp_path, "status, notice", "feed_health") == [("retired", "HTTP 410")]


@pytest.mark.parametrize(
    ("answer", "minutes"),
    [
        (reply(rss("a", more="<ttl>240</ttl>")), 240),
        (reply(rss("a"), Cache_Control="public, max-age=18000"), 300),
        (reply(rss("a"), Cache_Control="no-cache, max-age=18000"), 60),
    ],
)
async def test_what_a_feed_asks_for_lengthens_its_interval(tmp_path: Path, answer: bytes, minutes: int) -> None:
    async with Loopback({"/feed": answer}) as server:
        await poll(tmp_path, server)
    ((learnt, pause),) = stored(tmp_path, "poll_minutes, date_diff('minute', last_ok_at, next_fetch_at)")
    assert learnt >= minutes
    assert 0.9 * learnt - 1 <= pause <= learnt


@pytest.mark.parametrize(
    ("answer", "status", "minutes"),
    [
        (reply(status="500 Oh No"), "failed", 180),
        (reply(status="404 Not Found"), "failed", 720),
        (reply(status="503 Busy", Retry_After="7200"), "failed", 120),
        (reply(b"<!doctype html><html><body>moved</body></html>"), "degraded", 720),
    ],
)
async def test_failures_in_a_row_lengthen_the_pause_by_kind(
    tmp_path: Path, answer: bytes, status: str, minutes: int
) -> None:
    async with Loopback({"/feed": answer}) as server:
        for _ in range(3):
            await poll(tmp_path, server)
    ((found, failures, pause),) = stored(
        tmp_path, "status, failures, date_diff('minute', (SELECT max(started_at) FROM store.runs), next_fetch_at)"
    )
    assert (found, failures) == (status, 3)
    assert 0.9 * minutes - 1 <= pause <= minutes


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://news.example/feed", "http://", "news.example/feed", "http://[x/"]
)
async def test_an_address_that_cannot_be_fetched_is_one_refused_feed(tmp_path: Path, url: str) -> None:
    async with Loopback() as server:
        assert await poll(tmp_path, server, url) == 1
    assert stored(tmp_path, "status", "feed_health") == [("refused",)]
    assert stored(tmp_path, "outcome, url", "fetches") == [("refused", url)]
