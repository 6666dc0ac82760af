"""Import: articles from a JSONL file, as history or as if they were fetched when they were first seen."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from extractors.article import NoArticle, extract_page
from extractors.article_meta import language_of
from extractors.identity import canonical_url, content_id
from extractors.records import EXTRACTOR_VERSION, TextSource
from warehouse.articles import ArticleRow, store_articles
from warehouse.polls import Drop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.run import Run

log = logging.getLogger("stancewatch")
CHUNK = 500
KEYS = ("id", "url", "publisher", "title", "byline", "published", "first_seen", "text", "html")


class LineError(ValueError):
    """A line of an import file cannot be used; the text says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines were taken and how many refused."""

    taken: int
    refused: int


def import_articles(run: Run, file: Path, *, is_live: bool = False) -> Imported:
    """Store the articles of ``file``; a line that cannot be used is reported and recorded, the rest goes on.

    Raises:
        OSError: the file cannot be read.
    """
    taken = refused = 0
    articles: list[ArticleRow] = []
    drops: list[Drop] = []
    for number, line in _lines(file):
        try:
            articles.append(read_line(line, run.now, is_live=is_live))
            taken += 1
        except LineError as error:
            log.warning("%s:%d: %s", file, number, error)
            drops.append(Drop(f"{file.name}:{number}", "import", str(error)))
            refused += 1
        if len(articles) >= CHUNK:
            run.counts.update(store_articles(run.warehouse, run.now, articles, drops))
            articles, drops = [], []
    run.counts.update(store_articles(run.warehouse, run.now, articles, drops))
    return Imported(taken, refused)


def read_line(line: bytes, now: datetime, *, is_live: bool) -> ArticleRow:
    """One line of an import file as an article.

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
    return ArticleRow(
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
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise LineError(f"{key} {value[:40]!r} is no date; write 2026-06-03 or 2026-06-03T09:15:00Z") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield number, line
