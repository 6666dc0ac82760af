"""What the stance model sees of a statement: words, and the order of cues that say who decides what."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from extractors.phrases import PhraseBook, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NEGATION_REACH: Final = 6
_CUE_REACH: Final = 3
_FEW_WORDS: Final = 14
"""A statement of fewer words leans on the sentence before it."""
_SENTENCE_END: Final = frozenset(".!?\n")
_CLAUSE_END: Final = frozenset(".!?\n;:,()–—")

_ACTORS: Final = frozenset({"LOCAL", "CENTRE", "!LOCAL", "!CENTRE"})
_NEGATABLE: Final = frozenset(
    [
        "ACCOUNT",
        "CENTRE",
        "DECIDE",
        "FREE",
        "GIVE",
        "IMPOSE",
        "LESS",
        "LOCAL",
        "MANDATE",
        "MORE",
        "OPPOSE",
        "STEP_IN",
        "TRUST",
        "VARIATION",
        "WANT",
    ]
)
"""Cues that mean the opposite, or somebody else, after a negation."""
_PREPOSITIONS: Final = frozenset({"from", "to", "by", "for", "with", "in", "into", "at"})
_PREPOSITION_REACH: Final = 3
_FOR_LOCAL: Final = ("FREE", "TRUST", "IMPOSE", "!STEP_IN", "!MANDATE", "!CENTRE")
_FOR_CENTRE: Final = ("MANDATE", "STEP_IN", "VARIATION", "!FREE", "!TRUST", "CENTRE")

Features = tuple[tuple[str, float], ...]
"""Named features and their values, each name once."""
_Found = dict[str, float]


class FeatureReader:
    """Turns a statement and what stands before it into named, weighted features."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        self._book = PhraseBook(cues)

    def read(self, text: str, before: str = "", title: str = "") -> Features:
        """Return the features present, scaled so that a long statement does not outweigh a short one."""
        found = tokens(text)
        features: _Found = {}
        for sentence in _sentences(found):
            self._sentence(sentence, features)
        _poles(features)
        words = sum(1 for token in found if token.is_word)
        if words < _FEW_WORDS:
            features["short"] = 1.0
            self._context("x", before, features)
            self._context("t", title, features)
        scale = 1.0 / math.sqrt(1.0 + len(features))
        return tuple((name, value * scale * _GROUP_VALUE[name.partition(":")[0]]) for name, value in features.items())

    def _sentence(self, sentence: Sequence[Token], features: _Found) -> None:
        units = self._units(sentence)
        previous = "^"
        cues: list[str] = []
        is_contrasted = False
        for at, (unit, is_cue, words) in enumerate(units):
            for word in words:
                features[f"w:{word}"] = 1.0
            features[f"m:{previous}_{unit}"] = 1.0
            previous = unit
            if not is_cue:
                continue
            features[f"c:{unit}"] = 1.0
            if unit in _ACTORS:
                features[f"r:{_preposition(units[:at])}>{unit}"] = 1.0
            if is_contrasted:
                features[f"a:{unit}"] = 1.0
            for back, other in enumerate(reversed(cues[-_CUE_REACH:])):
                features[f"p:{other}>{unit}"] = 1.0
                if back == 1:
                    features[f"q:{other}>{cues[-1]}>{unit}"] = 1.0
            cues.append(unit)
            is_contrasted = is_contrasted or unit == "CONTRAST"

    def _context(self, prefix: str, text: str, features: _Found) -> None:
        if not text:
            return
        for unit, is_cue, _words in self._units(tokens(text)):
            if is_cue:
                features[f"{prefix}:{unit}"] = 1.0

    def _units(self, sentence: Sequence[Token]) -> list[tuple[str, bool, list[str]]]:
        """Return the sentence as (cue class or stem, whether it is a cue, its words), negation marked by "!"."""
        stems = [token.stem for token in sentence]
        spans = {start: (end, labels[0]) for start, end, labels in self._book.matches(stems)}
        units: list[tuple[str, bool, list[str]]] = []
        negated_until = position = 0
        while position < len(stems):
            end, cue = spans.get(position, (position + 1, ""))
            words = [part for part in stems[position:end] if part[0].isalnum()]
            if cue == "NEGATION":
                negated_until = end + _NEGATION_REACH
                units.append((cue, True, words))
            elif cue:
                is_negated = position < negated_until and cue in _NEGATABLE
                units.append((f"!{cue}" if is_negated else cue, True, words))
            elif words:
                units.append((words[0], False, words))
            elif stems[position] in _CLAUSE_END:
                negated_until = 0
            position = end
        return units


_GROUP_VALUE: Final = {
    "short": 1.0,
    "w": 1.0,
    "m": 0.7,
    "c": 2.0,
    "a": 1.5,
    "p": 1.5,
    "q": 0.5,
    "r": 1.5,
    "s": 2.0,
    "x": 1.5,
    "t": 0.5,
}
"""How readily each kind of feature is believed: a larger value is a weaker penalty on its weight."""


def _preposition(units: Sequence[tuple[str, bool, list[str]]]) -> str:
    """Return the preposition shortly before an actor ("from", "to", ...): which way power moves."""
    for unit, _is_cue, _words in reversed(units[-_PREPOSITION_REACH:]):
        if unit in _PREPOSITIONS:
            return unit
    return "-"


def _poles(features: _Found) -> None:
    """Add whether words of both poles stand in the statement, or of one of them alone."""
    is_local = any(f"c:{cue}" in features for cue in _FOR_LOCAL)
    is_central = any(f"c:{cue}" in features for cue in _FOR_CENTRE)
    features[f"s:{'local' if is_local else ''}{'central' if is_central else ''}"] = 1.0


def _sentences(found: Sequence[Token]) -> Iterable[Sequence[Token]]:
    start = 0
    for position, token in enumerate(found):
        if token.stem in _SENTENCE_END:
            yield found[start:position]
            start = position + 1
    if start < len(found):
        yield found[start:]
