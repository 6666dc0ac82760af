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
    """Of "a GP in the town and a member of the CCG's board", the role that stands with a body."""
    if role.owner or role.is_former:
        return role
    words, at = scan.words, role.last
    while at < len(words.lowered) and at - role.last < MAX_RELATIVE and words.is_glued[at - 1]:
        if words.lowered[at] == "and":
            beside = (found for found in scan.by_first.get(at + 1, ()) if found.kind is MentionKind.ROLE)
            return next((found for found in beside if found.owner and not found.is_former), role)
        at += 1
    return role


def is_next_persons(role: Mention, scan: Scan) -> bool:
    """Whether a role behind a name belongs to the name behind it ("X, health secretary Y")."""
    follows = scan.by_first.get(role.last, ())
    is_person = any(found.kind is MentionKind.PERSON and not found.is_partial for found in follows)
    return is_person and scan.words.is_glued[role.last - 1]
