"""`stancewatch warehouse` as a user meets it: what it says, a line each, and what config/upkeep.yml makes of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.keeping import back_up_now, put_back, verify
from flows.pipeline import copy_warehouse, thin_out
from flows.run import open_run
from flows.settings import load_settings
from tests.warehouse.feed_rows import fetch
from tests.warehouse.timeline import PEAKE, Said, open_timeline, page, words
from warehouse.database import WarehouseError
from warehouse.inspection import ReadFile
from warehouse.polls import record_fetches

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a warehouse of one article."""
    (tmp_path / "config").mkdir()
    monkeypatch.setenv("STANCEWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    with open_timeline(tmp_path / "data") as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "local", words(1))))
    return tmp_path / "data"


def test_a_copy_is_made_looked_at_and_put_back(home: Path) -> None:
    copy = home / "safe.duckdb"
    assert back_up_now(copy).startswith(f"{copy}: copied and read back, ")
    findings = verify(copy)
    assert all(finding.is_ok for finding in findings)
    assert {"file", "tables", "version", "quotations", "views"} <= {finding.what for finding in findings}
    assert [finding.what for finding in verify(None)] == [finding.what for finding in findings]
    first, kept, known, *rest = put_back(copy)
    assert first == f"{home}/warehouse.duckdb is {copy} again (no run is in it), and published"
    assert kept.startswith(f"kept: what was there is {home}/warehouse.before-")
    assert known == "sent since then, and known: nothing; none of it goes out again"
    assert rest == []


def test_a_copy_that_is_put_back_is_what_the_board_shows(home: Path) -> None:
    copy, board = home / "safe.duckdb", home / "stancewatch-report.html"
    back_up_now(copy)
    assert not [line for line in put_back(copy) if "written anew" in line]
    board.write_text("what was there before")
    assert put_back(copy)[-1] == f"{board}: written anew"
    assert "<html" in board.read_text("utf-8")
    board.unlink()
    board.mkdir()
    assert put_back(copy)[-1].startswith("the board shows what was there before: ")


def test_a_command_says_ok_or_bad_a_line_each(home: Path) -> None:
    runner = CliRunner()
    looked = runner.invoke(app, ["warehouse", "verify"])
    assert looked.exit_code == 0
    assert all(line.startswith("ok   ") for line in looked.output.splitlines())
    (home / "text").write_text("no database")
    looked = runner.invoke(app, ["warehouse", "verify", str(home / "text")])
    assert looked.exit_code == 1
    assert looked.output.startswith(f"BAD  file: {home}/text: cannot be read: ")
    assert looked.output.count("\n") == 1


@pytest.mark.parametrize("command", ["warehouse backup", "warehouse verify", "warehouse restore", "export"])
def test_help_has_an_example(command: str) -> None:
    shown = CliRunner().invoke(app, [*command.split(), "--help"])
    assert shown.exit_code == 0
    assert f"Example: stancewatch {command}" in " ".join(shown.output.split())


def test_wrong_files_are_told_in_a_line(home: Path) -> None:
    working = home / "warehouse.duckdb"
    with pytest.raises(WarehouseError, match="is there already; name another file, or move it away"):
        back_up_now(working)
    working.unlink()
    for command in (lambda: back_up_now(None), lambda: verify(None)):
        with pytest.raises(WarehouseError, match="no such file; `stancewatch run` makes a warehouse"):
            command()


def test_upkeep_obeys_its_configuration(home: Path) -> None:
    (home.parent / "config" / "upkeep.yml").write_text("kept_copies: 1\nfetch_days: 2\n", encoding="utf-8")

    async def keep() -> dict[str, int]:
        async with open_run(load_settings(), "upkeep") as run:
            requests = [fetch("https://p.example/", started_at=run.now - timedelta(days=days)) for days in (1, 3, 80)]
            record_fetches(run.warehouse, run.run_id, requests)
            await thin_out(run)
            await copy_warehouse(run)
        return dict(run.counts)

    (home / "backups").mkdir()
    (home / "backups" / "warehouse-20200101.duckdb").write_text("old")
    assert asyncio.run(keep()) == {"fetches_forgotten": 2, "feed_texts_forgotten": 0, "backups": 1}
    (copy,) = (home / "backups").iterdir()
    with ReadFile(copy) as file:
        since = datetime(2026, 1, 1, tzinfo=UTC)
        assert file.execute("select_failed_runs", since=since, is_idle=True) == []
        assert file.execute("last_run") != [(None,)]
