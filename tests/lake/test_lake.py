"""A lake holds what a file holds, one writer at a time, and readers see what is published."""

from __future__ import annotations

import contextlib
import os
import re
import socket
from pathlib import Path

import psycopg
import pytest

from tests.lake.alike import differences, history, published_rows
from tests.lake.servers import empty_database, empty_lake, over_network, postgres_folder
from tests.warehouse.processes import start_code
from tests.warehouse.timeline import Timeline, at, new_file
from warehouse.articles import record_drops
from warehouse.copies import back_up
from warehouse.database import RequestError, Warehouse, WarehouseBusyError, WarehouseError
from warehouse.lake import read_lake
from warehouse.moving import move
from warehouse.polls import Drop
from warehouse.published import is_published, open_published, publish, query_published
from warehouse.restoring import restore

pytestmark = pytest.mark.skipif(postgres_folder() is None, reason="needs PostgreSQL: apt-get install postgresql")
COUNT = "SELECT count(*) FROM drops"


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return empty_lake(tmp_path / "nhs.lake")


def drop(warehouse: Warehouse, *urls: str) -> None:
    record_drops(warehouse, at(1), [Drop(url, "read", "why") for url in urls])


def test_moved_into_a_lake_every_view_is_the_same(tmp_path: Path) -> None:
    file, lake = new_file(tmp_path), empty_database(tmp_path / "nhs.lake")
    with Warehouse.open(file) as warehouse:
        history(Timeline(warehouse))
        publish(warehouse)
    before = file.read_bytes()
    assert move(file, lake) > 100
    rows = published_rows(file)
    assert not differences(rows, published_rows(lake))
    assert {"stance_events", "statements", "corrections"} <= {view for view, found in rows.items() if found}
    assert file.read_bytes() == before
    with pytest.raises(RequestError, match="is there already"):
        move(lake, file)
    with pytest.raises(WarehouseError, match="stancewatch warehouse move"):
        restore(lake, file, at(80))


def test_readers_see_what_is_published_while_the_writer_goes_on(lake: Path) -> None:
    assert not is_published(lake)
    with pytest.raises(WarehouseError, match="nothing is published yet"):
        query_published(lake, COUNT)
    with Warehouse.open(lake) as warehouse:
        drop(warehouse, "a", "b")
        publish(warehouse)
        drop(warehouse, "c")
        with contextlib.suppress(ZeroDivisionError), warehouse.transaction():
            warehouse.execute("insert_migration", name="of a run that fails")
            raise ZeroDivisionError
        assert "of a run that fails" not in str(warehouse.execute("select_migrations"))
        with open_published(lake) as held:
            assert held.execute(COUNT).fetchall() == [(2,)]
            drop(warehouse, "d")
            publish(warehouse)
            assert held.execute(COUNT).fetchall() == [(2,)]
        with open_published(lake) as reader:
            assert reader.execute(COUNT).fetchall() == [(4,)]
            for refused in ("DELETE FROM store.drops", "SELECT * FROM read_text('/etc/hostname')", "ATTACH '/tmp/x'"):
                with pytest.raises(Exception, match=r"read-only|disabled"):
                    reader.execute(refused)
    for writing in (f"COPY (SELECT 1) TO '{lake.with_suffix('.files')}/x.csv'", "EXPORT DATABASE '/tmp/x'"):
        with pytest.raises(RequestError, match="writes files"):
            query_published(lake, writing)


def test_one_writes_at_a_time_and_whoever_lost_the_lease_commits_nothing(lake: Path) -> None:
    with Warehouse.open(lake) as warehouse:
        drop(warehouse, "a")
        with pytest.raises(WarehouseBusyError, match=r"in use by process \d+ on .+; wait for it, or end it"):
            Warehouse.open(lake)
        found = read_lake(lake)
        assert found
        with psycopg.connect(found.catalogue, autocommit=True) as session:  # as one that takes over does
            session.execute("UPDATE stancewatch SET token = token + 1, holder = 'process 7 on elsewhere'")
        with pytest.raises(WarehouseError, match="the lease went to process 7 on elsewhere; nothing more is written"):
            drop(warehouse, "b")
        with pytest.raises(WarehouseError, match="cannot be published: the lease went to"):
            publish(warehouse)
    with Warehouse.open(lake) as warehouse:
        drop(warehouse, "c")
        assert {row[0] for row in warehouse._connection.execute("SELECT url FROM store.drops").fetchall()} == {"a", "c"}


@pytest.mark.deep
def test_copies_and_moves_leave_nothing_beside_what_they_make(lake: Path) -> None:
    with Warehouse.open(lake) as warehouse:
        copies = [back_up(warehouse, at(day), keep=7) for day in (1, 2)]
    assert sorted(copies[0].parent.iterdir()) == copies
    target = lake.parent / "moved" / "nhs.duckdb"
    target.parent.mkdir()
    left_behind = target.parent / "stancewatch-scratch-ab_cd123"  # by a move that was killed
    left_behind.mkdir()
    (left_behind / "copy.duckdb.lock").touch()
    move(lake, target)
    left = {file.name for file in target.parent.iterdir()}
    assert left == {target.name, f"{target.name}.lock", f"{target.name}.lease", "nhs.published.duckdb"}


def test_who_may_read_the_files_of_a_lake_may_read_those_moved_there(tmp_path: Path) -> None:
    file, lake = new_file(tmp_path), empty_database(tmp_path / "nhs.lake")
    with Warehouse.open(file) as warehouse:
        drop(warehouse, "a")
    before = os.umask(0o027)
    try:
        move(file, lake)
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    made = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert {path.suffix for path in made} == {"", ".parquet"}
    assert {(path.is_dir(), path.stat().st_mode & 0o777) for path in made} == {(True, 0o750), (False, 0o640)}


READ_MUCH = """
import sys
from pathlib import Path
from warehouse.published import open_published
with open_published(Path(sys.argv[1])) as reader:
    reader.execute("SET memory_limit = '64MB'; SET enable_progress_bar = false")
    reader.execute("CREATE TEMP TABLE big AS SELECT md5(range::VARCHAR) AS a, range FROM range(3000000)")
    print("spilt", flush=True)
    sys.stdin.read()
    print(len(reader.execute("FROM big ORDER BY a LIMIT 9").fetchall()))
"""
"""Reads more than it may have in memory."""


@pytest.mark.deep
def test_what_killed_ones_spilt_beside_a_lake_goes_and_living_readers_keep_theirs(lake: Path) -> None:
    def spilt() -> int:
        files = [file for file in lake.parent.glob("stancewatch-*/*/*") if file.stat().st_size]
        return len({file.parts[-3] for file in files})

    with Warehouse.open(lake) as warehouse:
        publish(warehouse)
    old = lake.with_name("nhs.lake.tmp")  # of a writer
    old.mkdir()
    (old / "duckdb_temp_storage-0.tmp").touch()
    with start_code(READ_MUCH, lake) as one, start_code(READ_MUCH, lake) as other:
        for reader in (one, other):
            assert reader.stdout
            assert reader.stdout.readline() == "spilt\n"
        one.kill()
        one.wait()
        assert spilt() == 2
        with Warehouse.open(lake) as warehouse:
            assert not old.exists()
            back_up(warehouse, at(1), keep=7)
        assert spilt() == 1
        assert other.communicate() == ("9\n", "")
    assert not [*lake.parent.glob("stancewatch-*")]


LIMITS = {socket.TCP_KEEPIDLE: 10, socket.TCP_KEEPINTVL: 5, socket.TCP_KEEPCNT: 3, socket.TCP_USER_TIMEOUT: 30_000}


def limits_of_connections(port: int) -> list[dict[int, int]]:
    """What holds for each connection of this process with a port."""
    found = []
    for file in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(file.name))) as end:
            if end.family == socket.AF_INET and end.getpeername()[1] == port:
                assert end.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
                found.append({name: end.getsockopt(socket.IPPROTO_TCP, name) for name in LIMITS})
    return found


def test_no_connection_waits_for_a_catalogue_whose_machine_is_gone(lake: Path) -> None:
    """The system ends it after so many seconds without an answer, on our side; else a run would wait for hours."""
    with over_network() as address:
        text = lake.read_text(encoding="utf-8")
        lake.write_text(re.sub("catalogue: .* dbname=", f"catalogue: {address} dbname=", text), encoding="utf-8")
        port = int(address.split("port=")[1].split()[0])
        with Warehouse.open(lake) as warehouse:
            drop(warehouse, "a")
            publish(warehouse)
            written = limits_of_connections(port)
            with open_published(lake) as reader:
                assert reader.execute(COUNT).fetchall() == [(1,)]
                read = limits_of_connections(port)
        assert 2 <= len(written) < len(read)  # the lease's and DuckDB's own; a reader's beside them
        assert all(limits == LIMITS for limits in read)


WRONG = {
    "data: x\n": "must have two lines",
    "catalogue: dbname=x password=y\ndata: x\n": "holds a password; give it by PGPASSWORD",
    "catalogue: dbname=x\ndata:\n": "must be a folder",
    "catalogue: [\n": "cannot be read",
    "catalogue: host=/nowhere dbname=x\ndata: x\n": "the catalogue cannot be used",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_lake_that_is_named_wrongly_is_refused_with_a_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "nhs.lake"
    path.write_text(text)
    with pytest.raises(WarehouseError, match=WRONG[text]) as caught:
        Warehouse.open(path)
    assert "\n" not in str(caught.value)
    with pytest.raises(WarehouseError, match=WRONG[text]):
        query_published(path, "SELECT 1")
