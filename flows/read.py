"""Read: fetch the pages behind new entries, strip them to articles, store them with how each ended."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from extractors.article_meta import language_of
from extractors.identity import canonical_url, content_id, page_address
from extractors.medium import medium_of_address
from extractors.records import EXTRACTOR_VERSION, ExtractedPage, TextSource, Wall
from flows import clock
from flows.entries import why_not_kept
from flows.fetch import Failed, Fetched, FetchKind, FetchRequest, NotModified, Refused
from flows.fetch_log import fetch_row, record_side_fetches
from flows.jobs import ExtractPageJob, ReadInlineJob, Rejected
from flows.logs import doing
from flows.own_error import own_error
from flows.schedule import LONGEST_PAUSE, Severity, severity_of
from warehouse.articles import ArticleRow, EntryForRead, ReadBatch, ReadOutcome, record_reads, select_entries_to_read
from warehouse.polls import Drop, FetchRow

if TYPE_CHECKING:
    from flows.run import Run

log = logging.getLogger("stancewatch")
CHUNK = 200
ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=15)
LEAST_WORDS = 8
"""A page that shows fewer words shows a button or a notice, not an article."""
INLINE_WORDS = 60
"""A feed's own text stands in for a page that cannot be had if it has at least so many words."""
TEASER_WORDS = 100
"""So much of a beginning is an article of its own: who says what in it is in print. A shorter one only announces."""
_FULLER = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """How one entry's reading ended: what to store of it."""

    outcome: ReadOutcome
    article: ArticleRow | None = None
    fetch: FetchRow | None = None
    drop: Drop | None = None


async def read_entries(run: Run, *, with_archives: bool = False) -> int:
    """Read the next chunk of waiting entries; returns how many there were (0: nothing is left)."""
    entries = select_entries_to_read(run.warehouse, run.now, CHUNK, with_archives=with_archives)
    if not entries:
        return 0
    readings = await asyncio.gather(*(_safely(run, entry) for entry in entries))
    batch = ReadBatch(
        [reading.outcome for reading in readings],
        [reading.article for reading in readings if reading.article],
        [reading.fetch for reading in readings if reading.fetch],
        [reading.drop for reading in readings if reading.drop],
    )
    run.counts.update(record_reads(run.warehouse, run.run_id, run.now, batch))
    record_side_fetches(run)
    run.warehouse.shed_memory()
    run.counts.update(f"pages_{fetch.outcome}" for fetch in batch.fetches if fetch.kind == FetchKind.PAGE)
    return len(entries)


async def _safely(run: Run, entry: EntryForRead) -> Reading:
    """A reading whose unforeseen end is an outcome too: one page never costs the others theirs."""
    with doing(feed=entry.feed_id, entry=entry.entry_id):
        try:
            reading = await _read(run, entry)
        except Exception as error:
            log.exception("reading %s", entry.url)
            reading = _dropped(entry, own_error(error, run.fetcher.secrets.cover), None)
        with doing(article=reading.article.article_id if reading.article else ""):
            log.info("read %s", entry.url, extra={"outcome": reading.outcome.state})
        return reading


async def _read(run: Run, entry: EntryForRead) -> Reading:
    medium = medium_of_address(entry.url)
    if medium is not None:  # no download for what no page can be
        return _dropped(entry, medium, None)
    if run.warehouse.masker and run.warehouse.masker.hides(entry.url):
        return await _stand_in(run, entry, "is not asked for: its address names somebody who is forgotten", None)
    fetch = await run.fetcher.fetch(FetchRequest(entry.url, FetchKind.PAGE, entry.etag, entry.last_modified))
    match fetch:
        case NotModified():
            return Reading(_outcome(entry, "read", "not modified"), None, fetch_row(fetch, entry.feed_id))
        case Fetched():
            return await _read_page(run, entry, fetch)
        case Refused() | Failed():
            row = fetch_row(fetch, entry.feed_id)
            is_final = isinstance(fetch, Failed) and entry.attempts + 1 >= ATTEMPTS
            if is_final or severity_of(fetch) is Severity.HARD:
                return await _stand_in(run, entry, fetch.reason, row)
            return _again(run, entry, row, fetch.retry_after_seconds)


async def _read_page(run: Run, entry: EntryForRead, fetch: Fetched) -> Reading:
    """The article of a page that came: what it shows, or what the feed has if a wall or an error came instead."""
    if _leads_home(entry.url, fetch.final_url):
        reason = "leads to the front page: its article is gone"
        return await _stand_in(run, entry, reason, fetch_row(fetch, entry.feed_id, reason))
    job = ExtractPageJob(fetch.spool, fetch.final_url, fetch.charset, fetch.content_type)
    page = await run.heavy.run(job)
    if not isinstance(page, ExtractedPage):
        reason = page.reason if isinstance(page, Rejected) else "gave no article"
        return await _stand_in(run, entry, reason, fetch_row(fetch, entry.feed_id, reason))
    row = fetch_row(fetch, entry.feed_id, page.wall or "")
    if why := why_not_kept(entry, page):
        return _dropped(entry, why, row)
    if page.wall is Wall.OUTAGE and entry.attempts + 1 < ATTEMPTS:
        return _again(run, entry, row, None)
    chosen: ExtractedPage | None = page
    if page.wall or len(page.text.split()) < INLINE_WORDS:
        chosen = _fuller(page, await _inline(run, entry))
    if chosen is None or len(chosen.text.split()) < LEAST_WORDS:
        return _dropped(entry, page.wall or "shows no article", row)
    article = _article(entry, chosen, page_address(entry.url, fetch.final_url, page.canonical_url))
    return Reading(_done(entry, fetch, article, page.wall), article, row)


def _leads_home(url: str, final_url: str) -> bool:
    """Whether the address of an article ended at a site's front page, as those of deleted ones often do."""
    asked, came = urlsplit(url), urlsplit(final_url)
    return came.path in {"", "/"} and not came.query and (asked.path not in {"", "/"} or bool(asked.query))


def _fuller(page: ExtractedPage, inline: ExtractedPage | None) -> ExtractedPage | None:
    """What is the article of a page that shows little: itself, the feed's text, or neither."""
    words = len(page.text.split())
    inline_words = len(inline.text.split()) if inline else 0
    if page.wall is None:
        return inline if inline_words > _FULLER * words else page
    is_article = page.source is TextSource.TEASER and words >= TEASER_WORDS
    return page if is_article and words >= inline_words else inline


async def _stand_in(run: Run, entry: EntryForRead, reason: str, row: FetchRow | None) -> Reading:
    """The page cannot be had: the feed's own text stands in if there is enough of it, else the entry is dropped.

    That holds where robots.txt or a reservation bars the page, too: the feed was published to be read, and a feed
    that reserves itself is refused before it gets here.
    """
    inline = await _inline(run, entry)
    if inline is None:
        return _dropped(entry, reason, row)
    article = _article(entry, inline, canonical_url(entry.url))
    note = f"text from the feed, since the page {reason}"
    return Reading(_outcome(entry, "read", note, article_id=article.article_id), article, row)


async def _inline(run: Run, entry: EntryForRead) -> ExtractedPage | None:
    """The feed's own text of an entry as an article, if there is enough of it."""
    if len(entry.content.split()) < INLINE_WORDS:
        return None
    text = await run.heavy.run(ReadInlineJob(entry.content))
    if not isinstance(text, str) or len(text.split()) < INLINE_WORDS:
        return None
    return ExtractedPage(
        title=entry.title,
        byline=entry.author,
        published_at=entry.published_at,
        publisher=entry.publisher,
        language=language_of(text),
        canonical_url="",
        text=text,
        source=TextSource.FEED,
    )


def _dropped(entry: EntryForRead, reason: str, row: FetchRow | None) -> Reading:
    log.info("dropped %s: %s", entry.url, reason)
    return Reading(_outcome(entry, "dropped", reason), None, row, Drop(entry.url, "read", reason))


def _article(entry: EntryForRead, page: ExtractedPage, address: str) -> ArticleRow:
    return ArticleRow(
        article_id=entry.article_id or content_id(address),  # an entry whose page moves keeps its article
        url=entry.url,
        publisher=entry.publisher,
        feed_id=entry.feed_id,
        kind="feed",
        title=entry.title or page.title,
        byline=page.byline or entry.author,
        published_at=entry.published_at or page.published_at,
        first_seen_at=entry.first_seen_at,
        fetched_at=clock.now(),
        language=page.language,
        text=page.text,
        text_hash=content_id(page.text),
        words=len(page.text.split()),
        extractor_version=EXTRACTOR_VERSION,
        is_live=not entry.is_history,
        text_source=page.source,
    )


def _done(entry: EntryForRead, fetch: Fetched, article: ArticleRow, wall: Wall | None) -> ReadOutcome:
    note = {
        TextSource.FEED: f"text from the feed, since the page {wall or 'shows less'}",
        TextSource.TEASER: f"the beginning only, since the page {wall}",
    }.get(article.text_source, "")
    return ReadOutcome(entry.entry_id, "read", note, 0, None, fetch.etag, fetch.last_modified, article.article_id)


def _again(run: Run, entry: EntryForRead, row: FetchRow, retry_after_seconds: int | None) -> Reading:
    pause = max(FIRST_PAUSE * 4**entry.attempts, timedelta(seconds=retry_after_seconds or 0))
    next_attempt_at = run.now + min(pause, LONGEST_PAUSE)
    return Reading(_outcome(entry, "waiting", row.reason, next_attempt_at=next_attempt_at), None, row)


def _outcome(
    entry: EntryForRead,
    state: str,
    reason: str,
    *,
    article_id: str | None = None,
    next_attempt_at: datetime | None = None,
) -> ReadOutcome:
    attempts = entry.attempts + 1
    return ReadOutcome(
        entry.entry_id, state, reason, attempts, next_attempt_at, entry.etag, entry.last_modified, article_id
    )
