"""Quotation spans of a paragraph: which words stand between the outer marks, and which marks were never closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

MARK = re.compile("[“”„‟\"‘’‛']")
OPENERS = {"“": "double", "„": "double", "‟": "double", "‘": "single", "‛": "single"}
CLOSERS = {"”": "double", "’": "single"}
STRAIGHT = {'"': "double", "'": "single"}
BEFORE_OPENING = frozenset(" \t\n\r\u00a0\u2003([{—–-/>:“‘\"'…")
BEGINNINGS = frozenset("“‘\"'")
ATTRIBUTED = re.compile(r",(?=\s(?:said|says|added|adds|explained|warned|wrote)\s+[A-Z])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between outer marks: ``text[start:end]``; the marks are outside.

    ``is_open`` says that the paragraph ended before the closing mark, as where a quotation runs on.
    """

    start: int
    end: int
    is_open: bool
    mark: str


class _Mark(NamedTuple):  # no dataclass: a frozen one takes twice as long to build
    at: int
    kind: str
    opens: bool
    closes: bool
    is_sure: bool


def find_quotations(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """Outer quotations in ``text[start:end]`` (one paragraph), sorted, without overlap.

    Works in one pass over the marks. A paragraph that ends inside a quotation gives one open quotation.
    """
    marks = [mark for found in MARK.finditer(text, start, end) if (mark := _read(text, found.start(), start, end))]
    if not marks:
        return ()
    closing_ahead = _sure_closers_ahead(marks)
    found: list[Quotation] = []
    opened: _Mark | None = None
    depth = 0
    for index, mark in enumerate(marks):
        if opened is None:
            if mark.opens:
                opened, depth = mark, 1
        elif mark.kind != opened.kind:
            continue
        elif mark.opens and not mark.closes:
            depth += 1
        elif mark.closes and (mark.is_sure or not closing_ahead[index]):
            depth -= 1
            if depth == 0:
                _add(found, text, opened, mark.at)
                opened = None
    if opened is not None:
        _close_at_paragraph_end(found, text, opened, end)
    return tuple(found)


def _add(found: list[Quotation], text: str, opened: _Mark, end: int) -> None:
    if end > opened.at + 1 and not text[opened.at + 1 : end].isspace():
        found.append(Quotation(opened.at + 1, end, is_open=False, mark=opened.kind))


def _close_at_paragraph_end(found: list[Quotation], text: str, opened: _Mark, end: int) -> None:
    """An unmatched mark costs this paragraph at most: what follows it counts as quoted to the paragraph's end.

    A nested mark left open hides the outer closing one; the last closing mark of the paragraph then ends it.
    """
    stop = end
    while stop > opened.at + 1 and text[stop - 1].isspace():
        stop -= 1
    if not any(char.isalnum() for char in text[opened.at + 1 : stop]):
        return
    last = text[stop - 1]
    if CLOSERS.get(last, STRAIGHT.get(last)) == opened.kind:
        _add(found, text, opened, stop - 1)
        return
    found.append(Quotation(opened.at + 1, stop, is_open=True, mark=opened.kind))


def _read(text: str, at: int, start: int, end: int) -> _Mark | None:  # noqa: PLR0911  # one return a case, in the order of the cases
    """What the mark at ``at`` may be, or None for an apostrophe."""
    char = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if char in OPENERS:
        return _Mark(at, OPENERS[char], opens=True, closes=False, is_sure=True)
    if char == "”":
        return _Mark(at, "double", opens=False, closes=True, is_sure=True)
    if char == '"':
        opens = before in BEFORE_OPENING and not after.isspace()
        return _Mark(at, "double", opens=opens, closes=not opens, is_sure=True)
    if after.isalnum() and not before.isspace() and (before.isalnum() or before == "."):
        return None
    if char == "'" and before in BEFORE_OPENING and after.isalpha():
        return _Mark(at, "single", opens=True, closes=False, is_sure=True)
    if before in BEFORE_OPENING and before not in "—–-…" and after.isalnum():
        return None
    if after.isalnum():
        return None
    is_possessive = before in "sz" and after == " " and at + 2 < end and (text[at + 2].isalnum())
    return _Mark(at, "single", opens=False, closes=True, is_sure=not is_possessive)


def _sure_closers_ahead(marks: list[_Mark]) -> list[bool]:
    """Per mark: whether a sure single closer follows before the next single opener.

    Tells the possessive of "the trusts’ plan" from the end of a quotation.
    """
    ahead = [False] * len(marks)
    seen = False
    for index in range(len(marks) - 1, -1, -1):
        ahead[index] = seen
        mark = marks[index]
        if mark.kind == "single":
            if mark.opens:
                seen = False
            elif mark.is_sure:
                seen = True
    return ahead


def close_cut_short(text: str, starts: list[int], quotations: dict[int, tuple[Quotation, ...]]) -> None:
    """End a quotation that was never closed at the attribution printed in it ("…, said X").

    ``starts`` and ``quotations`` run over the same paragraphs in order. Where the next paragraph opens with a
    mark, the quotation runs on and stays as it is.
    """
    indexes = list(quotations)
    for place, index in enumerate(indexes):
        last = quotations[index][-1] if quotations[index] else None
        if last is None or not last.is_open:
            continue
        if place + 1 < len(starts) and text[starts[place + 1]] in BEGINNINGS:
            continue
        cut = ATTRIBUTED.search(text, last.start, last.end)
        if cut:
            closed = Quotation(last.start, cut.end(), is_open=False, mark=last.mark)
            quotations[index] = (*quotations[index][:-1], closed)
