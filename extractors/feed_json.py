"""JSON Feed 1.1 (and 1.0)."""

from __future__ import annotations

import json
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
    dropped = len(document["items"]) - len(items)
    return RawFeed(
        title=_text(document, "title"),
        entries=tuple(_raw_entry(item) for item in items),
        problems=(f"{dropped} items are no objects",) if dropped else (),
    )


def _raw_entry(item: dict[str, Any]) -> RawEntry:
    content = _text(item, "content_html") or _text(item, "content_text")
    return RawEntry(
        guid=_text(item, "id"),
        url=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        author=", ".join(_authors(item)),
        summary=_text(item, "summary"),
        content=content,
        published_at=read_date(_text(item, "date_published")),
        updated_at=read_date(_text(item, "date_modified")),
    )


def _authors(item: dict[str, Any]) -> list[str]:
    listed = item.get("authors")
    authors = listed if isinstance(listed, list) else [item.get("author")]
    names = [_text(author, "name") for author in authors if isinstance(author, dict)]
    return [name for name in names if name]


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    # ids may be numbers in version 1.0
    return str(value).strip() if isinstance(value, (str, int, float)) else ""
