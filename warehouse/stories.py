"""Which articles are one story: sketches of the new ones, likely copies found in SQL, links that hold for good."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.story import SKETCH_VERSION, are_copies, is_rewritten, sketch, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warehouse.database import Warehouse

BACKLOG = 1000
"""So many articles get their sketches in one transaction; an older version's warehouse takes several."""
HITS = 200_000
"""So many bands in common are looked at in one query."""
COMPARED = 500
"""So many pairs have their texts compared at a time."""
_ASSIGNING = ("delete_story_links", "insert_story_links", "find_stories")


@dataclass(frozen=True, slots=True)
class ArticleForSketch:
    """An article whose text or headline no sketch is of; ``previous_text`` if an edit replaced one since."""

    article_id: str
    url: str
    publisher: str
    title: str
    dated_at: datetime
    text: str
    text_hash: str
    previous_text: str | None


@dataclass(frozen=True, slots=True)
class SketchRow:
    """A sketch to store, and what it is of."""

    article_id: str
    version: str
    text_hash: str
    title: str
    title_key: str
    path_key: str
    words_key: str
    is_rewritten: bool


@dataclass(frozen=True, slots=True)
class BandRow:
    """One band of an article's sketch."""

    article_id: str
    band: int


@dataclass(frozen=True, slots=True)
class LikelyCopy:
    """Two articles of which one may be a copy of the other."""

    article_id: str
    other_id: str


@dataclass(frozen=True, slots=True)
class PrintedText:
    """What tells whether a stored article is a copy of another."""

    article_id: str
    publisher: str
    title: str
    url: str
    dated_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Two articles that carry one text."""

    article_id: str
    other_id: str


def group_stories(warehouse: Warehouse) -> Counter[str]:
    """Find the stories of the next articles that wait, in one transaction; count articles_grouped and copies_found."""
    with warehouse.transaction():
        return assign_stories(warehouse)


def assign_stories(warehouse: Warehouse) -> Counter[str]:
    """Do the same within the caller's transaction."""
    articles = warehouse.select("select_articles_to_sketch", ArticleForSketch, version=SKETCH_VERSION, limit=BACKLOG)
    if not articles:
        return Counter()
    sketches, bands = _sketches(articles)
    with (
        warehouse.staged("staged_sketches", SketchRow, sketches),
        warehouse.staged("staged_bands", BandRow, bands),
    ):
        for step in ("delete_sketches", "delete_sketch_bands", "insert_sketches", "insert_sketch_bands"):
            warehouse.execute(step)
        links = _links(warehouse)
        with warehouse.staged("staged_links", LinkRow, links):
            for step in _ASSIGNING:
                warehouse.execute(step)
            if warehouse.change("update_stories"):
                warehouse.execute("show_stories")
    return Counter(articles_grouped=len(articles), copies_found=len(links))


def _sketches(articles: Sequence[ArticleForSketch]) -> tuple[list[SketchRow], list[BandRow]]:
    rows, bands = [], []
    for article in articles:
        made = sketch(article.title, article.url, article.text)
        is_other = article.previous_text is not None and is_rewritten(article.previous_text, article.text)
        rows.append(
            SketchRow(
                article_id=article.article_id,
                version=SKETCH_VERSION,
                text_hash=article.text_hash,
                title=article.title,
                title_key=made.title_key,
                path_key=made.path_key,
                words_key=made.words_key,
                is_rewritten=is_other,
            )
        )
        bands += [BandRow(article.article_id, band) for band in made.bands]
    return rows, bands


def _links(warehouse: Warehouse) -> list[LinkRow]:
    """The likely copies that hold word for word, a few at a time, lest a hundred copies of a page fill the memory."""
    found: list[LinkRow] = []
    for chosen in _slices(warehouse.execute("count_shared_bands")):
        likely = warehouse.select("select_likely_copies", LikelyCopy, ids=chosen)
        for start in range(0, len(likely), COMPARED):
            found += _compared(warehouse, likely[start : start + COMPARED])
    return found


def _slices(hits: Sequence[tuple[str, int]]) -> Iterator[list[str]]:
    """Articles together until their bands have ``HITS`` in common with known ones."""
    chosen: list[str] = []
    size = 0
    for article_id, number in hits:
        chosen.append(article_id)
        size += number
        if size > HITS:
            yield chosen
            chosen, size = [], 0
    if chosen:
        yield chosen


def _compared(warehouse: Warehouse, pairs: Sequence[LikelyCopy]) -> list[LinkRow]:
    ids = sorted({one for pair in pairs for one in (pair.article_id, pair.other_id)})
    known = {
        row.article_id: wording(row.publisher, row.title, row.url, row.dated_at, row.text)
        for row in warehouse.select("select_printed_texts", PrintedText, ids=ids)
    }
    return [
        LinkRow(pair.article_id, pair.other_id)
        for pair in pairs
        if are_copies(known[pair.article_id], known[pair.other_id])
    ]
