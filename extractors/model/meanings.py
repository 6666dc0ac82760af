"""Fit the weights by which meanings are read: ``python -m extractors.model.meanings BASE`` (``make train``).

The engine's encoder was trained on sides and has forgotten much of what statements say; the untouched MiniLM in the
folder BASE knows it. A linear reading of what the former holds at all its depths is fitted to what the latter makes of
the same words; what the former knows best, the last depth, is put beside it. Writes ``meanings.bin``; numpy alone.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from extractors.encoder import Encoder, to_bytes
from extractors.meaning_reader import depths
from extractors.model import examples
from extractors.model.base import read_base
from extractors.wordpiece import WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence

Doubles = NDArray[np.float64]

FOLDER: Final = Path(__file__).parent
STATEMENTS, SEED = 2000, 3
"""Training statements that it is fitted to, taken by chance: with 4,000 the figures are the same."""
RIDGE: Final = 3.0
"""How much large weights cost, as a share of the mean of the kernel's diagonal."""
WIDE, EVEN = 128, 0.25
"""Axes kept of what MiniLM makes of statements, and how far their spread is evened out (1: all to the same)."""
LAST, LAST_EVEN, LAST_SHARE = 64, 1.0, 0.4
"""The same of the encoder's own last depth, and its part in the square of a length."""
NUMBERS, PLANES = 64, 256


def main(arguments: Sequence[str]) -> None:
    """Fit to statements of the training split and write the artefact."""
    arrays, vocabulary = read_base(Path(arguments[0]))
    base, own = Encoder(arrays, vocabulary), Encoder.from_bytes((FOLDER / "encoder.bin").read_bytes())
    texts = [example.text for example in examples.read(FOLDER / "data").train]
    random.Random(SEED).shuffle(texts)  # noqa: S311 - a sample, no secret
    pieces, chosen, width = WordPieces(vocabulary), texts[:STATEMENTS], len(arrays["norm.bias"])
    features = np.stack([depths(own, pieces, text) for text in chosen]).astype(np.float64)
    targets = np.stack([depths(base, pieces, text)[-width:] for text in chosen]).astype(np.float64)
    data = to_bytes(fit(features, targets), [])
    (FOLDER / "meanings.bin").write_bytes(data)
    sys.stdout.write(f"meanings.bin: {len(data):,} bytes, fitted to {len(chosen)} statements\n")


def fit(features: Doubles, targets: Doubles) -> dict[str, Any]:
    """Weights, bias and planes; ``features`` has a row for each statement, ``targets`` what is to be told from it."""
    width = targets.shape[1]
    taught = learnt(features, targets)
    wide = taught @ main_axes(features @ taught, WIDE, EVEN)
    last = np.zeros((features.shape[1], LAST))
    last[-width:] = main_axes(features[:, -width:], LAST, LAST_EVEN)
    parts = [part / _length(features @ part) for part in (wide, last)]
    both = np.hstack([parts[0], np.sqrt(LAST_SHARE) * parts[1]])
    weights = both @ main_axes(features @ both, NUMBERS, 0.0)
    made = np.random.default_rng(SEED)
    turns = [np.linalg.qr(made.normal(size=(NUMBERS, NUMBERS)))[0] for _ in range(PLANES // NUMBERS)]
    return {"weights": weights.T, "bias": -(features.mean(axis=0) @ weights), "planes": np.vstack(turns)}


def learnt(features: Doubles, targets: Doubles) -> Doubles:
    """The weights of a ridge regression from features to the directions of the targets."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    rows, wanted = (features - mean) / spread, targets / np.linalg.norm(targets, axis=1, keepdims=True)
    alike = rows @ rows.T
    alike[np.diag_indices_from(alike)] += RIDGE * np.trace(alike) / len(alike)
    weights: Doubles = rows.T @ np.linalg.solve(alike, wanted - wanted.mean(axis=0)) / spread[:, None]
    return weights


def main_axes(rows: Doubles, number: int, even: float) -> Doubles:
    """The directions in which rows differ most, a column each, their spread evened out by ``even``."""
    _, sizes, axes = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    chosen: Doubles = axes[:number].T / (sizes[:number] / sizes[0]) ** even
    return chosen


def _length(rows: Doubles) -> float:
    """The usual length of rows around their mean."""
    return float(np.sqrt(((rows - rows.mean(axis=0)) ** 2).sum(axis=1).mean()))


if __name__ == "__main__":
    main(sys.argv[1:])
