"""Read: fetch the pages behind new entries, strip them to articles, store them with how each ended."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from extractors.article import html_to_text
from extractors.identity import canonical_url, content_id, page_address
from extractors.records import EXTRACTOR_VERSION, ExtractedPage
from flows.entries import why_not_kept
from flows.fetch import Failed, Fetched, FetchKind, FetchRequest, NotModified, Refused
from flows.fetch_log import fetch_row, record_side_fetches
from flows.jobs import ExtractPageJob, Rejected
from warehouse.articles import ArticleRow, EntryForRead, ReadBatch, ReadOutcome, record_reads, select_entries_to_read
from warehouse.polls import Drop, FetchRow

if TYPE_CHECKING:
    from flows.run import Run

log = logging.getLogger("stancewatch")
CHUNK = 200
ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=15)
INLINE_WORDS = 60
"""A feed's own text stands in for a page that cannot be had if it has at least so many words."""
_LASTING = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 451})


async def read_entries(run: Run, *, with_archives: bool = False) -> int:
    """Read the next chunk of waiting entries; returns how many there were (0: nothing is left)."""
    entries = select_entries_to_read(run.warehouse, run.now, CHUNK, with_archives=with_archives)
    if not entries:
        return 0
    reads = await asyncio.gather(*(_read(run, entry) for entry in entries))
    batch = ReadBatch(
        [outcome for outcome, _, _, _ in reads],
        [article for _, article, _, _ in reads if article],
        [fetch for _, _, fetch, _ in reads],
        [drop for _, _, _, drop in reads if drop],
    )
    run.counts.update(record_reads(run.warehouse, run.run_id, run.now, batch))
    record_side_fetches(run)
    run.counts.update(f"pages_{fetch.outcome}" for fetch in batch.fetches if fetch.kind == FetchKind.PAGE)
    return len(entries)


async def _read(run: Run, entry: EntryForRead) -> tuple[ReadOutcome, ArticleRow | None, FetchRow, Drop | None]:
    fetch = await run.fetcher.fetch(FetchRequest(entry.url, FetchKind.PAGE, entry.etag, entry.last_modified))
    reason, retry_after = fetch.reason, None
    match fetch:
        case NotModified():
            return _done(entry, fetch), None, fetch_row(fetch, entry.feed_id), None
        case Fetched():
            page = await run.workers.run(ExtractPageJob(fetch.spool, fetch.final_url, fetch.charset))
            if isinstance(page, ExtractedPage) and (why := why_not_kept(entry, page)):
                row = fetch_row(fetch, entry.feed_id)
                return _outcome(entry, "dropped", why), None, row, Drop(entry.url, "read", why)
            if isinstance(page, ExtractedPage):
                article = _article(entry, page, page_address(entry.url, fetch.final_url, page.canonical_url))
                return _done(entry, fetch, article.article_id), article, fetch_row(fetch, entry.feed_id), None
            reason = page.reason if isinstance(page, Rejected) else "gave no article"
            is_final = True
        case Refused():
            is_final = fetch.retry_after_seconds is None
            retry_after = fetch.retry_after_seconds
        case Failed():
            is_final = fetch.http_status in _LASTING or entry.attempts + 1 >= ATTEMPTS
            retry_after = fetch.retry_after_seconds
    row = fetch_row(fetch, entry.feed_id, reason if isinstance(fetch, Fetched) else "")
    if not is_final:
        return _again(run, entry, reason, retry_after), None, row, None
    return _settle(entry, reason, row)


def _settle(
    entry: EntryForRead, reason: str, row: FetchRow
) -> tuple[ReadOutcome, ArticleRow | None, FetchRow, Drop | None]:
    """The page cannot be had: the feed's own text stands in if there is enough of it, else the entry is dropped."""
    text = html_to_text(entry.content)
    if len(text.split()) >= INLINE_WORDS:
        inline = ExtractedPage(entry.title, entry.author, entry.published_at, entry.publisher, "en", "", text)
        article = _article(entry, inline, canonical_url(entry.url))
        note = f"text from the feed, since the page {reason}"
        return _outcome(entry, "read", note, article_id=article.article_id), article, row, None
    log.info("dropped %s: %s", entry.url, reason)
    return _outcome(entry, "dropped", reason), None, row, Drop(entry.url, "read", reason)


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
        fetched_at=datetime.now(UTC),
        language=page.language,
        text=page.text,
        text_hash=content_id(page.text),
        words=len(page.text.split()),
        extractor_version=EXTRACTOR_VERSION,
        is_live=not entry.is_history,
    )


def _done(entry: EntryForRead, fetch: Fetched | NotModified, article_id: str | None = None) -> ReadOutcome:
    if isinstance(fetch, Fetched):
        return ReadOutcome(entry.entry_id, "read", "", 0, None, fetch.etag, fetch.last_modified, article_id)
    return _outcome(entry, "read", "not modified", article_id=article_id)


def _again(run: Run, entry: EntryForRead, reason: str, retry_after_seconds: int | None) -> ReadOutcome:
    pause = max(FIRST_PAUSE * 4**entry.attempts, timedelta(seconds=retry_after_seconds or 0))
    return _outcome(entry, "waiting", reason, next_attempt_at=run.now + min(pause, timedelta(hours=24)))


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
