"""Copies for safe-keeping: verified, dated, the newest kept; and what is forgotten of old requests."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.feed_rows import fetch
from tests.warehouse.timeline import PEAKE, Said, Timeline, at, page, words
from warehouse import copies
from warehouse.copies import back_up
from warehouse.database import Warehouse, WarehouseError
from warehouse.inspection import sum_tables
from warehouse.polls import record_fetches
from warehouse.retention import forget_fetches

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


def test_only_old_requests_are_forgotten(filled: Timeline) -> None:
    requests = [fetch("https://post.example/feed", started_at=at(day)) for day in (1, 2, 3)]
    record_fetches(filled.warehouse, "run", requests)
    assert forget_fetches(filled.warehouse, at(1)) == 0
    assert forget_fetches(filled.warehouse, at(3) - timedelta(seconds=1)) == 2
    assert filled.query("SELECT started_at FROM fetches") == [(at(3),)]
    assert len(filled.events()) == 1
