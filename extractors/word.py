"""The words of a paragraph, with what they need to be looked up and joined."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.vocabulary import NAME_WORD

GLUE = frozenset({" ", "", "\u00a0", " & ", "' "})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one paragraph: offsets into the document, spelling, lower case, and what may join them.

    ``is_glued[i]`` says that only a space (or nothing, before 's) stands between word i and the next.
    """

    starts: list[int]
    ends: list[int]
    printed: list[str]
    lowered: list[str]
    is_glued: list[bool]


def read_words(masked: str, start: int, end: int) -> Words:
    """Words of ``masked[start:end]``; quoted words are masked out and apostrophes are straight."""
    spans = [found.span() for found in NAME_WORD.finditer(masked, start, end)]
    starts = [first for first, _ in spans]
    ends = [last for _, last in spans]
    printed = [masked[first:last] for first, last in spans]
    lowered = [word.lower() for word in printed]
    is_glued = [masked[last:first] in GLUE for last, first in zip(ends, starts[1:], strict=False)]
    if starts:
        is_glued.append(False)
    return Words(starts, ends, printed, lowered, is_glued)
