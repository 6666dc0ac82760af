"""Feeds, their entries and how polls ended, as the flows would build them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extractors.identity import canonical_url, content_id
from tests.warehouse.timeline import at
from warehouse.polls import EntryRow, FeedOutcome, FeedRow, FetchRow, PollBatch, record_polls

if TYPE_CHECKING:
    from collections import Counter

    from warehouse.database import Warehouse


def feed(feed_id: str, **more: Any) -> FeedRow:
    """A feed as configured."""
    url = f"https://{feed_id}.example/feed"
    row = FeedRow(feed_id, feed_id.title(), "trade_press", f"https://{feed_id}.example/", url, "feed", 60, 10)
    return replace(row, **more)


def outcome(feed_id: str, **more: Any) -> FeedOutcome:
    """A poll that went well."""
    url = f"https://{feed_id}.example/feed"
    row = FeedOutcome(feed_id, "ok", "", True, 0, at(2), url, "", 0, 60, '"e1"', "Mon", "hash", at(1))
    return replace(row, **more)


def entry(feed_id: str, path: str, **more: Any) -> EntryRow:
    """An entry of a feed; ``path`` with or without the host."""
    url = path if "://" in path else f"https://{feed_id}.example/{path}"
    address = canonical_url(url)
    row = EntryRow(
        entry_id=content_id(address),
        feed_id=feed_id,
        position=0,
        url=url,
        canonical_url=address,
        guid="",
        title=f"Title of {path}",
        author="",
        content="",
        published_at=at(1),
        updated_at=None,
        content_hash="words",
        is_history=False,
    )
    return replace(row, **more)


def fetch(url: str, **more: Any) -> FetchRow:
    """A request that went well."""
    return replace(FetchRow(url, url, "post", "feed", at(1), "ok", "", 200, 1000, 0.25), **more)


def poll(warehouse: Warehouse, *entries: EntryRow, day: int = 1) -> Counter[str]:
    """Store a poll that brought these entries."""
    outcomes = [outcome(feed_id) for feed_id in sorted({row.feed_id for row in entries})]
    return record_polls(warehouse, "run", at(day), PollBatch(outcomes, [], entries, []))
