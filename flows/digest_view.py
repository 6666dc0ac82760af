"""What templates may see of a digest: alerts grouped by kind and theme, counted, and cut to a readable length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractors.records import Theme
from flows.alert_view import AlertView, view_alert
from flows.message_content import DigestOrder
from flows.wording import COUNTED, THEMES, EventKind, clean_line, count_words, long_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.message_content import AlertContent, DigestContent

NOTES_SHOWN: Final = 40
NOTE_LIMIT: Final = 240
_GROUPS: Final = {
    EventKind.SHIFT: "Changes of side",
    EventKind.FIRST: "New stances",
    EventKind.THEME: "New themes",
}


@dataclass(frozen=True, slots=True)
class ThemeView:
    """The alerts of one kind that one theme is foremost in."""

    name: str
    alerts: tuple[AlertView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """The alerts of one kind, by theme; ``count`` counts those that are not shown, too."""

    name: str
    count: int
    themes: tuple[ThemeView, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """One digest, ready for a template."""

    message_id: str
    title: str
    subject: str
    window: str
    summary: str
    groups: tuple[GroupView, ...]
    total: int
    left_out: int
    withdrawn: tuple[str, ...]
    channel_notes: tuple[str, ...]
    feed_notes: tuple[str, ...]
    is_possible_repeat: bool


def view_digest(content: DigestContent, length: int, names: Mapping[Theme, str] = THEMES) -> DigestView:
    """Changes of side first, then new stances, then new themes, ``length`` alerts of them at most.

    An alert of another kind, which cannot be worded, is left out; ``names`` are what themes are called.
    """
    groups, room = [], max(length, 0)
    for kind, name in _GROUPS.items():
        members = [alert for alert in content.alerts if alert.event_kind == kind]
        themes = _by_theme(_ordered(members, content.order)[:room], names)
        room -= sum(len(theme.alerts) for theme in themes)
        if members:
            groups.append(GroupView(name, len(members), themes))
    total = sum(group.count for group in groups)
    title, before = clean_line(content.title), dict(content.earlier_counts)
    told = count_kinds(content.alerts)
    return DigestView(
        message_id=clean_line(content.message_id),
        title=title,
        subject=f"{title}: {told[0].lower()}{told[1:]}",
        window=f"{long_time(content.window[0])} to {long_time(content.window[1])}",
        summary=_compare(content.alerts, before) if before else told,
        groups=tuple(groups),
        total=total,
        left_out=total - sum(len(theme.alerts) for group in groups for theme in group.themes),
        withdrawn=clean_notes(content.withdrawn),
        channel_notes=clean_notes(content.channel_notes),
        feed_notes=clean_notes(content.feed_notes),
        is_possible_repeat=content.is_possible_repeat,
    )


def clean_notes(notes: Sequence[str]) -> tuple[str, ...]:
    """Notes as lines that can be shown; what is beyond `NOTES_SHOWN` is only counted."""
    more = len(notes) - NOTES_SHOWN
    shown = tuple(clean_line(note, NOTE_LIMIT) for note in notes[:NOTES_SHOWN])
    return (*shown, f"and {more} more") if more > 0 else shown


def count_kinds(alerts: Sequence[AlertContent]) -> str:
    """How many alerts of each kind there are, in words."""
    counts = {kind: sum(alert.event_kind == kind for alert in alerts) for kind in COUNTED}
    told = [count_words(count, *COUNTED[kind]) for kind, count in counts.items() if count]
    return ", ".join(told) or "No new stances in this period"


def _compare(alerts: Sequence[AlertContent], before: dict[str, int]) -> str:
    """The counts beside those of the period before, of every kind that either has."""
    told = []
    for kind, words in COUNTED.items():
        count, then = sum(alert.event_kind == kind for alert in alerts), before.get(kind, 0)
        if count or then:
            told.append(f"{count_words(count, *words)} ({then:,} the period before)")
    return ", ".join(told) or "No new stances in this period, none the period before"


def _ordered(alerts: Iterable[AlertContent], order: DigestOrder) -> list[AlertContent]:
    newest = sorted(alerts, key=lambda alert: alert.published_at, reverse=True)
    if order is DigestOrder.SUREST:
        return sorted(newest, key=lambda alert: alert.confidence, reverse=True)
    if order is DigestOrder.NAME:
        return sorted(newest, key=lambda alert: (alert.person or alert.organisation).casefold())
    return newest


def _by_theme(alerts: Sequence[AlertContent], names: Mapping[Theme, str]) -> tuple[ThemeView, ...]:
    """The alerts under their foremost themes, themes and alerts in the order given."""
    themes: dict[str, list[AlertView]] = {}
    for alert in alerts:
        themes.setdefault(names[_foremost(alert)], []).append(view_alert(alert, names))
    return tuple(ThemeView(name, tuple(views)) for name, views in themes.items())


def _foremost(alert: AlertContent) -> Theme:
    """The theme to find an alert under: a new one, or what it speaks of beside autonomy, which every stance does."""
    news = alert.new_themes if alert.event_kind == EventKind.THEME else ()
    told = [theme for theme in (*news, *alert.themes) if theme is not Theme.AUTONOMY_CONTROL]
    return told[0] if told else Theme.AUTONOMY_CONTROL
