"""Annotated texts: one ``.mark`` file holds a text and, marked in it, who says what.

A head of ``key: value`` lines and of speakers (``A = person | role | organisation | kind of actor``), a line ``---``,
then the text, in which ``[[A.d: words]]`` marks a statement of speaker A; d, i, p, a stand for the kinds of quotation.
Without the marks the text reads exactly as printed, so spans cannot drift from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from extractors.records import ActorType, Document, QuoteKind

if TYPE_CHECKING:
    from pathlib import Path

MARK = re.compile(r"\[\[(\w+)\.([dipa]): ?(.*?)\]\]", re.DOTALL)
SPEAKER = re.compile(r"(\w+) = ([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)")
KINDS = {
    "d": QuoteKind.DIRECT,
    "i": QuoteKind.INDIRECT,
    "p": QuoteKind.POSITION,
    "a": QuoteKind.AUTHORED,
}
KEYS = frozenset({"title", "byline", "publisher", "published", "style", "difficulty"})


class MarkError(ValueError):
    """A marked text is not well formed; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One annotated statement: ``text[start:end]`` of its document."""

    start: int
    end: int
    person: str
    role: str
    organisation: str
    actor_type: ActorType
    quote_kind: QuoteKind


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated text; ``difficulty`` is the annotator's judgement: plain, mixed or hard."""

    name: str
    style: str
    difficulty: str
    document: Document
    expected: tuple[Expected, ...]


def load_cases(folder: Path, names: frozenset[str] = frozenset()) -> list[Case]:
    """All marked texts of a folder in order of name, or those named.

    Raises:
        MarkError: a file is not well formed.
    """
    return [read_case(path) for path in sorted(folder.glob("*.mark")) if not names or path.stem in names]


def read_case(path: Path) -> Case:
    """One marked text.

    Raises:
        MarkError: the file is not well formed.
    """
    head, line, body = path.read_text(encoding="utf-8").partition("\n---\n")
    if not line:
        raise MarkError(f"{path.name}: no line '---' between head and text")
    facts: dict[str, str] = {}
    speakers: dict[str, tuple[str, str, str, ActorType]] = {}
    for entry in filter(None, head.splitlines()):
        key, colon, value = entry.partition(":")
        if speaker := SPEAKER.fullmatch(entry):
            person, role, organisation, kind = (part.strip() for part in speaker.groups()[1:])
            speakers[speaker[1]] = (person, role, organisation, ActorType(kind))
        elif colon and key in KEYS:
            facts[key] = value.strip()
        else:
            raise MarkError(f"{path.name}: cannot read the line {entry!r}")
    text, expected = _unmarked(path.name, body.strip("\n"), speakers)
    published = facts.get("published", "")
    document = Document(
        text=text,
        title=facts.get("title", ""),
        byline=facts.get("byline", ""),
        publisher=facts.get("publisher", ""),
        published_on=date.fromisoformat(published) if published else None,
    )
    return Case(path.stem, facts.get("style", ""), facts.get("difficulty", ""), document, tuple(expected))


def _unmarked(name: str, body: str, speakers: dict[str, tuple[str, str, str, ActorType]]) -> tuple[str, list[Expected]]:
    """The text as printed, and the statements with offsets into it."""
    pieces: list[str] = []
    expected: list[Expected] = []
    length = position = 0
    for mark in MARK.finditer(body):
        if mark[1] not in speakers:
            raise MarkError(f"{name}: no speaker {mark[1]!r} in the head")
        before = body[position : mark.start()]
        start = length + len(before)
        length = start + len(mark[3])
        pieces += [before, mark[3]]
        expected.append(Expected(start, length, *speakers[mark[1]], KINDS[mark[2]]))
        position = mark.end()
    text = "".join([*pieces, body[position:]])
    if "[[" in text or "]]" in text:
        raise MarkError(f"{name}: a mark is not closed, or one stands inside another")
    return text, expected
