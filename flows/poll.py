"""Poll: ask each feed that is due, and store what is new in it with how the asking ended."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.identity import content_id
from extractors.records import ParsedFeed
from flows.entries import entry_rows
from flows.feed_document import read_document
from flows.fetch import Failed, Fetched, FetchKind, FetchRequest, NotModified, Outcome, Refused
from flows.fetch_log import fetch_row, record_side_fetches
from flows.jobs import Rejected, SitemapIndex
from flows.logs import doing
from flows.own_error import own_error
from flows.schedule import Move, interval_minutes, is_full_due, move_of, next_fetch_at, severity_of
from warehouse.polls import (
    Drop,
    EntryRow,
    FeedForFetch,
    FeedOutcome,
    FeedRow,
    PollBatch,
    record_polls,
    select_due_feeds,
    sync_feeds,
)

if TYPE_CHECKING:
    from flows.run import Run
    from flows.settings import Settings

log = logging.getLogger("stancewatch")
BATCH = 64
BATCH_CHARACTERS = 2_000_000
"""So many polls, or so much text of entries, are stored together: more would fill the memory."""
TOLD = 5
"""So many feeds that failed are told of in a run's lines; all of them stand in the warehouse."""
SITEMAPS = 2
"""Of an index of sitemaps, so many are polled, the newest."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a poll that succeeded brought; ``parsed`` is None where nothing was new."""

    parsed: ParsedFeed | None = None
    entries: Sequence[EntryRow] = ()
    is_whole: bool = True
    """Whether the document alone says if the feed changed; an index of sitemaps does not."""


async def poll_feeds(run: Run, *, is_forced: bool = False) -> int:
    """Poll the feeds that are due (all of them if ``is_forced``); returns how many were polled."""
    sync_feeds(run.warehouse, feed_rows(run.settings))
    horizon = datetime.max.replace(tzinfo=UTC) if is_forced else run.now
    due = select_due_feeds(run.warehouse, horizon)
    pending: list[PollBatch] = []
    failed: list[FeedOutcome] = []
    # an iterator that is used up holds no finished poll with all its entries, as a list would to the end
    for poll in asyncio.as_completed(iter([asyncio.create_task(_safely(run, feed)) for feed in due])):
        pending.append(await poll)
        failed += [outcome for outcome in pending[-1].outcomes if not outcome.is_ok]
        size = sum(len(entry.content) for batch in pending for entry in batch.entries)
        if len(pending) == BATCH or size > BATCH_CHARACTERS:
            _store(run, pending)
            pending = []
    _store(run, pending)
    _tell(failed, len(due))
    record_side_fetches(run)
    return len(due)


def _tell(failed: Sequence[FeedOutcome], polled: int) -> None:
    """Say which feeds failed and why: of many the first, lest a network that is down fills the screen."""
    for outcome in failed[:TOLD]:
        with doing(feed=outcome.feed_id):
            log.warning("feed %s: %s (%s)", outcome.feed_id, outcome.reason, outcome.url)
    if failed:
        words = (
            "%d of %d feeds failed; `stancewatch feeds list` says why, `stancewatch feeds check FEED` how to mend one"
        )
        log.warning(words, len(failed), polled)


def feed_rows(settings: Settings) -> list[FeedRow]:
    """The configured feeds as the warehouse takes them."""
    return [
        FeedRow(f.id, f.publisher, f.kind, f.site, f.url, f.format, f.interval_minutes, f.expected_7d)
        for f in settings.feeds.feeds
    ]


async def _safely(run: Run, feed: FeedForFetch) -> PollBatch:
    """A poll whose unforeseen end is an outcome too: one feed never costs the others theirs."""
    with doing(feed=feed.feed_id):
        try:
            batch = await _poll(run, feed)
        except Exception as error:
            log.exception("polling %s", feed.feed_id)
            due_at = next_fetch_at(feed.feed_id, run.now, feed.interval_minutes, 1, None)
            reason = own_error(error, run.fetcher.secrets.cover)
            batch = PollBatch([_unchanged(feed, "failed", reason, due_at)], [], [], [Drop(feed.url, "poll", reason)])
        costs = {"bytes": sum(row.bytes for row in batch.fetches), "seconds": sum(row.seconds for row in batch.fetches)}
        (outcome,) = batch.outcomes
        words = f"polled {feed.url}: {outcome.reason}" if outcome.reason else f"polled {feed.url}"
        log.info("%s", words, extra={"outcome": outcome.status, **costs})
        return batch


async def _poll(run: Run, feed: FeedForFetch) -> PollBatch:
    fetch = await run.fetcher.fetch(_request(feed, run.now))
    match fetch:
        case Fetched() if fetch.spool.digest() != feed.body_hash:
            return await _read_feed(run, feed, fetch)
        case Fetched() | NotModified():
            outcome = _succeeded(run, feed, fetch, Read())
        case Refused() | Failed():
            outcome = _failed(run, feed, fetch, fetch.reason)
    return PollBatch([outcome], [fetch_row(fetch, feed.feed_id)], [], [])


def _request(feed: FeedForFetch, now: datetime) -> FetchRequest:
    """Conditional, but for one a day: the feed may have changed whatever its server says."""
    if is_full_due(feed.full_at, now):
        return FetchRequest(feed.url, FetchKind.FEED)
    return FetchRequest(feed.url, FetchKind.FEED, feed.etag, feed.last_modified)


async def _read_feed(run: Run, feed: FeedForFetch, fetch: Fetched) -> PollBatch:
    parsed = await read_document(run, fetch)
    if isinstance(parsed, SitemapIndex):
        return await _read_index(run, feed, fetch, parsed)
    if isinstance(parsed, Rejected):
        outcome, reason = _failed(run, feed, fetch, parsed.reason), parsed.reason
        return PollBatch([outcome], [fetch_row(fetch, feed.feed_id, reason)], [], [Drop(feed.url, "poll", reason)])
    entries, drops = entry_rows(feed, parsed)
    outcome = _succeeded(run, feed, fetch, Read(parsed, entries))
    return PollBatch([outcome], [fetch_row(fetch, feed.feed_id)], entries, drops)


async def _read_index(run: Run, feed: FeedForFetch, fetch: Fetched, index: SitemapIndex) -> PollBatch:
    """Poll the newest sitemaps of an index as one feed; an index among them is not followed: it may lead in circles."""
    left_seconds = run.settings.feeds.fetch.total_seconds - fetch.seconds
    fetches: list[Outcome] = [fetch]
    parts: list[ParsedFeed] = []
    for link in index.children[:SITEMAPS]:
        part = await run.fetcher.fetch(FetchRequest(link.url, FetchKind.FEED, within_seconds=max(left_seconds, 0.0)))
        left_seconds -= part.seconds
        fetches.append(part)
        if isinstance(part, Fetched):
            parsed = await read_document(run, part)
            parts += [parsed] if isinstance(parsed, ParsedFeed) else []
    entries: dict[str, EntryRow] = {}
    drops: list[Drop] = []
    for parsed in parts:
        rows, lost = entry_rows(feed, parsed)
        entries |= {row.entry_id: row for row in rows}
        drops += lost
    if entries:
        both = ParsedFeed("", tuple(entry for part in parts for entry in part.entries), None, ())
        outcome = _succeeded(run, feed, fetch, Read(both, list(entries.values()), is_whole=False))
    else:
        outcome = _failed(run, feed, fetch, "is an index of sitemaps without an entry")
    asked = [fetch_row(one, feed.feed_id) for one in fetches]
    return PollBatch([outcome], asked, list(entries.values()), drops)


def _succeeded(run: Run, feed: FeedForFetch, fetch: Fetched | NotModified, read: Read) -> FeedOutcome:
    """The outcome of a poll that brought a feed, or the word that it is as it was."""
    minutes = feed.poll_minutes or feed.interval_minutes
    dates: list[datetime] = []
    if read.parsed is not None:
        dates = [moment for entry in read.parsed.entries if (moment := entry.published_at or entry.updated_at)]
        ttl_minutes = read.parsed.ttl_minutes or 0
        wishes = max(ttl_minutes, fetch.max_age_seconds // 60) if isinstance(fetch, Fetched) else ttl_minutes
        minutes = interval_minutes(run.settings.feeds.polling, feed.interval_minutes, dates, wishes, run.now)
    move = move_of(feed.url, Move(feed.url, feed.moved_to, feed.moved_times), fetch.permanent_url)
    if move.url != feed.url:
        log.warning("feed %s: moved for good to %s; put this address into feeds.yml", feed.feed_id, move.url)
    outcome = FeedOutcome(
        feed_id=feed.feed_id,
        status="ok" if read.parsed else "not_modified",
        reason="; ".join(read.parsed.problems)[:500] if read.parsed else "",
        is_ok=True,
        failures=0,
        next_fetch_at=next_fetch_at(feed.feed_id, run.now, minutes, 1, None),
        url=move.url,
        moved_to=move.moved_to,
        moved_times=move.moved_times,
        poll_minutes=minutes,
        etag=feed.etag,
        last_modified=feed.last_modified,
        body_hash=feed.body_hash,
        full_at=feed.full_at,
        entries_hash=content_id(*sorted(entry.entry_id for entry in read.entries)) if read.entries else "",
        newest_at=max(dates, default=None),
        is_dated=bool(dates) if read.entries else None,
    )
    if not isinstance(fetch, Fetched):
        return outcome
    if not read.is_whole:
        return dataclasses.replace(outcome, etag="", last_modified="", body_hash="")
    digest = fetch.spool.digest()
    return dataclasses.replace(
        outcome, etag=fetch.etag, last_modified=fetch.last_modified, body_hash=digest, full_at=run.now
    )


def _failed(run: Run, feed: FeedForFetch, fetch: Outcome, reason: str) -> FeedOutcome:
    """The outcome of a poll that brought no feed."""
    minutes = feed.poll_minutes or feed.interval_minutes
    weight = severity_of(fetch).value * (feed.failures + 1)
    asked = fetch.retry_after_seconds if isinstance(fetch, Failed | Refused) else None
    is_gone = isinstance(fetch, Failed) and fetch.is_gone
    status = {Fetched: "degraded", NotModified: "degraded", Refused: "refused", Failed: "failed"}[type(fetch)]
    due_at = next_fetch_at(feed.feed_id, run.now, minutes, weight, asked)
    return _unchanged(feed, "retired" if is_gone else status, reason, due_at)


def _unchanged(feed: FeedForFetch, status: str, reason: str, due_at: datetime) -> FeedOutcome:
    """One more failure; all that was learnt of the feed stays as it was."""
    return FeedOutcome(
        feed_id=feed.feed_id,
        status=status,
        reason=reason,
        is_ok=False,
        failures=feed.failures + 1,
        next_fetch_at=due_at,
        url=feed.url,
        moved_to=feed.moved_to,
        moved_times=feed.moved_times,
        poll_minutes=feed.poll_minutes,
        etag=feed.etag,
        last_modified=feed.last_modified,
        body_hash=feed.body_hash,
        full_at=feed.full_at,
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
    run.warehouse.shed_memory()
    run.counts.update(f"feeds_{outcome.status}" for outcome in batch.outcomes)
