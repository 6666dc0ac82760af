"""Timelines as they are written down, and as lines of an import file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.records import ActorType, Stance, Theme
from flows.config_file import read_config

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parent
ALERTING = ("first", "shift", "theme")


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement by the codebook; its words stand exactly once in the text."""

    words: str
    stance: Stance
    actor_type: ActorType
    person: str | None = ""
    role: str | None = ""
    organisation: str | None = ""
    themes: tuple[Theme, ...] = ()

    @property
    def who(self) -> str:
        """The name that history is kept under."""
        return self.person or self.organisation or ""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article, or a later version of one with the same id."""

    id: str
    url: str
    publisher: str
    title: str
    published: datetime
    first_seen: datetime
    live: bool
    text: str
    statements: tuple[GoldStatement, ...] = ()
    byline: str | None = ""


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """What the codebook's table makes of an actor in an article; ``seen`` tells versions of one article apart."""

    article: str
    kind: str
    stance: Stance
    person: str | None = ""
    organisation: str | None = ""
    previous: str | None = None
    new_themes: tuple[Theme, ...] = ()
    seen: datetime | None = None

    @property
    def who(self) -> str:
        """The name that history is kept under."""
        return self.person or self.organisation or ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles that hang together, and the events that they make."""

    name: str
    about: str
    articles: tuple[GoldArticle, ...]
    events: tuple[GoldEvent, ...]
    file: str = field(default="")


def read_timeline(file: Path) -> Timeline:
    """The timeline of a file.

    Raises:
        ConfigError: it is not written as a timeline is.
    """
    return read_config(file, Timeline, {"file": file.stem})


def timeline_files(group: str = "") -> list[Path]:
    """The files of a group ("a" for development, "b" set aside), or of all."""
    return sorted(FOLDER.glob(f"{group}*.yml"))


def import_lines(articles: Iterable[GoldArticle], *, with_labels: bool) -> str:
    """The articles as an import file has them, one a line."""
    return "".join(json.dumps(_line(each, with_labels=with_labels), ensure_ascii=False) + "\n" for each in articles)


def _line(article: GoldArticle, *, with_labels: bool) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "byline": article.byline or "",
        "published": article.published.isoformat(),
        "first_seen": article.first_seen.isoformat(),
        "text": article.text,
    }
    if with_labels:
        line["statements"] = [_label(statement, article.text) for statement in article.statements]
    return line


def _label(statement: GoldStatement, text: str) -> dict[str, Any]:
    start = text.index(statement.words)
    return {
        "start": start,
        "end": start + len(statement.words),
        "text": statement.words,
        "person": statement.person,
        "role": statement.role,
        "organisation": statement.organisation,
        "actor_type": statement.actor_type,
        "stance": statement.stance,
        "themes": list(statement.themes),
    }
