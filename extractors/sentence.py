"""Sentences of a paragraph, unbroken by the quotations in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractors.quotation import Quotation

MASK = "\x01"
BREAK = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9£\x01])")
LAST_WORD = re.compile(r"(\w+)$")
TRAILING_CUE = re.compile(
    r"[^“”\"‘.!?\x01]{2,60}?\b(?:said|says|asked|asks|added|adds|wrote|told \w+|replied|replies|answered|demanded"
    r"|wondered|shouted|joked|retorted|observed|remarked|cried)\b[^“\"‘.]{0,80}[.]"
)


class Sentence(NamedTuple):  # no dataclass: a frozen one takes twice as long to build
    """``text[start:end]`` with the quotations that begin in it."""

    start: int
    end: int
    quotations: tuple[Quotation, ...]


def mask_quoted(text: str, quotations: list[Quotation]) -> str:
    """The text with quoted words blanked (a final full stop kept), apostrophes straight, no asterisks; same length."""
    pieces: list[str] = []
    position = 0
    for quotation in quotations:
        pieces.append(text[position : quotation.start])
        size = quotation.end - quotation.start
        last = text[quotation.end - 1]
        pieces.append(MASK * (size - 1) + (last if last in ".!?…," else MASK))
        position = quotation.end
    pieces.append(text[position:])
    return "".join(pieces).replace("’", "'").replace("*", " ")


class SentenceReader:
    """Splits a masked paragraph; built once from the abbreviations."""

    def __init__(self, abbreviations: tuple[str, ...]) -> None:
        self._abbreviations = frozenset(abbreviations)

    def read(self, masked: str, start: int, end: int, quotations: tuple[Quotation, ...]) -> list[Sentence]:
        """Sentences of the paragraph ``masked[start:end]``, in order, covering it but for white space."""
        spans: list[tuple[int, int]] = []
        position = start
        for found in BREAK.finditer(masked, start, end):
            if self._is_break(masked, position, found):
                spans.append((position, found.start() + len(found.group().rstrip())))
                position = found.end()
        if position < end:
            spans.append((position, end))
        sentences: list[Sentence] = []
        index = 0
        for first, last in spans:
            own: list[Quotation] = []
            while index < len(quotations) and quotations[index].start <= last:
                own.append(quotations[index])
                index += 1
            sentences.append(Sentence(first, last, tuple(own)))
        return sentences

    def _is_break(self, masked: str, position: int, found: re.Match[str]) -> bool:
        at = found.start()
        if masked[at] == ".":
            word = LAST_WORD.search(masked, max(position, at - 12), at)
            if word and (word[1].lower() in self._abbreviations or (len(word[1]) == 1 and word[1].isalpha())):
                return False
        is_quoted = at > position and masked[at - 1] == MASK
        return not (is_quoted and masked[at] in "?!…" and TRAILING_CUE.match(masked, found.end(), found.end() + 180))
