"""Labels that came with an article: the truth about it, which no engine's answer replaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database import Warehouse

GIVEN: Final = "given"
"""What `model_version` says of them."""


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text for which labels are given, at its article and hash; ``labels_key`` tells them from others."""

    article_id: str
    text_hash: str
    labels_key: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenStatement:
    """A statement as given: names as written, offsets into the article's text; no ``actor_type``: its body tells."""

    article_id: str
    text_hash: str
    start_char: int
    end_char: int
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
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenLabels:
    """What a text was given with it."""

    text: GivenText
    statements: tuple[GivenStatement, ...]


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """An article, for queries about some."""

    article_id: str


def select_given(warehouse: Warehouse, article_ids: Sequence[str]) -> list[GivenLabels]:
    """The labels of the current texts of these articles, those that have any, by article and place."""
    with warehouse.staged("staged_keys", ArticleKey, [ArticleKey(each) for each in article_ids]):
        texts = warehouse.select("select_given_texts", GivenText)
        statements = warehouse.select("select_given_statements", GivenStatement)
    return [
        GivenLabels(text, tuple(each for each in statements if each.article_id == text.article_id)) for text in texts
    ]
