"""One document of an archive: asked, read, and what in it is wanted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from extractors.paging import older_pages
from extractors.section import Section, lies_before
from extractors.sitemap import lists_no_articles
from flows.entries import entry_row
from flows.feed_document import read_document
from flows.fetch import Failed, Fetched, FetchKind, FetchRequest
from flows.fetch_log import fetch_row
from flows.jobs import Rejected, SitemapIndex
from warehouse.archives import ArchiveFeed, ArchivePage, ArchiveStep, PageOutcome
from warehouse.polls import Drop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.records import Entry, ParsedFeed
    from flows.fetch import Outcome
    from flows.run import Run
    from warehouse.polls import EntryRow

_GONE = frozenset({400, 401, 403, 404, 405, 406, 410, 451})
_NEWS_MARGIN = timedelta(days=1)
"""What is not much older than the last poll is left to the next one: it may be news."""
_DEEPEST = 4
_MOST_CHILDREN = 2_000
_PINNED_SHARE = 4
"""Of a page's entries one in so many may be older than where the page leads: pinned, or dated anew."""
_STAMPED_ENTRIES, _STAMPED_SHARE = 20, 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of documents: entries from ``since`` on; of sitemaps, those in the feed's ``section``.

    ``seen`` are the addresses that this walk met before.
    """

    feed: ArchiveFeed
    since: datetime
    section: Section
    seen: set[str]

    @property
    def horizon(self) -> datetime | None:
        """From here on entries are the ordinary poll's; None where the feed was never polled."""
        return self.feed.last_ok_at and self.feed.last_ok_at - _NEWS_MARGIN


@dataclass(frozen=True, slots=True)
class Answer:
    """A step to be stored, and what the walk must know of it.

    ``trouble`` is why the document could not be had for now, ``end`` why nothing lies behind it.
    """

    step: ArchiveStep
    found: int = 0
    trouble: str = ""
    end: str = ""


class _Fate(StrEnum):
    TAKEN = ""
    OLDER = "older"
    NEWS = "news"
    ELSEWHERE = "elsewhere"


async def ask_page(run: Run, page: ArchivePage, question: Question) -> Answer:
    """Fetch and read one document; whatever comes of it is one answer."""
    fetch = await run.fetcher.fetch(FetchRequest(page.url, FetchKind.FEED))
    if not isinstance(fetch, Fetched):
        return _unanswered(page, fetch)
    parsed = await read_document(run, fetch)
    if isinstance(parsed, SitemapIndex):
        pages = tuple(_children(page, parsed))
        return Answer(ArchiveStep(page, PageOutcome("asked"), [fetch_row(fetch, page.feed_id)], pages=pages))
    if isinstance(parsed, Rejected):
        return _useless(page, fetch, parsed.reason, degraded=parsed.reason)
    addresses = {entry.url for entry in parsed.entries}
    if addresses <= question.seen:
        return _useless(page, fetch, "has no other entries")
    question.seen.update(addresses)
    return _sift(page, question, parsed, fetch)


def _unanswered(page: ArchivePage, fetch: Outcome) -> Answer:
    """Not there, or not for us: that is the end of this way. Anything else may pass."""
    is_final = fetch.http_status in _GONE if isinstance(fetch, Failed) else True
    if is_final and getattr(fetch, "retry_after_seconds", None) is None:
        return _useless(page, fetch, fetch.reason)
    step = ArchiveStep(page, PageOutcome("waiting", fetch.reason), [fetch_row(fetch, page.feed_id)])
    return Answer(step, trouble=fetch.reason)


def _useless(page: ArchivePage, fetch: Outcome, reason: str, degraded: str = "") -> Answer:
    return Answer(
        ArchiveStep(page, PageOutcome("useless", reason), [fetch_row(fetch, page.feed_id, degraded)]), end=reason
    )


def _sift(page: ArchivePage, question: Question, parsed: ParsedFeed, fetch: Fetched) -> Answer:
    """What a document gives: the entries that are wanted, and where older ones may be."""
    dates = _dates(parsed)
    rows: dict[_Fate, dict[str, EntryRow]] = {fate: {} for fate in _Fate}
    strangers = 0
    for position, (entry, date) in enumerate(zip(parsed.entries, dates, strict=True)):
        fate = _fate(page, question, entry, date)
        if fate in {_Fate.TAKEN, _Fate.NEWS}:
            row = _row(page, question, position, entry, parsed)
            rows[fate][row.entry_id] = row
        strangers += fate is _Fate.ELSEWHERE
    known = sorted(date for date in dates if date)
    back_to = known[len(known) // _PINNED_SHARE] if known else None
    pages = tuple(_older(page, older_pages(fetch.final_url, parsed), back_to))
    drops = [Drop(page.url, "poll", problem) for problem in parsed.problems]
    if strangers:
        drops.append(Drop(page.url, "poll", f"{strangers} addresses left out: unlike those of the feed's entries"))
    step = ArchiveStep(
        page,
        PageOutcome("asked", "", known[0] if known else None, back_to),
        [fetch_row(fetch, page.feed_id)],
        list(rows[_Fate.TAKEN].values()),
        list(rows[_Fate.NEWS].values()),
        pages,
        drops,
    )
    return Answer(step, len(parsed.entries), end="" if pages or parsed.is_sitemap else "no older page is offered")


def _dates(parsed: ParsedFeed) -> list[datetime | None]:
    """When entries were published, or last changed; not where a sitemap bears the day of its making throughout."""
    if parsed.is_sitemap and len(parsed.entries) >= _STAMPED_ENTRIES:
        days = Counter(entry.updated_at.date() for entry in parsed.entries if entry.updated_at)
        if days and days.most_common(1)[0][1] > _STAMPED_SHARE * len(parsed.entries):
            return [entry.published_at for entry in parsed.entries]
    return [entry.published_at or entry.updated_at for entry in parsed.entries]


def _fate(page: ArchivePage, question: Question, entry: Entry, date: datetime | None) -> _Fate:
    if (date is not None and date < question.since) or (date is None and lies_before(entry.url, question.since)):
        return _Fate.OLDER
    if question.horizon is not None:
        is_first = page.role == "feed" and page.depth == 0
        if is_first if date is None else date >= question.horizon:
            return _Fate.NEWS
    return _Fate.ELSEWHERE if page.role == "sitemap" and not question.section.admits(entry.url) else _Fate.TAKEN


def _row(page: ArchivePage, question: Question, position: int, entry: Entry, parsed: ParsedFeed) -> EntryRow:
    row = entry_row(page.feed_id, position, entry, is_history=True)
    # when a page changed is not when it was published: the page itself will say
    published_at = entry.published_at if parsed.is_sitemap else row.published_at
    return replace(row, published_at=published_at, kept_since=question.since)


def _older(page: ArchivePage, urls: tuple[str, ...], back_to: datetime | None) -> Iterator[ArchivePage]:
    family = f"after {page.url}" if len(urls) > 1 else ""
    for position, url in enumerate(urls):
        yield ArchivePage(page.feed_id, url, page.role, family, page.depth + 1, position, back_to)


def _children(page: ArchivePage, index: SitemapIndex) -> Iterator[ArchivePage]:
    """The sitemaps of an index that may list articles; all where none may."""
    if page.depth >= _DEEPEST:
        return
    wanted = [link for link in index.children if not lists_no_articles(link.url)] or index.children
    for position, link in enumerate(wanted[:_MOST_CHILDREN]):
        yield ArchivePage(page.feed_id, link.url, page.role, "", page.depth + 1, position, link.changed_at)
