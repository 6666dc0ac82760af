"""The backlog of reading: who is next and when, and what a chunk of reading leaves behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.warehouse.feed_rows import entry, feed, fetch, poll
from tests.warehouse.timeline import PEAKE, Said, Timeline, at, page, words
from warehouse.articles import ReadBatch, ReadOutcome, record_drops, record_reads, select_entries_to_read
from warehouse.polls import Drop, sync_feeds

if TYPE_CHECKING:
    from warehouse.articles import EntryForRead


@pytest.fixture
def waiting(timeline: Timeline) -> Timeline:
    """Two feeds, each with two waiting entries."""
    sync_feeds(timeline.warehouse, [feed("post"), feed("gazette")])
    for feed_id in ("post", "gazette"):
        poll(timeline.warehouse, entry(feed_id, "a", content="<p>Inline</p>"), entry(feed_id, "b", is_history=True))
    return timeline


def backlog(timeline: Timeline, day: int = 1, limit: int = 10) -> list[EntryForRead]:
    return select_entries_to_read(timeline.warehouse, at(day), limit)


def ended(row: EntryForRead, state: str, **more: Any) -> ReadOutcome:
    return replace(ReadOutcome(row.entry_id, state, "", row.attempts + 1, None, "", "", None), **more)


def record(timeline: Timeline, *outcomes: ReadOutcome) -> None:
    record_reads(timeline.warehouse, "run", at(1), ReadBatch(outcomes, [], [], []))


def test_the_backlog_says_all_that_reading_needs(waiting: Timeline) -> None:
    rows = backlog(waiting)
    assert len(rows) == 4
    (row,) = (row for row in rows if row.url == "https://post.example/a")
    assert (row.feed_id, row.publisher, row.title, row.content) == ("post", "Post", "Title of a", "<p>Inline</p>")
    assert (row.published_at, row.first_seen_at, row.is_history, row.attempts) == (at(1), at(1), False, 0)
    assert {row.is_history for row in rows if row.url.endswith("b")} == {True}
    assert backlog(waiting, limit=3) == rows[:3]


def test_first_attempts_come_first_and_retries_at_their_time(waiting: Timeline) -> None:
    first, second, *others = backlog(waiting)
    record(
        waiting,
        ended(first, "waiting", reason="timed out", next_attempt_at=at(3)),
        ended(second, "waiting", reason="busy", next_attempt_at=at(2)),
    )
    assert {row.entry_id for row in backlog(waiting, 1)} == {row.entry_id for row in others}
    *fresh, last = backlog(waiting, 2)
    assert {row.entry_id for row in fresh} == {row.entry_id for row in others}
    assert last.entry_id == second.entry_id
    late = backlog(waiting, 3)
    assert {row.entry_id for row in late[2:]} == {first.entry_id, second.entry_id}
    assert [row.attempts for row in late] == [0, 0, 1, 1]


@pytest.mark.parametrize("state", ["read", "dropped"])
def test_what_is_done_is_not_read_again_until_its_words_change(waiting: Timeline, state: str) -> None:
    done = backlog(waiting)[0]
    record(waiting, ended(done, state, etag='"p1"', last_modified="Tue", article_id="a1"))
    assert done.entry_id not in {row.entry_id for row in backlog(waiting, 90)}
    poll(waiting.warehouse, entry(done.feed_id, done.url, content_hash="other words"), day=2)
    (again,) = (row for row in backlog(waiting, 2) if row.entry_id == done.entry_id)
    assert (again.attempts, again.etag, again.last_modified) == (0, '"p1"', "Tue")


def test_a_page_that_did_not_change_keeps_its_article(waiting: Timeline) -> None:
    row = backlog(waiting)[0]
    record(waiting, ended(row, "read", article_id="a1"))
    record(waiting, ended(row, "read", article_id=None))
    assert waiting.query("SELECT article_id FROM store.entries WHERE state = 'read'") == [("a1",)]


def test_entries_of_a_feed_taken_out_are_still_read(waiting: Timeline) -> None:
    sync_feeds(waiting.warehouse, [])
    assert len(backlog(waiting)) == 4


def test_a_chunk_is_stored_whole(waiting: Timeline) -> None:
    read, dropped, *_ = backlog(waiting)
    article = page("a1", 1, Said(PEAKE, "local", words(1))).row()
    batch = ReadBatch(
        [ended(read, "read", article_id="a1"), ended(dropped, "dropped", reason="not found")],
        [article, replace(article, url="https://post.example/a1?print")],
        [fetch(read.url, kind="page"), fetch(dropped.url, kind="page", outcome="failed", http_status=404)],
        [Drop(dropped.url, "read", "not found")],
    )
    assert record_reads(waiting.warehouse, "run", at(1), batch) == {"articles_new": 1, "articles_edited": 0}
    assert waiting.query("SELECT article_id, kind, story_id, revision, themes FROM articles") == [
        ("a1", "feed", "a1", 1, [])
    ]
    assert waiting.query("SELECT count(*) FROM fetches") == [(2,)]
    record_drops(waiting.warehouse, at(2), [])
    record_drops(waiting.warehouse, at(2), [Drop("https://post.example/a1", "analyse", "took too long")])
    assert waiting.query("SELECT stage, reason FROM drops ORDER BY ALL") == [
        ("analyse", "took too long"),
        ("read", "not found"),
    ]


def test_a_failure_in_the_middle_of_storing_leaves_nothing(waiting: Timeline) -> None:
    row = backlog(waiting)[0]
    article = replace(page("a1", 1, Said(PEAKE, "local", words(1))).row(), publisher=None)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(Exception, match="NOT NULL"):
        record_reads(waiting.warehouse, "run", at(1), ReadBatch([ended(row, "read")], [article], [fetch(row.url)], []))
    assert waiting.query("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM fetches)") == [(0, 0)]
    assert len(backlog(waiting)) == 4
