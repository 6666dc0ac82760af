"""Alerts, digests and test messages turned into what people read: a subject, plain text, HTML and Slack blocks.

Templates get only cleaned strings (`flows.alert_view`), HTML is autoescaped, and nothing that a page or feed
says is ever taken as markup.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from extractors.records import ActorType, Stance, Theme
from flows.alert_view import AlertView, view_alert
from flows.digest_view import DigestView, view_digest
from flows.slack_message import slack_alert, slack_digest, slack_test
from flows.wording import TITLE_LIMIT, EventKind, clean_line, long_time

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["AlertContent", "Earlier", "EventKind", "Message", "render_alert", "render_digest", "render_test"]

COLUMNS: Final = 72
_TEMPLATES: Final = Path(__file__).parent / "templates"


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
    """All that an alert tells; times are aware, offsets count characters of ``quote``.

    ``event_kind`` is "first", "shift" or "theme". ``lead_in`` and ``lead_out`` are the text of the paragraph
    before and after the quotation. ``outlets`` names everyone who printed it, the publisher included or not.
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


def render_alert(content: AlertContent) -> Message:
    """One alert as a message.

    Raises:
        ValueError: ``event_kind`` is none of first, shift and theme.
    """
    view = view_alert(content)
    subject = f"{view.headline} (may be a repeat)" if view.is_possible_repeat else view.headline
    return _message(subject, "alert", view, slack_alert(view))


def render_digest(
    title: str, window: tuple[datetime, datetime], alerts: Sequence[AlertContent], feed_notes: Sequence[str]
) -> Message:
    """The alerts of a period as one message, grouped by kind, with what is to be said about the feeds."""
    view = view_digest(title, window, alerts, feed_notes)
    return _message(view.subject, "digest", view, slack_digest(view))


def render_test(destination: str, at: datetime) -> Message:
    """A message that says which destination it was sent to and when, and that no news is in it."""
    name = clean_line(destination, 60)
    view = NoticeView(
        subject=f"Stancewatch test: destination {name} works",
        sentence=f"This is a test. If you can read it, alerts reach the destination “{name}”. Nothing else happened.",
        sent=long_time(at),
    )
    return _message(view.subject, "test", view, slack_test(view.subject, f"{view.sentence} Sent {view.sent}."))


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A message without an alert in it, ready for a template."""

    subject: str
    sentence: str
    sent: str


def _message(subject: str, template: str, view: AlertView | DigestView | NoticeView, slack: tuple[str, str]) -> Message:
    environment = _environment()
    return Message(
        subject=clean_line(subject, TITLE_LIMIT + 60),
        text=environment.get_template(f"{template}.txt.j2").render(view=view).strip() + "\n",
        html=environment.get_template(f"{template}.html.j2").render(view=view, subject=subject).strip() + "\n",
        slack_text=slack[0],
        slack_blocks=slack[1],
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(("html.j2",), ("txt.j2",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["wrap"] = _wrap
    return environment


def _wrap(text: str, indent: str = "", hanging: str = "") -> str:
    """Text folded at 72 columns behind ``indent``; later lines get ``hanging`` as well.

    Words are cut only where one is longer than a line.
    """
    return textwrap.fill(
        text.strip(), COLUMNS, initial_indent=indent, subsequent_indent=indent + hanging, break_on_hyphens=False
    )
