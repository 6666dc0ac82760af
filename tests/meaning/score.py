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
from extractors.records import Stance
from flows.engine import MODEL
from flows.engine_loading import load_meanings, load_model
from tests.meaning.measures import called, found
from tests.meaning.pairs import HALVES, written
from warehouse.meanings import LEAST_NEARNESS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.meaning import Meaning
    from extractors.meaning_reader import MeaningReader
    from extractors.model.examples import Example
    from tests.meaning.measures import Near

DISTRACTORS: Final = 300
THRESHOLDS: Final = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def main() -> None:
    """Print the figures of both halves, then the cost of reading a meaning beside that of a label."""
    data = examples.read(MODEL / "data")
    model = load_model()
    reader = load_meanings(model)
    for half, examples_of in zip(HALVES, (data.dev, data.test), strict=True):
        texts = written(half)
        distractors = examples_of[:: len(examples_of) // DISTRACTORS]
        every = [*(one.text for one in texts), *(one.text for one in distractors)]
        say(f"meaning, {half}: {texts[-1].point + 1} points, {len(texts)} statements, {len(distractors)} distractors")
        read = [reader.read(text) for text in every]
        near = by_angle(read)
        kinds = {"trigrams": by_trigrams(every), "words": by_words(every), "signature": by_bits(read), "angle": near}
        for name, values in kinds.items():
            say(f"  {name:<10} {found(values[: len(texts), : len(texts)], texts)}")
            say(f"    {'and others':<8} {found(values[: len(texts)], texts)}")
        has_side = np.array([model.probabilities(one.text).stance is not Stance.NONE for one in texts])
        have_sides = np.outer(has_side, has_side)
        own = near[: len(texts), : len(texts)]
        for threshold in THRESHOLDS:
            mark = "  <- echoes" if threshold == LEAST_NEARNESS else ""
            sided = called(np.where(have_sides, own, -1), texts, threshold)
            say(f"  both take a side, from {threshold:.2f}: {sided}{mark}")
            others = called(np.where(have_sides, -1, own), texts, threshold)
            say(f"  others, from {threshold:.2f}:           {others}")
    say_cost(reader, data.dev[::20])


def by_angle(read: Sequence[Meaning]) -> Near:
    """Nearness as the warehouse counts it, before it is cut off at 0."""
    rows = np.array([one.numbers for one in read], dtype=np.float64)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows @ rows.T)


def by_bits(read: Sequence[Meaning]) -> Near:
    """The share of like bits in the signatures, by which near ones are looked for."""
    bits = np.array([one.bits for one in read], dtype=">i8").view(np.uint8).reshape(len(read), -1)
    signs = np.unpackbits(bits, axis=1).astype(np.float64) * 2 - 1
    return np.asarray(signs @ signs.T / signs.shape[1])


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
    """Print what a meaning costs as a share of what side, themes and evidence cost."""
    model = load_model()
    started = time.process_time()
    for one in chosen:
        model.read(*one.in_context())
    labelled = time.process_time()
    for one in chosen:
        reader.read(one.text)
    share = (time.process_time() - labelled) / (labelled - started)
    say(f"  a meaning costs {share:.2f} of side, themes and evidence ({len(chosen)} statements)")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
