"""One process at a time holds the working file; whoever comes second is told who has it, and a dead one lets go."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.processes import holding, start_code
from tests.warehouse.timeline import PEAKE, Said, Timeline, page, words
from warehouse.database import Warehouse, WarehouseBusyError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_second_process_is_told_who_holds_the_file_and_a_kill_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with holding(path) as holder:
        with pytest.raises(WarehouseBusyError) as caught:
            Warehouse.open(path)
        assert str(caught.value) == f"{path}: in use by process {holder.pid}; wait for it, or end it"
        holder.kill()
        holder.wait()
        with Warehouse.open(path) as warehouse:
            assert path.with_name("warehouse.duckdb.lock").read_text() == str(os.getpid())
            Timeline(warehouse).read(page("a", 1, Said(PEAKE, "local", words(1))))


def test_whoever_waits_gets_the_file_when_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with holding(path) as holder:
        assert holder.stdin
        threading.Timer(0.1, holder.stdin.close).start()
        with Warehouse.open(path, wait_seconds=20):
            holder.wait()
            assert holder.returncode == 0


def test_waiting_ends(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with Warehouse.open(path):
        started = time.monotonic()
        with pytest.raises(WarehouseBusyError):
            Warehouse.open(path, wait_seconds=0.2)
        assert 0.2 <= time.monotonic() - started < 2


def test_a_refused_file_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_text("no database")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="cannot be opened as a warehouse"):
            Warehouse.open(path)
    path.unlink()
    Warehouse.open(path).close()


SPILL = """
import sys
from pathlib import Path
from warehouse.database import Warehouse
with Warehouse.open(Path(sys.argv[1])) as warehouse:
    warehouse._connection.execute("SET memory_limit = '64MB'; SET enable_progress_bar = false")
    warehouse._connection.execute("CREATE TEMP TABLE big AS SELECT md5(range::VARCHAR) AS a, range FROM range(3000000)")
    print("spilt", flush=True)
    sys.stdin.read()
"""
"""Has more in memory than it may."""


def test_what_a_killed_process_put_beside_the_file_for_want_of_memory_goes(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    spilt = tmp_path / "warehouse.duckdb.tmp"
    with start_code(SPILL, path) as process:
        assert process.stdout
        assert process.stdout.readline() == "spilt\n"
        process.kill()
    assert sum(file.stat().st_size for file in spilt.iterdir()) > 1_000_000
    Warehouse.open(path).close()
    assert not spilt.exists()


def test_what_was_committed_before_a_kill_is_there(tmp_path: Path) -> None:
    """The log beside the file is read in again."""
    path = tmp_path / "warehouse.duckdb"
    with Warehouse.open(path) as warehouse:
        Timeline(warehouse).read(page("a", 1, Said(PEAKE, "local", words(1))))
        copy = tmp_path / "killed.duckdb"
        copy.write_bytes(path.read_bytes())
        log = path.with_name("warehouse.duckdb.wal")
        copy.with_name("killed.duckdb.wal").write_bytes(log.read_bytes())
        copy.with_name("killed.duckdb.lock").write_text("4711")
    with Warehouse.open(copy) as warehouse:
        assert [event.kind for event in Timeline(warehouse).events()] == ["first"]
