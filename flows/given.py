"""Labels that an import line brings with its text (`statements`): read and checked, key by key."""

from __future__ import annotations

import difflib
import json
import math
from typing import TYPE_CHECKING, Any, Final, TypeVar

from extractors.identity import content_id
from extractors.records import ActorType, QuoteKind, Stance, Theme
from warehouse.given import GivenLabels, GivenStatement, GivenText

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from warehouse.articles import ArticleRow

    Kind = TypeVar("Kind", bound=StrEnum)

KEYS: Final = (
    "start", "end", "text", "actor", "person", "role", "organisation", "actor_type", "quote_kind", "stance",
    "stance_score", "confidence", "evidence", "themes",
)  # fmt: skip
ACTOR_KEYS: Final = ("person", "role", "organisation", "actor_type")
_WIDEST: Final = 60
_MISSPELT: Final = 0.75
"""How like a key of ours another one is that was meant for it."""
_SCORES: Final = {Stance.LOCAL: 1.0, Stance.CENTRAL: -1.0}


class LabelError(ValueError):
    """A given label cannot be used; the text names the key, says why and what to write instead."""


def read_labels(record: Mapping[str, Any], article: ArticleRow) -> GivenLabels | None:
    """The labels that ``record`` has for ``article``; None where it has no `statements` at all.

    Raises:
        LabelError: one of them is wrong; then none is taken.
    """
    given = record.get("statements")
    if given is None:
        return None
    if not isinstance(given, list):
        raise LabelError(f"statements is {_kind(given)}; write a list, [] if nobody says anything")
    statements = tuple(
        sorted(
            (_statement(f"statements[{number}]", each, article) for number, each in enumerate(given)),
            key=lambda one: (one.start_char, one.end_char),
        )
    )
    spoken = {theme for statement in statements for theme in statement.themes}
    named = _themes("themes", record) if record.get("themes") is not None else ()
    themes = named or tuple(theme for theme in Theme if theme in spoken)
    key = content_id(json.dumps(given, sort_keys=True), *themes)
    return GivenLabels(GivenText(article.article_id, article.text_hash, key, themes), statements)


def _statement(place: str, given: Any, article: ArticleRow) -> GivenStatement:
    if not isinstance(given, dict):
        raise LabelError(f'{place} is {_kind(given)}; write an object such as {{"start": 0, "end": 9, "stance": …}}')
    _refuse_misspelt(place, given, KEYS)
    start, end = _span(place, given, article.text)
    if given.get("stance") is None:
        raise LabelError(f"{place}.stance is missing; write {_options(Stance)}")
    stance = _one_of(f"{place}.stance", given["stance"], Stance)
    confidence = _number(f"{place}.confidence", given.get("confidence"), 1.0, 0.0)
    person, role, organisation, actor_type = _actor(place, given)
    evidence_start, evidence_end = _evidence(place, given.get("evidence"), start, end)
    return GivenStatement(
        article_id=article.article_id,
        text_hash=article.text_hash,
        start_char=start,
        end_char=end,
        person=person,
        role=role,
        organisation=organisation,
        actor_type=_one_of(f"{place}.actor_type", actor_type, ActorType) if actor_type else "",
        quote_kind=_one_of(f"{place}.quote_kind", given.get("quote_kind") or QuoteKind.DIRECT, QuoteKind),
        stance=stance,
        stance_score=_number(
            f"{place}.stance_score", given.get("stance_score"), _SCORES.get(stance, 0.0) * confidence, -1.0
        ),
        confidence=confidence,
        evidence_start=evidence_start,
        evidence_end=evidence_end,
        themes=_with_axis(_themes(f"{place}.themes", given), stance),
    )


def _span(place: str, given: Mapping[str, Any], text: str) -> tuple[int, int]:
    """Where the statement stands: at its offsets, else where its text does."""
    words = given.get("text")
    if words is not None and not (isinstance(words, str) and words.strip()):
        raise LabelError(f"{place}.text is {_shown(words)}; write the words as they stand in the article")
    if given.get("start") is None and given.get("end") is None:
        if words is None:
            raise LabelError(f"{place} has neither start and end nor text; say where the statement stands")
        first = text.find(words)
        if first < 0 or text.find(words, first + 1) >= 0:
            told = "does not stand" if first < 0 else "stands more than once"
            raise LabelError(f"{place}.text {_shown(words)} {told} in the article; give start and end")
        return first, first + len(words)
    start, end = _offsets(place, [given.get("start"), given.get("end")], ("start", "end"))
    if not start < end <= len(text):
        raise LabelError(f"{place}: start {start} and end {end} do not fit a text of {len(text)} characters")
    if words is not None and text[start:end] != words:
        raise LabelError(f"{place}.text {_shown(words)} differs from what stands there, {_shown(text[start:end])}")
    if not text[start:end].strip():
        raise LabelError(f"{place}: between start {start} and end {end} stands nothing")
    return start, end


def _offsets(place: str, given: list[Any], names: tuple[str, str]) -> tuple[int, int]:
    for name, value in zip(names, given, strict=True):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise LabelError(
                f"{place}.{name} is {_shown(value)}; write how many characters of the text stand before it"
            )
    return given[0], given[1]


def _evidence(place: str, given: Any, start: int, end: int) -> tuple[int, int]:
    if given is None:
        return start, end
    if not isinstance(given, list) or len(given) != 2:  # noqa: PLR2004 - a start and an end
        raise LabelError(f"{place}.evidence is {_shown(given)}; write [start, end] in the article's text")
    first, last = _offsets(place, given, ("evidence[0]", "evidence[1]"))
    if not start <= first <= last <= end:
        raise LabelError(f"{place}.evidence [{first}, {last}] lies outside its statement, [{start}, {end}]")
    return first, last


def _actor(place: str, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Person, role, organisation and kind, written flat or as `actor`; empty where nothing is."""
    actor = given.get("actor")
    if actor is not None and not isinstance(actor, dict):
        raise LabelError(f"{place}.actor is {_kind(actor)}; write an object of {', '.join(ACTOR_KEYS)}")
    _refuse_misspelt(f"{place}.actor", actor or {}, ACTOR_KEYS)
    values = []
    for key in ACTOR_KEYS:
        nested, flat = (actor or {}).get(key), given.get(key)
        if nested and flat and nested != flat:
            raise LabelError(f"{place}.{key} is {_shown(flat)} and in actor {_shown(nested)}; write one of them")
        value = nested or flat or ""
        if not isinstance(value, str):
            raise LabelError(f"{place}.{key} is {_kind(value)}; write it as a string")
        values.append(value.strip())
    return tuple(values)


def _themes(place: str, given: Mapping[str, Any]) -> tuple[Theme, ...]:
    themes = given.get("themes")
    if themes is None:
        return ()
    if not isinstance(themes, list):
        raise LabelError(f"{place} is {_kind(themes)}; write a list of {_options(Theme)}")
    found = {_one_of(f"{place}[{number}]", each, Theme) for number, each in enumerate(themes)}
    return tuple(theme for theme in Theme if theme in found)


def _with_axis(themes: tuple[Theme, ...], stance: Stance) -> tuple[Theme, ...]:
    """A statement with a stance always carries the axis itself (codebook, Themes)."""
    if stance is Stance.NONE or Theme.AUTONOMY_CONTROL in themes:
        return themes
    return (Theme.AUTONOMY_CONTROL, *themes)


def _number(place: str, given: Any, default: float, least: float) -> float:
    if given is None:
        return default
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise LabelError(f"{place} is {_shown(given)}; write a number from {least:g} to 1")
    if not least <= given <= 1:
        raise LabelError(f"{place} is {given:g}; write a number from {least:g} to 1")
    return float(given)


def _refuse_misspelt(place: str, given: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Other keys are somebody else's and stay unread, but not those that were meant for ours."""
    for key in given:
        if key not in known and (near := difflib.get_close_matches(key.casefold(), known, n=1, cutoff=_MISSPELT)):
            raise LabelError(f"{place}.{key} is no key; did you mean {near[0]}?")


def _one_of(place: str, given: Any, kind: type[Kind]) -> Kind:
    try:
        return kind(given)
    except ValueError:
        raise LabelError(f"{place} is {_shown(given)}; {_nearest(str(given), tuple(kind))}") from None


def _nearest(given: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(given.casefold(), known, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"write one of {', '.join(known)}"


def _options(kind: type[StrEnum]) -> str:
    return ", ".join(kind)


def _kind(value: Any) -> str:
    return type(value).__name__


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
