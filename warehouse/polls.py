"""Feeds and their entries: which are due, what a poll brought, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from warehouse.entries import merge_entries, name_old_entries

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A configured feed."""

    feed_id: str
    publisher: str
    kind: str
    homepage: str
    url: str
    format: str
    interval_minutes: int
    expected_7d: int


@dataclass(frozen=True, slots=True)
class FeedForFetch:
    """A feed that is due, with what makes the request conditional."""

    feed_id: str
    publisher: str
    url: str
    format: str
    etag: str
    last_modified: str
    body_hash: str
    failures: int
    interval_minutes: int
    is_baseline: bool
    poll_minutes: int
    full_at: datetime | None
    moved_to: str
    moved_times: int


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """How a poll ended, and when the feed is due again; ``status`` as in the view feed_health.

    ``entries_hash`` stands for the ids in the document, empty where none was read; then ``is_dated`` is None.
    """

    feed_id: str
    status: str
    reason: str
    is_ok: bool
    failures: int
    next_fetch_at: datetime
    url: str
    moved_to: str
    moved_times: int
    poll_minutes: int
    etag: str
    last_modified: str
    body_hash: str
    full_at: datetime | None
    entries_hash: str = ""
    newest_at: datetime | None = None
    is_dated: bool | None = None


@dataclass(frozen=True, slots=True)
class FetchRow:
    """One request and its one outcome, as in the view fetches."""

    url: str
    final_url: str
    feed_id: str
    kind: str
    started_at: datetime
    outcome: str
    reason: str
    http_status: int | None
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of a feed, identified; ``position`` is its place in the document.

    One that was found in an archive has the day from which on articles are kept.
    """

    entry_id: str
    feed_id: str
    position: int
    url: str
    canonical_url: str
    guid: str
    title: str
    author: str
    content: str
    published_at: datetime | None
    updated_at: datetime | None
    content_hash: str
    is_history: bool
    kept_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Why an item went no further."""

    url: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class PollBatch:
    """What one or more polls brought, to be stored together."""

    outcomes: Sequence[FeedOutcome]
    fetches: Sequence[FetchRow]
    entries: Sequence[EntryRow]
    drops: Sequence[Drop]


def sync_feeds(warehouse: Warehouse, feeds: Sequence[FeedRow]) -> None:
    """Bring the configured feeds into the store; those taken out of the file rest, their history stays."""
    with warehouse.staged("staged_feeds", FeedRow, feeds), warehouse.transaction():
        warehouse.execute("retire_feeds")
        warehouse.execute("sync_feeds")
        name_old_entries(warehouse)


def select_due_feeds(warehouse: Warehouse, now: datetime) -> list[FeedForFetch]:
    """The configured feeds whose time has come."""
    return warehouse.select("select_due_feeds", FeedForFetch, now=now)


def record_polls(warehouse: Warehouse, run_id: str, now: datetime, batch: PollBatch) -> Counter[str]:
    """Store polls in one transaction; count entries by what they were (entries_new, entries_changed)."""
    with (
        warehouse.staged("staged_outcomes", FeedOutcome, batch.outcomes),
        warehouse.staged("staged_fetches", FetchRow, batch.fetches),
        warehouse.staged("staged_entries", EntryRow, batch.entries),
        warehouse.staged("staged_drops", Drop, batch.drops),
        warehouse.transaction(),
    ):
        merged = merge_entries(warehouse, now) if batch.entries else Counter()
        warehouse.execute("merge_feed_outcomes", now=now)
        warehouse.execute("insert_fetches", run_id=run_id)
        if batch.drops:
            warehouse.execute("insert_drops", now=now)
    return Counter(entries_new=merged["INSERT"], entries_changed=merged["UPDATE"])


def record_fetches(warehouse: Warehouse, run_id: str, fetches: Sequence[FetchRow]) -> None:
    """Store requests made on no entry's behalf."""
    if fetches:
        with warehouse.staged("staged_fetches", FetchRow, fetches), warehouse.transaction():
            warehouse.execute("insert_fetches", run_id=run_id)
