"""How far a role reaches back: to its possessor, over capitals, a place, or "former"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.mention import DEFINITE, INDEFINITE, Mention, MentionKind

if TYPE_CHECKING:
    from extractors.draft import Draft
    from extractors.word import Words

FORMER = frozenset({"former", "ex", "retired", "onetime"})
POSSESSIVES = frozenset({"its", "their", "our"})
MAX_INNER, MAX_NAME, MAX_PORTFOLIO = 2, 6, 12
PORTFOLIO_LINKS = frozenset({"and", "the", "of", "for", "'s", "&"})


def place_of(draft: Draft, first: int, last: int) -> str:
    """A name before a role ("Mid Weald's chair") or at its end ("chair of Mid Weald"), as printed."""
    words = draft.words
    if draft.before(first) == "'s":
        at = first - 1
        while at and words.is_glued[at - 1] and _is_of_name(words, at - 1):
            at -= 1
        return draft.printed(at, first - 1) if at < first - 1 else ""
    for at in range(last - 1, first, -1):
        if words.lowered[at] in {"of", "for", "at"} and words.printed[at + 1 : at + 2]:
            begin = at + 1 + (words.lowered[at + 1] == "the")
            is_name = begin < last and words.is_capital[begin]
            return draft.printed(begin, last) if is_name else ""
    return ""


def _is_of_name(words: Words, index: int) -> bool:
    return words.is_capital[index] or words.lowered[index] in {"and", "of"}


def named_from(draft: Draft, first: int) -> int:
    """Where "its East Midlands director", "Y's Health and Social Care spokesperson" begin, capitals included."""
    words, at = draft.words, first
    while at and first - at < MAX_NAME and words.is_glued[at - 1] and at not in draft.body_last:
        is_joined = words.lowered[at - 1] in {"and", "&"} and at > 1 and words.printed[at - 2][0].isupper()
        if at in draft.person_first or not (words.is_capital[at - 1] or is_joined):
            break
        if words.lowered[at - 1] in DEFINITE or words.lowered[at - 1] in INDEFINITE:
            break
        at -= 1
    before = draft.before(at)
    is_owned = before in POSSESSIVES or (before == "'s" and at - 1 in draft.body_last)
    return at if is_owned and at not in draft.person_first else first


def portfolio_end(draft: Draft, first: int, last: int) -> int:
    """Where the portfolio of the minister at words [first, last) ends ("for Health, Social Care and Sport").

    ``last`` where no more is printed; a list with commas is one portfolio only up to its "and".
    """
    words, count = draft.words, len(draft.words.lowered)
    has_begun = not {"for", "of"}.isdisjoint(words.lowered[first:last])
    if not has_begun and (
        last + 1 >= count or words.lowered[last] not in {"for", "of"} or not words.is_glued[last - 1]
    ):
        return last
    at, end = last + (not has_begun), last
    while at < count and at - last <= MAX_PORTFOLIO and at not in draft.person_first:
        is_listed = words.is_glued[at - 1] or draft.text[words.ends[at - 1] : words.starts[at]] == ", "
        if not is_listed or not (words.is_capital[at] or words.lowered[at] in PORTFOLIO_LINKS):
            break
        end = at + 1 if words.is_capital[at] else end
        at += 1
    is_list = not all(words.is_glued[last - 1 : end - 1])
    return last if is_list and "and" not in words.lowered[last:end] else end


def former_from(draft: Draft, first: int) -> int:
    """Where "the former Carlisle solicitor" has its "former", a place between the two; else ``first``."""
    words, at = draft.words, first
    while at > 1 and first - at < MAX_INNER and words.is_glued[at - 1] and words.is_capital[at - 1]:
        at -= 1
    is_former = at < first and words.is_glued[at - 1] and words.lowered[at - 1] in FORMER
    return at - 1 if is_former and words.lowered[at - 2] in DEFINITE and at not in draft.body_first else first


def owner_before(draft: Draft, first: int) -> tuple[int, str, Mention | None]:
    """What stands before a role: "the union's", "NHS England", "the", "a", "its"."""
    before = draft.before(first)
    if before == "'s" and (owner := draft.body_last.get(first - 1)):
        return owner.first, "the", owner
    lowered = draft.words.lowered
    if before == "'s" and first > 2 and lowered[first - 3] == "the" and draft.words.printed[first - 2].islower():  # noqa: PLR2004
        return first - 3, "the", None  # "the region's mayor"
    if before and (owner := draft.body_last.get(first)):
        lead = draft.before(owner.first)
        if lead in DEFINITE or lead in INDEFINITE:
            return owner.first - 1, lead, owner
        return owner.first, owner.lead if owner.kind is MentionKind.BODY else "", owner
    if before in DEFINITE or before in INDEFINITE:
        return first - 1, before, None
    return first, "", None
