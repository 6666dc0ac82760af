"""`stancewatch actors forget` as an operator meets it: refusals, a trial, the deed everywhere, and what stays to do."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from extractors.records import ActorType, Speaker
from flows.cli import app
from flows.export import Order, export
from flows.run import open_run
from flows.settings import load_settings
from tests.warehouse.processes import start_code
from tests.warehouse.timeline import PEAKE, Said, open_timeline, page
from warehouse.copies import write_copy
from warehouse.inspection import inspect_file
from warehouse.published import publish

if TYPE_CHECKING:
    from pathlib import Path

HOLD = "We in the valley have come to think that Whitehall should hold all of the strings"
MEAD = Speaker("Ola Mead", "leader", "Leeds City Council", ActorType.LOCAL_GOVERNMENT)
OTHER_MEAD = Speaker("Ola Mead", "chair", "Valley Hospitals Group", ActorType.LOCAL_NHS)
DIE = """
import os, signal, sys, threading
from typer.testing import CliRunner
from flows.cli import app
threading.Timer(float(sys.argv[1]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
CliRunner().invoke(app, ["actors", "forget", "Rosalind Peake", "--erase", "--yes"])
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a warehouse of three articles, published, backed up and exported."""
    (tmp_path / "config").mkdir()
    monkeypatch.setenv("STANCEWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (tmp_path / "data").mkdir()
    with open_timeline(tmp_path / "data") as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "central", HOLD)))
        timeline.read(page("m", 2, Said(MEAD, "local", "Councils should run the care of their own towns from now on")))
        timeline.read(
            page("n", 3, Said(OTHER_MEAD, "local", "Boards should be free to run the wards of their hospitals"))
        )
        publish(timeline.warehouse)
        write_copy(timeline.warehouse, tmp_path / "data" / "backups" / "warehouse-20260601.duckdb")
    return tmp_path / "data"


def stancewatch(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["actors", *arguments])
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


def named(folder: Path) -> list[str]:
    """Files that name her, in any letters."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file.name for file in files if {b"peake", b"rosalind"} & {*_words(file.read_bytes())}]


def _words(data: bytes) -> list[bytes]:
    return [word for word in (b"peake", b"rosalind") if word in data.lower().replace(b"speake", b"")]


def test_slips_are_refused_and_change_nothing(home: Path) -> None:
    before = (home / "warehouse.duckdb").read_bytes()
    code, said = stancewatch("forget", "Rosalind Peake", "--yes")
    assert (code, "give either --pseudonym or --erase" in said) == (2, True)
    code, said = stancewatch("forget", "Rosalind Peake", "--erase")
    assert (code, "add --yes, or --dry-run" in said) == (2, True)
    code, said = stancewatch("forget", "Ola Mead", "--erase", "--yes")
    assert code == 1
    assert "'Ola Mead' may be" in said
    assert said.count("Ola Mead (") == 2
    assert "give an id" in said
    assert stancewatch("forget", "Nobody Known", "--erase", "--yes")[0] == 1
    code, said = stancewatch("forget", "Rosalind Peake", "--pseudonym", "--dry-run")
    assert code == 0
    assert "would be put under a pseudonym" in said
    assert (home / "warehouse.duckdb").read_bytes() == before
    assert "forgotten.json" not in " ".join(file.name for file in home.iterdir())
    code, table = stancewatch("list", "--doubtful")
    assert max(map(len, table.splitlines())) <= 80
    _, rows = stancewatch("list", "--doubtful", "--format", "json")
    assert rows.count("another actor has this name") == 2


def test_a_person_is_forgotten_in_every_file_and_the_record_names_nobody(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANCEWATCH_BY", "Jane Doe")
    export(Order(home / "export"))
    (home.parent / "config" / "notes.yml").write_text("# ask Rosalind Peake\n", encoding="utf-8")
    assert len(named(home)) >= 4
    code, said = stancewatch(
        "forget",
        "Rosalind Peake",
        "--pseudonym",
        "--yes",
        "--reason",
        "letter of R. Peake",
        "--export",
        str(home / "export"),
    )
    assert code == 0, said
    assert "notes.yml: names them at line 1" in said
    assert named(home) == []
    assert [file.name for file in (home / "backups").iterdir()] == ["warehouse-20260601.duckdb"]
    code, said = stancewatch("forgotten", "--name", "Rosalind Peake", "--format", "csv")
    assert ("pseudonym" in said, "Peake" in said, len(said.splitlines())) == (True, False, 2)
    assert "Jane Doe" in said
    assert len(stancewatch("forgotten", "--name", "Ola Mead", "--format", "csv")[1].splitlines()) == 1
    code, said = stancewatch("forget", "Rosalind Peake", "--erase", "--yes")
    assert (code, "is forgotten already" in said) == (1, True)


def test_a_run_that_holds_the_warehouse_is_waited_for_and_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.forgetting.WAIT_SECONDS", 0.2)

    async def meanwhile() -> tuple[int, str]:
        async with open_run(load_settings(), "monitor"):
            return stancewatch("forget", "Rosalind Peake", "--erase", "--yes")

    code, said = asyncio.run(meanwhile())
    assert code == 1
    assert f"in use by process {os.getpid()}; wait for it, or end it" in said
    assert "forgotten.json" not in " ".join(file.name for file in home.iterdir())


@pytest.mark.skipif("FORGET_KILLS" not in os.environ, reason="minutes: `make forget-kills`")
@pytest.mark.parametrize("seconds", os.environ.get("FORGET_KILLS", "").split())
def test_killed_at_any_moment_it_is_finished_by_running_it_again(home: Path, seconds: str) -> None:
    with start_code(DIE, seconds) as process:
        process.communicate(timeout=600)
    for file in (home / "warehouse.duckdb", home / "backups" / "warehouse-20260601.duckdb"):
        assert all(each.is_sound for each in inspect_file(file, home))  # as it was, or as it should be
    if process.returncode == -signal.SIGKILL and not (home / "warehouse.forgotten.json").exists():
        assert stancewatch("forget", "Rosalind Peake", "--erase", "--yes")[0] == 0  # it had not even begun
    else:
        assert stancewatch("forget", "--resume")[0] == 0
    assert named(home) == []
