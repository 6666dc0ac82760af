"""The words of a paragraph, with what they need to be looked up and joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

from extractors.sentence import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME_WORD = re.compile(r"\w+(?:[-&./]\w+|'(?!s\b)\w+)*|'s\b")
CURLY = str.maketrans("’‘", "''")
GLUE = frozenset({" ", "", "\u00a0", " & ", "' "})
NICKNAME = re.compile(rf" [‘'\"“]{MASK}{{2,12}}['\"”] ")
"""What stands between the words of a name that holds a nickname ("Oluwafemi ‘Femi’ Adeyinka")."""
SHOWN_NICKNAME = re.compile(r" [‘'\"“][^‘'\"“’”]{2,12}['’\"”](?= )")
"""The same as it is printed."""
AROUND_WORDS = re.compile(f"({NAME_WORD.pattern})")
"""Splits a text into what stands between its words, and the words, in turn."""


OF_TRUSTS = frozenset(
    {"teaching", "university", "hospital", "hospitals", "community", "mental", "health", "healthcare", "care", "acute"}
    | {"partnership", "ambulance", "service", "services", "children's", "women's", "general", "royal", "and"}
)
"""Words of a trust's name that some newspapers print in small letters."""
UNNAMED = frozenset({"a", "an", "the", "one", "another", "this", "every", "any", "no", "each", "our", "their", "its"})
"""What stands before a trust that is not named."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one paragraph: offsets into the document, spelling, lower case, and what may join them.

    ``is_glued[i]`` says that only a space (or nothing, before 's) stands between word i and the next;
    ``is_capital[i]`` that word i begins with a capital letter.
    """

    starts: list[int]
    ends: list[int]
    printed: list[str]
    lowered: list[str]
    is_glued: list[bool]
    is_capital: list[bool]


def read_words(masked: str, start: int, end: int) -> Words:
    """Words of ``masked[start:end]``; quoted words are masked out and apostrophes are straight."""
    # every step takes all words at once: this is the part of the engine that touches every word of every article
    pieces = AROUND_WORDS.split(masked[start:end])
    printed = pieces[1::2]
    if not printed:
        return Words([], [], [], [], [], [])
    bounds = list(accumulate(map(len, pieces), initial=start))
    is_glued = list(map(GLUE.__contains__, pieces[2::2]))
    is_glued[-1] = False
    if MASK in masked[start:end]:
        is_glued = [
            is_one or NICKNAME.fullmatch(gap) is not None for is_one, gap in zip(is_glued, pieces[2::2], strict=True)
        ]
        is_glued[-1] = False
    words = Words(
        starts=bounds[1:-1:2],
        ends=bounds[2::2],
        printed=printed,
        lowered="\n".join(printed).lower().split("\n"),
        is_glued=is_glued,
        is_capital=list(map(str.isupper, map(itemgetter(0), printed))),
    )
    if "NHS" in printed:
        _raise_trusts(words)
    return words


def _raise_trusts(words: Words) -> None:
    """Take the small words of "Calder Vale teaching hospitals NHS trust" for words of a name, as they are elsewhere."""
    for at in range(len(words.lowered) - 1):
        if (
            words.printed[at] != "NHS"
            or words.lowered[at + 1] not in {"trust", "foundation"}
            or words.is_capital[at + 1]
        ):
            continue
        first = at
        while first and words.lowered[first - 1] in OF_TRUSTS and words.is_glued[first - 1]:
            first -= 1
        is_named = first > 0 and words.is_capital[first - 1] and words.lowered[first - 1] not in UNNAMED
        if not is_named or not words.is_glued[first - 1]:
            continue
        last = at + 1 + (words.lowered[at + 1 : at + 3] == ["foundation", "trust"])
        for inner in range(first, last + 1):
            words.is_capital[inner] = True


def whole_words(phrases: Iterable[str]) -> re.Pattern[str]:
    """An expression for any of these phrases where it is no part of a longer word."""
    # a leading \b would have the engine try each place of the text; so it skips to the first letters of the phrases
    ends = "|".join(rf"{re.escape(phrase)}(?<!\w{re.escape(phrase)})" for phrase in phrases)
    return re.compile(rf"(?:{ends})\b")


def name_words(name: str) -> tuple[str, ...]:
    """The words of a body's name; a leading "The" may be missing in print."""
    words = tuple(NAME_WORD.findall(name.translate(CURLY)))
    return words[1:] if len(words) > 1 and words[0] == "The" else words


def sizes_by_first(names: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """First word of the names given -> how many words the names have that begin with it, longest first."""
    sizes: dict[str, set[int]] = {}
    for words in names:
        sizes.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}
