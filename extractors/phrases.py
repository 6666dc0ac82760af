"""Tokens, stems and phrase matching: what the theme tagger reads a text with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*|[.!?;:,()\n–—-]")
_IRREGULAR: Final = {
    "trusted": "trusted",  # the verb; the noun (a body) must not share its stem
    "trusting": "trusted",
    "does": "do",
    "done": "do",
    "has": "have",
    "had": "have",
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "been": "be",
    "freed": "free",
    "gave": "give",
    "given": "give",
    "took": "take",
    "taken": "take",
    "left": "leave",
    "chose": "choose",
    "chosen": "choose",
    "knew": "know",
    "held": "hold",
    "told": "tell",
    "ran": "run",
}
_SHORTEST: Final = 4
_DOUBLED: Final = frozenset("bdgmnprt")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or punctuation mark: its stem and its character offsets in the text it was read from."""

    stem: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether the token is a word or number, not punctuation."""
        return self.stem[0].isalnum()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a light stem: inflections fall together, derivations ("decide", "decision") stay apart."""
    word = word.lower().replace("’", "'")
    if word in _IRREGULAR:
        return _bare(_IRREGULAR[word])
    if word.isdigit():
        return "0"
    word = word.removesuffix("'s")
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            word = word.removesuffix(ending)
            if word[-1] == word[-2] and word[-1] in _DOUBLED:
                word = word[:-1]
            return _bare(word)
    if word.endswith("ies") and len(word) > _SHORTEST:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) and len(word) >= _SHORTEST:
        word = word[:-1]
    return _bare(word)


def _bare(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word


def tokens(text: str) -> list[Token]:
    """Return the words and punctuation marks of ``text`` in order."""
    return [Token(stem(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)]


class PhraseBook:
    """Finds many phrases in one pass: built once, picklable, linear in the text.

    The same phrase may stand under several labels; where phrases overlap, the longest from the left wins.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
        for label, entries in phrases.items():
            for entry in entries:
                key = tuple(token.stem for token in tokens(entry))
                if not key:
                    raise ValueError(f"phrases under {label!r}: the entry {entry!r} holds no word")
                under_head = found.setdefault(key[0], {})
                labels = under_head.get(key, ())
                if label not in labels:
                    under_head[key] = (*labels, label)
        self._by_head: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
            head: sorted(under.items(), key=lambda item: (-len(item[0]), item[0])) for head, under in found.items()
        }

    def matches(self, stems: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield (first, last + 1, labels) for each phrase found in the sequence of stems."""
        position = 0
        while position < len(stems):
            for key, labels in self._by_head.get(stems[position], ()):
                if len(key) == 1 or tuple(stems[position : position + len(key)]) == key:
                    yield position, position + len(key), labels
                    position += len(key)
                    break
            else:
                position += 1
