"""New events as Markdown, in which nothing that somebody else wrote is anything but text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flows.wording import (
    KINDS,
    SIDES,
    THEMES,
    EventKind,
    clean_line,
    clean_url,
    count_words,
    cut_words,
    how_sure,
    join_words,
    short_date,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from extractors.records import Stance, Theme
    from warehouse.news import RunEvent

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_QUOTE_LIMIT: Final = 700


def escape_markdown(text: str, limit: int = 160) -> str:
    """One line of plain text: a backslash before each sign that could mean something, bare addresses included."""
    return _PUNCTUATION.sub(r"\\\1", clean_line(text, limit))


def event_list(events: Sequence[RunEvent], number: int, themes: Mapping[Theme, str] = THEMES) -> str:
    """Each event with its words, its source and what it differs from; ``number``: how many there are in all."""
    parts = [_event(event, themes) for event in events]
    if number > len(events):
        parts.append(f"… and {count_words(number - len(events), 'more', 'more')}: see the board, or `stance_events`.")
    return "\n\n".join(parts)


def _event(event: RunEvent, themes: Mapping[Theme, str]) -> str:
    who = [escape_markdown(part) for part in (event.person, event.role, event.organisation) if part]
    side = SIDES[event.stance]
    lines = [
        f"### {KINDS[EventKind(event.kind)]}: {', '.join(who)}",
        f"**{side.symbol} {side.badge}** · {how_sure(event.confidence).lower()} · {_source(event)}",
        _quotation(event.quote),
    ]
    if event.new_themes:
        lines.append(f"New on: {join_words(tuple(escape_markdown(themes[theme]) for theme in event.new_themes))}.")
    if event.previous_stance and event.previous_at:
        lines.append(_before(event.previous_stance, event.previous_at, event))
        lines += [_quotation(event.previous_quote)] if event.previous_quote else []
    return "\n\n".join([*lines, f"`stancewatch trace {event.event_id}`"])


def _source(event: RunEvent) -> str:
    return f"{_link(event.title or event.publisher, event.url)}, {escape_markdown(event.publisher)}, " + short_date(
        event.said_at
    )


def _before(stance: Stance, moment: datetime, event: RunEvent) -> str:
    side = SIDES[stance]
    where = _link(event.previous_publisher or "source", event.previous_url or "")
    return f"Before: {side.symbol} {side.name}, {short_date(moment)}, {where}"


def _quotation(text: str) -> str:
    return f"> “{escape_markdown(cut_words(clean_line(text, 2 * _QUOTE_LIMIT), _QUOTE_LIMIT), 2 * _QUOTE_LIMIT)}”"


def _link(words: str, url: str) -> str:
    """A link, where there is an address that may be one."""
    address = clean_url(url)
    return f"[{escape_markdown(words)}](<{address}>)" if address else escape_markdown(words)
