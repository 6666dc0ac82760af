"""What templates may see of an alert: cleaned, cut and worded strings, never the raw text of a page."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractors.records import Stance
from flows.history_view import HistoryView, view_history
from flows.wording import (
    ACTOR_TYPES,
    CONTEXT_LIMIT,
    KINDS,
    QUOTE_LIMIT,
    SIDES,
    THEMES,
    EventKind,
    Side,
    clean_line,
    clean_passage,
    clean_url,
    how_sure,
    join_words,
    long_date,
    long_time,
    short_date,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractors.records import Theme
    from flows.message_content import AlertContent, Earlier

OUTLETS_SHOWN: Final = 6
SNIPPET_LIMIT: Final = 220
_EVIDENCE_SHARE: Final = 0.6


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A paragraph as printed: its context, and the quotation split around the evidence."""

    lead_in: str
    before: str
    evidence: str
    after: str
    lead_out: str


@dataclass(frozen=True, slots=True)
class EarlierView:
    """The position an alert is compared with."""

    side: Side
    quote: str
    date: str
    short_date: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class AlertView:
    """One alert, ready for a template.

    ``snippet`` is the gist of the quotation in a line or two; ``sure`` and ``reading`` say how sure whose reading is;
    ``correction`` and ``command`` are commands to copy: to overrule the reading, and to see how it came about (empty
    where there is no address to explain).
    """

    message_id: str
    kind: EventKind
    kind_name: str
    headline: str
    name: str
    description: str
    actor_type: str
    side: Side
    quote: QuoteView
    snippet: str
    earlier: EarlierView | None
    history: HistoryView | None
    themes: tuple[str, ...]
    new_themes: tuple[str, ...]
    title: str
    url: str
    publisher: str
    date: str
    short_date: str
    outlets: str
    confidence: str
    sure: str
    reading: str
    said: str
    detected: str
    statement_id: str
    correction: str
    command: str
    is_possible_repeat: bool


def view_alert(content: AlertContent, themes: Mapping[Theme, str] = THEMES) -> AlertView:
    """The strings that stand for an alert in every channel; ``themes`` are what themes are called.

    Raises:
        ValueError: ``event_kind`` is none of first, shift and theme.
    """
    kind = EventKind(content.event_kind)
    publisher, quote, url = clean_line(content.publisher), _split_quote(content), clean_url(content.url)
    confidence = _share(content.confidence)
    return AlertView(
        message_id=clean_line(content.alert_id),
        kind=kind,
        kind_name=KINDS[kind],
        headline=_headline(kind, content, themes),
        name=_name(content),
        description=_description(content),
        actor_type=ACTOR_TYPES[content.actor_type],
        side=SIDES[content.stance],
        quote=quote,
        snippet=_snippet(quote),
        earlier=_view_earlier(content.earlier) if content.earlier else None,
        history=view_history(content.history, _name(content), content.chart),
        themes=_name_themes((*content.themes, *_new_themes(content)), themes),
        new_themes=_name_themes(_new_themes(content), themes),
        title=clean_line(content.article_title) or "Untitled article",
        url=url,
        publisher=publisher or "unknown publisher",
        date=long_date(content.published_at),
        short_date=short_date(content.published_at),
        outlets=_other_outlets(content.outlets, publisher),
        confidence=f"{round(100 * confidence)}\N{NO-BREAK SPACE}%",
        sure="Certain" if content.is_corrected else how_sure(confidence),
        reading=_reading(content),
        said="What they are reported as saying" if content.is_reported else "What they said",
        detected=long_time(content.detected_at),
        statement_id=clean_line(content.statement_id),
        correction=_correction(content),
        command=f"stancewatch explain {shlex.quote(url)}" if url else "",
        is_possible_repeat=content.is_possible_repeat,
    )


def _share(confidence: float) -> float:
    """From 0 to 1; NaN is 0."""
    return min(1.0, max(0.0, confidence))


def _correction(content: AlertContent) -> str:
    return f'stancewatch correct {shlex.quote(clean_line(content.statement_id))} --stance none --note "why"'


def _reading(content: AlertContent) -> str:
    if content.is_corrected:
        return "an analyst’s reading"
    return "labelled with the article" if content.is_given else "a machine’s reading"


def _name(content: AlertContent) -> str:
    return clean_line(content.person) or clean_line(content.organisation) or "Unnamed speaker"


def _description(content: AlertContent) -> str:
    """Role and organisation, as far as they say more than the name."""
    parts = [clean_line(content.role)] + ([clean_line(content.organisation)] if content.person.strip() else [])
    return ", ".join(part for part in parts if part)


def _headline(kind: EventKind, content: AlertContent, names: Mapping[Theme, str]) -> str:
    """What happened, in one line fit for a subject."""
    organisation = clean_line(content.organisation, 60)
    who = clean_line(content.person, 60)
    who = f"{who} ({organisation})" if who and organisation else who or organisation or "Unnamed speaker"
    side = SIDES[content.stance]
    if kind is EventKind.SHIFT and content.earlier is not None:
        return f"{KINDS[kind]}: {who} moves from {SIDES[content.earlier.stance].name} to {side.name}"
    if kind is EventKind.THEME and content.new_themes:
        themes = join_words(tuple(name.lower() for name in _name_themes(content.new_themes[:2], names)))
        view = "balanced" if content.stance is Stance.BALANCED else f"the {side.name} side"
        return f"{KINDS[kind]}: {who}, {view}, now on {themes}"
    return f"{KINDS[kind]}: {who} {side.position}"


def _view_earlier(earlier: Earlier) -> EarlierView:
    return EarlierView(
        side=SIDES[earlier.stance],
        quote=clean_line(earlier.quote, QUOTE_LIMIT // 2),
        date=long_date(earlier.published_at),
        short_date=short_date(earlier.published_at),
        publisher=clean_line(earlier.publisher) or "unknown publisher",
        url=clean_url(earlier.url),
    )


def _split_quote(content: AlertContent) -> QuoteView:
    quote = content.quote
    start = min(max(content.evidence[0], 0), len(quote))
    end = min(max(content.evidence[1], start), len(quote))
    while start < end and quote[start].isspace():
        start += 1
    while end > start and quote[end - 1].isspace():
        end -= 1
    if start == end:  # no evidence is marked: the whole quotation stands before it, and its end is what is cut
        start = end = len(quote) if len(quote) <= QUOTE_LIMIT else 0
    evidence = _cut_end(quote[start:end], int(QUOTE_LIMIT * _EVIDENCE_SHARE))
    room = max(QUOTE_LIMIT - len(evidence), 0)
    before, after = quote[:start], quote[end:]
    room_before = max(room // 2, room - len(after))
    before = _cut_start(before, room_before)
    after = _cut_end(after, max(room - len(before), 0))
    return QuoteView(
        lead_in=_cut_start(content.lead_in, CONTEXT_LIMIT),
        before=before,
        evidence=evidence,
        after=after,
        lead_out=_cut_end(content.lead_out, CONTEXT_LIMIT),
    )


def _snippet(quote: QuoteView) -> str:
    """The whole quotation if it is short, else its evidence, else its beginning."""
    whole = f"{quote.before}{quote.evidence}{quote.after}".strip()
    if len(whole) <= SNIPPET_LIMIT or not quote.evidence:
        return clean_line(whole, SNIPPET_LIMIT)
    return f"… {clean_line(quote.evidence, SNIPPET_LIMIT)} …"


def _cut_end(text: str, limit: int) -> str:
    """Cleaned text of which the beginning is kept; cut at a word where one ends near."""
    if len(text) <= limit:
        return clean_passage(text)
    kept = text[:limit]
    return clean_passage(kept[: kept.rfind(" ", limit // 2) + 1 or limit]).rstrip() + " …"


def _cut_start(text: str, limit: int) -> str:
    """Cleaned text of which the end is kept; cut at a word where one begins near."""
    if len(text) <= limit:
        return clean_passage(text)
    kept = text[len(text) - limit :]
    space = kept.find(" ", 0, limit // 2 + 1)
    return "… " + clean_passage(kept[space + 1 :]).lstrip()


def _new_themes(content: AlertContent) -> tuple[Theme, ...]:
    """Of a first stance every theme is new, which need not be said."""
    return () if content.event_kind == EventKind.FIRST else content.new_themes


def _name_themes(themes: tuple[Theme, ...], names: Mapping[Theme, str]) -> tuple[str, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(names[theme] for theme in themes))


def _other_outlets(outlets: tuple[str, ...], publisher: str) -> str:
    names = [name for name in dict.fromkeys(clean_line(outlet) for outlet in outlets) if name and name != publisher]
    more = len(names) - OUTLETS_SHOWN
    if more > 0:
        return join_words((*names[:OUTLETS_SHOWN], f"{more} more"))
    return join_words(tuple(names))
