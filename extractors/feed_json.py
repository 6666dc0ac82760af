"""JSON Feed 1.1 (and 1.0)."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from extractors.feed_dates import read_date
from extractors.feed_records import NotAFeed, RawEntry, RawFeed


def read_json_feed(body: bytes) -> RawFeed:
    """Read a JSON Feed; what has a wrong type counts as not given.

    Raises:
        NotAFeed: It is no JSON, or not a feed.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeed("begins like JSON, but is not") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise NotAFeed("is JSON, but not a JSON Feed")
    items = [item for item in document["items"] if isinstance(item, dict)]
    problems = []
    if dropped := len(document["items"]) - len(items):
        problems.append(f"{dropped} items are no objects")
    if document.get("expired") is True:
        problems.append("says that it is finished: nothing new will come")
    # an item without an author has the feed's
    authors = _authors(document)
    return RawFeed(
        title=_text(document, "title"),
        entries=tuple(_raw_entry(item, authors) for item in items),
        problems=tuple(problems),
        older_url=_text(document, "next_url"),
    )


def _raw_entry(item: dict[str, Any], authors: list[str]) -> RawEntry:
    return RawEntry(
        guid=_text(item, "id"),
        url=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        author=", ".join(_authors(item) or authors),
        summary=_text(item, "summary"),
        content=_text(item, "content_html") or _as_html(_text(item, "content_text")),
        published_at=read_date(_text(item, "date_published")),
        updated_at=read_date(_text(item, "date_modified")),
    )


def _authors(found: dict[str, Any]) -> list[str]:
    """The names of `authors` (1.1) or, where there are none, of `author` (1.0)."""
    listed = found.get("authors")
    authors = [*(listed if isinstance(listed, list) else []), found.get("author")]
    names = [_text(author, "name") for author in authors if isinstance(author, dict)]
    return list(dict.fromkeys(name for name in names if name))


def _as_html(text: str) -> str:
    """Plain text in the form that inline texts have: HTML where it holds what HTML would take for its own."""
    if "<" not in text and "&" not in text:
        return text
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", html.escape(text, quote=False))]
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    # ids may be numbers in version 1.0
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
