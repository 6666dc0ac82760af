"""How well a measure of nearness finds statements that speak to the same point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.meaning.pairs import Written

Near = NDArray[np.float64]
"""Nearness of each written statement (rows) to each written one and then to each distractor (columns)."""


@dataclass(frozen=True, slots=True)
class Found:
    """Means over all points, each looked for by the statement that says it."""

    first: float
    among_three: float
    average_precision: float
    over_beside: float

    def __str__(self) -> str:
        return (
            f"nearest {self.first:.3f}  recall@3 {self.among_three:.3f}  average precision {self.average_precision:.3f}"
            f"  nearer than the decoy {self.over_beside:.3f}"
        )


@dataclass(frozen=True, slots=True)
class Called:
    """Pairs that a threshold takes for near."""

    hits: int
    called: int
    due: int

    def __str__(self) -> str:
        precision, recall = self.hits / max(1, self.called), self.hits / max(1, self.due)
        return f"{self.called:>4} called, precision {precision:.3f}, recall {recall:.3f}"


def found(near: Near, texts: Sequence[Written]) -> Found:
    """What the nearest statements of each are."""
    each: list[tuple[Any, ...]] = []
    for row, one in enumerate(texts):
        if one.kind != "says":
            continue
        scores = near[row].copy()
        scores[row] = -np.inf
        is_due = np.array([one.is_near(other) and other is not one for other in texts])
        is_due = np.concatenate([is_due, np.zeros(len(scores) - len(texts), dtype=bool)])
        hits = is_due[np.argsort(-scores, kind="stable")]
        ranks = np.flatnonzero(hits) + 1
        again, beside = (
            next(scores[at] for at, other in enumerate(texts) if other.point == one.point and other.kind == kind)
            for kind in ("again", "beside")
        )
        precision = float(np.mean(np.arange(1, len(ranks) + 1) / ranks))
        each.append((hits[0], hits[:3].sum() / min(3, len(ranks)), precision, again > beside))
    return Found(*(float(value) for value in np.mean(np.array(each, dtype=float), axis=0)))


def called(near: Near, texts: Sequence[Written], least: float) -> Called:
    """Of all pairs of written statements, how many come as near as ``least``, and how many of these rightly."""
    rows, columns = np.triu_indices(len(texts), k=1)
    is_due = np.array([[one.is_near(other) for other in texts] for one in texts])[rows, columns]
    is_called = near[rows, columns] >= least
    return Called(int((is_due & is_called).sum()), int(is_called.sum()), int(is_due.sum()))
