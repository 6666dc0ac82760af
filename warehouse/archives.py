"""Archives of feeds: which of the publisher's documents are still to be asked, and what one of them brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from warehouse.entries import merge_entries
from warehouse.polls import Drop, EntryRow, FetchRow

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class ArchiveFeed:
    """A feed whose archives are walked; ``last_ok_at`` is None where it was never polled."""

    feed_id: str
    publisher: str
    url: str
    homepage: str
    last_ok_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A document of an archive; ``role`` is feed or sitemap; of a ``family`` one that answers well is enough."""

    feed_id: str
    url: str
    role: str
    family: str
    depth: int
    position: int
    newest_at: datetime | None


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """How asking a document ended; ``state`` is waiting (to be asked again), asked or useless."""

    state: str
    reason: str = ""
    oldest_at: datetime | None = None
    back_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArchiveStep:
    """What one document brought: entries, further documents, and how the asking ended.

    ``news`` are entries that the feed's next poll is to bring.
    """

    page: ArchivePage
    outcome: PageOutcome
    fetches: Sequence[FetchRow]
    entries: Sequence[EntryRow] = ()
    news: Sequence[EntryRow] = ()
    pages: Sequence[ArchivePage] = ()
    drops: Sequence[Drop] = ()


@dataclass(frozen=True, slots=True)
class StepCounts:
    """Of a step's entries: how many are new, and how many that nobody knows are left to the poll."""

    new: int
    left: int


@dataclass(frozen=True, slots=True)
class WalkWindow:
    """What a walk wants: entries from ``since`` on, documents asked before ``asked_before`` once more."""

    now: datetime
    since: datetime
    asked_before: datetime


def select_archive_feeds(warehouse: Warehouse) -> list[ArchiveFeed]:
    """All configured feeds."""
    return warehouse.select("select_archive_feeds", ArchiveFeed)


def add_archive_pages(warehouse: Warehouse, now: datetime, pages: Sequence[ArchivePage]) -> None:
    """Remember documents to be asked; those known stay as they are."""
    with warehouse.staged("staged_pages", ArchivePage, pages), warehouse.transaction():
        warehouse.execute("merge_archive_pages", now=now)


def select_archive_page(
    warehouse: Warehouse, feed_id: str, window: WalkWindow, *, is_reached: bool
) -> ArchivePage | None:
    """The next document to ask; once the feed's own pages reached the day, sitemaps are not needed."""
    found = warehouse.select(
        "select_archive_page",
        ArchivePage,
        feed_id=feed_id,
        now=window.now,
        since=window.since,
        asked_before=window.asked_before,
        is_reached=is_reached,
    )
    return found[0] if found else None


def select_archive_reach(warehouse: Warehouse, feed_id: str, window: WalkWindow) -> datetime | None:
    """How far back the feed's own pages lead, as far as they were asked; None where nothing tells."""
    ((reach,),) = warehouse.execute("select_archive_reach", feed_id=feed_id, asked_before=window.asked_before)
    return cast("datetime | None", reach)


def select_feed_addresses(warehouse: Warehouse, feed_id: str) -> list[str]:
    """Canonical addresses of entries that the feed itself gave, the newest first, a thousand at most."""
    return [str(url) for (url,) in warehouse.execute("select_feed_addresses", feed_id=feed_id)]


def count_new_articles(warehouse: Warehouse, since: datetime) -> dict[str, int]:
    """Feed -> articles that came since a moment."""
    return {str(feed_id): int(number) for feed_id, number in warehouse.execute("count_new_articles", since=since)}


def record_archive_step(
    warehouse: Warehouse, run_id: str, window: WalkWindow, step: ArchiveStep, *, room: int
) -> StepCounts:
    """Store a step in one transaction.

    Where more entries are new than there is room for the newest are taken, and the document is left to be asked again;
    so it is where something is left to the poll.
    """
    with (
        warehouse.staged("staged_pages", ArchivePage, step.pages),
        warehouse.staged("staged_fetches", FetchRow, step.fetches),
        warehouse.staged("staged_drops", Drop, step.drops),
        warehouse.transaction(),
    ):
        left = len(_unknown(warehouse, step.news, len(step.news)))
        found = _unknown(warehouse, step.entries, room + 1)
        with warehouse.staged("staged_entries", EntryRow, found[:room]):
            new = merge_entries(warehouse, window.now)["INSERT"]
        warehouse.execute("merge_archive_pages", now=window.now)
        is_whole = len(found) <= room and (not left or step.page.depth == 0)
        outcome = step.outcome
        warehouse.execute(
            "update_archive_page",
            feed_id=step.page.feed_id,
            url=step.page.url,
            now=window.now,
            since=window.since,
            state=outcome.state if is_whole else "waiting",
            reason=outcome.reason,
            oldest_at=outcome.oldest_at,
            back_to=outcome.back_to,
        )
        warehouse.execute("insert_fetches", run_id=run_id)
        warehouse.execute("insert_drops", now=window.now)
    return StepCounts(new, left)


def _unknown(warehouse: Warehouse, entries: Sequence[EntryRow], room: int) -> list[EntryRow]:
    if not entries:
        return []
    with warehouse.staged("staged_found", EntryRow, entries):
        return warehouse.select("select_unknown_entries", EntryRow, room=room)
