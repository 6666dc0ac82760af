"""Fit the calibration: the slope and shift under which logits of left-out batches tell the truth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from extractors.heads import SIDES, Calibration, Scores
from extractors.records import Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLOPES: Final = tuple(0.1 * step for step in range(2, 31))
_SHIFTS: Final = tuple(0.1 * step for step in range(-20, 21))
_LEAST: Final = 1e-9


def calibrate(scores: Sequence[Scores], gold: Sequence[Stance]) -> Calibration:
    """Return the calibration of least log-loss on ``scores`` of examples that their heads never saw."""
    _, gate_slope, gate_shift = min(
        (_loss(scores, gold, Calibration(slope, shift, 1.0)), slope, shift) for slope in _SLOPES for shift in _SHIFTS
    )
    _, direction_slope = min(
        (_direction_loss(scores, gold, Calibration(gate_slope, gate_shift, slope)), slope) for slope in _SLOPES
    )
    return Calibration(round(gate_slope, 2), round(gate_shift, 2), round(direction_slope, 2))


def _loss(scores: Sequence[Scores], gold: Sequence[Stance], calibration: Calibration) -> float:
    """Return the log-loss of the gate alone."""
    total = 0.0
    for one, stance in zip(scores, gold, strict=True):
        nothing = calibration.probabilities(one).none
        total -= math.log(max(_LEAST, nothing if stance is Stance.NONE else 1.0 - nothing))
    return total


def _direction_loss(scores: Sequence[Scores], gold: Sequence[Stance], calibration: Calibration) -> float:
    """Return the log-loss of the direction among examples that have a side."""
    total = 0.0
    for one, stance in zip(scores, gold, strict=True):
        if stance in SIDES:
            found = calibration.probabilities(one)
            total -= math.log(max(_LEAST, found.of(stance) / max(_LEAST, 1.0 - found.none)))
    return total
