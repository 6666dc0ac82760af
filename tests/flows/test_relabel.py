"""`stancewatch relabel`: history told anew by a changed engine, silently, resumably, saying what changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows import relabel
from flows.analyse import analyse_articles
from flows.commands import import_file
from flows.relabel import relabel_history, tell_changes
from flows.settings import SHIPPED_CONFIG
from warehouse.labels import LabelChange

if TYPE_CHECKING:
    from pathlib import Path

    from flows.run import Run

SPEECH = "“{words},” said Petronella Vance, chief executive of NHS Providers."
WORDS = (
    "Whitehall should stop dictating to boards that know their patients",
    "Local leaders must be free to decide without interference from above",
    "The new scanner arrived on Tuesday and staff are delighted with it",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three articles that were news, with their events and alerts."""
    (tmp_path / "config").mkdir()
    for name in ("feeds", "seeds"):
        (tmp_path / "config" / f"{name}.yml").write_text(f"{name}: []\n", encoding="utf-8")
    (tmp_path / "config" / "alerts.yml").write_text("detection: {minimum_confidence: 0.1}\n", encoding="utf-8")
    monkeypatch.setenv("STANCEWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path / "data"))
    lines = [
        {"id": f"a{n}", "url": f"https://news.example/{n}", "publisher": "Example News", "title": f"Story {n}"}
        | {"published": f"2026-03-0{n}", "first_seen": f"2026-03-0{n}T12:00:00Z"}
        | {"text": SPEECH.format(words=words) + f"\n\nThe car park will reopen on day {n}.\n"}
        for n, words in enumerate(WORDS, start=1)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    import_file(tmp_path / "in.jsonl", is_live=True)
    return tmp_path


def told(home: Path) -> list[tuple[object, ...]]:
    query = "SELECT event_id, kind, stance FROM store.events UNION ALL SELECT alert_id, rule, '' FROM store.alerts"
    with duckdb.connect(str(home / "data" / "warehouse.duckdb"), read_only=True) as connection:
        return sorted(connection.execute(query).fetchall())


def write_language(home: Path, old: str, new: str) -> None:
    """The user's own language.yml: the shipped one with a change."""
    text = (SHIPPED_CONFIG / "language.yml").read_text(encoding="utf-8")
    assert old in text
    (home / "config" / "language.yml").write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_relabelled_by_the_same_engine(home: Path) -> None:
    before = told(home)
    assert before
    assert relabel_history().startswith("0 articles relabelled with engine ")
    assert told(home) == before


def test_a_change_that_changes_no_label_says_so(home: Path) -> None:
    (home / "config" / "themes.yml").write_text(
        (SHIPPED_CONFIG / "themes.yml").read_text(encoding="utf-8") + "# ours\n", encoding="utf-8"
    )
    before = told(home)
    first, *lines = relabel_history().splitlines()
    assert first.startswith("3 articles relabelled")
    assert [line.strip() for line in lines] == ["3  keep their side, 0 of them with other themes"]
    assert told(home) == before


def test_statements_that_are_no_longer_found_are_counted_and_what_was_told_stays(home: Path) -> None:
    write_language(home, "\n  - say\n", "\n  - sayeth\n")
    before = told(home)
    changes = "\n".join(relabel_history().splitlines()[1:])
    assert "-> not a statement" in changes
    assert told(home) == before


def test_a_call_that_was_cut_off_is_finished_by_the_next(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.analyse.chunk_size", lambda _cores: 1)
    (home / "config" / "themes.yml").write_text(
        (SHIPPED_CONFIG / "themes.yml").read_text(encoding="utf-8") + "# ours\n", encoding="utf-8"
    )
    chunks = 0

    async def stops(run: Run, *, only_known: bool) -> int:
        nonlocal chunks
        chunks += 1
        if chunks > 1:
            raise KeyboardInterrupt
        return await analyse_articles(run, only_known=only_known)

    with monkeypatch.context() as cut:
        cut.setattr(relabel, "analyse_articles", stops)
        with pytest.raises(KeyboardInterrupt):
            relabel_history()
    assert relabel_history().startswith("2 articles relabelled")


def test_changes_are_told_by_their_frequency() -> None:
    changes = [
        LabelChange("none", "none", 40, 3),
        LabelChange("local", "central", 5, 5),
        LabelChange(None, "local", 2, 0),
        LabelChange("local", "local", 10, 1),
    ]
    assert tell_changes(changes) == [
        "       5  local -> central",
        "       2  not a statement -> local",
        "      50  keep their side, 4 of them with other themes",
    ]
