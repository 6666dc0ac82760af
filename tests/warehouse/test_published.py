"""The published file: whole or not at all for whoever reads while it is replaced, and nothing but reading."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.warehouse.processes import open_folder, run_code, run_unprivileged, start_code
from tests.warehouse.timeline import PEAKE, Said, Timeline, open_timeline, page, words
from warehouse.database import Warehouse, WarehouseError
from warehouse.published import open_published, publish, published_path, query_published
from warehouse.reading import find_article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAIN = """
import select, sys
import duckdb
def look(plain):
    (row,) = plain.execute("SELECT (SELECT count(*) FROM store.drops), (SELECT max(reason::INT) FROM drops),"
                           " (SELECT count(*) FROM store.runs)").fetchall()
    assert row[0] == row[1] + 1 == row[2] + 1, row
    return row[0]
def is_ended():
    return bool(select.select([sys.stdin], [], [], 0)[0])
path, seen = sys.argv[1], []
"""
READ = (
    PLAIN
    + """
print("reading", flush=True)
while not seen or not is_ended() or sys.stdin.read():
    with duckdb.connect(path, read_only=True) as plain:
        seen.append(look(plain))
with duckdb.connect(path, read_only=True) as plain:
    print(len(seen), len(set(seen)), look(plain))
"""
)
"""A client that knows nothing of us: it opens the file, asks and closes it, again and again."""
HOLD_AND_READ = (
    PLAIN
    + """
with duckdb.connect(path, read_only=True) as plain:
    print("reading", flush=True)
    while not seen or not is_ended() or sys.stdin.read():
        seen.append(look(plain))
print(len(seen), len(set(seen)), seen[-1])
"""
)
"""One that holds the file open all the while, and keeps reading it."""
COUNT_STEPS = """
import sys
import duckdb
print(duckdb.connect(sys.argv[1], read_only=True).execute("SELECT count(*) FROM drops").fetchone()[0])
"""
PUBLISH_AND_DIE = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.test_published import add_step
from tests.warehouse.timeline import Timeline
from warehouse.database import Warehouse
from warehouse.published import publish
first, moment = int(sys.argv[2]), sys.argv[3]
timeline, left = Timeline(Warehouse.open(Path(sys.argv[1]))), 3
def watch(frame, event, argument):
    global left
    if moment in (f"{event} {frame.f_code.co_name}", f"{event} {getattr(argument, '__name__', '')}"):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
while True:
    add_step(timeline, first)
    publish(timeline.warehouse)
    first += 1
"""
COUNT = """
import sys
from pathlib import Path
from warehouse.published import query_published
print(query_published(Path(sys.argv[1]), "SELECT count(*) FROM articles").rows)
"""
PUBLISH = """
import sys
from pathlib import Path
from warehouse.database import WarehouseError
from warehouse.published import publish
class Opened:
    path, lake = Path(sys.argv[1]), None
    def checkpoint(self): pass
    def check_lease(self): pass
try:
    publish(Opened())
except WarehouseError as error:
    print(error)
"""
FULL_DISK = """
import resource, sys
from pathlib import Path
from warehouse.database import Warehouse, WarehouseError
from warehouse.published import publish
with Warehouse.open(Path(sys.argv[1])) as warehouse:
    if sys.argv[2] == "changed":
        warehouse._connection.execute("CREATE TABLE store.big AS SELECT md5(range::VARCHAR) AS x FROM range(100000)")
    else:
        warehouse.checkpoint()
    resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))
    try:
        publish(warehouse)
    except WarehouseError as error:
        print(error)
"""


@pytest.fixture
def published(timeline: Timeline) -> Timeline:
    timeline.read(page("a", 1, Said(PEAKE, "local", words(1))))
    assert publish(timeline.warehouse) == published_path(timeline.warehouse.path)
    return timeline


def refusal(path: Path, sql: str) -> str:
    """The one line with which a query is refused."""
    with pytest.raises(WarehouseError) as caught:
        query_published(path, sql)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def add_step(timeline: Timeline, step: int) -> None:
    """Two changes in one transaction that a reader must see together."""
    with timeline.warehouse.transaction():
        timeline.warehouse._connection.execute(
            "INSERT INTO store.drops VALUES ('u', 'read', $step, now())", {"step": step}
        )
        if step:
            run = (
                "INSERT INTO store.runs BY NAME SELECT $step AS run_id, 'monitor' AS flow, 1 AS pid,"
                " now() AS started_at, now() AS heartbeat_at, 'running' AS status, '' AS detail, MAP {} AS counts"
            )
            timeline.warehouse._connection.execute(run, {"step": step})


@contextlib.contextmanager
def reading(code: str, path: Path, told: list[int]) -> Iterator[None]:
    """A process that reads for as long as this lasts; ``told`` gets its reads, the states it saw, and the last."""
    with start_code(code, path) as process:
        assert process.stdout
        assert process.stdout.readline() == "reading\n"
        yield
        output, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
        told += map(int, output.split())


@pytest.mark.deep
def test_readers_see_no_error_and_no_half_state_while_a_hundred_are_published(timeline: Timeline) -> None:
    add_step(timeline, 0)
    path = publish(timeline.warehouse)
    opened: list[int] = []
    held: list[int] = []
    with reading(READ, path, opened), reading(HOLD_AND_READ, path, held):
        for step in range(1, 101):
            add_step(timeline, step)
            publish(timeline.warehouse)
    reads, states, last = opened
    assert reads >= states > 5
    assert last == 101
    assert held[0] > 5
    assert held[1:] == [1, 1]
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "warehouse.duckdb",
        "warehouse.duckdb.lease",
        "warehouse.duckdb.lock",
        "warehouse.published.duckdb",
    ]


def test_readers_see_no_error_and_no_half_state_while_writers_are_killed(tmp_path: Path) -> None:
    working = tmp_path / "warehouse.duckdb"
    with open_timeline(tmp_path) as timeline:
        add_step(timeline, 0)
        path = publish(timeline.warehouse)
    told: list[int] = []
    stored, published = 1, []
    with reading(READ, path, told):
        for moment in ("return _share_blocks", "call put_in_place", "call sync_folder"):
            with start_code(PUBLISH_AND_DIE, working, stored, moment) as writer:
                _, errors = writer.communicate(timeout=60)
            assert (writer.returncode, errors) == (-9, "")
            with Warehouse.open(working) as warehouse:
                ((stored,),) = warehouse._connection.execute("SELECT count(*) FROM store.drops").fetchall()
            published.append(int(run_code(COUNT_STEPS, path)) - stored)
        with Warehouse.open(working) as warehouse:
            publish(warehouse)
    assert published == [-1, -1, 0]
    assert told[2] == stored
    assert not path.with_name(path.name + ".new").exists()


def test_a_reader_that_holds_the_old_file_keeps_it(published: Timeline) -> None:
    with open_published(published.warehouse.path) as held:
        published.read(page("b", 2, Said(PEAKE, "central", words(2))))
        publish(published.warehouse)
        assert held.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
        assert run_code(COUNT, published.warehouse.path) == "((2,),)\n"
        assert held.execute("SELECT count(*) FROM stance_events").fetchall() == [(1,)]


def test_what_is_not_published_is_not_seen(published: Timeline) -> None:
    published.read(page("b", 2, Said(PEAKE, "central", words(2))))
    result = query_published(published.warehouse.path, "SELECT article_id, kind FROM stance_events")
    assert (result.columns, result.rows) == (("article_id", "kind"), (("a", "first"),))


def test_before_the_first_publication_a_line_says_what_to_do(timeline: Timeline) -> None:
    line = refusal(timeline.warehouse.path, "SELECT 1")
    assert line.endswith("nothing is published yet; run `stancewatch run` or `stancewatch demo` first")


def test_a_published_file_that_is_damaged_is_refused_with_one_line(published: Timeline) -> None:
    published_path(published.warehouse.path).write_bytes(b"no database")
    assert "cannot be read" in refusal(published.warehouse.path, "SELECT 1")
    publish(published.warehouse)
    assert query_published(published.warehouse.path, "SELECT 1").rows == ((1,),)


REFUSED = (
    "INSERT INTO store.drops VALUES ('u', 'read', 'why', now())",
    "DELETE FROM store.articles",
    "CREATE TABLE store.mine (x INT)",
    "DROP VIEW main.articles",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "EXPORT DATABASE '{folder}/out'",
    "SELECT * FROM read_csv('{folder}/in.csv')",
    "SELECT * FROM '{folder}/in.csv'",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM glob('/etc/*')",
    "ATTACH '{folder}/other.duckdb'",
    "ATTACH '{folder}/warehouse.duckdb' AS live",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true; SELECT * FROM read_csv('{folder}/in.csv')",
    "SELECT no_such_column FROM articles",
    "SELEC 1",
    "SELECT 1; DELETE FROM store.articles",
)


def test_nothing_but_reading(published: Timeline) -> None:
    folder = published.warehouse.path.parent
    (folder / "in.csv").write_text("a,b\n1,2\n")
    before = published_path(published.warehouse.path).read_bytes()
    lines = [refusal(published.warehouse.path, sql.format(folder=folder)) for sql in REFUSED]
    assert all(lines)
    assert published_path(published.warehouse.path).read_bytes() == before
    assert {file.name for file in folder.iterdir()} <= {
        "in.csv",
        "warehouse.duckdb",
        "warehouse.duckdb.lease",
        "warehouse.duckdb.lock",
        "warehouse.duckdb.wal",
        "warehouse.published.duckdb",
    }


def test_a_wrong_name_is_answered_with_the_nearest(published: Timeline) -> None:
    assert "title" in refusal(published.warehouse.path, "SELECT titel FROM articles")


def test_a_folder_that_cannot_be_written_leaves_the_old_file() -> None:
    with open_folder() as folder:
        path = folder / "warehouse.duckdb"
        with Warehouse.open(path) as warehouse:
            target = publish(warehouse)
        path.chmod(0o644)
        before = target.read_bytes()
        target.with_name(target.name + ".new").write_bytes(b"left by a run that was killed")
        folder.chmod(0o555)
        assert run_unprivileged(PUBLISH, path) == (
            f"{target}: cannot be published: Permission denied; the old file stays; free space or give permission\n"
        )
        assert target.read_bytes() == before


@pytest.mark.parametrize("state", ["changed", "unchanged"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, state: str) -> None:
    path = tmp_path / "warehouse.duckdb"
    with Warehouse.open(path) as warehouse:
        target = publish(warehouse)
    before = target.read_bytes()
    answer = run_code(FULL_DISK, path, state)
    told = f"{path}: cannot be written: " if state == "changed" else f"{target}: cannot be published: "
    assert answer.startswith(told)
    assert "; free space" in answer
    assert answer.count("\n") == 1
    assert target.read_bytes() == before
    assert not target.with_name(target.name + ".new").exists()
    with Warehouse.open(path) as warehouse:
        publish(warehouse)


def test_an_article_is_found_by_id_by_address_and_by_the_id_made_of_it(published: Timeline) -> None:
    path = published.warehouse.path
    for key, guess in (("a", ""), ("https://post.example/a", ""), ("https://post.example/a?x", "a")):
        article = find_article(path, key, guess)
        assert article
        assert (article.article_id, article.publisher, article.text) == ("a", "Valley Post", published.pages["a"].text)
        assert article.revision == 1
    assert find_article(path, "b", "c") is None


def test_the_published_file_opens_in_plain_duckdb(published: Timeline) -> None:
    with duckdb.connect(str(published_path(published.warehouse.path)), read_only=True) as plain:
        assert plain.execute("SELECT kind FROM stance_events").fetchall() == [("first",)]
