"""`python -m tests.meaning.candidates BASE`: what else nearness could be counted by, on the part to tune on.

The encoder at each of its depths and the untouched MiniLM whose weights lie in the folder BASE, around their means.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extractors.encoder import Encoder
from extractors.meaning_reader import depths
from extractors.model import examples
from extractors.model.base import read_base
from extractors.wordpiece import WordPieces
from flows.engine import MODEL
from flows.engine_loading import load_model
from tests.meaning.measures import found
from tests.meaning.pairs import written
from tests.meaning.score import DISTRACTORS, say

if TYPE_CHECKING:
    from tests.meaning.measures import Near


def main() -> None:
    """Print the figures of each candidate."""
    texts = written("dev")
    others = examples.read(MODEL / "data").dev
    every = [*(one.text for one in texts), *(one.text for one in others[:: len(others) // DISTRACTORS])]
    base = Encoder(*read_base(Path(sys.argv[1])))
    for name, encoder in (("the engine's", load_model().encoder), ("untouched", base)):
        pieces = WordPieces(encoder.vocabulary)
        read = np.stack([depths(encoder, pieces, text) for text in every]).astype(np.float64)
        rows = read.reshape(len(every), -1, 384)
        for depth in range(rows.shape[1]):
            near = by_angle(rows[:, depth] - rows[len(texts) :, depth].mean(axis=0))
            say(f"{name}, depth {depth}: {found(near[: len(texts), : len(texts)], texts)}")
            say(f"  and others:       {found(near[: len(texts)], texts)}")


def by_angle(rows: Near) -> Near:
    """The cosines of rows."""
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows @ rows.T)


if __name__ == "__main__":
    main()
