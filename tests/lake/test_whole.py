"""The whole proof that a lake is the warehouse that a file is (`make lake-check`; minutes)."""

from __future__ import annotations

import os
import re
import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import duckdb
import pytest
from moto.server import ThreadedMotoServer

from tests.flows.world import World, running_world
from tests.lake.alike import differences, history, published_rows
from tests.lake.servers import database_of, empty_database, empty_lake, run_sql
from tests.warehouse.processes import holding, start_code
from tests.warehouse.recount import drifted
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, at, new_file, page, words
from warehouse.articles import record_drops
from warehouse.copies import back_up
from warehouse.database import Warehouse, WarehouseBusyError
from warehouse.extensions import extension_file
from warehouse.inspection import ReadFile, sum_tables
from warehouse.lake import read_lake
from warehouse.moving import move
from warehouse.polls import Drop
from warehouse.published import publish, query_published
from warehouse.rewriting import obey_file
from warehouse.standing_orders import new_orders
from warehouse.tending import tend

if TYPE_CHECKING:
    from collections import Counter

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.environ.get("TEST_WAREHOUSES") != "lakes", reason="minutes: make lake-check")


def two_days(world: World, path: Path) -> list[Counter[str]]:
    """What the runs of both days did, and that of the second day once more."""
    world = replace(world, environment=world.environment | {"STANCEWATCH_WAREHOUSE": str(path)})
    world.newsroom.show_day(1)
    done = [world.watch()]
    world.newsroom.show_day(2)
    return [*done, world.watch(), world.watch()]


def test_the_newsroom_leaves_the_same_rows_in_a_file_and_in_a_lake(tmp_path: Path) -> None:
    start = datetime.now(UTC)
    file, lake = tmp_path / "file.duckdb", empty_lake(tmp_path / "lake.lake")
    with running_world(tmp_path / "world") as world:
        done = [two_days(world, path) for path in (file, lake)]
    assert done[0] == done[1]
    assert done[0][1]["events_shift"]
    rows = published_rows(file, start)
    assert not differences(rows, published_rows(lake, start))
    assert len(rows["statements"]) > 50


def test_moved_there_and_back_and_on_it_goes_with_every_view_the_same(tmp_path: Path) -> None:
    file, lake, back = new_file(tmp_path), empty_database(tmp_path / "nhs.lake"), tmp_path / "back.duckdb"
    with Warehouse.open(file) as warehouse:
        history(Timeline(warehouse))
        publish(warehouse)
    before = file.read_bytes()
    assert move(file, lake) > 100
    assert not differences(published_rows(file), published_rows(lake))
    assert file.read_bytes() == before
    for path in (file, lake):
        with Warehouse.open(path) as warehouse:
            timeline = Timeline(warehouse)
            timeline.runs = 10
            timeline.read(page("d", 3, Said(TARN, "central", words(5)), Said(PEAKE, "central", words(6))))
            assert not drifted(timeline)
            publish(warehouse)
    rows = published_rows(file)
    assert not differences(rows, published_rows(lake))
    assert {"stance_events", "statements", "corrections"} <= {view for view, found in rows.items() if found}
    move(lake, back)
    with ReadFile(file) as one, ReadFile(back) as other:
        assert sum_tables(one) == sum_tables(other)


READ = """
import sys
from pathlib import Path
from warehouse.published import query_published
seen = []
while not seen or seen[-1] < int(sys.argv[2]):
    ((counted, articles),) = query_published(Path(sys.argv[1]), "SELECT count(*), count(DISTINCT url) FROM drops").rows
    assert counted == 2 * articles, "half a run"
    seen.append(articles)
assert seen == sorted(seen)
print(len(seen))
"""


def test_readers_in_a_loop_never_see_half_a_run(tmp_path: Path) -> None:
    lake, runs = empty_lake(tmp_path / "nhs.lake"), 12
    with Warehouse.open(lake) as warehouse:
        publish(warehouse)
        readers = [start_code(READ, lake, runs) for _ in range(2)]
        for run in range(runs):
            for stage in ("read", "analyse"):  # a run's two transactions: between them, each address is there once
                record_drops(warehouse, at(1), [Drop(f"u{run}", stage, "why")])
            publish(warehouse)
        for reader in readers:
            printed, errors = reader.communicate(timeout=600)
            assert (reader.returncode, errors) == (0, "")
            assert int(printed.split()[-1]) >= 2


MOVE = """
import os, signal, sys
from pathlib import Path
from warehouse import moving
from warehouse.database import Warehouse
steps = 0
PLACES = (Warehouse.execute.__code__, moving.publish.__code__)

def watch(frame, event, argument):
    global steps
    if event == "call" and frame.f_code in PLACES:
        steps += 1
        if steps == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(watch)
moving.move(Path(sys.argv[1]), Path(sys.argv[2]))
sys.setprofile(None)
print("moved", steps)
"""


def test_a_move_that_is_killed_leaves_the_source_and_is_run_again(tmp_path: Path) -> None:
    file, lake, back = new_file(tmp_path), empty_database(tmp_path / "nhs.lake"), tmp_path / "back.duckdb"
    with Warehouse.open(file) as warehouse:
        history(Timeline(warehouse))
        publish(warehouse)
    before = file.read_bytes()
    for source, target in ((file, lake), (lake, back)):
        for step in (3, 20, 60, 110, 10_000):
            with start_code(MOVE, source, target, step) as process:
                printed, errors = process.communicate(timeout=600)
            assert errors == ""
            assert process.returncode in {0, -signal.SIGKILL}
            if process.returncode == 0:
                break
        assert "moved" in printed  # behind DuckDB's own progress, where it was slow
    assert file.read_bytes() == before
    assert not differences(published_rows(file), published_rows(lake))
    assert not differences(published_rows(file), published_rows(back))


def test_a_writer_that_is_killed_lets_go_and_the_next_goes_on(tmp_path: Path) -> None:
    lake = empty_lake(tmp_path / "nhs.lake")
    with holding(lake) as holder:
        with pytest.raises(WarehouseBusyError, match=f"process {holder.pid} on"):
            Warehouse.open(lake)
        holder.kill()
        with Warehouse.open(lake, wait_seconds=30) as warehouse:
            record_drops(warehouse, at(1), [Drop("u", "read", "why")])


def test_upkeep_keeps_files_and_snapshots_from_growing(tmp_path: Path) -> None:
    lake = empty_lake(tmp_path / "nhs.lake")
    folder, sizes = lake.with_suffix(".files"), []
    with Warehouse.open(lake) as warehouse:
        for _ in range(3):
            for number in range(8):
                record_drops(warehouse, at(1), [Drop(f"u{number}", "read", "why")])
            grown = len(list(folder.rglob("*.parquet")))
            assert tend(warehouse, datetime.now(UTC) + timedelta(days=1)) > 0
            sizes.append(len(list(folder.rglob("*.parquet"))))
            assert sizes[-1] < grown
            assert query_published(lake, "SELECT count(*) FROM drops").rows == ((8 * len(sizes),),)
        assert sizes[0] == sizes[-1]
        ((snapshots,),) = warehouse._connection.execute("SELECT count(*) FROM lake.snapshots()").fetchall()
        assert snapshots <= 2
        assert back_up(warehouse, at(1), keep=1).is_file()


def test_any_client_that_may_only_read_attaches_as_documented(tmp_path: Path) -> None:
    lake = empty_lake(tmp_path / "nhs.lake")
    with Warehouse.open(lake) as warehouse:
        record_drops(warehouse, at(1), [Drop("u", "read", "why")])
        publish(warehouse)
        record_drops(warehouse, at(1), [Drop("v", "read", "why")])
    found = read_lake(lake)
    assert found
    database = found.catalogue.rpartition("dbname=")[2]
    text = (ROOT / "docs" / "lake.md").read_text(encoding="utf-8")
    granted, attached = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    run_sql(granted, database)
    address = found.catalogue.replace("user=postgres", "user=reader")
    with duckdb.connect() as plain:
        for name in ("postgres_scanner", "ducklake"):
            plain.load_extension(str(extension_file(name)))
        attached = attached.replace("dbname=stancewatch host=db.example user=reader", address)
        first, shown, rest = attached.partition("FROM catalogue.stancewatch;")
        plain.execute(first)
        snapshot = plain.execute(shown).fetchall()[0][3]
        for statement in plain.extract_statements(rest.replace("4711", str(snapshot))):
            plain.execute(statement)
        assert plain.execute("SELECT url FROM drops").fetchall() == [("u",)]
        with pytest.raises(duckdb.Error):
            plain.execute("CALL postgres_execute('catalogue', 'DELETE FROM stancewatch')")


def test_the_same_in_a_bucket_with_keys_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not 'to' be seen")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        endpoint = "http://{}:{}".format(*server.get_host_and_port())
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", endpoint)
        bucket = boto3.client("s3", region_name="us-east-1")
        bucket.create_bucket(Bucket="nhs")
        file, lake = new_file(tmp_path), empty_database(tmp_path / "nhs.lake", "s3://nhs/lake")
        with Warehouse.open(file) as warehouse:
            history(Timeline(warehouse))
            publish(warehouse)
        move(file, lake)
        for path in (file, lake):
            with Warehouse.open(path) as warehouse:
                record_drops(warehouse, at(1), [Drop("u", "read", "why")])
                tend(warehouse, datetime.now(UTC) + timedelta(days=1))
                publish(warehouse)
        assert not differences(published_rows(file), published_rows(lake))
        hidden = "SELECT count(*) FROM duckdb_settings() WHERE contains(value, 'be seen')"
        assert query_published(lake, hidden).rows == ((0,),)
        obey_file(lake, new_orders(()), wait_seconds=0)  # as for somebody forgotten: what was there before is gone
        assert not differences(published_rows(file), published_rows(lake))
        kept = {str(path) for (path,) in run_sql("SELECT path FROM ducklake_data_file", database_of(lake))}
        assert {Path(each["Key"]).name for each in bucket.list_objects_v2(Bucket="nhs")["Contents"]} == kept
    finally:
        server.stop()
