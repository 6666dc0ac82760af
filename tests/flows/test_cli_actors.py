"""`stancewatch actors` as a user runs it: real processes, a real warehouse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.command import at_home as stancewatch
from tests.command import new_home

ROOT = Path(__file__).parents[2]
SPEECH = "“{words},” said Petronella Vance, {role}."
PAGES = (
    ("Whitehall should stop dictating to boards that know their patients", "chief executive of NHS Providers"),
    ("Ministers must trust local councils to run care in their own towns", "leader of Leeds City Council"),
    ("Local leaders must be free to decide without interference from above", "chief executive of NHS Providers"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles of two namesakes."""
    folder = new_home(tmp_path_factory.mktemp("home"), "detection: {minimum_confidence: 0.1}\n")
    lines = [
        {"id": f"a{n}", "url": f"https://news.example/{n}", "publisher": "Example News", "title": f"Story {n}"}
        | {"published": f"2026-03-0{n}", "first_seen": f"2026-03-0{n}T12:00:00Z"}
        | {"text": SPEECH.format(words=words, role=role) + f"\n\nThe car park will reopen on day {n}.\n"}
        for n, (words, role) in enumerate(PAGES, start=1)
    ]
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    done = stancewatch(folder, "import", str(folder / "in.jsonl"), "--live")
    assert done.returncode == 0, done.stderr
    return folder


def rows(home: Path, *arguments: str) -> list[dict[str, Any]]:
    done = stancewatch(home, *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    result: list[dict[str, Any]] = json.loads(done.stdout)
    return result


def kinds(home: Path) -> list[str]:
    query = "SELECT kind FROM stance_events ORDER BY published_at"
    return [row["kind"] for row in rows(home, "sql", query)]


def test_namesakes_are_listed_merged_and_split(home: Path) -> None:
    doubtful = rows(home, "actors", "list", "--doubtful")
    assert [(row["organisation"], row["statements"], row["doubt"]) for row in doubtful] == [
        ("Leeds City Council", 1, "another actor has this name"),
        ("NHS Providers", 2, "another actor has this name"),
    ]
    before = kinds(home)
    assert before[:2] == ["first", "first"]
    council = doubtful[0]["actor_id"]
    done = stancewatch(home, "actors", "merge", council[:8], "petronella vance (nhs providers)", "--note", "the same")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Petronella Vance (Leeds City Council) [{council}] and Petronella Vance (NHS Prov")
    assert len(done.stdout.splitlines()) == 1
    assert "changed hands, " in done.stdout
    assert "0 events judged again" not in done.stdout
    assert kinds(home)[1] != "first"
    assert rows(home, "actors", "list", "--doubtful") == []
    (actor,) = rows(home, "actors", "list")
    assert (actor["statements"], actor["organisations"]) == (3, ["Leeds City Council", "NHS Providers"])
    done = stancewatch(home, "actors", "split", "Petronella Vance", "Leeds City Council")
    assert done.returncode == 0, done.stderr
    assert kinds(home) == before
    assert rows(home, "actors", "list", "--doubtful") == []
    assert len(rows(home, "actors", "list")) == 2
    assert rows(home, "sql", "SELECT DISTINCT status FROM runs") == [{"status": "completed"}]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("merge", "Nobody at all", "Petronella Vance"), "no actor 'Nobody at all'"),
        (("merge", "Petronella Vance", "Petronella Vance"), "may be"),
        (("split", "Petronella Vance (NHS Providers)"), "nothing to split"),
    ],
)
def test_a_reference_that_cannot_be_used_is_one_line(home: Path, arguments: tuple[str, ...], words: str) -> None:
    done = stancewatch(home, "actors", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr
    with duckdb.connect(str(home / "data" / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT DISTINCT status FROM store.runs").fetchall() == [("completed",)]


def test_wrong_use_is_two(home: Path) -> None:
    assert stancewatch(home, "actors", "merge", "one").returncode == 2
    assert stancewatch(home, "actors", "list", "--format", "xml").returncode == 2
