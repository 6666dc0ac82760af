"""`make evaluate`: how well statements that speak to the same point are found, and what it costs."""

from __future__ import annotations

import math
import re
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from extractors.identity import shingles
from extractors.model import examples
from flows.engine import MODEL, load_meanings, load_model
from tests.meaning.measures import called, found
from tests.meaning.pairs import HALVES, written
from warehouse.meanings import LEAST_NEARNESS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.meaning import MeaningReader
    from extractors.model.examples import Example
    from tests.meaning.measures import Near

DISTRACTORS: Final = 600
THRESHOLDS: Final = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_CHANCE: Final = 102
"""Bits in which two statements differ that are taken by chance, as in warehouse/queries/insert_echoes.sql."""


def main() -> None:
    """Print the figures of both halves, then the cost of a signature beside that of a label."""
    data = examples.read(MODEL / "data")
    reader = load_meanings(load_model())
    for half, others in zip(HALVES, (data.dev, data.test), strict=True):
        texts = written(half)
        distractors = others[:: len(others) // DISTRACTORS]
        all_texts = [*(one.text for one in texts), *(one.text for one in distractors)]
        say(f"meaning, {half}: {texts[-1].point + 1} points, {len(texts)} statements, {len(distractors)} distractors")
        near = by_signature(reader, all_texts)
        for name, values in (("trigrams", by_trigrams(all_texts)), ("words", by_words(all_texts)), ("signature", near)):
            say(f"  {name:<10} {found(values[: len(texts), : len(texts)], texts)}")
            say(f"    {'and others':<8} {found(values[: len(texts)], texts)}")
        for least in THRESHOLDS:
            mark = "  <- echoes" if least == LEAST_NEARNESS else ""
            say(f"  from {least:.2f}: {called(near, texts, least)}{mark}")
    say_cost(reader, data.dev[::40])


def by_signature(reader: MeaningReader, texts: Sequence[str]) -> Near:
    """Nearness as the warehouse counts it, before it is cut off at 0."""
    bits = np.array([reader.read(text).bits for text in texts], dtype=">i8").view(np.uint8).reshape(len(texts), -1)
    signs = np.unpackbits(bits, axis=1).astype(np.float64) * 2 - 1
    unlike = (signs.shape[1] - signs @ signs.T) / 2
    return np.asarray(1 - unlike / _CHANCE)


def by_trigrams(texts: Sequence[str]) -> Near:
    """The share of the shorter one's word trigrams."""
    known = [frozenset(shingles(text)) for text in texts]
    return np.array([[len(one & other) / max(1, min(len(one), len(other))) for other in known] for one in known])


def by_words(texts: Sequence[str]) -> Near:
    """The cosine of words weighed by how rare they are."""
    words = [re.findall(r"[a-z']+", text.lower()) for text in texts]
    texts_with = Counter(word for one in words for word in set(one))
    places = {word: place for place, word in enumerate(texts_with)}
    rows = np.zeros((len(texts), len(places)))
    for row, one in zip(rows, words, strict=True):
        for word in one:
            row[places[word]] += math.log(len(texts) / texts_with[word])
    rows /= np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))
    return np.asarray(rows @ rows.T)


def say_cost(reader: MeaningReader, chosen: Sequence[Example]) -> None:
    """Print what a signature costs as a share of what side, themes and evidence cost."""
    model = load_model()
    started = time.process_time()
    for one in chosen:
        model.read(*one.in_context())
    labelled = time.process_time()
    for one in chosen:
        reader.read(one.text)
    share = (time.process_time() - labelled) / (labelled - started)
    say(f"  a signature costs {share:.2f} of side, themes and evidence ({len(chosen)} statements)")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
