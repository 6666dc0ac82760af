"""`stancewatch correct`, `corrections`, `review`, `explain` as a user runs them: real processes, a real warehouse."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from extractors.model.examples import read
from flows.correction_report import Change, tell_correction
from tests.command import at_home as stancewatch
from tests.command import command, new_home
from tests.flows.test_cli_actors import rows
from tests.warehouse.analyst import correct
from tests.warehouse.timeline import PEAKE, Said, open_timeline, page, words
from warehouse.corrections import ToldOtherwise, find_statement, select_told_otherwise, sum_sides

if TYPE_CHECKING:
    from pathlib import Path

SPEECH = "“{words}”, said Petronella Vance, chief executive of NHS Providers."
WORDS = (
    "Whitehall should stop dictating to boards that know their patients",
    "Ministers must impose one national standard on every board without exception",
    "Local leaders must be free to decide without interference from above",
)
OTHER = "\n\nThe car park will reopen on day {n}, said Oswin Brackley, leader of Leeds City Council."


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles of one speaker, with their events, and alerts that wait for an analyst."""
    folder = new_home(
        tmp_path_factory.mktemp("home"),
        "detection: {minimum_confidence: 0.1}\n"
        "destinations: {desk: {url: 'json://127.0.0.1:9/'}}\n"
        "rules: [{name: all, kinds: [first, shift], destinations: [desk], minimum_confidence: 0.1, review_below: 1}]\n",
    )
    lines = [
        {"id": f"a{n}", "url": f"https://news.example/{n}", "publisher": "Example News", "title": f"Story {n}"}
        | {"published": f"2026-03-0{n}", "first_seen": f"2026-03-0{n}T12:00:00Z"}
        | {"text": SPEECH.format(words=words) + OTHER.format(n=n)}
        for n, words in enumerate(WORDS, start=1)
    ]
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    done = stancewatch(folder, "import", str(folder / "in.jsonl"), "--live")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def home(told: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    shutil.copytree(told, tmp_path / "home")
    return tmp_path / "home"


def statements(home: Path) -> list[dict[str, Any]]:
    query = "SELECT statement_id, article_id, person, organisation, stance, corrected, text FROM statements"
    return rows(home, "sql", f"{query} WHERE person = 'Petronella Vance' OR corrected ORDER BY published_at")


def kinds(home: Path) -> list[tuple[str, str]]:
    found = rows(home, "sql", "SELECT kind, stance FROM stance_events ORDER BY published_at")
    return [(row["kind"], row["stance"]) for row in found]


def test_a_side_is_corrected_kept_exported_and_taken_back(home: Path, tmp_path: Path) -> None:
    assert kinds(home) == [("first", "local"), ("shift", "central"), ("shift", "local")]
    first = statements(home)[0]["statement_id"]
    done = stancewatch(home, "correct", first[:8], "--stance", "central", "--note", "she quotes her critics")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"statement {first}: “{WORDS[0]}”"
    assert lines[1].startswith("  stance: local (")
    assert lines[1].endswith("-> central (100%)")
    assert lines[2:] == [
        "  Petronella Vance adds up to central (100%) here: 0 local, 1 central (1 by an analyst), 0 balanced",
        "  event told otherwise: first local -> first central, Petronella Vance, https://news.example/1",
        "  event withdrawn: shift central, Petronella Vance, https://news.example/2",
        "  1 unsent alert withdrawn",
    ]
    assert kinds(home) == [("first", "central"), ("repeat", "central"), ("shift", "local")]
    (row,) = rows(home, "corrections", "list")
    assert (row["statement_id"], row["stance"], row["own_stance"]) == (first, "central", "local")
    assert row["note"] == "she quotes her critics"
    labels, cases = tmp_path / "data" / "labels.jsonl", tmp_path / "cases.jsonl"
    labels.parent.mkdir()
    assert stancewatch(home, "corrections", "export", "--to", str(labels)).returncode == 0
    (example,) = read(labels.parent).train
    assert (example.text, example.title, example.stance) == (WORDS[0], "Story 1", "central")
    assert stancewatch(home, "corrections", "export", "--as", "cases", "--to", str(cases)).returncode == 0
    case = json.loads(cases.read_text(encoding="utf-8"))
    (statement,) = case["statements"]
    assert case["text"][statement["start"] : statement["end"]] == WORDS[0]
    assert (statement["stance"], statement["must"], "person" in statement) == ("central", False, False)
    done = stancewatch(home, "corrections", "undo", first)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == [
        "  event restored: shift central, Petronella Vance, https://news.example/2",
        "  1 withdrawn alert restored: waits for review",
    ]
    assert kinds(home) == [("first", "local"), ("shift", "central"), ("shift", "local")]
    assert stancewatch(home, "corrections", "export").stdout == ""
    listed = rows(home, "corrections", "list")
    assert [(row["status"], row["kind"]) for row in listed] == [("undone", "correct"), ("undo", "undo")]


def test_a_speaker_is_put_as_the_engine_puts_it_and_takes_the_event_along(home: Path) -> None:
    first = statements(home)[0]["statement_id"]
    done = stancewatch(home, "correct", first, "--speaker", "Cllr Oswin Brackley OBE")
    assert done.returncode == 0, done.stderr
    assert "-> Oswin Brackley, leader, Leeds City Council (local_government)" in done.stdout
    events = rows(home, "sql", "SELECT kind, person, organisation FROM stance_events ORDER BY published_at")
    assert [tuple(event.values()) for event in events[:2]] == [
        ("first", "Oswin Brackley", "Leeds City Council"),
        ("first", "Petronella Vance", "NHS Providers"),
    ]
    assert len(rows(home, "actors", "list")) == 2
    done = stancewatch(home, "correct", first, "--speaker", "", "--organisation", "NHSE")
    assert "-> leader, NHS England (national_body)" in done.stdout, done.stderr
    done = stancewatch(home, "correct", first, "--nobody")
    assert "event withdrawn: first local" in done.stdout, done.stderr
    assert statements(home)[0]["corrected"] is True


def test_a_report_says_what_stands_what_adds_up_and_nothing_of_repeats_that_stay(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        timeline.read(page("a", 1, *(Said(PEAKE, "central", words(n), confidence=0.9 - n / 99) for n in range(3))))
        ((statement,),) = timeline.query("SELECT statement_id FROM store.events")
        was = find_statement(timeline.warehouse, statement)
        corrected = correct(timeline, statement, stance="none")
        timeline.detect()
        change = Change(was, find_statement(timeline.warehouse, statement))
        sides = sum_sides(timeline.warehouse, "a", [was.actor_id or ""])
        told = select_told_otherwise(timeline.warehouse, f"run-{timeline.runs}")
    _, _, adds_up, *rest = tell_correction(change, sides, corrected, told)
    assert adds_up.startswith("  Rosalind Peake adds up to central (")
    assert adds_up.endswith("%) here: 0 local, 2 central, 0 balanced")
    assert rest == ["  the event stands: 2 more statements of Rosalind Peake in this article say central"]
    repeat = ToldOtherwise("x", "repeat", "local", "repeat", "central", "R. Peake", "https://a.example/", 1, ())
    lines = tell_correction(change, (), corrected, [repeat])
    assert lines[-1] == "  event told otherwise: repeat local -> repeat central, R. Peake, https://a.example/"


def test_explain_shows_ids_corrections_and_the_command(home: Path) -> None:
    first = statements(home)[0]["statement_id"]
    stancewatch(home, "correct", first, "--stance", "balanced")
    for key in ("https://news.example/1", "a1", first, first[:9]):
        done = stancewatch(home, "explain", key)
        assert done.returncode == 0, done.stderr
        assert f"statement {first}, corrected by an analyst; the machine said: local, Petronella Vance" in done.stdout
        assert f"Wrong? stancewatch correct {first} --stance " in done.stdout
        assert "balanced +0.00 (100%)" in done.stdout
    assert stancewatch(home, "explain", "nothing").returncode == 1


def test_what_waits_is_listed_accepted_dismissed_or_confirmed(home: Path) -> None:
    waiting = rows(home, "review")
    assert [(row["kind"], row["stance"], row["destinations"]) for row in waiting] == [
        ("first", "local", ["desk"]),
        ("shift", "central", ["desk"]),
        ("shift", "local", ["desk"]),
    ]
    assert waiting[0]["command"] == f"stancewatch correct {waiting[0]['statement_id']} --stance local"
    done = stancewatch(home, "review", "dismiss", waiting[1]["event_id"], "--note", "old")
    assert done.stdout == "1 alert dismissed: they will not be sent\n"
    done = stancewatch(home, "review", "accept", waiting[2]["event_id"][:10])
    assert done.stdout == "1 alert accepted: they go out with the next run\n"
    done = stancewatch(home, *waiting[0]["command"].split()[1:])
    assert "1 waiting alert accepted: out with the next run" in done.stdout
    assert rows(home, "review") == []
    query = "SELECT status FROM alerts JOIN stance_events USING (event_id) ORDER BY published_at"
    assert [row["status"] for row in rows(home, "sql", query)] == ["pending", "dismissed", "pending"]
    assert rows(home, "sql", "SELECT DISTINCT hold_reason FROM alerts") == [{"hold_reason": ""}]
    assert rows(home, "sql", "SELECT DISTINCT status FROM runs WHERE flow = 'review'") == [{"status": "completed"}]
    again = stancewatch(home, "review", "accept", waiting[1]["event_id"])
    assert again.returncode == 1
    assert "waits for review" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ((), 2, "nothing to correct; give --stance"),
        (("--nobody", "--speaker", "X Y"), 2, "--nobody goes with neither"),
        (("--organisation", "NHS Providers"), 2, "stands so already"),
    ],
)
def test_what_cannot_be_used_is_one_line(home: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    done = stancewatch(home, "correct", statements(home)[0]["statement_id"], *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr


def test_unknown_statements_and_undoing_nothing(home: Path) -> None:
    done = stancewatch(home, "correct", "ffffffffffff", "--stance", "local")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    done = stancewatch(home, "correct", "3a", "--stance", "local")
    assert done.stderr == "stancewatch: '3a' is too short; give at least 4 characters of the id\n"
    done = stancewatch(home, "corrections", "undo", statements(home)[0]["statement_id"])
    assert done.returncode == 2
    assert "nothing to undo" in done.stderr
    with duckdb.connect(str(home / "data" / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT DISTINCT status FROM store.runs").fetchall() == [("completed",)]


def test_whoever_decides_is_named_where_many_share_a_user(home: Path) -> None:
    first, *_ = statements(home)
    (event, *_) = rows(home, "sql", "SELECT event_id FROM stance_events ORDER BY published_at DESC")
    for who, *what in (
        ("Jane Doe", "correct", first["statement_id"], "--stance", "central"),
        ("jd@example.org", "corrections", "undo", first["statement_id"]),
        ("Ann O’Hara", "review", "dismiss", event["event_id"]),
    ):
        places = {"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home / "data")}
        done = command({**places, "STANCEWATCH_BY": who}, *what)
        assert (done.returncode, done.stderr) == (0, "")
    said = rows(home, "sql", "SELECT corrected_by FROM corrections ORDER BY corrected_at")
    assert [row["corrected_by"] for row in said] == ["Jane Doe", "jd@example.org"]
    assert rows(home, "sql", "SELECT decided_by FROM reviews") == [{"decided_by": "Ann O’Hara"}]


def test_cases_tell_what_the_engine_gets_right_by_itself(home: Path, tmp_path: Path) -> None:
    first, second, _ = statements(home)
    stancewatch(home, "correct", first["statement_id"], "--stance", "central")
    stancewatch(home, "correct", second["statement_id"], "--stance", "central")
    cases = tmp_path / "cases.jsonl"
    text = stancewatch(home, "corrections", "export", "--as", "cases").stdout
    cases.write_text(text, encoding="utf-8")
    done = stancewatch(home, "corrections", "check", str(cases))
    assert done.returncode == 0, done.stderr
    assert [line[:4] for line in done.stdout.splitlines()] == ["miss", "ok  ", "1 of"]
    cases.write_text(text.replace('"must": false', '"must": true'), encoding="utf-8")
    done = stancewatch(home, "corrections", "check", str(cases))
    assert done.returncode == 1
    assert "stance is local, not central" in done.stdout
    cases.write_text('{"id": 1}\n', encoding="utf-8")
    done = stancewatch(home, "corrections", "check", str(cases))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
