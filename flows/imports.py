"""Import: articles from a JSONL file, as history or as if they were fetched when they were first seen."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.article import NoArticle, extract_page
from extractors.article_meta import language_of
from extractors.identity import canonical_url, content_id
from extractors.records import EXTRACTOR_VERSION, TextSource
from flows.given import LabelError, read_labels
from flows.import_order import lines_by_first_seen, read_moment
from warehouse.articles import ArticleRow, store_articles
from warehouse.given import GivenLabels
from warehouse.polls import Drop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from flows.run import Run

log = logging.getLogger("stancewatch")
CHUNK = 500
MOST_KEYS = 10_000
"""Ids and addresses that are remembered at a time; that many are settled together at most."""
_NO_BRACKETS = str.maketrans("", "", "⟨⟩")
_LONGEST_NAME = 2_000
KEYS = ("id", "url", "publisher", "title", "byline", "published", "first_seen", "text", "html")


class LineError(ValueError):
    """A line of an import file cannot be used; the text says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines were taken and how many refused."""

    taken: int
    refused: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be used; ``labels`` are None where it brings none."""

    article: ArticleRow
    labels: GivenLabels | None


async def import_articles(
    run: Run, file: Path, judge: Callable[[Run], Awaitable[None]], *, is_live: bool = False
) -> Imported:
    """Store the articles of ``file`` as if each had been fetched when it was first seen, in that order.

    A line that cannot be used is reported and recorded, the rest goes on. No address or id stands twice in what is
    stored before ``judge`` settles it: what came of an article is known before its edit is read. Cut off, an import
    changes nothing that it has done already when it is run again.

    Raises:
        OSError: the file cannot be read.
    """
    taken, refused = 0, 0
    batch = _Batch(run)
    for number, line in lines_by_first_seen(file, run.now):
        try:
            read = read_line(line, run.now, is_live=is_live)
        except LineError as error:
            log.warning("%s:%d: %s", file, number, error)
            batch.refuse(Drop(f"{file.name}:{number}", "import", f"{error}{_names_of(line)}"))
            refused += 1
            continue
        if batch.has(read.article):
            await batch.settle(judge)
        batch.add(read)
        taken += 1
    await batch.settle(judge)
    return Imported(taken, refused)


class _Batch:
    """Lines that may be settled together, stored some at a time."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._keys: set[str] = set()
        self._lines: list[Line] = []
        self._drops: list[Drop] = []

    def has(self, article: ArticleRow) -> bool:
        """Whether the article's id or address is in the batch, or the batch is full."""
        return len(self._keys) >= MOST_KEYS or not self._keys.isdisjoint(_keys(article))

    def add(self, line: Line) -> None:
        """Take a line; store what has come together, if it is enough."""
        self._keys |= _keys(line.article)
        self._lines.append(line)
        if len(self._lines) >= CHUNK:
            self._store()

    def refuse(self, drop: Drop) -> None:
        """Take a line that could not be used."""
        self._drops.append(drop)

    async def settle(self, judge: Callable[[Run], Awaitable[None]]) -> None:
        """Store the rest and have it judged, at a moment of its own; then the batch is empty."""
        self._store()
        await judge(self._run.later())
        self._keys.clear()

    def _store(self) -> None:
        articles = [line.article for line in self._lines]
        given = [line.labels for line in self._lines if line.labels]
        self._run.counts.update(store_articles(self._run.warehouse, self._run.now, articles, self._drops, given))
        self._lines, self._drops = [], []


def _keys(article: ArticleRow) -> set[str]:
    return {article.article_id, canonical_url(article.url)}


def read_line(line: bytes, now: datetime, *, is_live: bool) -> Line:
    """One line of an import file as an article, with its labels if it brings any.

    Raises:
        LineError: it is not JSON, lacks what an article needs, or has a value of the wrong kind.
    """
    record = _object(line)
    url = record.get("url") or ""
    article_id = str(record.get("id") or "") or (content_id(canonical_url(url)) if url else "")
    if not article_id:
        raise LineError("has neither id nor url; give one of them")
    title, byline, text, published = _content(record, url)
    first_seen = _moment(record, "first_seen") or now
    article = ArticleRow(
        article_id=article_id,
        url=url or f"import:{article_id}",
        publisher=record.get("publisher") or "",
        feed_id="",
        kind="import",
        title=title,
        byline=byline,
        published_at=published,
        first_seen_at=first_seen,
        fetched_at=first_seen,
        language=language_of(text),
        text=text,
        text_hash=content_id(text),
        words=len(text.split()),
        extractor_version=EXTRACTOR_VERSION,
        is_live=is_live,
        text_source=TextSource.FILE,
    )
    try:
        return Line(article, read_labels(record, article))
    except LabelError as error:
        raise LineError(str(error)) from None


def _names_of(line: bytes) -> str:
    """The id and address that a refused line gives, each in ⟨⟩, so that a trace of them finds it."""
    try:
        record = _object(line)
    except LineError:
        return ""
    url = canonical_url(record.get("url") or "")
    names = [name.translate(_NO_BRACKETS)[:_LONGEST_NAME] for name in (str(record.get("id") or ""), url)]
    told = " ".join(f"⟨{name}⟩" for name in names if name)
    return f"; the line is of {told}" if told else ""


def _object(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        raise LineError(f"is not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise LineError(f"is not JSON: {str(error)[:80]}; write one object a line") from None
    if not isinstance(record, dict):
        raise LineError("is not an object; write {" + ", ".join(f'"{key}": …' for key in KEYS[:3]) + ", …}")
    for key in KEYS:
        value = record.get(key)
        if value is not None and not isinstance(value, str | int if key == "id" else str):
            raise LineError(f"{key} is {type(value).__name__}; write it as a string")
    return record


def _content(record: dict[str, Any], url: str) -> tuple[str, str, str, datetime | None]:
    title, byline, text = (record.get(key) or "" for key in ("title", "byline", "text"))
    published = _moment(record, "published")
    if not text.strip() and record.get("html"):
        try:
            page = extract_page(record["html"].encode("utf-8", "replace"), url=url, charset="utf-8")
        except NoArticle as error:
            raise LineError(f"html {error}") from None
        return title or page.title, byline or page.byline, page.text, published or page.published_at
    if not text.strip():
        raise LineError("has neither text nor html; give one of them")
    return title, byline, text, published


def _moment(record: dict[str, Any], key: str) -> datetime | None:
    value = record.get(key)
    if not value:
        return None
    try:
        return read_moment(value)
    except (ValueError, OverflowError):
        raise LineError(f"{key} {value[:40]!r} is no date; write 2026-06-03 or 2026-06-03T09:15:00Z") from None
