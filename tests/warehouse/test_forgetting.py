"""Somebody forgotten in a file: in no row and no byte of it, for good, and nobody else's rows are touched."""

from __future__ import annotations

import shutil
import signal
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from extractors.forgetting import Mode, draw_up, hash_names, plain
from extractors.records import ActorType, Speaker
from tests.warehouse.analyst import correct, statement_of
from tests.warehouse.processes import start_code
from tests.warehouse.recount import drifted
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, open_timeline, page, rule
from warehouse.actors import ActorError, find_actor
from warehouse.copies import write_copy
from warehouse.database import Warehouse, WarehouseError
from warehouse.described import describe
from warehouse.forgetting import obey
from warehouse.fulltext import index_texts
from warehouse.inspection import inspect_file
from warehouse.restoring import restore
from warehouse.rewriting import obey_file
from warehouse.standing_orders import StandingOrder, StandingOrders, load_orders, new_orders, orders_path, save_orders

if TYPE_CHECKING:
    from pathlib import Path

LET_GO = "Ministers must let go of every hospital board in the land, and must do it soon"
HOLD = "We in the valley have come to think that Whitehall should hold all of the strings"
ABOUT = "As Ms Peake knows, the centre decides, whatever Rosalind Peake says of her valley"
NAMESAKE = Speaker("Rosalind Peake", "leader", "Leeds City Council", ActorType.LOCAL_GOVERNMENT)
DERIVED = ("heard", "history", "sides", "standings", "theme_months", "words", "postings", "migrations", "forgotten")


DIE = """
import os, signal, sys
from pathlib import Path
from warehouse.rewriting import obey_file
from warehouse.standing_orders import load_orders
path, moment = Path(sys.argv[1]), sys.argv[2]
def watch(frame, event, argument):
    if f"{event} {frame.f_code.co_name}" == moment:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
obey_file(path, load_orders(path), wait_seconds=0)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working file in which she spoke twice, was edited, quoted and corrected, and told of; with a copy beside it."""
    folder = tmp_path_factory.mktemp("told")
    with open_timeline(folder) as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "local", LET_GO), Said(TARN, "central", ABOUT)))
        write_copy(timeline.warehouse, folder / "copy.duckdb")
        timeline.read(page("b", 2, Said(PEAKE, "central", HOLD), opening="PEAKE’S PLAN: R. Péake spoke on Monday."))
        timeline.read(page("c", 3, Said(PEAKE, "central", HOLD), publisher="Hill Mail"))
        timeline.read(page("a", 1, Said(PEAKE, "local", LET_GO), Said(TARN, "central", ABOUT), opening="Peake came."))
        timeline.detect(rule())
        correct(timeline, statement_of(timeline, "a", ABOUT), stance="balanced")
        timeline.detect(rule())
        while index_texts(timeline.warehouse):
            pass
    return folder / "warehouse.duckdb"


@pytest.fixture
def path(told: Path, tmp_path: Path) -> Path:
    for name in ("warehouse.duckdb", "copy.duckdb"):
        shutil.copyfile(told.with_name(name), tmp_path / name)
    return tmp_path / "warehouse.duckdb"


def order(path: Path, mode: Mode, who: str = "Rosalind Peake") -> StandingOrders:
    """Draw up the order to forget somebody and let it stand."""
    orders = new_orders(("john",))
    with Warehouse.open(path) as warehouse:
        known = describe(warehouse, find_actor(warehouse, who).actor_id, [], {})
    drawn = draw_up(orders.key, "20260601-abc", mode, known)
    given = StandingOrder(drawn, hash_names(orders.key, known.names), "clerk", "a letter", datetime.now(UTC))
    orders = orders.with_order(given)
    save_orders(path, orders)
    return orders


def rows(path: Path) -> dict[str, list[str]]:
    """All rows of all tables as texts."""
    with duckdb.connect(str(path), read_only=True) as file:
        names = file.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store'").fetchall()
        return {
            name: [
                r
                for (r,) in file.execute(
                    "SELECT t::VARCHAR FROM query_table($name) AS t", {"name": f"store.{name}"}
                ).fetchall()
            ]
            for (name,) in names
        }


def naming(path: Path) -> list[str]:
    """Rows that name her in any form, and the file itself if its bytes do."""
    found = [
        f"{name}: {row}" for name, each in rows(path).items() for row in each if "peake" in plain(row) + row.lower()
    ]
    speaking = path.read_bytes().lower().replace(b"speake", b"")
    return [*found, *(["bytes"] if b"peake" in speaking or b"rosalind" in speaking else [])]


def in_rows(path: Path) -> list[str]:
    """The same without bytes and index, which change when a file is written anew."""
    return [each for each in naming(path) if each != "bytes" and not each.startswith("words: ")]


def obeyed(path: Path, mode: Mode) -> StandingOrders:
    """The order given and carried out in place: quicker than to write the file anew."""
    orders = order(path, mode)
    with Warehouse.open(path, is_draft=True) as warehouse:
        obey(warehouse, orders)
    return orders


def check_the_rest(path: Path, before: dict[str, list[str]], statements_left: int) -> None:
    """All is sound, nobody else's rows are others, and there is nothing left to do."""
    assert all(each.is_sound for each in inspect_file(path, path.parent))
    after = rows(path)
    for name in ("statements", "events", "personas", "corrections", "articles"):
        others = Counter(row for row in before[name] if "eake" not in row.lower())
        assert others <= Counter(after[name]), name
    with Warehouse.open(path, is_draft=True) as warehouse:
        assert not obey(warehouse, load_orders(path) or new_orders(()))
        timeline = Timeline(warehouse)
        assert not drifted(timeline)
        assert [e.stance for e in timeline.events() if e.who == "Ossian Tarn"] == ["balanced"]
        assert timeline.query("SELECT count(*) FROM statements") == [(statements_left,)]


def test_under_a_pseudonym_no_row_and_no_byte_names_her_and_her_words_stay(path: Path) -> None:
    assert "bytes" in naming(path)
    before = rows(path)
    orders = order(path, Mode.PSEUDONYM)
    content = path.read_bytes()
    with start_code(DIE, path, "return obey") as process:
        process.communicate(timeout=600)
    assert process.returncode == -signal.SIGKILL
    assert path.read_bytes() == content  # killed in the middle, the old file stands
    changed = obey_file(path, orders)
    assert naming(path) == []
    assert not [file for file in path.parent.iterdir() if file.is_dir() and file.suffix != ".lease"]
    assert {name: len(each) for name, each in rows(path).items() if name in {"statements", "events", "articles"}} == {
        name: len(before[name]) for name in ("statements", "events", "articles")
    }
    assert changed["store.statements"] > 0
    check_the_rest(path, before, 4)
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        assert "let go of every hospital" in " ".join(text for (text,) in timeline.query("SELECT text FROM articles"))
        (who,) = timeline.query("SELECT DISTINCT person FROM stance_events WHERE person <> 'Ossian Tarn'")
        assert [event.kind for event in timeline.events() if event.who == who[0]][:2] == ["first", "shift"]
        assert timeline.query("SELECT count(*) FROM search('hospital')") != [(0,)]


def test_erased_words_are_in_no_byte_once_the_file_is_written_anew_or_restored(path: Path) -> None:
    before = rows(path)
    orders = obeyed(path, Mode.ERASE)
    assert in_rows(path) == []
    assert b"hold all of the strings" in path.read_bytes()  # in free blocks: no row has it
    assert "hold all of the strings" not in repr(rows(path))
    obey_file(path, orders)
    assert naming(path) == []
    assert b"hold all of the strings" not in path.read_bytes()
    check_the_rest(path, before, 1)
    assert "bytes" in naming(path.with_name("copy.duckdb"))
    restore(path, path.with_name("copy.duckdb"), datetime.now(UTC))
    assert naming(path) == []
    assert b"let go of every hospital" not in path.read_bytes()
    assert len(rows(path)["forgotten"]) == 1


def test_every_text_column_there_is_or_will_be_is_looked_at(path: Path) -> None:
    orders = order(path, Mode.PSEUDONYM)
    with Warehouse.open(path, is_draft=True) as warehouse:
        for table, columns in _columns(warehouse).items():
            values = ", ".join(f"{_planted(kind)} AS {name}" for name, kind in columns)
            warehouse._connection.execute(f"INSERT INTO store.{table} BY NAME SELECT {values}")
        obey(warehouse, orders)
        planted = {
            t: warehouse._connection.execute(
                "SELECT t::VARCHAR FROM query_table($t) AS t", {"t": f"store.{t}"}
            ).fetchall()
            for t in _columns(warehouse)
        }
    found = [f"{table}: {row}" for table, each in planted.items() for (row,) in each if "eake" in row.lower()]
    assert found == []
    assert len(planted) > 30


def _columns(warehouse: Warehouse) -> dict[str, list[tuple[str, str]]]:
    sql = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'store' AND NOT internal"
    found: dict[str, list[tuple[str, str]]] = {}
    for table, name, kind in warehouse._connection.execute(sql).fetchall():
        if table not in DERIVED:
            found.setdefault(table, []).append((name, kind))
    return {table: each for table, each in found.items() if not table.startswith("staged")}


def _planted(kind: str) -> str:
    text = "'told by Rosalind Peake (R. Péake) at https://x.example/rosalind-peake'"
    if kind == "VARCHAR":
        return text
    if kind == "VARCHAR[]":
        return f"[{text}]"
    if kind.endswith("[]"):
        return f"[]::{kind}"
    simple = {"BOOLEAN": "true", "TIMESTAMP WITH TIME ZONE": "now()", "DATE": "today()"}
    is_nested = kind.startswith(("STRUCT", "MAP"))
    return simple.get(kind) or (f"NULL::{kind}" if is_nested and "STRUCT" in kind else "MAP {}" if is_nested else "0")


@pytest.mark.parametrize("mode", list(Mode))
def test_what_comes_later_is_stored_under_the_order_and_tells_nobody_anew(path: Path, mode: Mode) -> None:
    orders = obeyed(path, mode)
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        revisions = timeline.query("SELECT article_id, revision FROM articles ORDER BY 1")
        same = page("b", 2, Said(PEAKE, "central", HOLD), opening="PEAKE’S PLAN: R. Péake spoke on Monday.")
        timeline.store(same)  # the page as it was: no edit
        assert timeline.query("SELECT article_id, revision FROM articles ORDER BY 1") == revisions
        hidden = orders.masker()
        pseudonym = hidden.mask(["Rosalind Peake"])[0][0]
        masked = Speaker(pseudonym, PEAKE.role, PEAKE.organisation, PEAKE.actor_type)
        later = page("d", 9, Said(PEAKE, "local", "Boards like ours will have to be free of the centre"))
        timeline.store(later)
        timeline.pages["d"] = page("d", 9, Said(masked, "local", later.said[0].text))
        timeline.analyse()
        timeline.detect(rule())
        people = [p for (p,) in timeline.query("SELECT person FROM statements WHERE article_id = 'd'")]
        assert people == ([pseudonym] if mode is Mode.PSEUDONYM else [])
        (text,) = timeline.query("SELECT text FROM articles WHERE article_id = 'd'")[0]
        assert ("free of the centre" in text) == (mode is Mode.PSEUDONYM)
        assert len({a for (a,) in timeline.query("SELECT actor_id FROM actors WHERE person <> 'Ossian Tarn'")}) == len(
            people
        )
        assert not drifted(timeline)
    assert in_rows(path) == []


def test_without_the_file_of_orders_nothing_is_opened(path: Path) -> None:
    obeyed(path, Mode.ERASE)
    assert orders_path(path).stat().st_mode & 0o077 == 0
    assert b"eake" not in orders_path(path).read_bytes()
    orders_path(path).write_text("{", encoding="utf-8")
    with pytest.raises(WarehouseError, match=r"forgotten.json: cannot be read: is damaged; .* put a copy of it back"):
        Warehouse.open(path)
    save_orders(path, new_orders(()))  # of before, as another machine that writes a lake may have
    with pytest.raises(WarehouseError, match=r"forgotten.json: lacks order 20260601-abc, .* put the latest copy back"):
        Warehouse.open(path)
    orders_path(path).unlink()
    with pytest.raises(WarehouseError, match="is missing; it says who is to stay forgotten"):
        Warehouse.open(path)


def test_of_two_people_of_one_name_one_is_forgotten(path: Path) -> None:
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        timeline.pages = {}
        timeline.read(page("n", 5, Said(NAMESAKE, "local", "Councils should run the care of their own towns here")))
        with pytest.raises(ActorError, match=r"may be .*Leeds City Council.*; give an id"):
            find_actor(warehouse, "Rosalind Peake")
        other = statements(timeline, "n")
    orders = order(path, Mode.ERASE, "Rosalind Peake (Valley Hospitals Group)")
    with Warehouse.open(path, is_draft=True) as warehouse:
        obey(warehouse, orders)
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        assert statements(timeline, "n") == other != []
        assert timeline.query("SELECT count(*) FROM statements WHERE organisation = 'Valley Hospitals Group'") == [(0,)]
        assert not drifted(timeline)


def statements(timeline: Timeline, article_id: str) -> list[tuple[Any, ...]]:
    return timeline.query(f"SELECT * FROM store.statements WHERE article_id = '{article_id}' ORDER BY ALL")  # noqa: S608 - ours
