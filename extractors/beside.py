"""What stands right beside a name or a role: gaps, runs of capitals, a second role, the next person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.mention import Mention, MentionKind

if TYPE_CHECKING:
    from extractors.mention import Scan
    from extractors.word import Words

MAX_RELATIVE = 12
"""Words that a clause behind a name may take before its verb or its body."""


def capitals(index: int, scan: Scan) -> str:
    """The run of capitalised words that begins at a word, joined by "and" or "of", with single spaces."""
    words, last = scan.words, index
    while last < len(words.starts) and (words.is_capital[last] or words.lowered[last] in {"and", "of"}):
        last += 1
        if not words.is_glued[last - 1]:
            break
    run = words.printed[index:last]
    while run and not run[-1][0].isupper():
        run = run[:-1]
    return " ".join(run)


def gap(words: Words, index: int, text: str) -> str:
    """What is printed between word ``index`` and the one before it."""
    return text[words.ends[index - 1] : words.starts[index]]


def present_office(role: Mention, scan: Scan) -> Mention:
    """Of "chair and former minister X", the chair."""
    if role.is_former and role.first and scan.words.lowered[role.first - 1] == "and":
        others = (found for found in scan.by_last.get(role.first - 1, ()) if found.kind is MentionKind.ROLE)
        return next(others, role)
    return role


def with_body(role: Mention, scan: Scan) -> Mention:
    """Of "a GP in the town and a member of the CCG's board", the role that stands with a body and is held now."""
    if role.owner and not role.is_former:
        return role
    words, at = scan.words, role.last
    while at < len(words.lowered) and at - role.last < MAX_RELATIVE and words.is_glued[at - 1]:
        if words.lowered[at] == "and":
            at += 1 + (words.lowered[at + 1 : at + 2] in (["now"], ["currently"]))
            beside = (found for found in scan.by_first.get(at, ()) if found.kind is MentionKind.ROLE)
            return next((found for found in beside if found.owner and not found.is_former), role)
        at += 1
    return role


def is_next_persons(role: Mention, scan: Scan) -> bool:
    """Whether a role behind a name belongs to the name behind it ("X, health secretary Y")."""
    follows = scan.by_first.get(role.last, ())
    is_person = any(found.kind is MentionKind.PERSON and not found.is_partial for found in follows)
    return is_person and scan.words.is_glued[role.last - 1]


def is_speaking_for(body: Mention, words: Words) -> bool:
    """Whether a body before a name is whom the person speaks for ("For X, …", "On behalf of X, …", "Over at X, …")."""
    before = words.lowered[max(body.first - 3, 0) : body.first]
    if (
        body.lead == "for"
        or "for" in before[-2:]
        or before[-2:] == ["behalf", "of"]
        or before == ["behalf", "of", "the"]
    ):
        return True
    before = before[: -1 if before[-1:] == ["the"] else None]
    if before[-2:] in (["charge", "of"], ["helm", "of"], ["years", "at"]):
        return True
    at = body.first - 1 - (words.lowered[body.first - 1 : body.first] == ["the"])
    if at < 0 or words.lowered[at] != "at":
        return False
    return not at or not words.is_glued[at - 1] or words.lowered[at - 1] in {"over", "back", "meanwhile"}


def word_behind(mention: Mention, scan: Scan, text: str) -> str:
    """The lower-case word behind a comma or "has been" right behind a name; empty if there is none."""
    words, at = scan.words, mention.last
    if words.lowered[at : at + 2] == ["has", "been"]:
        return "".join(words.lowered[at + 2 : at + 3])
    return words.lowered[at] if at < len(words.starts) and gap(words, at, text) == ", " else ""
