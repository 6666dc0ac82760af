"""What a feed's document gives -> entries as the warehouse takes them, each with its identity."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.identity import canonical_url, content_id, guid_key
from warehouse.polls import Drop, EntryRow

if TYPE_CHECKING:
    from extractors.records import Entry, ExtractedPage, ParsedFeed
    from warehouse.articles import EntryForRead
    from warehouse.polls import FeedForFetch

_UNDATED = datetime.max.replace(tzinfo=UTC)
NEWEST = 200
"""Of one document, a poll takes at most so many entries: a sitemap may list a publisher's every page."""


def entry_rows(feed: FeedForFetch, parsed: ParsedFeed) -> tuple[list[EntryRow], list[Drop]]:
    """Entries with their identity; the newest ones where there are too many, the others dropped by name."""
    places = range(len(parsed.entries))
    newest = sorted(places, key=lambda place: (parsed.entries[place].published_at or _UNDATED, -place))[-NEWEST:]
    rows: dict[str, EntryRow] = {}
    for position in sorted(newest, reverse=True):  # of several under one address the first in the document stays
        row = entry_row(feed.feed_id, position, parsed.entries[position], is_history=feed.is_baseline)
        rows[row.entry_id] = row
    drops = [Drop(feed.url, "poll", problem) for problem in parsed.problems]
    if shared := len(newest) - len(rows):
        drops.append(Drop(feed.url, "poll", f"{shared} entries lead to the same address as another: one is taken"))
    if left := len(parsed.entries) - len(newest):
        drops.append(Drop(feed.url, "poll", f"{left} older entries left out: more than {NEWEST} in one document"))
    return list(rows.values()), drops


def entry_row(feed_id: str, position: int, entry: Entry, *, is_history: bool) -> EntryRow:
    """One entry; ``position`` is its place in the document."""
    address = canonical_url(entry.url)
    updated = entry.updated_at.isoformat() if entry.updated_at else ""
    return EntryRow(
        entry_id=content_id(address),
        feed_id=feed_id,
        position=position,
        url=entry.url,
        canonical_url=address,
        guid=guid_key(entry.guid),
        title=entry.title,
        author=entry.author,
        content=entry.content or entry.summary,
        published_at=entry.published_at or entry.updated_at,
        updated_at=entry.updated_at,
        content_hash=content_id(entry.title, entry.summary, entry.content, updated),
        is_history=is_history,
    )


def why_not_kept(entry: EntryForRead, page: ExtractedPage) -> str:
    """Why an entry found in an archive is no article to keep, its page being read; an empty string where it is one.

    The page's own date decides. An entry of which only an address is known is none where its page bears no date.
    """
    if entry.kept_since is None:
        return ""
    date = page.published_at or entry.published_at
    if date is None:
        return "" if entry.title else "has neither title nor date: not taken for an article"
    return f"is of {date:%Y-%m-%d}, before {entry.kept_since:%Y-%m-%d}" if date < entry.kept_since else ""
