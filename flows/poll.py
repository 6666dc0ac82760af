"""Poll: ask each feed that is due, and store what is new in it with how the asking ended."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from extractors.identity import canonical_url, content_id, guid_key
from extractors.records import Entry, ParsedFeed
from flows.fetch import Failed, Fetched, FetchKind, FetchRequest, NotModified, Outcome, Refused
from flows.jobs import ParseFeedJob, Rejected, SitemapIndex
from warehouse.polls import (
    Drop,
    EntryRow,
    FeedForFetch,
    FeedOutcome,
    FeedRow,
    FetchRow,
    PollBatch,
    record_fetches,
    record_polls,
    select_due_feeds,
    sync_feeds,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.run import Run
    from flows.settings import Settings

log = logging.getLogger("stancewatch")
BATCH = 64
NEWEST = 200
"""Of one document, at most so many entries are taken: a sitemap may list a publisher's every page."""
SITEMAPS = 2
"""Of an index of sitemaps, so many are polled, the newest."""
LONGEST_PAUSE = timedelta(hours=24)


async def poll_feeds(run: Run, *, is_forced: bool = False) -> int:
    """Poll the feeds that are due (all of them if ``is_forced``); returns how many were polled."""
    sync_feeds(run.warehouse, feed_rows(run.settings))
    horizon = datetime.max.replace(tzinfo=UTC) if is_forced else run.now
    due = select_due_feeds(run.warehouse, horizon)
    polls = [asyncio.create_task(_poll(run, feed)) for feed in due]
    pending: list[PollBatch] = []
    for poll in asyncio.as_completed(polls):
        pending.append(await poll)
        if len(pending) == BATCH:
            _store(run, pending)
            pending = []
    _store(run, pending)
    record_fetches(run.warehouse, run.run_id, [fetch_row(fetch, "") for fetch in run.fetcher.take_side_fetches()])
    return len(due)


def feed_rows(settings: Settings) -> list[FeedRow]:
    """The configured feeds as the warehouse takes them."""
    return [
        FeedRow(f.id, f.publisher, f.kind, f.homepage, f.url, f.format, f.interval_minutes, f.expected_7d)
        for f in settings.feeds.feeds
    ]


def fetch_row(fetch: Outcome, feed_id: str, degraded: str = "") -> FetchRow:
    """One request as the warehouse records it; ``degraded`` says why a body that came could not be used."""
    outcome = {Fetched: "ok", NotModified: "not_modified", Refused: "refused", Failed: "failed"}[type(fetch)]
    return FetchRow(
        url=fetch.url,
        final_url=fetch.final_url,
        feed_id=feed_id,
        kind=fetch.kind,
        started_at=fetch.started_at,
        outcome="degraded" if degraded else outcome,
        reason=degraded or fetch.reason,
        http_status=fetch.http_status,
        bytes=fetch.bytes,
        seconds=fetch.seconds,
    )


async def _poll(run: Run, feed: FeedForFetch) -> PollBatch:
    fetch = await run.fetcher.fetch(FetchRequest(feed.url, FetchKind.FEED, feed.etag, feed.last_modified))
    match fetch:
        case Fetched() if _hash(fetch.body) != feed.body_hash:
            return await _read_feed(run, feed, fetch)
        case Fetched() | NotModified():
            outcome = _outcome(run, feed, "not_modified", "", fetch)
        case Refused():
            outcome = _outcome(run, feed, "refused", fetch.reason, fetch)
        case Failed():
            outcome = _outcome(run, feed, "retired" if fetch.is_gone else "failed", fetch.reason, fetch)
            log.warning("feed %s: %s (%s)", feed.feed_id, fetch.reason, feed.url)
    return PollBatch([outcome], [fetch_row(fetch, feed.feed_id)], [], [])


async def _read_feed(run: Run, feed: FeedForFetch, fetch: Fetched) -> PollBatch:
    parsed = await run.workers.run(ParseFeedJob(fetch.body, fetch.content_type, fetch.final_url, run.now))
    if isinstance(parsed, SitemapIndex):
        return await _read_index(run, feed, fetch, parsed)
    if isinstance(parsed, ParsedFeed):
        entries, drops = _entry_rows(feed, parsed)
        outcome = _outcome(run, feed, "ok", "; ".join(parsed.problems)[:500], fetch)
        return PollBatch([outcome], [fetch_row(fetch, feed.feed_id)], entries, drops)
    reason = parsed.reason if isinstance(parsed, Rejected) else "gave no feed"
    log.warning("feed %s: %s (%s); try `stancewatch feeds check %s`", feed.feed_id, reason, feed.url, feed.feed_id)
    outcome = _outcome(run, feed, "degraded", reason, fetch)
    return PollBatch([outcome], [fetch_row(fetch, feed.feed_id, reason)], [], [Drop(feed.url, "poll", reason)])


async def _read_index(run: Run, feed: FeedForFetch, fetch: Fetched, index: SitemapIndex) -> PollBatch:
    """Poll the newest sitemaps of an index as one feed; an index among them is not followed: it may lead in circles.

    Its validators are forgotten, so that it is asked whole each time: an index hides its sitemaps' changes.
    """
    requests = [FetchRequest(url, FetchKind.FEED) for url in index.children[:SITEMAPS]]
    fetches = [await run.fetcher.fetch(request) for request in requests]
    entries: dict[str, EntryRow] = {}
    drops: list[Drop] = []
    for part in fetches:
        if isinstance(part, Fetched):
            job = ParseFeedJob(part.body, part.content_type, part.final_url, run.now)
            parsed = await run.workers.run(job)
            if isinstance(parsed, ParsedFeed):
                rows, lost = _entry_rows(feed, parsed)
                entries |= {row.entry_id: row for row in rows}
                drops += lost
    status, reason = ("ok", "") if entries else ("degraded", "is an index of sitemaps without an entry")
    outcome = dataclasses.replace(_outcome(run, feed, status, reason, fetch), etag="", last_modified="", body_hash="")
    asked = [fetch_row(one, feed.feed_id) for one in (fetch, *fetches)]
    return PollBatch([outcome], asked, list(entries.values()), drops)


def _outcome(run: Run, feed: FeedForFetch, status: str, reason: str, fetch: Outcome) -> FeedOutcome:
    is_ok = status in {"ok", "not_modified"}
    failures = 0 if is_ok else feed.failures + 1
    pause = timedelta(minutes=feed.interval_minutes) * max(1, failures)
    asked = getattr(fetch, "retry_after_seconds", None)
    pause = min(max(pause, timedelta(seconds=asked or 0)), LONGEST_PAUSE)
    is_new = isinstance(fetch, Fetched) and status == "ok"
    return FeedOutcome(
        feed_id=feed.feed_id,
        status=status,
        reason=reason,
        is_ok=is_ok,
        failures=failures,
        next_fetch_at=run.now + pause,
        moved_to=fetch.permanent_url if is_ok else "",
        etag=fetch.etag if isinstance(fetch, Fetched) and is_new else feed.etag,
        last_modified=fetch.last_modified if isinstance(fetch, Fetched) and is_new else feed.last_modified,
        body_hash=_hash(fetch.body) if isinstance(fetch, Fetched) and is_new else feed.body_hash,
    )


def _entry_rows(feed: FeedForFetch, parsed: ParsedFeed) -> tuple[list[EntryRow], list[Drop]]:
    """Entries with their identity; the newest ones where there are too many, the others dropped by name."""
    newest = sorted(parsed.entries, key=lambda entry: entry.published_at or datetime.max.replace(tzinfo=UTC))[-NEWEST:]
    rows = {}
    for position, entry in enumerate(newest):
        row = _entry_row(feed, position, entry)
        rows[row.entry_id] = row
    drops = [Drop(feed.url, "poll", problem) for problem in parsed.problems]
    if left := len(parsed.entries) - len(newest):
        drops.append(Drop(feed.url, "poll", f"{left} older entries left out: more than {NEWEST} in one document"))
    return list(rows.values()), drops


def _entry_row(feed: FeedForFetch, position: int, entry: Entry) -> EntryRow:
    address = canonical_url(entry.url)
    updated = entry.updated_at.isoformat() if entry.updated_at else ""
    return EntryRow(
        entry_id=content_id(address),
        feed_id=feed.feed_id,
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
        is_history=feed.is_baseline,
    )


def _store(run: Run, polls: Sequence[PollBatch]) -> None:
    if not polls:
        return
    batch = PollBatch(
        [outcome for poll in polls for outcome in poll.outcomes],
        [fetch for poll in polls for fetch in poll.fetches],
        [entry for poll in polls for entry in poll.entries],
        [drop for poll in polls for drop in poll.drops],
    )
    run.counts.update(record_polls(run.warehouse, run.run_id, run.now, batch))
    run.counts.update(f"feeds_{outcome.status}" for outcome in batch.outcomes)


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
