"""A small penalised softmax regression: plain Python, the same weights from the same seed on any machine."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractors.stance import Linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.features import Features

_EPOCHS: Final = 40
_STEP: Final = 0.5
_TINY: Final = 1e-8
_KEPT: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Fit:
    """How to fit: the penalty on squared weights, and in how many examples a feature must occur."""

    penalty: float
    fewest: int = 2
    seed: int = 20


def fit(rows: Sequence[Features], targets: Sequence[int], weights: Sequence[float], how: Fit) -> list[Linear]:
    """Return one linear score a class, fitted by AdaGrad on the weighted, penalised cross-entropy.

    Args:
        rows: The features of each example.
        targets: The class of each example, from 0.
        weights: What each class counts.
        how: Penalty, feature floor and seed.
    """
    seen = Counter(name for row in rows for name, _ in row)
    names = sorted(name for name, count in seen.items() if count >= how.fewest)
    index = {name: at for at, name in enumerate(names)}
    packed = [[(index[name], value) for name, value in row if name in index] for row in rows]
    classes = len(weights)
    theta = [[0.0] * len(names) for _ in range(classes)]
    squares = [[_TINY] * len(names) for _ in range(classes)]
    bias = [0.0] * classes
    bias_squares = [_TINY] * classes
    shuffled = list(range(len(rows)))
    chance = random.Random(how.seed)  # noqa: S311 - shuffles training examples, guards no secret
    for _ in range(_EPOCHS):
        chance.shuffle(shuffled)
        for at in shuffled:
            row, target = packed[at], targets[at]
            shares = _softmax([bias[c] + sum(theta[c][i] * v for i, v in row) for c in range(classes)])
            for c in range(classes):
                error = (shares[c] - (1.0 if c == target else 0.0)) * weights[target]
                bias_squares[c] += error * error
                bias[c] -= _STEP * error / math.sqrt(bias_squares[c])
                own, own_squares = theta[c], squares[c]
                for i, v in row:
                    gradient = error * v + how.penalty * own[i]
                    own_squares[i] += gradient * gradient
                    own[i] -= _STEP * gradient / math.sqrt(own_squares[i])
    return [
        Linear(round(bias[c], 4), {n: round(theta[c][i], 4) for n, i in index.items() if abs(theta[c][i]) > _KEPT})
        for c in range(classes)
    ]


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    return [odd / sum(odds) for odd in odds]
