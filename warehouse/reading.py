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
