"""Fit the weights that make a statement's signature: ``python -m extractors.model.meanings BASE`` (``make train``).

The engine's encoder was trained on sides and has forgotten much of what statements say; the untouched MiniLM in the
folder BASE knows it. A linear reading of what the former holds at all its depths is fitted to what the latter makes of
the same words without their names, so that two people who say the same come to stand side by side. Writes
``meanings.bin``; numpy alone, and the same data, seed and machine give the same bytes.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from extractors.encoder import Encoder, to_bytes
from extractors.meaning import depths
from extractors.model import examples
from extractors.model.base import read_base
from extractors.wordpiece import WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence

Doubles = NDArray[np.float64]

FOLDER: Final = Path(__file__).parent
STATEMENTS, SEED = 4000, 3
"""Training statements that it is fitted to, taken by chance."""
RIDGE, NUMBERS, LEVELS, EVEN, TURN = 1.0, 64, 4, 0.25, 1
"""How much large weights cost; numbers kept and levels of each; how far the spread of the numbers is evened out (1: to
the same); seed of the turn that spreads what they tell over all of them."""
_COMMON: Final = (
    "NHS England ICB ICBs GP GPs Whitehall Westminster Treasury Parliament Department Health Secretary State London "
    "Welsh Wales Scotland Scottish English Northern Ireland Irish MPs Prime Minister Confederation ICS IVF CQC DHSC I "
    "House Government Stormont Edinburgh Cardiff BMA RCN Leeds"
)
COMMON: Final = frozenset(_COMMON.split())
"""Words with a capital letter that are no names of people and places that could be any."""
_FEWEST_WORDS: Final = 4


def main(arguments: Sequence[str]) -> None:
    """Fit to statements of the training split and write the artefact."""
    arrays, vocabulary = read_base(Path(arguments[0]))
    base, own = Encoder(arrays, vocabulary), Encoder.from_bytes((FOLDER / "encoder.bin").read_bytes())
    texts = [example.text for example in examples.read(FOLDER / "data").train]
    random.Random(SEED).shuffle(texts)  # noqa: S311 - a sample, no secret
    pieces = WordPieces(vocabulary)
    chosen = texts[:STATEMENTS]
    features = np.stack([depths(own, pieces, text) for text in chosen])
    targets = np.stack([depths(base, pieces, nameless(text))[-len(arrays["norm.bias"]) :] for text in chosen])
    data = to_bytes(fit(features.astype(np.float64), targets.astype(np.float64)), [])
    (FOLDER / "meanings.bin").write_bytes(data)
    sys.stdout.write(f"meanings.bin: {len(data):,} bytes, fitted to {len(chosen)} statements\n")


def fit(features: Doubles, targets: Doubles) -> dict[str, Any]:
    """Weights, bias and levels; ``features`` has a row for each statement, ``targets`` what its row is to tell."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    rows, wanted = (features - mean) / spread, targets / np.linalg.norm(targets, axis=1, keepdims=True)
    alike = rows @ rows.T
    alike[np.diag_indices_from(alike)] += RIDGE * np.trace(alike) / len(alike)
    weights = rows.T @ np.linalg.solve(alike, wanted - wanted.mean(axis=0))
    read = rows @ weights
    _, sizes, axes = np.linalg.svd(read - read.mean(axis=0), full_matrices=False)
    turn, _ = np.linalg.qr(np.random.default_rng(TURN).normal(size=(NUMBERS, NUMBERS)))
    weights = weights @ (axes[:NUMBERS].T / (sizes[:NUMBERS] / sizes[0]) ** EVEN) @ turn
    values = rows @ weights
    values /= np.linalg.norm(values, axis=1, keepdims=True)
    levels = np.quantile(values, [(step + 0.5) / LEVELS for step in range(LEVELS)], axis=0)
    weights /= spread[:, None]
    return {"weights": weights.T, "bias": -(mean @ weights), "levels": levels.ravel()}


def nameless(text: str) -> str:
    """A statement without the names in it: words with a capital letter but at the beginning of a sentence."""
    words = text.split()
    before = [".", *words]
    kept = [
        word
        for last, word in zip(before, words, strict=False)
        if last[-1] in '.!?“"' or not _bare(word)[:1].isupper() or _bare(word) in COMMON
    ]
    return " ".join(kept) if len(kept) >= _FEWEST_WORDS else text


def _bare(word: str) -> str:
    return "".join(char for char in word if char.isalnum() or char == "_")


if __name__ == "__main__":
    main(sys.argv[1:])
