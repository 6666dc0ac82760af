"""What templates may see of a digest: alerts grouped by kind, counted, and cut to a readable length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.alert_view import AlertView, view_alert
from flows.wording import EventKind, clean_line, long_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from flows.message_content import AlertContent

ENTRIES_SHOWN: Final = 60
"""Entries of a mailed digest; Gmail clips a message beyond 102 kB."""
NOTES_SHOWN: Final = 40
NOTE_LIMIT: Final = 240
_GROUPS: Final = {
    EventKind.SHIFT: "Changes of side",
    EventKind.FIRST: "New stances",
    EventKind.THEME: "New themes",
}
_COUNTED: Final = {
    EventKind.SHIFT: ("change of side", "changes of side"),
    EventKind.FIRST: ("new stance", "new stances"),
    EventKind.THEME: ("new theme", "new themes"),
}


@dataclass(frozen=True, slots=True)
class GroupView:
    """The alerts of one kind, newest first."""

    name: str
    count: int
    alerts: tuple[AlertView, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """One digest, ready for a template."""

    title: str
    subject: str
    window: str
    summary: str
    groups: tuple[GroupView, ...]
    total: int
    left_out: int
    feed_notes: tuple[str, ...]


def view_digest(
    title: str, window: tuple[datetime, datetime], alerts: Sequence[AlertContent], feed_notes: Sequence[str]
) -> DigestView:
    """Changes of side first, then new stances, then new themes; an alert that cannot be worded is left out."""
    ordered = sorted(alerts, key=lambda alert: alert.published_at, reverse=True)
    groups, room = [], ENTRIES_SHOWN
    for kind, name in _GROUPS.items():
        members = [alert for alert in ordered if alert.event_kind == kind]
        shown = tuple(view_alert(alert) for alert in members[:room])
        room -= len(shown)
        if members:
            groups.append(GroupView(name, len(members), shown))
    total = sum(group.count for group in groups)
    counts = [_count(kind, sum(alert.event_kind == kind for alert in alerts)) for kind in _GROUPS]
    summary = ", ".join(count for count in counts if count) or "No new stances in this period"
    title = clean_line(title)
    return DigestView(
        title=title,
        subject=f"{title}: {summary[0].lower()}{summary[1:]}",
        window=f"{long_time(window[0])} to {long_time(window[1])}",
        summary=summary,
        groups=tuple(groups),
        total=total,
        left_out=total - sum(len(group.alerts) for group in groups),
        feed_notes=tuple(clean_line(note, NOTE_LIMIT) for note in feed_notes[:NOTES_SHOWN]),
    )


def _count(kind: EventKind, number: int) -> str:
    return f"{number} {_COUNTED[kind][number != 1]}" if number else ""
