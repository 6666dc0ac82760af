"""`stancewatch import`: each line as if it had been fetched when it was first seen, whatever the file's order."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.import_order import lines_by_first_seen
from tests.depth import IS_THOROUGH, spread
from tests.flows.import_desk import FREE, RULES, ImportDesk, line, said

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
OTHER = "No two towns are alike and each should settle this for itself"
KILLED = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from flows.commands import import_file
from warehouse.database import Warehouse

point, transaction, count = int(sys.argv[2]), Warehouse.transaction, 0

@contextmanager
def counted(warehouse):
    global count
    with transaction(warehouse):
        yield
        count += 1
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)
    count += 1
    if count == point:
        os.kill(os.getpid(), signal.SIGKILL)

Warehouse.transaction = counted
print(import_file(Path(sys.argv[1]), is_live=True))
"""
"""An import that is killed at its so manieth turn: before a commit, after it, before the next."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportDesk:
    desk = ImportDesk(tmp_path)
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    return desk


def first(**more: Any) -> dict[str, Any]:
    return line("a1", 1, FREE, statements=[said(FREE, "local")]) | more


def edit(**more: Any) -> dict[str, Any]:
    """The first article, edited four days later: somebody answers."""
    answer = said(RULES, "central", person="Ossian Tarn", organisation="DHSC")
    labels = [said(FREE, "local"), answer]
    return line("a1", 1, FREE, RULES, statements=labels, first_seen="2026-03-05T12:00:00Z") | more


def turn() -> dict[str, Any]:
    return line("a2", 3, f"{RULES} for ever", statements=[said(f"{RULES} for ever", "central")])


def answered() -> dict[str, Any]:
    """After the edit; the one who answered there changes his mind."""
    label = said(OTHER, "local", person="Ossian Tarn", organisation="DHSC")
    return line("a3", 7, OTHER, statements=[label])


EVENTS = [
    ("a1", "first", "Rosalind Peake", "local", None),
    ("a2", "shift", "Rosalind Peake", "central", "local"),
    ("a1", "first", "Ossian Tarn", "central", None),
    ("a3", "shift", "Ossian Tarn", "local", "central"),
]


@pytest.mark.parametrize("order", spread(itertools.permutations(range(4)), 2))
def test_an_edit_in_the_same_file_makes_its_own_event_in_any_order(desk: ImportDesk, order: tuple[int, ...]) -> None:
    lines = [first(), turn(), edit(), answered()]
    assert desk.load(*(lines[each] for each in order)).startswith("4 lines taken; 3 new articles, 1 edited article")
    assert sorted(desk.events()) == sorted(EVENTS)
    assert desk.rows("SELECT revision FROM articles WHERE article_id = 'a1'") == [(2,)]


@pytest.mark.deep
def test_one_file_is_as_good_as_one_file_a_line(desk: ImportDesk, tmp_path: Path) -> None:
    lines = [first(), turn(), edit(), answered()]
    desk.load(*lines)
    together = desk.content()
    (tmp_path / "data").rename(tmp_path / "together")
    for each in lines:
        desk.load(each)
    assert desk.content() == together


def test_history_keeps_edits_as_revisions_and_makes_no_events(desk: ImportDesk) -> None:
    desk.load(answered(), edit(), first(), is_live=False)
    assert desk.events() == []
    assert desk.rows("SELECT article_id, revision FROM articles ORDER BY 1") == [("a1", 2), ("a3", 1)]
    assert desk.rows("SELECT text FROM store.article_revisions") == [(FREE,)]


def test_the_same_file_again_changes_nothing(desk: ImportDesk) -> None:
    lines = [edit(), "{broken", first(), answered(), turn()]
    desk.load(*lines)
    before = desk.content()
    assert desk.load(*lines) == "4 lines taken, 1 refused (see above and the view drops); nothing new"
    assert desk.content() == before


def test_an_address_that_comes_again_under_another_id_waits_for_the_next_batch(desk: ImportDesk) -> None:
    again = line("b1", 2, RULES, statements=[said(RULES, "central")]) | {
        "url": "https://www.news.example/a1?utm_source=x"
    }
    desk.load(first(), again)
    assert [kind for _, kind, *_ in desk.events()] == ["first", "shift"]


def test_lines_come_in_the_order_of_time_and_numbered_as_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(
        b'{"id": 1, "first_seen": "2026-03-03"}\n\n{"id": 2, "first_seen": "2026-03-01T09:00:00+02:00"}\n{"id": 3}\n'
        b'{broken\n{"id": 4, "first_seen": "2026-03-01T08:00:00"}\n{"id": 5, "first_seen": "2026-03-03"}'
    )
    read = [(number, text.strip()[:8]) for number, text in lines_by_first_seen(file, NOW)]
    assert read == [
        (3, b'{"id": 2'),
        (6, b'{"id": 4'),
        (1, b'{"id": 1'),
        (7, b'{"id": 5'),
        (4, b'{"id": 3'),
        (5, b"{broken"),
    ]


@pytest.mark.deep
def test_killed_at_many_turns_and_run_again(desk: ImportDesk, tmp_path: Path) -> None:
    lines = [edit(), first(), "{broken", answered(), turn()]
    desk.load(*lines)
    undisturbed = desk.content()
    (tmp_path / "data").rename(tmp_path / "undisturbed")
    deaths = 0
    for point in itertools.count(1, 2 if IS_THOROUGH else 9):
        done = import_killed_at(desk, point)
        deaths += done.returncode == -signal.SIGKILL
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert deaths >= 4
    assert desk.content() == undisturbed


def import_killed_at(desk: ImportDesk, point: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, str(desk.home / "in.jsonl"), str(point)]
    environment = {**os.environ, **desk.environment}
    return subprocess.run(  # noqa: S603 - our own code
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
