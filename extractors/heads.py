"""What stands on top of the encoder: linear heads, their calibration, and probabilities of the stances."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from extractors.encoder import Floats
from extractors.records import Stance, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDES: Final = (Stance.LOCAL, Stance.CENTRAL, Stance.BALANCED)
"""The stances between which the direction decides once the gate has found any."""
_STEEPEST: Final = 30.0
"""Logits beyond this are as good as certain and would overflow."""


class ModelError(ValueError):
    """A stance artefact that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Linear:
    """One linear score over a statement's vector."""

    bias: float
    weights: Floats


@dataclass(frozen=True, slots=True)
class ThemeRule:
    """A statement touches a theme from a logit of ``threshold`` on; a phrase that speaks of it adds ``hint``."""

    threshold: float
    hint: float


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely each stance is; the four add up to 1.

    ``least_share`` is what the likelier of local and central must have of the two, lest the side be left open.
    """

    local: float
    central: float
    balanced: float
    none: float
    least_share: float = 0.5

    @property
    def stance(self) -> Stance:
        """The label: first whether there is any side (the gate), then which (the direction).

        Where it could be the one or the other it is none: a side left out does less harm than the wrong one.
        """
        if self.none > 0.5:  # noqa: PLR2004 - one half is what "more likely than not" means
            return Stance.NONE
        side = max(SIDES, key=self.of)
        is_open = self.of(side) < self.least_share * (self.local + self.central)
        return Stance.NONE if is_open and side is not Stance.BALANCED else side

    def of(self, stance: Stance) -> float:
        """Return the probability of ``stance``."""
        return {
            Stance.LOCAL: self.local,
            Stance.CENTRAL: self.central,
            Stance.BALANCED: self.balanced,
            Stance.NONE: self.none,
        }[stance]


@dataclass(frozen=True, slots=True)
class Scores:
    """The gate's logit and the logits of ``SIDES``, before calibration."""

    gate: float
    sides: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns logits into probabilities that were right as often as they say, fitted on examples left out of training.

    ``least_share`` goes to the probabilities as it is.
    """

    gate_slope: float
    gate_shift: float
    direction_slope: float
    least_share: float = 0.5

    def probabilities(self, scores: Scores) -> Probabilities:
        """Return the probabilities of the four stances."""
        logit = max(-_STEEPEST, min(_STEEPEST, self.gate_slope * scores.gate + self.gate_shift))
        gate = 1.0 / (1.0 + math.exp(-logit))
        top = max(scores.sides)
        odds = [math.exp(self.direction_slope * (side - top)) for side in scores.sides]
        local, central, balanced = (gate * share / sum(odds) for share in odds)
        return Probabilities(local, central, balanced, 1.0 - gate, self.least_share)


@dataclass(frozen=True, slots=True)
class Heads:
    """``stance.json``: everything of the model but its encoder and the weights of words.

    ``directions`` are in the order of ``SIDES``, ``themes`` in that of ``Theme``.
    """

    version: str
    alert_threshold: float
    encoder_sha256: str
    words_sha256: str
    gate: Linear
    directions: tuple[Linear, ...]
    themes: tuple[Linear, ...]
    calibration: Calibration
    theme_rule: ThemeRule

    @classmethod
    def from_json(cls, data: bytes) -> Heads:
        """The heads that the bytes of ``stance.json`` hold.

        Raises:
            ModelError: the bytes are no such file; train it anew with ``make train``.
        """
        try:
            raw = json.loads(data)
            return cls(
                version=str(raw["version"]),
                alert_threshold=float(raw["alert_threshold"]),
                encoder_sha256=str(raw["encoder"]["sha256"]),
                words_sha256=str(raw["theme_words"]["sha256"]),
                gate=_linear(raw["gate"]),
                directions=tuple(_linear(raw["direction"][side]) for side in SIDES),
                themes=tuple(_linear(raw["themes"][theme]) for theme in Theme),
                calibration=Calibration(**raw["calibration"]),
                theme_rule=ThemeRule(**raw["theme_rule"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"stance artefact: unreadable ({type(error).__name__}: {error}); write it anew with make train"
            ) from error


def _linear(raw: Mapping[str, object]) -> Linear:
    return Linear(float(str(raw["bias"])), np.asarray(raw["weights"], dtype=np.float32))
