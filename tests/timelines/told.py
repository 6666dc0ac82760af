"""What the system tells of a timeline: imported by the command, read back from the view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from tests.command import at_home, new_home
from tests.timelines.gold import import_lines

if TYPE_CHECKING:
    from pathlib import Path

    from tests.timelines.gold import Timeline

EVENTS = (
    "SELECT e.article_id, e.kind, coalesce(nullif(e.person, ''), e.organisation), e.stance, p.article_id,"
    " e.new_themes, e.quote, e.confidence FROM stance_events AS e LEFT JOIN articles AS p ON p.url = e.previous_url"
    " ORDER BY e.detected_at, e.article_id, 3"
)


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as the view shows it."""

    article: str
    kind: str
    who: str
    stance: str
    previous: str | None
    new_themes: tuple[str, ...]
    quote: str
    confidence: float


class Ledger:
    """A home with a warehouse of its own, into which timelines are imported."""

    def __init__(self, home: Path) -> None:
        self._home = new_home(home)
        self._warehouse = home / "data" / "warehouse.duckdb"

    def read(self, timeline: Timeline, *, with_labels: bool) -> list[ToldEvent]:
        """Import the history of a timeline, then its news; the events that came of it."""
        for name, is_live in (("history", False), ("news", True)):
            articles = [article for article in timeline.articles if article.live is is_live]
            file = self._home / f"{name}.jsonl"
            file.write_text(import_lines(articles, with_labels=with_labels), encoding="utf-8")
            self._import(file, *(["--live"] if is_live else []))
        return [_event(row) for row in self.query(EVENTS)]

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the working file."""
        with duckdb.connect(str(self._warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def _import(self, file: Path, *options: str) -> None:
        at_home(self._home, "import", str(file), *options).check_returncode()


def _event(row: tuple[Any, ...]) -> ToldEvent:
    article, kind, who, stance, previous, themes, quote, confidence = row
    return ToldEvent(article, kind, who, stance, previous, tuple(themes), quote, confidence)
