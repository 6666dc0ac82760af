"""Alerts, digests and test messages turned into what people read: a subject, plain text, HTML and Slack blocks.

Templates get only cleaned strings (`flows.alert_view`), HTML is autoescaped, and nothing that a page or feed
says is ever taken as markup.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from flows.alert_view import AlertView, view_alert
from flows.digest_view import DigestView, view_digest
from flows.message_content import (
    AlertContent,
    DigestContent,
    Earlier,
    HeartbeatContent,
    Message,
    SummaryContent,
)
from flows.slack_message import slack_alert, slack_digest, slack_test
from flows.wording import TITLE_LIMIT, EventKind, clean_line, long_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = [
    "AlertContent",
    "Earlier",
    "EventKind",
    "Message",
    "Renderer",
    "render_alert",
    "render_digest",
    "render_test",
]

COLUMNS: Final = 72
_TEMPLATES: Final = Path(__file__).parent / "templates"


class Renderer:
    """Words every kind of message; ``folder`` holds the user's own templates, which override ours one by one."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def alert(self, content: AlertContent) -> Message:
        """One alert.

        Raises:
            ValueError: ``event_kind`` is none of first, shift and theme.
        """
        return render_alert(content)

    def digest(self, content: DigestContent) -> Message:
        """The alerts of a period, grouped by kind."""
        return render_digest(content.title, content.window, content.alerts, content.feed_notes)

    def summary(self, content: SummaryContent) -> Message:
        """More alerts than one run may send, as one message."""
        return _notice(f"{content.total} new stances in one run: held back as one list", content.command)

    def heartbeat(self, content: HeartbeatContent) -> Message:
        """What a period brought, and whether all is well."""
        head = "Not all is well" if content.troubles else "All is well"
        counts = f"{content.articles} articles, {content.statements} statements, {content.events} new stances"
        return _notice(f"{head}: {counts}, {len(content.silent)} feeds silent", "; ".join(content.troubles))

    def test(self, destination: str, at: datetime) -> Message:
        """A message that says which destination it was sent to and when, and that no news is in it."""
        return render_test(destination, at)


def _notice(subject: str, sentence: str) -> Message:
    view = NoticeView(clean_line(subject), clean_line(sentence, 400), "")
    return _message(view.subject, "test", view, slack_test(view.subject, view.sentence))


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
