"""A copy put back: only a sound one, whole or not at all, and what was there is kept."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.warehouse.processes import holding, start_code
from tests.warehouse.timeline import PEAKE, Said, at, open_timeline, page, words
from warehouse.claim import latest_claim, new_claim, stake_claim
from warehouse.copies import write_copy
from warehouse.database import LeaseLostError, Warehouse, WarehouseBusyError, WarehouseError
from warehouse.inspection import inspect_file, log_of
from warehouse.published import publish, query_published
from warehouse.restoring import restore

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

DIE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from warehouse.restoring import restore
moment = sys.argv[3]
def watch(frame, event, argument):
    if moment in (f"{event} {frame.f_code.co_name}", f"{event} {getattr(argument, '__name__', '')}"):
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))
"""
LEAVE_A_LOG = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.timeline import PEAKE, Said, Timeline, page, words
from warehouse.database import Warehouse
timeline = Timeline(Warehouse.open(Path(sys.argv[1])))
timeline.read(page("c", 3, Said(PEAKE, "local", words(3))))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A working file of two articles, with a copy of the time of the first beside it."""
    with open_timeline(tmp_path) as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "local", words(1))))
        write_copy(timeline.warehouse, tmp_path / "copy.duckdb")
        timeline.read(page("b", 2, Said(PEAKE, "central", words(2))))
        publish(timeline.warehouse)
        return timeline.warehouse.path


def articles(path: Path) -> list[str]:
    with duckdb.connect(str(path), read_only=True) as plain:
        return [str(name) for (name,) in plain.execute("SELECT article_id FROM articles ORDER BY 1").fetchall()]


def refusal(path: Path, copy: Path) -> str:
    before = path.read_bytes()
    with pytest.raises(WarehouseError) as caught:
        restore(path, copy, at(9))
    assert path.read_bytes() == before
    assert not path.with_name(path.name + ".restoring").exists()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_was_there_is_kept_and_what_is_there_is_published(path: Path, tmp_path: Path) -> None:
    done = restore(path, tmp_path / "copy.duckdb", at(9))
    assert done.set_aside == tmp_path / "warehouse.before-20260609T090000.duckdb"
    assert (articles(path), articles(done.set_aside)) == (["a"], ["a", "b"])
    assert query_published(path, "SELECT article_id FROM articles").rows == (("a",),)
    assert query_published(path, "SELECT flow, status FROM runs").rows == (("restore", "completed"),)
    assert done.carried.left_behind["articles"] == 1
    again = restore(path, tmp_path / "copy.duckdb", at(9))
    assert again.set_aside not in {None, done.set_aside}
    assert articles(done.set_aside) == ["a", "b"]


def test_logs_of_killed_runs_are_part_of_what_was_there_and_of_a_copy(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    for file in (path, copy):
        with start_code(LEAVE_A_LOG, file) as process:
            process.communicate(timeout=60)
        assert log_of(file).exists()
    done = restore(path, copy, at(9))
    assert done.set_aside
    assert (articles(path), articles(done.set_aside)) == (["a", "c"], ["a", "b", "c"])
    assert not log_of(path).exists()


def test_a_broken_file_and_none_at_all_are_restored_over(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"no database")
    log_of(path).write_bytes(b"no log")
    done = restore(path, tmp_path / "copy.duckdb", at(9))
    assert done.set_aside
    assert (done.set_aside.read_bytes(), log_of(done.set_aside).read_bytes()) == (b"no database", b"no log")
    assert articles(path) == ["a"]
    path.unlink()
    assert restore(path, tmp_path / "copy.duckdb", at(10)).set_aside is None
    assert articles(path) == ["a"]


def test_a_newer_file_is_asked_what_was_sent_and_set_aside(path: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(path)) as plain:
        plain.execute("INSERT INTO store.migrations VALUES ('9999_future', now())")
    done = restore(path, tmp_path / "copy.duckdb", at(9))
    assert done.carried.source == path
    Warehouse.open(path).close()


def test_what_is_no_sound_copy_is_refused(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    assert refusal(path, tmp_path / "none.duckdb").startswith(f"{tmp_path}/none.duckdb: no such file; ")
    assert refusal(path, path) == f"{path}: is the working file itself; restore takes a copy of it"
    (tmp_path / "text").write_text("no database")
    assert refusal(path, tmp_path / "text").startswith(f"{tmp_path}/text: is not restored: file: ")
    (tmp_path / "newer.duckdb").write_bytes(copy.read_bytes())
    with duckdb.connect(str(tmp_path / "newer.duckdb")) as plain:
        plain.execute("INSERT INTO store.migrations VALUES ('9999_future', now())")
    assert refusal(path, tmp_path / "newer.duckdb") == (
        f"{tmp_path}/newer.duckdb: is not restored: version: was written by a newer version (9999_future); "
        "upgrade stancewatch; nothing was changed"
    )
    with duckdb.connect(str(copy)) as plain:
        plain.execute("UPDATE store.statements SET text = text || '!'")
    assert "quotations: 1 of 1 are wrong, such as " in refusal(path, copy)
    with holding(path), pytest.raises(WarehouseBusyError, match="in use by process"):
        restore(path, copy, at(9))


@pytest.mark.parametrize(
    ("moment", "is_new"),
    [
        ("return copy_with_log", False),
        ("call _set_aside", False),
        ("call put_in_place", False),
        ("call publish_file", True),
    ],
)
def test_killed_at_any_moment_it_leaves_the_old_or_the_new(
    path: Path, tmp_path: Path, moment: str, *, is_new: bool
) -> None:
    with start_code(DIE, path, tmp_path / "copy.duckdb", moment) as process:
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (-9, "")
    assert articles(path) == (["a"] if is_new else ["a", "b"])
    assert any(articles(kept) == ["a", "b"] for kept in [path, *tmp_path.glob("*.before-*.duckdb")])
    restore(path, tmp_path / "copy.duckdb", at(9))
    assert articles(path) == ["a"]
    assert sorted(file.name for file in tmp_path.iterdir() if ".before-" not in file.name) == [
        "copy.duckdb",
        "warehouse.duckdb",
        "warehouse.duckdb.lease",
        "warehouse.duckdb.lock",
        "warehouse.published.duckdb",
    ]
    assert len([*tmp_path.glob("*.before-*.duckdb")]) == 1 + is_new


@pytest.mark.parametrize("moment", ["return _draft", "return _bring_in", "return _set_aside", "call publish_file"])
def test_one_that_wakes_when_somebody_else_took_over_overwrites_nothing(
    path: Path, tmp_path: Path, moment: str
) -> None:
    with start_code(LEAVE_A_LOG, path) as process:
        process.communicate(timeout=60)
    there: list[tuple[Path, bytes]] = []

    def take_over(frame: FrameType, event: str, _: object) -> None:
        if f"{event} {frame.f_code.co_name}" == moment and not there:
            stake_claim(path, new_claim(latest_claim(path)[0] + 1, 60))
            files = [path, log_of(path), tmp_path / "warehouse.published.duckdb"]
            there.extend((file, file.read_bytes()) for file in files if file.exists())

    sys.setprofile(take_over)
    try:
        with pytest.raises(LeaseLostError, match="another took over"):
            restore(path, tmp_path / "copy.duckdb", at(9))
    finally:
        sys.setprofile(None)
    assert [file for file, content in there if not file.exists() or file.read_bytes() != content] == []
    assert len(there) >= 2


def flip(path: Path, words: bytes) -> None:
    content = path.read_bytes()
    place = content.index(words)
    path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])


def test_one_bit_that_fell_over_is_found(path: Path, tmp_path: Path) -> None:
    assert all(observation.is_sound for observation in inspect_file(path, tmp_path))
    before = sorted(tmp_path.iterdir())
    flip(path, b"the old pump room")
    observations = inspect_file(path, tmp_path)
    broken = [observation for observation in observations if not observation.is_sound]
    assert {observation.what for observation in broken} == {"table store.articles", "tables"}
    assert "cannot be read whole" in broken[0].words
    assert sorted(tmp_path.iterdir()) == before
    flipped = tmp_path / "flipped.duckdb"
    shutil.copyfile(path, flipped)
    assert "table store.articles: cannot be read whole" in refusal(path, flipped)


BREAK = {
    "UPDATE store.statements SET evidence_end = end_char + 1": "evidence",
    "UPDATE store.articles SET text = ' ' || text": "quotations",
    "UPDATE store.articles SET title = 'Another'": "articles shown by statements",
    "DELETE FROM store.articles WHERE article_id = 'b'": "articles of events",
    "INSERT INTO store.articles FROM store.articles": "article ids stand once",
    "DELETE FROM store.statements": "statements of events",
    "CREATE OR REPLACE VIEW main.runs AS SELECT 1 // 0::INT AS x, error('gone') AS y": "view runs",
}


@pytest.mark.parametrize("sql", list(BREAK))
def test_what_does_not_hold_is_named(path: Path, tmp_path: Path, sql: str) -> None:
    with duckdb.connect(str(path)) as plain:
        plain.execute(sql)
    observations = inspect_file(path, tmp_path)
    assert BREAK[sql] in {observation.what for observation in observations if not observation.is_sound}
