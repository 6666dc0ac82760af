"""What killed processes left half written is swept up by upkeep, and nothing else is touched."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.processes import start_code
from warehouse.copies import back_up
from warehouse.database import Warehouse
from warehouse.scratch import COPY, scratch_folder

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 2, tzinfo=UTC)
LEFT = (
    "backups/warehouse-20260601.duckdb.new",
    "backups/warehouse-20260601.duckdb.new.wal",
    "backups/warehouse-20260601.duckdb.new.lease/7",
    "backups/by-hand.duckdb.new",
    "backups/warehouse-20260601.duckdb.restoring/draft.duckdb",
    "warehouse.duckdb.restoring/clean.duckdb",
    "warehouse.before-20260601T120000.duckdb.restoring/draft.duckdb",
    "warehouse.duckdb.seized",
    "warehouse.duckdb.wal.seized",
    "warehouse.published.duckdb.new",
    "stancewatch-scratch-ab_cd123/copy.duckdb",
    "moved.duckdb.moving",
    "moved.duckdb.moving.wal",
    "moved.duckdb.moving.lease/7",
)
KEPT = (
    "backups/warehouse-20260601.duckdb",
    "backups/other-20260601.duckdb.new",
    "backups/notes.new",
    "other.duckdb.restoring/draft.duckdb",
    "other.duckdb.seized",
    "stancewatch-scratch-notes/copy.duckdb",
    "stancewatch-scratch-ab_cd124/mine.txt",
    "stancewatch-archives/copy.duckdb",
    "stancewatch-report.html",
    "warehouse.published.duckdb.tmp/spilt",
    "backups/warehouse-20260601.duckdb.tmp/spilt",
    "warehouse.before-20260601T120000.duckdb.tmp/spilt",
    "warehouse.duckdb.tmp/spilt",
)
WORK = """
import sys
from pathlib import Path
from warehouse.scratch import COPY, scratch_folder
with scratch_folder(Path(sys.argv[1])) as folder:
    (folder / COPY).write_text("whole")
    print(folder, flush=True)
    sys.stdin.read()
"""
MAKE = """
import sys
from pathlib import Path
from warehouse.copies import write_copy
from warehouse.database import Warehouse
def watch(frame, event, argument):
    if f"{event} {frame.f_code.co_name}" == "call _verify":
        print("making", flush=True)
        sys.stdin.read()
with Warehouse.open(Path(sys.argv[1])) as warehouse:
    sys.setprofile(watch)
    write_copy(warehouse, Path(sys.argv[2]))
"""


MOVE = """
import sys
from pathlib import Path
from warehouse.moving import move
def stop(frame, event, _):
    if f"{event} {frame.f_code.co_name}" == "call put_in_place" and frame.f_back.f_code.co_name == "_pour_into_file":
        sys.setprofile(None)
        print("poured", flush=True)
        sys.stdin.readline()
sys.setprofile(stop)
print(move(Path(sys.argv[1]), Path(sys.argv[2])) > 0, flush=True)
"""
"""Waits with the draft of a move whole and its own lease on it over."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Warehouse.open(tmp_path / "warehouse.duckdb"):
        pass
    return tmp_path / "warehouse.duckdb"


def plant(path: Path, *names: str) -> list[Path]:
    files = [path.parent / name for name in names]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    return files


def test_the_daily_copy_sweeps_up_what_killed_processes_left(path: Path) -> None:
    left = plant(path, *LEFT)
    kept = [*plant(path, *KEPT[:-1]), path.parent / "stancewatch-catalogs"]
    kept[-1].mkdir()
    with Warehouse.open(path) as warehouse:
        kept += plant(path, KEPT[-1])
        target = back_up(warehouse, NOW, keep=7)
    assert [file for file in left if file.exists()] == []
    assert not [
        folder for file in left if (folder := file.parent).name not in {"backups", path.parent.name} and folder.exists()
    ]
    assert [file for file in kept if not file.exists()] == []
    assert target.exists()


def test_a_copy_of_any_name_that_another_warehouse_makes_is_left_to_it(path: Path) -> None:
    other = path.with_name("other.duckdb")
    with Warehouse.open(other):
        pass
    (path.parent / "backups").mkdir()
    target = path.parent / "backups" / "by-hand.duckdb"
    with start_code(MAKE, other, target) as maker, Warehouse.open(path) as warehouse:
        assert maker.stdout
        assert maker.stdout.readline() == "making\n"
        draft = target.with_name(f"{target.name}.new")
        back_up(warehouse, NOW, keep=7)
        assert draft.exists()
        maker.send_signal(signal.SIGKILL)
        maker.wait()
        back_up(warehouse, NOW, keep=7)
        assert not draft.exists()


def test_a_copy_under_work_is_left_until_its_maker_is_gone(path: Path) -> None:
    with Warehouse.open(path) as warehouse, scratch_folder(path.parent) as own, start_code(WORK, path.parent) as other:
        (own / COPY).write_text("whole")
        assert other.stdout
        folder = path.parent / other.stdout.readline().strip()
        back_up(warehouse, NOW, keep=7)
        assert (own / COPY).exists()
        assert (folder / COPY).exists()
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert (folder / COPY).exists()
        back_up(warehouse, NOW, keep=7)
        assert not folder.exists()
        assert (own / COPY).exists()
    assert not own.exists()


@pytest.mark.parametrize("is_killed", [False, True])
def test_the_draft_of_a_move_is_left_until_its_maker_is_gone(path: Path, *, is_killed: bool) -> None:
    source, target = path.with_name("source.duckdb"), path.with_name("target.duckdb")
    Warehouse.open(source).close()
    before = {file.name for file in path.parent.iterdir()}
    with Warehouse.open(path) as warehouse, start_code(MOVE, source, target) as mover:
        assert mover.stdout
        assert mover.stdout.readline() == "poured\n"
        if is_killed:
            mover.kill()
            mover.wait()
        back_up(warehouse, NOW, keep=7)
        told, errors = mover.communicate("\n" if not is_killed else None)
    assert (told, errors) == ("" if is_killed else "True\n", "")
    made = {file.name for file in path.parent.iterdir()} - before
    moved = {"target.duckdb", "target.duckdb.lease", "target.duckdb.lock", "target.published.duckdb"}
    assert made == {"backups", *(set() if is_killed else moved)}
