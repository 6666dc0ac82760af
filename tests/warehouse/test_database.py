"""The working file: migrated once, refused with one clear line, changed wholly or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import duckdb
import pytest

from extractors.records import Stance, Theme
from tests.warehouse.processes import open_folder, run_code, run_unprivileged
from tests.warehouse.timeline import Timeline
from warehouse import database
from warehouse.database import FOLDER, Warehouse, WarehouseError, one_line, query_text
from warehouse.rows import stage

if TYPE_CHECKING:
    from pathlib import Path

OPEN = """
import sys
from pathlib import Path
from warehouse.database import Warehouse, WarehouseError
try:
    Warehouse.open(Path(sys.argv[1]))
except WarehouseError as error:
    print(error)
"""
FILL = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from warehouse.articles import record_drops
from warehouse.database import Warehouse, WarehouseError
from warehouse.polls import Drop
stored = 0
with Warehouse.open(Path(sys.argv[1])) as warehouse:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))
    try:
        while True:
            record_drops(warehouse, datetime.now(UTC), [Drop("u", "read", "why " * 5000)])
            stored += 1
    except WarehouseError as error:
        print(stored, error, sep="\\n")
"""
FILL_BEHIND_THE_LOG = """
import os, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from warehouse.articles import record_drops
from warehouse.database import Warehouse, WarehouseError
from warehouse.polls import Drop
path = Path(sys.argv[1])
with Warehouse.open(path) as warehouse:
    store = lambda: record_drops(warehouse, datetime.now(UTC), [Drop("u", "read", os.urandom(900_000).hex())])
    for _ in range(25):
        store()
    warehouse.checkpoint()
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100_000, resource.RLIM_INFINITY))
    try:
        while True:
            store()
    except WarehouseError as error:
        print(error)
"""
"""The disk has room for the log, and none when DuckDB writes that into the file behind a commit."""
NO_ROOM_TO_SPILL = """
import resource, sys
from dataclasses import dataclass
from pathlib import Path
from warehouse import database
from warehouse.database import Warehouse, WarehouseError
@dataclass
class Row:
    word: str
kept, most = database.query_text, resource.getrlimit(resource.RLIMIT_FSIZE)[1]
mine = {
    "keep": "CREATE TEMP TABLE much AS SELECT md5(range::VARCHAR) AS word FROM range(5000000)",
    "sort": "SELECT word FROM much ORDER BY word DESC, length(word) LIMIT 1 OFFSET 3000000",
    "sort_on": "SELECT word FROM {table} ORDER BY word DESC, length(word) LIMIT 1 OFFSET 3000000",
    "little": "SET memory_limit = '100MB'",
    "count": "SELECT count(DISTINCT word) FROM much",
}
database.query_text = lambda name: mine.get(name) or kept(name)
with Warehouse.open(Path(sys.argv[1])) as warehouse:
    warehouse.execute("keep")
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    warehouse.shed_memory()
    print(warehouse.execute("count")[0][0])
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    warehouse.execute("little")
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    sorts = [lambda: warehouse.execute("sort"), lambda: warehouse.select("sort", Row)]
    for sort in [*sorts, lambda: warehouse.execute_on("sort_on", {"table": "much"})]:
        try:
            print(sort())
        except WarehouseError as error:
            print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
"""
"""The disk has room for nothing, so that memory cannot be let go of, and a question is asked that needs more."""
TOO_LITTLE = "SET memory_limit = '1KB'"
OLD_ROWS = """
INSERT INTO store.articles BY NAME SELECT 'a' AS article_id, 'u' AS url, '' AS publisher, '' AS feed_id, 'seed' AS kind,
    '' AS title, '' AS byline, now() AS first_seen_at, now() AS fetched_at, 'en' AS language, 'Leave it to us' AS text,
    '' AS text_hash, 4 AS words, [] AS themes, 'a' AS story_id, 1 AS revision, '1' AS extractor_version,
    true AS is_live, 1 AS analysed_revision, '1' AS model_version, now() AS detected_at;
INSERT INTO store.statements BY NAME SELECT 's' AS statement_id, 'a' AS article_id, 'p' AS actor_id, 'Ossian Tarn' AS
    person, '' AS role, '' AS organisation, 'other' AS actor_type, 'Leave it to us' AS text, 0 AS start_char,
    14 AS end_char, 'direct' AS quote_kind, 'local' AS stance, 1 AS stance_score, 1 AS confidence, 0 AS evidence_start,
    5 AS evidence_end, [] AS themes, 'k' AS words_key, [] AS shingles, '1' AS model_version, false AS corrected,
    1 AS first_revision, 's' AS original_id;
INSERT INTO store.positions VALUES ('a', 'p', 'local', 1, 's', [], true, true, now(), now());
INSERT INTO store.events BY NAME SELECT 'e' AS event_id, 'first' AS kind, 'p' AS actor_id, 'a' AS article_id,
    's' AS statement_id, 'local' AS stance, 1 AS confidence, [] AS new_themes, now() AS detected_at, 'r' AS run_id,
    '1' AS model_version;
"""


def refusal(path: Path) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(WarehouseError) as caught:
        Warehouse.open(path)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(f"{path}: ")
    return text.removeprefix(f"{path}: ")


def migrations(path: Path) -> list[tuple[str, datetime]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("SELECT name, applied_at FROM store.migrations ORDER BY name").fetchall()


def test_folders_are_made_and_migrations_applied_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "warehouse.duckdb"
    Warehouse.open(path).close()
    first = migrations(path)
    names = sorted(file.stem for file in (FOLDER / "migrations").glob("*.sql"))
    assert [name for name, _ in first if not name.startswith("views ")] == names
    assert len(first) == len(names) + 1
    Warehouse.open(path).close()
    assert migrations(path) == first


def fill_old_file(path: Path) -> None:
    """A working file of the first shape, with an article, a statement and what came of it."""
    oldest = min((FOLDER / "migrations").glob("*.sql"))
    with duckdb.connect(str(path)) as connection:
        connection.execute(query_text("create_migrations"))
        connection.execute(oldest.read_text("utf-8"))
        connection.execute(query_text("insert_migration"), {"name": oldest.stem})
        connection.execute(OLD_ROWS)


def test_a_file_of_the_first_shape_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    fill_old_file(path)
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        assert [(event.kind, event.quote) for event in timeline.events()] == [("first", "Leave it to us")]
        assert timeline.query("SELECT stance, statements FROM actor_positions") == [("local", 1)]
        assert timeline.query("SELECT detected_revision FROM store.articles") == [(1,)]
    Warehouse.open(tmp_path / "new.duckdb").close()
    shapes = []
    for name in ("old", "new"):
        with duckdb.connect(str(tmp_path / f"{name}.duckdb"), read_only=True) as connection:
            columns = "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() ORDER BY ALL"
            shapes.append(connection.execute(columns).fetchall())
    assert shapes[0] == shapes[1]


def test_views_of_another_version_are_replaced_and_replaced_back(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    Warehouse.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE OR REPLACE VIEW main.runs AS SELECT 1 AS another")
        connection.execute(
            "INSERT INTO store.migrations VALUES ('views of another version', now() + INTERVAL 1 SECOND)"
        )
    with Warehouse.open(path) as warehouse:
        assert Timeline(warehouse).query("SELECT run_id FROM runs") == []


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    Warehouse.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO store.migrations VALUES ('9999_future', now())")
    assert refusal(path) == "was written by a newer version (9999_future); upgrade stancewatch"
    Warehouse.open(tmp_path / "other.duckdb").close()


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00" + bytes(4096), b"\x00" * 20000])
def test_a_file_that_is_no_warehouse_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(content)
    assert refusal(path).endswith("restore a copy, or move it away and load anew")
    assert path.read_bytes() == content


def test_a_damaged_warehouse_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    Warehouse.open(path).close()
    os.truncate(path, path.stat().st_size // 2)
    assert refusal(path).endswith("restore a copy, or move it away and load anew")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").mkdir()
    assert "cannot be opened as a warehouse" in refusal(tmp_path / "warehouse.duckdb")


def test_a_path_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "warehouse.duckdb"
    assert refusal(path) == "cannot be created or locked: File exists; set STANCEWATCH_HOME"


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with open_folder() as folder:
        folder.chmod(0o555)
        path = folder / "warehouse.duckdb"
        assert run_unprivileged(OPEN, path) == (
            f"{path}: cannot be created or locked: Permission denied; set STANCEWATCH_HOME\n"
        )


@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_file_that_cannot_be_read_or_written_is_refused(mode: int) -> None:
    with open_folder() as folder:
        path = folder / "warehouse.duckdb"
        Warehouse.open(path).close()
        path.with_name(path.name + ".lock").chmod(0o666)
        path.with_name(path.name + ".lease").chmod(0o777)
        for claim in path.with_name(path.name + ".lease").iterdir():
            claim.chmod(0o666)
        path.chmod(mode)
        line = run_unprivileged(OPEN, path)
        assert line.startswith(f"{path}: cannot be opened as a warehouse: ")
        assert line.endswith("; give this user read and write permission\n")
        assert line.count("\n") == 1


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_an_exception_in_a_transaction_leaves_nothing(timeline: Timeline, error: BaseException) -> None:
    store = timeline.warehouse
    row = {"url": "u", "stage": "read"}

    def fail() -> None:
        with store.transaction():
            store._connection.execute("INSERT INTO store.drops VALUES ($url, $stage, 'why', now())", row)
            assert timeline.query("SELECT count(*) FROM drops") == [(1,)]
            raise error

    with pytest.raises(type(error)):
        fail()
    assert timeline.query("SELECT count(*) FROM drops") == [(0,)]
    with store.transaction():
        store._connection.execute("INSERT INTO store.drops VALUES ($url, $stage, 'why', now())", row)
    assert timeline.query("SELECT count(*) FROM drops") == [(1,)]


def test_a_full_disk_is_told_in_one_line_and_what_was_stored_before_is_there(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    stored, line = run_code(FILL, path).splitlines()
    assert line.startswith(f"{path}: cannot be written: ")
    assert line.endswith("; free space, then run again")
    with Warehouse.open(path) as warehouse:
        assert Timeline(warehouse).query("SELECT count(*) FROM drops") == [(int(stored),)]


@dataclass(frozen=True, slots=True)
class Everything:
    """A field of each kind that a staged row may have."""

    word: str
    number: int
    share: float
    is_so: bool
    when: datetime
    day: date
    stance: Stance
    themes: tuple[Theme, ...]
    hashes: tuple[int, ...]
    no_word: str | None
    no_number: int | None
    no_when: datetime | None
    no_stance: Stance | None


FULL = Everything(
    word="naïve ‘quote’ \U0001fa7a",
    number=2**62,
    share=0.1,
    is_so=True,
    when=datetime(2026, 6, 1, 12, 30, 15, 123456, tzinfo=UTC),
    day=date(2026, 6, 1),
    stance=Stance.LOCAL,
    themes=(Theme.FINANCE, Theme.WORKFORCE),
    hashes=(1, 2**63 - 1),
    no_word="x",
    no_number=0,
    no_when=datetime(1999, 1, 1, tzinfo=UTC),
    no_stance=Stance.NONE,
)
BARE = Everything("", 0, 0.0, False, FULL.when, FULL.day, Stance.NONE, (), (), None, None, None, None)


@pytest.mark.parametrize("rows", [[], [BARE], [BARE, BARE], [FULL, BARE], [BARE, FULL]])
def test_staged_rows_keep_values_types_and_order(timeline: Timeline, rows: list[Everything]) -> None:
    with timeline.warehouse.staged("staged_rows", Everything, rows):
        found = timeline.query("SELECT * FROM staged_rows")
        types = [kind for _, kind, *_ in timeline.query("DESCRIBE staged_rows")]
    assert types == [
        *("VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP WITH TIME ZONE", "DATE", "VARCHAR", "VARCHAR[]"),
        *("BIGINT[]", "VARCHAR", "BIGINT", "TIMESTAMP WITH TIME ZONE", "VARCHAR"),
    ]
    assert [tuple(tuple(value) if isinstance(value, list) else value for value in row) for row in found] == [
        tuple(getattr(row, name) for name in Everything.__slots__) for row in rows
    ]
    with pytest.raises(duckdb.CatalogException):
        timeline.query("SELECT * FROM staged_rows")


def test_moments_of_other_zones_are_stored_in_utc(timeline: Timeline) -> None:
    summer = timezone(timedelta(hours=1))
    moment = datetime(2026, 6, 1, 0, 30, tzinfo=summer)
    row = Everything(**{**{n: getattr(BARE, n) for n in BARE.__slots__}, "when": moment})
    stage(timeline.warehouse._connection, "staged_rows", Everything, [row])
    assert timeline.query('SELECT "when", "when"::VARCHAR FROM staged_rows') == [(moment, "2026-05-31 23:30:00+00")]


def test_an_error_is_told_in_its_first_line() -> None:
    assert one_line(ValueError("\n first\nsecond")) == "first"
    assert one_line(ValueError()) == "ValueError"
    assert len(one_line(ValueError("x" * 1000))) == 200


def test_a_disk_that_is_full_behind_a_commit_is_told_in_one_line(tmp_path: Path) -> None:
    (told,) = run_code(FILL_BEHIND_THE_LOG, tmp_path / "warehouse.duckdb").splitlines()
    assert "warehouse.duckdb: cannot be written: " in told
    assert told.endswith("; free space, then run again")


def test_a_disk_with_no_room_to_spill_is_told_in_one_line_and_keeps_memory(tmp_path: Path) -> None:
    kept, *told = run_code(NO_ROOM_TO_SPILL, tmp_path / "warehouse.duckdb").splitlines()
    assert kept == "5000000"
    assert len(told) == 3
    for line in told:
        assert "warehouse.duckdb: cannot be written: " in line
        assert line.endswith("; free space, then run again")


def test_memory_that_cannot_be_let_go_of_ends_no_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        usual = "SELECT current_setting('memory_limit')"
        limit = warehouse._connection.execute(usual).fetchall()
        with warehouse.transaction():
            warehouse._connection.execute("INSERT INTO store.drops SELECT 'u', 'read', 'why', now() FROM range(100000)")
            with pytest.raises(duckdb.OutOfMemoryException), warehouse._connection.cursor() as other:
                other.execute(TOO_LITTLE)
            texts = {"shed_memory": TOO_LITTLE, "grant_memory": query_text("grant_memory")}
            monkeypatch.setattr(database, "query_text", texts.get)
            warehouse.shed_memory()
            monkeypatch.undo()
        assert warehouse._connection.execute(usual).fetchall() == limit
        assert warehouse._connection.execute("SELECT count(*) FROM store.drops").fetchall() == [(100000,)]


def test_what_fails_beside_staged_rows_is_told_as_what_it_is(timeline: Timeline) -> None:
    """Not as a transaction that came to its end by it."""
    store = timeline.warehouse
    expected = pytest.raises(duckdb.InvalidInputException, match="no room")
    with expected, store.transaction(), store.staged("staged_rows", Everything, [FULL]):
        store._connection.execute("SELECT error('no room')")
    with store.staged("staged_rows", Everything, [BARE]):
        assert timeline.query("SELECT count(*) FROM staged_rows") == [(1,)]
