"""Somebody forgotten in a lake: in no Parquet file, no earlier state and no row of its catalogue, killed or not."""

from __future__ import annotations

import shutil
import signal
import subprocess
from typing import TYPE_CHECKING

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.lake.servers import catalogue_server, copy_lake, database_of, empty_lake, postgres_folder
from tests.warehouse.analyst import correct, statement_of
from tests.warehouse.processes import start_code
from tests.warehouse.recount import drifted
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, page, rule
from warehouse.copies import write_copy
from warehouse.database import Warehouse
from warehouse.fulltext import index_texts
from warehouse.inspection import inspect_file
from warehouse.moving import move
from warehouse.published import publish, query_published
from warehouse.standing_orders import load_orders, orders_path

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(postgres_folder() is None, reason="needs PostgreSQL: apt-get install postgresql")
LET_GO = "Ministers must let go of every hospital board in the land, and must do it soon"
HOLD = "We in the valley have come to think that Whitehall should hold all of the strings"
ABOUT = "As Ms Peake knows, the centre decides, whatever Rosalind Peake says of her valley"
PEOPLE = "SELECT DISTINCT person FROM statements ORDER BY 1"
DIE = """
import os, signal, sys
from typer.testing import CliRunner
from flows.cli import app
def watch(frame, event, argument):
    if f"{event} {frame.f_code.co_name}" == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
CliRunner().invoke(app, ["actors", "forget", "Rosalind Peake", "--erase", "--yes"])
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake in which she spoke, was edited, corrected and told of in several states; published, with a copy beside."""
    path = empty_lake(tmp_path_factory.mktemp("told") / "nhs.lake")
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        timeline.read(page("a", 1, Said(PEAKE, "local", LET_GO), Said(TARN, "central", ABOUT)))
        timeline.read(page("b", 2, Said(PEAKE, "central", HOLD), opening="PEAKE’S PLAN: R. Péake spoke on Monday."))
        publish(warehouse)
        timeline.read(page("a", 1, Said(PEAKE, "local", LET_GO), Said(TARN, "central", ABOUT), opening="Peake came."))
        timeline.detect(rule())
        correct(timeline, statement_of(timeline, "a", ABOUT), stance="balanced")
        while index_texts(warehouse):
            pass
        publish(warehouse)
        write_copy(warehouse, path.parent / "backups" / "nhs-20260601.duckdb")
    return path


@pytest.fixture
def lake(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = copy_lake(told, tmp_path / "nhs.lake")
    shutil.copytree(told.parent / "backups", tmp_path / "backups")
    (tmp_path / "config").mkdir()
    monkeypatch.setenv("STANCEWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path))
    monkeypatch.setenv("STANCEWATCH_WAREHOUSE", str(path))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    return path


def stancewatch(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["actors", *arguments])
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


def naming(lake: Path, *words: str) -> list[str]:
    """Where any of these words stand: files beside the lake and of it, as bytes and as rows, and its catalogue."""
    found = []
    for file in sorted(file for file in lake.parent.rglob("*") if file.is_file()):
        text = file.read_bytes().decode(errors="replace") + _rows(file)
        if _has(text, words):
            found.append(file.name)
    return found + (["catalogue"] if _has(_catalogue(lake), words) else [])


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text.lower().replace("speake", "") for word in words)


def _rows(file: Path) -> str:
    """What a Parquet file has, which is packed there."""
    return repr(duckdb.read_parquet(str(file)).fetchall()) if file.suffix == ".parquet" else ""


def _catalogue(lake: Path) -> str:
    """Every table of the catalogue, as PostgreSQL's own tool writes it out."""
    programs = postgres_folder()
    assert programs
    address = f"{catalogue_server()} dbname={database_of(lake)}"
    done = subprocess.run([programs / "pg_dump", address], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert "ducklake_file_column_stats" in done.stdout
    return done.stdout


@pytest.mark.deep
def test_under_a_pseudonym_no_file_and_no_row_of_the_catalogue_names_her(lake: Path) -> None:
    names = ("peake", "rosalind", "péake")
    before = naming(lake, *names)
    assert {"catalogue", "nhs-20260601.duckdb"} <= {*before}
    assert len(before) > 10
    code, said = stancewatch("forget", "Rosalind Peake", "--pseudonym", "--dry-run")
    assert (code, "would be put under a pseudonym" in said) == (0, True), said
    assert (naming(lake, *names), orders_path(lake).exists()) == (before, False)
    for folder in (
        "nhs.lake.tmp",
        "stancewatch-scratch-ab_cd123/copy.duckdb.1.tmp",
    ):  # spilt by a run and a reader, killed
        (lake.parent / folder).mkdir(parents=True)
        (lake.parent / folder / "duckdb_temp_storage-0.tmp").write_text("Rosalind Peake", encoding="utf-8")
    code, said = stancewatch("forget", "Rosalind Peake", "--pseudonym", "--yes")
    assert code == 0, said
    assert f"{lake}: published anew, and earlier states deleted" in said
    assert naming(lake, *names) == []
    assert all(each.is_sound for each in inspect_file(lake, lake.parent))
    people = [person for (person,) in query_published(lake, PEOPLE).rows]
    assert len(people) == 2
    assert "Ossian Tarn" in people
    assert "done_at" in stancewatch("forgotten", "--name", "Rosalind Peake", "--format", "csv")[1]
    assert load_orders(lake).unfinished == []  # type: ignore[union-attr]  # there are some
    with Warehouse.open(lake) as warehouse:  # and goes on, under the order
        timeline = Timeline(warehouse)
        timeline.runs = 10
        timeline.store(page("d", 9, Said(PEAKE, "local", "Boards like ours will have to be free of the centre")))
        assert not drifted(timeline)
        publish(warehouse)
    assert naming(lake, *names) == []
    back = lake.with_name("back.duckdb")
    move(lake, back)
    assert load_orders(back) == load_orders(lake)
    Warehouse.open(back).close()


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("return replace_tables", marks=pytest.mark.deep),
        pytest.param("call replace_tables", marks=pytest.mark.deep),
    ],
)
def test_killed_while_erased_it_is_finished_by_running_it_again(lake: Path, moment: str) -> None:
    words = ("peake", "rosalind", "hold all of the strings", "let go of every hospital")
    with start_code(DIE, moment) as process:
        process.communicate(timeout=600)
    assert process.returncode == -signal.SIGKILL
    assert naming(lake, *words)
    assert ("Rosalind Peake",) in query_published(lake, PEOPLE).rows  # what is published is whole, and as it was
    assert load_orders(lake).unfinished  # type: ignore[union-attr]  # there are some
    code, said = stancewatch("forget", "--resume")
    assert code == 0, said
    assert naming(lake, *words) == []
    assert query_published(lake, PEOPLE).rows == (("Ossian Tarn",),)
    assert not [file for file in lake.parent.iterdir() if file.suffix == ".restoring"]
