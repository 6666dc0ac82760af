"""The names in a by-line, without what else is printed there: titles, letters behind them, offices, outlets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.name import POSTNOMINALS

if TYPE_CHECKING:
    from extractors.vocabulary import Vocabulary

PREFIX = re.compile(
    r"^\s*(?:(?:a |guest )?(?:blog|post|article|column|speech|opinion|interview|words|written|posted|delivered|told)?"
    r" ?(?:as told to|by|from|to)|authors?|speaker|with)\b[: ]*",
    re.IGNORECASE,
)
SEPARATORS = re.compile(r"\s*[|;/&\n•·,]\s*|\s+(?:and|with|–|—|-)\s+")
BRACKETS = re.compile(r"\s*\([^()]*\)")
NAME = re.compile(r"[^\W\d_][\w.'’-]*")
MAX_WORDS = 5


def names_in(byline: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The people named in a by-line, in order, as kept: "The Rt Hon X Y MP, minister" gives "X Y"."""
    parts = SEPARATORS.split(BRACKETS.sub("", PREFIX.sub("", byline)))
    names = (_name(PREFIX.sub("", part), vocabulary) for part in parts)
    return tuple(name for name in names if name)


def as_prose(byline: str) -> str:
    """A by-line so that a role beside a name can be read as in a sentence."""
    return re.sub(r"\s*[|\n•·]\s*|\s+[–—-]\s+", ", ", PREFIX.sub("", byline))


def _name(part: str, vocabulary: Vocabulary) -> str:
    """The name that a part of a by-line is, or ends in ("Health Secretary X Y"); empty if it is none."""
    words = part.split()
    while words and (words[0].lower().strip(".") in vocabulary.honorifics or words[0].lower() == "the"):
        words = words[1:]
    while words and words[-1].strip(".,") in POSTNOMINALS:
        words = words[:-1]
    known = [at for at, word in enumerate(words[:-1]) if word.lower() in vocabulary.first_names]
    words = words[known[0] :] if known else words
    is_name = 1 < len(words) <= MAX_WORDS and all(NAME.fullmatch(word) for word in words)
    if not is_name or not (words[0][0].isupper() and words[-1][0].isupper()):
        return ""
    if not known and any(
        word.lower() in vocabulary.role_words or word.lower() in vocabulary.not_names for word in words
    ):
        return ""
    return " ".join(word.capitalize() if word.isupper() and len(word) > 2 else word for word in words)  # noqa: PLR2004
