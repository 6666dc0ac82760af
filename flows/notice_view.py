"""What templates may see of messages that tell of many alerts at once, of none, or only that a destination works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.alert_view import AlertView, view_alert
from flows.digest_view import clean_notes, count_kinds
from flows.history_view import count_sides
from flows.wording import THEMES, EventKind, clean_line, clean_url, count_words, long_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from extractors.records import Theme
    from flows.message_content import HeartbeatContent, SummaryContent

LISTED: Final = 10
COMMAND_LIMIT: Final = 500
_KINDS: Final = frozenset(EventKind)


@dataclass(frozen=True, slots=True)
class SummaryView:
    """More alerts than one run may send, ready for a template; ``url`` is empty where there is no page to link."""

    message_id: str
    subject: str
    counts: str
    sides: str
    alerts: tuple[AlertView, ...]
    left_out: int
    url: str
    command: str
    is_possible_repeat: bool


@dataclass(frozen=True, slots=True)
class HeartbeatView:
    """A period's figures, ready for a template; ``figures`` are pairs of a name and a number."""

    message_id: str
    subject: str
    verdict: str
    window: str
    figures: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]
    troubles: tuple[str, ...]
    is_possible_repeat: bool


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A test, ready for a template."""

    message_id: str
    subject: str
    sentence: str
    sent: str
    is_possible_repeat: bool = False


def view_summary(content: SummaryContent, themes: Mapping[Theme, str] = THEMES) -> SummaryView:
    """The counts and the first ten; an alert that cannot be worded is counted only."""
    worded = [alert for alert in content.alerts if alert.event_kind in _KINDS]
    shown = tuple(view_alert(alert, themes) for alert in worded[:LISTED])
    part = "" if len(worded) >= content.total else f" among the first {len(worded)}"
    return SummaryView(
        message_id=clean_line(content.message_id),
        subject=f"{count_words(content.total, 'new stance', 'new stances')} in one run: held back as one list",
        counts=f"{count_kinds(worded)}{part}" if worded else "",
        sides=count_sides(alert.stance for alert in worded),
        alerts=shown,
        left_out=max(content.total - len(shown), 0),
        url=clean_url(content.list_url),
        command=clean_line(content.command, COMMAND_LIMIT),
        is_possible_repeat=content.is_possible_repeat,
    )


def view_heartbeat(content: HeartbeatContent) -> HeartbeatView:
    """The verdict, the figures, and the names behind them."""
    silent = len(content.silent)
    counts = [
        count_words(content.articles, "article", "articles"),
        count_words(content.statements, "statement", "statements"),
        count_words(content.events, "new stance", "new stances"),
        f"{count_words(silent, 'feed', 'feeds')} silent",
    ]
    if content.troubles:
        verdict = f"Not all is well: {count_words(len(content.troubles), 'trouble', 'troubles')}"
        subject = f"{verdict}; {', '.join(counts)}"
    else:
        verdict = "All is well"
        subject = f"{verdict}: {', '.join(counts)}"
    return HeartbeatView(
        message_id=clean_line(content.message_id),
        subject=subject,
        verdict=verdict,
        window=f"{long_time(content.since)} to {long_time(content.until)}",
        figures=(
            ("Articles read", f"{content.articles:,}"),
            ("Statements found", f"{content.statements:,}"),
            ("New stances", f"{content.events:,}"),
            ("Feeds watched", f"{content.feeds:,}"),
            ("Feeds silent", f"{silent:,}"),
        ),
        silent=clean_notes(content.silent),
        troubles=clean_notes(content.troubles),
        is_possible_repeat=content.is_possible_repeat,
    )


def view_test(destination: str, at: datetime) -> NoticeView:
    """A message that says which destination it was sent to and when, and that no news is in it."""
    name = clean_line(destination, 60)
    return NoticeView(
        message_id=f"test-{at:%Y%m%dT%H%M%S}",
        subject=f"Stancewatch test: destination {name} works",
        sentence=f"This is a test. If you can read it, alerts reach the destination “{name}”. Nothing else happened.",
        sent=long_time(at),
    )
