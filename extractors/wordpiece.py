"""Text to the word pieces of an uncased BERT vocabulary, each with where its word stands."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = re.compile(r"[^\W_]+|[^\s\w]|_")
UNKNOWN, CLASSIFY, SEPARATE = "[UNK]", "[CLS]", "[SEP]"
MAX_WORD, MAX_KNOWN = 60, 20_000
"""Characters of a word beyond which it is unknown, and words whose pieces are remembered."""


class Piece(NamedTuple):
    """One piece of the word at ``[start, end)`` of the text; ``place`` is its place in the vocabulary."""

    place: int
    start: int
    end: int


class WordPieces:
    """Splits text by a vocabulary: the longest known beginning of a word first, then of the rest of it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._places = {piece: place for place, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}
        self.unknown, self.classify, self.separate = (self._places[name] for name in (UNKNOWN, CLASSIFY, SEPARATE))

    def read(self, text: str) -> list[Piece]:
        """The pieces of ``text`` in order; accents and case make no difference."""
        words = ((match, self._pieces(match[0])) for match in WORD.finditer(text))
        return [Piece(place, match.start(), match.end()) for match, places in words for place in places]

    def _pieces(self, word: str) -> tuple[int, ...]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            known = self._known[word] = self._split(_plain(word))
        return known

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > MAX_WORD:
            return (self.unknown,)
        found, start = [], 0
        while start < len(word):
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self._places), start)
            if end == start:
                return (self.unknown,)
            found.append(self._places[prefix + word[start:end]])
            start = end
        return tuple(found)


def _plain(word: str) -> str:
    """A word in small letters without accents."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    return "".join(char for char in unicodedata.normalize("NFD", lowered) if unicodedata.category(char) != "Mn")
