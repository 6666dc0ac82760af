"""Clauses of a statement and the sentence before it: spans only, the text stays as printed."""

from __future__ import annotations

import itertools
import re
from typing import Final

_BREAK: Final = re.compile(
    r"[.!?]['\"’”]*\s+|[;:]\s+|,\s+|\s+[–—-]\s+|\s+(?=(?:but|because|although|though|while|whereas|so that|unless)\s)",
    re.IGNORECASE,
)
_PARAGRAPH: Final = "\n\n"
_SENTENCE_START: Final = re.compile(r"(?<=[.!?])['\"’”]*\s+(?=['\"‘“]?[A-Z])")
_LOOK_BACK: Final = 1000
_FEWEST_WORDS: Final = 3
_LONGEST_RUN: Final = 3
_TRIMMED: Final = ' \t\n,;:–—-"“”‘'


def clauses(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each clause of ``text``, without the marks and spaces around it."""
    bounds = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    spans = []
    for begin, finish in itertools.pairwise(bounds):
        start, end = begin, finish
        while start < end and text[start] in _TRIMMED:
            start += 1
        while end > start and text[end - 1] in _TRIMMED:
            end -= 1
        if start < end:
            spans.append((start, end))
    return spans


def clause_runs(text: str, most_characters: int) -> list[tuple[int, int]]:
    """Return runs of up to three clauses, shortest first, each of at least three words.

    Args:
        text: The statement.
        most_characters: Longer runs are left out.
    """
    spans = clauses(text)
    runs = {
        (spans[first][0], spans[last][1])
        for first in range(len(spans))
        for last in range(first, min(first + _LONGEST_RUN, len(spans)))
    }
    return sorted(
        (
            (start, end)
            for start, end in runs
            if end - start <= most_characters and len(text[start:end].split()) >= _FEWEST_WORDS
        ),
        key=lambda run: (run[1] - run[0], run[0]),
    )


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence of ``text``, without the spaces behind it; at least one."""
    bounds = [0, *(found.end() for found in _SENTENCE_START.finditer(text)), len(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in itertools.pairwise(bounds)]


def sentence_before(text: str, position: int) -> str:
    """Return the sentence that ends before ``position``: in the same paragraph, else the last of the one before."""
    head = text[max(0, position - _LOOK_BACK) : position].rstrip(" \t\n\"'“‘")
    paragraph = head[head.rfind(_PARAGRAPH) + 1 :].strip()
    return _SENTENCE_START.split(paragraph)[-1]
