"""Copies for safe-keeping: verified, dated, the newest kept; and what is forgotten of old requests."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.feed_rows import entry, fetch, poll
from tests.warehouse.timeline import PEAKE, Said, Timeline, at, page, words
from warehouse import copies
from warehouse.copies import back_up, write_copy
from warehouse.database import Warehouse, WarehouseError
from warehouse.inspection import sum_tables
from warehouse.polls import record_fetches
from warehouse.retention import forget_feed_texts, forget_fetches

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def filled(timeline: Timeline) -> Timeline:
    timeline.read(page("a", 1, Said(PEAKE, "local", words(1))))
    return timeline


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "backups").iterdir())


def test_a_copy_is_a_whole_warehouse(filled: Timeline, tmp_path: Path) -> None:
    copy = back_up(filled.warehouse, at(1), keep=3)
    assert copy == tmp_path / "backups" / "warehouse-20260601.duckdb"
    filled.read(page("b", 2, Said(PEAKE, "central", words(2))))
    restored = tmp_path / "restored.duckdb"
    shutil.copyfile(copy, restored)
    with Warehouse.open(restored) as warehouse:
        assert [event.kind for event in Timeline(warehouse).events()] == ["first"]


def test_the_newest_are_kept_one_a_day(filled: Timeline, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "notes.txt").write_text("mine")
    for day in (1, 2, 2, 35, 4):
        back_up(filled.warehouse, at(day), keep=3)
    assert names(tmp_path) == [
        "notes.txt",
        "warehouse-20260602.duckdb",
        "warehouse-20260604.duckdb",
        "warehouse-20260705.duckdb",
    ]


def test_the_copy_of_a_day_is_that_of_its_last_run(filled: Timeline) -> None:
    back_up(filled.warehouse, at(1, 1), keep=3)
    filled.read(page("b", 2, Said(PEAKE, "central", words(2))))
    copy = back_up(filled.warehouse, at(1, 20), keep=3)
    with Warehouse.open(copy) as warehouse:
        assert len(Timeline(warehouse).events()) == 2


def test_a_copy_that_differs_is_no_copy(filled: Timeline, tmp_path: Path) -> None:
    draft = tmp_path / "draft.duckdb"
    Warehouse.open(draft).close()
    with pytest.raises(WarehouseError, match="does not hold what the warehouse does; check the disk"):
        copies._verify(draft, sum_tables(filled.warehouse))
    draft.write_bytes(b"no database")
    with pytest.raises(WarehouseError, match="the copy cannot be read: "):
        copies._verify(draft, sum_tables(filled.warehouse))


def test_a_place_that_cannot_be_written_is_told_in_one_line(filled: Timeline, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(WarehouseError) as caught:
        back_up(filled.warehouse, at(1), keep=3)
    assert str(caught.value) == (
        f"{tmp_path}/backups/warehouse-20260601.duckdb: cannot be written: File exists; free space or give permission"
    )


def test_a_copy_is_made_where_it_is_wanted_and_others_files_stay(filled: Timeline, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    mine = tmp_path / "backups" / "warehouse-mine.duckdb"
    mine.write_text("mine")
    write_copy(filled.warehouse, tmp_path / "backups" / "before-upgrade.duckdb")
    for day in (1, 2, 3):
        back_up(filled.warehouse, at(day), keep=1)
    assert names(tmp_path) == ["before-upgrade.duckdb", "warehouse-20260603.duckdb", "warehouse-mine.duckdb"]
    assert mine.read_text() == "mine"


def test_only_old_requests_are_forgotten(filled: Timeline) -> None:
    requests = [fetch("https://post.example/feed", started_at=at(day)) for day in (1, 2, 3)]
    record_fetches(filled.warehouse, "run", requests)
    assert forget_fetches(filled.warehouse, at(1)) == 0
    assert forget_fetches(filled.warehouse, at(3) - timedelta(seconds=1)) == 2
    assert filled.query("SELECT started_at FROM fetches") == [(at(3),)]
    assert len(filled.events()) == 1


def test_only_feed_texts_of_entries_read_and_long_gone_are_emptied(timeline: Timeline) -> None:
    gone, waits = entry("post", "gone", content="What the feed said"), entry("post", "waits", content="What it says")
    poll(timeline.warehouse, gone, waits)
    poll(timeline.warehouse, entry("post", "shown", content="What it still says"), day=9)
    read = "UPDATE store.entries SET state = 'read' WHERE title <> 'Title of waits'"
    timeline.warehouse._connection.execute(read)
    before = timeline.query("SELECT * EXCLUDE (content) FROM store.entries ORDER BY ALL")
    assert forget_feed_texts(timeline.warehouse, at(5)) == 1
    assert forget_feed_texts(timeline.warehouse, at(5)) == 0
    texts = [("Title of gone", ""), ("Title of shown", "What it still says"), ("Title of waits", "What it says")]
    assert timeline.query("SELECT title, content FROM store.entries ORDER BY ALL") == texts
    assert timeline.query("SELECT * EXCLUDE (content) FROM store.entries ORDER BY ALL") == before
