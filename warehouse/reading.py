"""What commands read from the published file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from warehouse.database import query_text
from warehouse.published import query_published

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it is published."""

    article_id: str
    url: str
    publisher: str
    title: str
    byline: str
    published_on: date | None
    text: str
    revision: int


def find_article(warehouse: Path, key: str, guess: str) -> StoredArticle | None:
    """The article with the address or id ``key``, or the id ``guess`` made from the address; None if there is none."""
    result = query_published(warehouse, query_text("find_article"), {"key": key, "guess": guess})
    return StoredArticle(*result.rows[0]) if result.rows else None


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement as it is published; ``own_`` fields are the machine's, of one that an analyst corrected."""

    statement_id: str
    start_char: int
    end_char: int
    text: str
    person: str
    role: str
    organisation: str
    actor_type: str
    quote_kind: str
    stance: str
    stance_score: float
    confidence: float
    evidence_start: int
    evidence_end: int
    themes: list[str]
    corrected: bool
    own_stance: str
    own_person: str
    own_organisation: str


def select_article_statements(warehouse: Path, article_id: str) -> list[StoredStatement]:
    """The statements of an article, in order."""
    result = query_published(warehouse, query_text("select_article_statements"), {"article_id": article_id})
    return [StoredStatement(*row) for row in result.rows]


@dataclass(frozen=True, slots=True)
class CorrectedLabel:
    """A side that an analyst gave to words, and what stands before them."""

    text: str
    before: str
    title: str
    stance: str
    themes: list[str]


@dataclass(frozen=True, slots=True)
class CorrectionCase:
    """What an analyst said of a statement, in its article; None was left alone."""

    article_id: str
    title: str
    byline: str
    published_on: date | None
    publisher: str
    article: str
    url: str
    start: int
    end: int
    stance: str | None
    themes: list[str] | None
    role: str | None
    person: str | None
    organisation: str | None
    actor_type: str | None


def select_corrected_labels(warehouse: Path) -> list[CorrectedLabel]:
    """The corrected sides that hold, in the order in which they were given."""
    return [CorrectedLabel(*row) for row in query_published(warehouse, query_text("select_corrected_labels")).rows]


def select_correction_cases(warehouse: Path) -> list[CorrectionCase]:
    """The corrections that hold, of statements that still stand in their articles, article by article."""
    return [CorrectionCase(*row) for row in query_published(warehouse, query_text("select_correction_cases")).rows]
