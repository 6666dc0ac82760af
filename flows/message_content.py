"""What messages are made of, and what a message is: the records between those who have news and those who word it.

Times are aware. Texts are as pages, feeds and the warehouse hold them: `flows.render` cleans and cuts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from extractors.records import ActorType, Stance, Theme


@dataclass(frozen=True, slots=True)
class Past:
    """One position on record: when it was published and which side it took."""

    said_at: datetime
    stance: Stance


@dataclass(frozen=True, slots=True)
class Earlier:
    """The actor's latest earlier position, which an alert is new against."""

    stance: Stance
    quote: str
    published_at: datetime
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class AlertContent:
    """All that an alert tells; offsets count characters of ``quote``.

    ``event_kind`` is "first", "shift" or "theme". ``lead_in`` and ``lead_out`` are the text of the paragraph before and
    after the quotation. ``outlets`` names everyone who printed it, the publisher included or not. ``history`` holds all
    positions of the actor in order of time up to this one; ``chart`` is its picture (PNG; empty: none).
    ``is_corrected`` says that an analyst decided on the stance, ``is_given`` that it came with the article, else it was
    the machine. ``is_reported``: the words are the reporter's, who tells what was said.
    """

    alert_id: str
    event_kind: str
    person: str
    role: str
    organisation: str
    actor_type: ActorType
    stance: Stance
    stance_score: float
    confidence: float
    quote: str
    lead_in: str
    lead_out: str
    evidence: tuple[int, int]
    earlier: Earlier | None
    themes: tuple[Theme, ...]
    new_themes: tuple[Theme, ...]
    article_title: str
    url: str
    publisher: str
    published_at: datetime
    outlets: tuple[str, ...]
    detected_at: datetime
    statement_id: str
    is_possible_repeat: bool
    history: tuple[Past, ...] = ()
    chart: bytes = b""
    is_corrected: bool = False
    is_given: bool = False
    is_reported: bool = False


class DigestOrder(StrEnum):
    """How the lines of a digest follow each other within kind and theme."""

    NEWEST = "newest"
    SUREST = "surest"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class DigestContent:
    """The alerts of a period as one message.

    ``earlier_counts`` says of event kinds how many the period before had (empty: not known). ``channel_notes`` are
    lines on letters that did not arrive elsewhere, ``withdrawn`` on what was told and has been taken back since.
    At most ``length`` alerts are shown. ``message_id`` is the key by which a receiver tells a repeat.
    """

    title: str
    window: tuple[datetime, datetime]
    alerts: tuple[AlertContent, ...]
    earlier_counts: tuple[tuple[str, int], ...] = ()
    feed_notes: tuple[str, ...] = ()
    channel_notes: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    order: DigestOrder = DigestOrder.NEWEST
    length: int = 60
    message_id: str = ""
    is_possible_repeat: bool = False


@dataclass(frozen=True, slots=True)
class SummaryContent:
    """More alerts than one run may send, held back as one message: ``total`` of them, ``alerts`` all or the first.

    ``list_url`` (may be empty) and ``command`` show the whole list.
    """

    alerts: tuple[AlertContent, ...]
    total: int
    list_url: str
    command: str
    message_id: str = ""
    is_possible_repeat: bool = False


@dataclass(frozen=True, slots=True)
class HeartbeatContent:
    """What a period brought, so that silence means silence: no ``troubles``, and all is well.

    ``feeds`` are watched, of which ``silent`` names those that brought nothing in the time they usually do.
    """

    since: datetime
    until: datetime
    articles: int
    statements: int
    events: int
    feeds: int
    silent: tuple[str, ...]
    troubles: tuple[str, ...]
    message_id: str = ""
    is_possible_repeat: bool = False


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """One trouble of Stancewatch itself, by its name (``disk``, ``feed:NAME``); ``change`` is begins, lasts or ends."""

    trouble: str
    change: str
    words: str
    advice: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class OperatorContent:
    """What whoever runs Stancewatch is told, and the name of the machine."""

    lines: tuple[OperatorLine, ...]
    host: str
    message_id: str = ""
    is_possible_repeat: bool = False


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture inside a mail: its HTML names it as ``cid:…``; ``alt`` tells the same in words."""

    cid: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message in every form that a channel may want.

    ``slack_text`` stands alone where a Slack-compatible host shows no blocks; ``slack_blocks`` is a JSON array.
    """

    subject: str
    text: str
    html: str
    slack_text: str
    slack_blocks: str
    images: tuple[InlineImage, ...] = ()
