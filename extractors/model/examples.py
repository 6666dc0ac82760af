"""The labelled statements: read from data/*.jsonl, checked, and split by batch, never by sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractors.phrases import tokens
from extractors.records import Stance, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HELD_OUT: Final = frozenset({"regional_weekly", "nations_bulletin", "blog", "trade_newsletter"})
"""Whole batches that training never sees, by sub-topics that no training batch touches."""
_SHINGLE: Final = 4
_NEAR: Final = 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled statement with what stands before it; ``themes`` are in the order of the enumeration."""

    text: str
    before: str
    title: str
    stance: Stance
    themes: tuple[Theme, ...]
    topic: str
    batch: str


@dataclass(frozen=True, slots=True)
class Split:
    """Training and held-out examples; no batch, no sub-topic and no near-duplicate stands in both."""

    train: tuple[Example, ...]
    test: tuple[Example, ...]


class DataError(ValueError):
    """Training data that breaks a rule of the split or of the codebook; the message names the line or the pair."""


def read(folder: Path) -> Split:
    """Return the split of all ``*.jsonl`` files under ``folder``, in the order of their names.

    Raises:
        DataError: A line is malformed, or the two sides share a batch's sub-topic or a near-duplicate.
    """
    found = [
        _parse(line, f"{path.name}:{number}")
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]
    return split(found)


def split(examples: Sequence[Example]) -> Split:
    """Return ``examples`` split by batch.

    Raises:
        DataError: The two sides share a sub-topic or a near-duplicate.
    """
    train = tuple(example for example in examples if example.batch not in HELD_OUT)
    test = tuple(example for example in examples if example.batch in HELD_OUT)
    shared = {example.topic for example in train} & {example.topic for example in test}
    if shared:
        raise DataError(f"sub-topics on both sides of the split: {', '.join(sorted(shared))}")
    _refuse_near_duplicates(train, test)
    return Split(train, test)


def _parse(line: str, where: str) -> Example:
    try:
        raw = json.loads(line)
        example = Example(
            text=raw["text"],
            before=raw["before"],
            title=raw["title"],
            stance=Stance(raw["stance"]),
            themes=tuple(Theme(key) for key in raw["themes"]),
            topic=raw["topic"],
            batch=raw["batch"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{where}: not a labelled statement ({type(error).__name__}: {error})") from error
    if example.stance is not Stance.NONE and Theme.AUTONOMY_CONTROL not in example.themes:
        raise DataError(f"{where}: a statement with a stance carries autonomy_control")
    return example


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = [token.stem for token in tokens(text) if token.is_word]
    if len(words) < _SHINGLE:
        return frozenset({tuple(words)})
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def _refuse_near_duplicates(train: Sequence[Example], test: Sequence[Example]) -> None:
    by_shingle: dict[tuple[str, ...], set[int]] = {}
    known = [_shingles(example.text) for example in train]
    for position, shingles in enumerate(known):
        for shingle in shingles:
            by_shingle.setdefault(shingle, set()).add(position)
    for example in test:
        own = _shingles(example.text)
        for position in sorted({at for shingle in own for at in by_shingle.get(shingle, ())}):
            if len(own & known[position]) >= _NEAR * min(len(own), len(known[position])):
                raise DataError(f"near-duplicates across the split: {example.text!r} ~ {train[position].text!r}")
