"""Traces: all that the published file knows of one item, from feed entry to delivery. Takes no lock."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import duckdb

from extractors.identity import canonical_url, content_id
from warehouse.database import WarehouseError, one_line, query_text
from warehouse.ledger import RuleRow
from warehouse.published import open_published
from warehouse.rows import fetch_records, stage
from warehouse.traced import (
    AlertSeen,
    ArrivalSeen,
    ArticleSeen,
    CopySeen,
    DeliverySeen,
    DropSeen,
    EntrySeen,
    EventSeen,
    FeedEntrySeen,
    FeedSeen,
    FetchSeen,
    HostFeed,
    MessageSeen,
    PositionSeen,
    RevisionSeen,
    RuleSeen,
    StatementSeen,
)
from warehouse.traced_verdicts import CorrectionSeen, EventChangeSeen, ReviewSeen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

T = TypeVar("T")
LEAST_KEY = 4
"""Characters of an id that are enough to look for it; fewer name only what they name in full."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a key names: kind is article, entry, feed, statement, event, alert, message or address."""

    kind: str
    id: str
    is_whole: bool = True
    """Whether the key is all of its name, not only the beginning."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Where a subject belongs; what is None does not narrow the trace."""

    article_id: str | None = None
    entry_id: str | None = None
    actor_id: str | None = None
    event_id: str | None = None
    alert_id: str | None = None
    statement_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Address:
    """An address that may be another of the page asked for."""

    kind: str
    id: str
    url: str


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """An entry, an article, or an address that became neither; ``focus`` says which part of it was asked for."""

    focus: Owner
    entries: Sequence[EntrySeen] = ()
    fetches: Sequence[FetchSeen] = ()
    drops: Sequence[DropSeen] = ()
    article: ArticleSeen | None = None
    revisions: Sequence[RevisionSeen] = ()
    copies: Sequence[CopySeen] = ()
    statements: Sequence[StatementSeen] = ()
    positions: Sequence[PositionSeen] = ()
    events: Sequence[EventSeen] = ()
    rules: Sequence[RuleSeen] = ()
    alerts: Sequence[AlertSeen] = ()
    deliveries: Sequence[DeliverySeen] = ()
    arrivals: Sequence[ArrivalSeen] = ()
    corrections: Sequence[CorrectionSeen] = ()
    changes: Sequence[EventChangeSeen] = ()
    reviews: Sequence[ReviewSeen] = ()


@dataclass(frozen=True, slots=True)
class FeedHistory:
    """A feed, its last poll, and what it brought when it last brought something."""

    feed: FeedSeen
    fetches: Sequence[FetchSeen]
    drops: Sequence[DropSeen]
    entries: Sequence[FeedEntrySeen]


@dataclass(frozen=True, slots=True)
class MessageHistory:
    """A message, the alerts in it, and each attempt to deliver it."""

    message_id: str
    message: MessageSeen | None
    alerts: Sequence[AlertSeen]
    deliveries: Sequence[DeliverySeen]
    arrivals: Sequence[ArrivalSeen]


class Tracer:
    """Reads the published file of a working file, for as long as it is open."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def find(self, key: str) -> list[Subject]:
        """What ``key`` names in full if it does so; else all of whose id it is the beginning."""
        address = canonical_url(key)
        found = self._select(
            "trace_subjects", Subject, key=key, address=address, guess=content_id(address), least=LEAST_KEY
        )
        whole = [subject for subject in found if subject.is_whole] or self._find_address(address)
        return whole or found

    def _find_address(self, address: str) -> list[Subject]:
        """What stands at another spelling of ``address``, such as the page that an import names."""
        host, path = _host_and_path(address)
        part = path.rstrip("/").rpartition("/")[2] or host
        if not host:
            return []
        near = self._select("trace_addresses", _Address, part=part)
        return [Subject(found.kind, found.id) for found in near if canonical_url(found.url) == address]

    def owner(self, subject: Subject) -> Owner:
        """Where ``subject`` belongs."""
        owners = self._select("trace_owners", Owner, kind=subject.kind, id=subject.id)
        return owners[0] if owners else Owner()

    def item(self, owner: Owner, urls: Sequence[str], rules: Sequence[RuleRow]) -> ItemHistory:
        """All of the article or entry of ``owner``, or of the addresses ``urls`` alone."""
        entries = self._select("trace_entries", EntrySeen, entry_id=owner.entry_id, article_id=owner.article_id)
        articles = self._select("trace_article", ArticleSeen, article_id=owner.article_id)
        article = articles[0] if articles else None
        asked = {*urls, *(entry.url for entry in entries), *([article.url] if article else [])}
        fetches = self._select("trace_fetches", FetchSeen, urls=sorted(asked))[::-1]
        named = sorted({*asked, *map(canonical_url, asked)})
        drops = self._select("trace_drops", DropSeen, urls=named)[::-1]
        if article is None:
            return ItemHistory(owner, entries, fetches, drops)
        alerts = self._select("trace_alerts", AlertSeen, article_id=article.article_id)
        messages = [alert.message_id for alert in alerts if alert.message_id]
        return ItemHistory(
            focus=owner,
            entries=entries,
            fetches=fetches,
            drops=drops,
            article=article,
            revisions=self._select("trace_revisions", RevisionSeen, article_id=article.article_id),
            copies=self._select("trace_copies", CopySeen, story_id=article.story_id),
            statements=self._select("trace_statements", StatementSeen, article_id=article.article_id),
            positions=self._select("trace_positions", PositionSeen, article_id=article.article_id),
            events=self._select("trace_events", EventSeen, article_id=article.article_id),
            rules=self._check_rules(article.article_id, rules),
            alerts=alerts,
            deliveries=self._deliveries(messages),
            arrivals=self._arrivals(messages),
            corrections=self._select("trace_corrections", CorrectionSeen, article_id=article.article_id),
            changes=self._select("trace_event_changes", EventChangeSeen, article_id=article.article_id),
            reviews=self._select("trace_reviews", ReviewSeen, article_id=article.article_id),
        )

    def feed(self, feed_id: str) -> FeedHistory:
        """A feed, its last poll, and what it brought when it last brought something."""
        (feed,) = self._select("trace_feed", FeedSeen, feed_id=feed_id)
        drops = self._select("trace_drops", DropSeen, urls=[feed.url])
        return FeedHistory(
            feed,
            self._select("trace_feed_fetches", FetchSeen, feed_id=feed_id, polled_at=feed.polled_at),
            [drop for drop in drops if drop.dropped_at == feed.polled_at],
            self._select("trace_feed_entries", FeedEntrySeen, feed_id=feed_id, moment=feed.brought_at),
        )

    def message(self, message_id: str) -> MessageHistory:
        """A message such as a digest, the alerts in it, and its attempts."""
        messages = self._select("trace_message", MessageSeen, message_id=message_id)
        return MessageHistory(
            message_id,
            messages[0] if messages else None,
            self._select("trace_message_alerts", AlertSeen, message_id=message_id),
            self._deliveries([message_id]),
            self._arrivals([message_id]),
        )

    def host_feeds(self, url: str) -> list[HostFeed]:
        """The feeds of the host of ``url``; none if it is no address."""
        host, _ = _host_and_path(canonical_url(url))
        return self._select("trace_host_feeds", HostFeed, host=host) if host else []

    def _deliveries(self, message_ids: list[str]) -> list[DeliverySeen]:
        return self._select("trace_deliveries", DeliverySeen, message_ids=message_ids)

    def _arrivals(self, message_ids: list[str]) -> list[ArrivalSeen]:
        return self._select("trace_arrivals", ArrivalSeen, message_ids=message_ids)

    def _check_rules(self, article_id: str, rules: Sequence[RuleRow]) -> list[RuleSeen]:
        stage(self._connection, "staged_rules", RuleRow, rules)
        self._connection.execute(query_text("find_article_events"), {"article_id": article_id})
        self._connection.execute(query_text("weigh_rules"))
        return self._select("trace_rules", RuleSeen)

    def _select(self, query: str, record: type[T], /, **parameters: object) -> list[T]:
        return fetch_records(self._connection.execute(query_text(query), parameters), record)


def _host_and_path(address: str) -> tuple[str, str]:
    """Host with port, and path, of an address; empty strings for what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.netloc, parts.path


@contextlib.contextmanager
def open_tracer(warehouse: Path) -> Iterator[Tracer]:
    """A tracer on the published file of the working file ``warehouse``.

    Raises:
        WarehouseError: nothing is published yet, or it was published by an older version.
    """
    with open_published(warehouse) as connection:
        try:
            yield Tracer(connection)
        except duckdb.Error as error:
            text = (
                f"{warehouse}: the published file cannot be traced: {one_line(error)}; publish anew: `stancewatch run`"
            )
            raise WarehouseError(text) from None
