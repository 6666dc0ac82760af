"""A home into which files are imported, and what the warehouse then holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from flows.commands import import_file
from tests.command import new_home

if TYPE_CHECKING:
    from collections.abc import Sequence

FREE = "Let every board decide for itself how it spends what it has"
RULES = "There must be one rule for all of us and ministers must write it"
CONTENT = (
    "SELECT article_id, title, text, revision, is_live, first_seen_at, model_version FROM store.articles",
    "SELECT article_id, revision, text, fetched_at FROM store.article_revisions",
    "SELECT * EXCLUDE (published_at) FROM statements",
    "SELECT * EXCLUDE (detected_at) FROM stance_events",
    "SELECT alert_id, event_id, destination, status FROM alerts",
    "SELECT url, stage, reason FROM drops",
    "FROM store.given_texts",
    "FROM store.given_statements",
)
ALERTS = "detection: {minimum_confidence: 0.5}\n"


def line(
    article_id: str, day: int, *paragraphs: str, statements: Sequence[Any] | None = (), **more: Any
) -> dict[str, Any]:
    """A line of an import file, of a day of March 2026; with ``statements`` None it brings no labels."""
    written = {
        "id": article_id,
        "url": f"https://news.example/{article_id}",
        "publisher": "Example News",
        "title": f"Story {article_id}",
        "published": f"2026-03-{day:02}",
        "first_seen": f"2026-03-{day:02}T12:00:00Z",
        "text": "\n\n".join(paragraphs),
    }
    return written | ({} if statements is None else {"statements": list(statements)}) | more


def said(words: str, stance: str, **more: Any) -> dict[str, Any]:
    """A label for words that stand once in the text."""
    return {"text": words, "stance": stance, "person": "Rosalind Peake", "organisation": "Mid Weald ICB"} | more


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """A configuration without feeds, and a warehouse."""

    home: Path

    def __post_init__(self) -> None:
        new_home(self.home, ALERTS)

    @property
    def environment(self) -> dict[str, str]:
        """Where a command finds both."""
        return {"STANCEWATCH_CONFIG": str(self.home / "config"), "STANCEWATCH_HOME": str(self.home / "data")}

    def write(self, *lines: object) -> Path:
        """An import file; text stands as it is."""
        file = self.home / "in.jsonl"
        texts = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in lines]
        file.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return file

    def load(self, *lines: object, is_live: bool = True) -> str:
        """Import lines; what the command says."""
        return import_file(self.write(*lines), is_live=is_live)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the working file."""
        with duckdb.connect(str(self.home / "data" / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def events(self) -> list[tuple[Any, ...]]:
        """Article, kind, who, side and side before, in the order of detection."""
        return self.rows(
            "SELECT article_id, kind, coalesce(nullif(person, ''), organisation), stance, previous_stance"
            " FROM stance_events ORDER BY detected_at, article_id, 3"
        )

    def content(self) -> list[list[tuple[Any, ...]]]:
        """All that an import leaves, but for when it ran."""
        return [sorted(self.rows(sql), key=repr) for sql in CONTENT]
