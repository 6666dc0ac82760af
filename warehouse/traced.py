"""What a trace finds in the published file: one record a row, as each stage left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """An entry of a feed; ``baseline_at`` is when that feed was polled first."""

    entry_id: str
    feed_id: str
    publisher: str
    url: str
    title: str
    published_at: datetime | None
    updated_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    is_history: bool
    kept_since: datetime | None
    state: str
    reason: str
    attempts: int
    next_attempt_at: datetime | None
    baseline_at: datetime | None
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FetchSeen:
    """One request for a feed or a page."""

    url: str
    final_url: str
    kind: str
    started_at: datetime
    outcome: str
    reason: str
    http_status: int | None
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DropSeen:
    """Why something went no further."""

    url: str
    stage: str
    reason: str
    dropped_at: datetime


@dataclass(frozen=True, slots=True)
class ArticleSeen:
    """An article as it is stored; ``seed_file`` is None unless it is a seed document."""

    article_id: str
    url: str
    publisher: str
    feed_id: str
    kind: str
    title: str
    published_at: datetime | None
    first_seen_at: datetime
    fetched_at: datetime
    language: str
    words: int
    story_id: str
    revision: int
    is_live: bool
    was_history: bool
    """Whether it was history when it came; an edit makes news of it (is_live), its old words stay history."""
    text_source: str
    analysed_revision: int | None
    model_version: str
    detected_at: datetime | None
    seed_file: str | None


@dataclass(frozen=True, slots=True)
class RevisionSeen:
    """An edit: how many paragraphs came and went."""

    revision: int
    fetched_at: datetime
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class CopySeen:
    """An article of the same story."""

    article_id: str
    url: str
    publisher: str
    published_at: datetime | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class StatementSeen:
    """A statement; ``original_*`` is where its words were printed first (itself, maybe), None until that is settled."""

    statement_id: str
    actor_id: str | None
    person: str
    role: str
    organisation: str
    text: str
    stance: str
    confidence: float
    corrected: bool
    is_current: bool
    model_version: str
    original_id: str | None
    settled_at: datetime | None
    is_same_words: bool | None
    original_article_id: str | None
    original_url: str | None
    original_publisher: str | None
    original_at: datetime | None
    is_same_story: bool | None
    opinion_judge: str | None
    opinion_outcome: str | None
    opinion_stance: str | None


@dataclass(frozen=True, slots=True)
class PositionSeen:
    """What an actor's statements in the article add up to; ``is_new``: it counts in the actor's history."""

    actor_id: str
    stance: str
    confidence: float
    statement_id: str
    themes: tuple[str, ...]
    is_new: bool
    said_at: datetime


@dataclass(frozen=True, slots=True)
class EventSeen:
    """An event of the article; ``later_*`` is what the actor said after it and was known before it."""

    event_id: str
    kind: str
    actor_id: str
    statement_id: str
    stance: str
    confidence: float
    previous_stance: str | None
    previous_at: datetime | None
    previous_quote: str | None
    previous_publisher: str | None
    previous_url: str | None
    new_themes: tuple[str, ...]
    detected_at: datetime
    run_id: str
    model_version: str
    is_new: bool
    later_at: datetime | None
    later_url: str | None
    later_publisher: str | None
    told_before: str | None


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule of the present alerts.yml, for one destination, against an event: the keys whose condition is not met."""

    event_id: str
    rule: str
    destination: str
    timing: str
    is_for_review: bool
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlertSeen:
    """An alert; ``message_id`` is what carries it: itself, a digest, a list; None while it waits."""

    alert_id: str
    event_id: str
    rule: str
    destination: str
    timing: str
    status: str
    hold_reason: str
    message_id: str | None
    message_kind: str | None
    created_at: datetime
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """A message of its own record, such as a digest with its window."""

    message_id: str
    kind: str
    destination: str
    window_start: datetime | None
    window_end: datetime | None
    status: str
    created_at: datetime
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliverySeen:
    """One attempt to deliver a message."""

    message_id: str
    destination: str
    attempt: int
    outcome: str
    attempted_at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class ArrivalSeen:
    """Whether a mail was seen in the probe mailbox of its destination: status is arrived, awaited or missing."""

    message_id: str
    destination: str
    status: str
    arrived_at: datetime | None
    checked_at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class FeedSeen:
    """A feed, when it was polled last, and when it last brought something new."""

    feed_id: str
    publisher: str
    url: str
    is_configured: bool
    status: str
    reason: str
    failures: int
    baseline_at: datetime | None
    last_ok_at: datetime | None
    next_fetch_at: datetime | None
    polled_at: datetime | None
    brought_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedEntrySeen:
    """An entry that a feed brought, with how far it came."""

    entry_id: str
    url: str
    title: str
    published_at: datetime | None
    is_history: bool
    is_new: bool
    state: str
    reason: str
    article_id: str | None
    events: int
    alerts_sent: int


@dataclass(frozen=True, slots=True)
class HostFeed:
    """A feed whose documents may have named a page."""

    feed_id: str
    publisher: str
    url: str
    is_configured: bool
    status: str
    reason: str
    last_ok_at: datetime | None
