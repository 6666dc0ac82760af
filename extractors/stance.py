"""The side a statement takes on central versus local control, with calibrated confidence and evidence."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.clauses import clause_runs, sentence_before
from extractors.features import FeatureReader, Features
from extractors.records import Document, Passage, Stance, StanceLabel

SIDES: Final = (Stance.LOCAL, Stance.CENTRAL, Stance.BALANCED)
"""The stances between which the direction decides once the gate has found any."""
_EVIDENCE_SHARE: Final = 0.8
_STEEPEST: Final = 30.0
"""Logits beyond this are as good as certain and would overflow."""
_MOST_EVIDENCE: Final = 400
"""A run of more characters is no evidence: the reader would have to search it again."""
_MOST_RUNS: Final = 60
"""How many runs of clauses are tried, so that a hostile text costs no more than a long one."""


class ModelError(ValueError):
    """A stance artefact that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Linear:
    """One linear score: bias plus the weight of each feature present."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Features) -> float:
        """Return the logit for ``features``."""
        get = self.weights.get
        return self.bias + sum(value * get(name, 0.0) for name, value in features)


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely each stance is; the four add up to 1."""

    local: float
    central: float
    balanced: float
    none: float

    @property
    def stance(self) -> Stance:
        """The label: first whether there is any side (the gate), then which (the direction)."""
        if self.none > 0.5:  # noqa: PLR2004 - one half is what "more likely than not" means
            return Stance.NONE
        return max(SIDES, key=self.of)

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
    """Turns logits into probabilities that were right as often as they say, fitted on batches left out in turn."""

    gate_slope: float
    gate_shift: float
    direction_slope: float

    def probabilities(self, scores: Scores) -> Probabilities:
        """Return the probabilities of the four stances."""
        logit = max(-_STEEPEST, min(_STEEPEST, self.gate_slope * scores.gate + self.gate_shift))
        gate = 1.0 / (1.0 + math.exp(-logit))
        top = max(scores.sides)
        odds = [math.exp(self.direction_slope * (side - top)) for side in scores.sides]
        local, central, balanced = (gate * share / sum(odds) for share in odds)
        return Probabilities(local, central, balanced, 1.0 - gate)


class StanceModel:
    """Labels statements: a gate (any side at all?) and a direction (which?), both linear, both readable.

    Built once from an artefact that ``python -m extractors.model.train`` writes; picklable; deterministic.
    """

    def __init__(
        self,
        *,
        version: str,
        alert_threshold: float,
        reader: FeatureReader,
        gate: Linear,
        directions: Mapping[Stance, Linear],
        calibration: Calibration,
    ) -> None:
        self.version = version
        self.alert_threshold = alert_threshold
        self._reader = reader
        self._gate = gate
        self._directions = directions
        self._calibration = calibration

    @classmethod
    def from_json(cls, data: bytes) -> StanceModel:
        """Return the model that an artefact holds.

        Args:
            data: The bytes of ``extractors/model/stance.json``.

        Raises:
            ModelError: The bytes are no such artefact; train it anew with ``python -m extractors.model.train``.
        """
        try:
            raw = json.loads(data)
            return cls(
                version=str(raw["version"]),
                alert_threshold=float(raw["alert_threshold"]),
                reader=FeatureReader(raw["cues"]),
                gate=Linear(float(raw["gate"]["bias"]), raw["gate"]["weights"]),
                directions={
                    side: Linear(float(raw["direction"][side]["bias"]), raw["direction"][side]["weights"])
                    for side in SIDES
                },
                calibration=Calibration(**raw["calibration"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"stance artefact: unreadable ({type(error).__name__}: {error}); "
                "write it anew with python -m extractors.model.train"
            ) from error

    def label(self, document: Document, passage: Passage) -> StanceLabel:
        """Return the stance of ``document.text[passage.start:passage.end]``, judged on its words in context.

        The speaker has no part in it: the words decide, not the speaker's tier.

        Raises:
            ValueError: The passage is empty or lies outside the text.
        """
        if not 0 <= passage.start < passage.end <= len(document.text):
            raise ValueError(f"passage {passage.start}:{passage.end} lies outside a text of {len(document.text)}")
        text = document.text[passage.start : passage.end]
        before = sentence_before(document.text, passage.start)
        probabilities = self.probabilities(text, before, document.title)
        stance = probabilities.stance
        start, end = 0, len(text)
        if stance is not Stance.NONE:
            start, end = self._evidence(text, stance, probabilities.of(stance))
        return StanceLabel(
            stance=stance,
            score=round(probabilities.local - probabilities.central, 4),
            confidence=round(probabilities.of(stance), 4),
            evidence_start=passage.start + start,
            evidence_end=passage.start + end,
        )

    def probabilities(self, text: str, before: str = "", title: str = "") -> Probabilities:
        """Return the calibrated probabilities of the four stances for a statement's words in their context."""
        return self._calibration.probabilities(self.scores(text, before, title))

    def scores(self, text: str, before: str = "", title: str = "") -> Scores:
        """Return the uncalibrated logits that the probabilities come from."""
        return score(self._reader.read(text, before, title), self._gate, self._directions)

    def _evidence(self, text: str, stance: Stance, confidence: float) -> tuple[int, int]:
        """Return the shortest run of clauses that carries the label nearly as surely as the whole statement."""
        for start, end in clause_runs(text, _MOST_EVIDENCE)[:_MOST_RUNS]:
            if end - start >= len(text):
                break
            alone = self.probabilities(text[start:end])
            if alone.stance is stance and alone.of(stance) >= _EVIDENCE_SHARE * confidence:
                return start, end
        return 0, len(text)


def score(features: Features, gate: Linear, directions: Mapping[Stance, Linear]) -> Scores:
    """Return the logits of both heads for one statement's features."""
    return Scores(gate.score(features), tuple(directions[side].score(features) for side in SIDES))


def actor_stance(stances: Sequence[Stance]) -> Stance:
    """Return what an actor's statements in one article add up to (codebook, last lines of Stance)."""
    counts = Counter(stances)
    local, central, balanced = (counts[side] for side in SIDES)
    if not local + central + balanced:
        return Stance.NONE
    rarer, other = sorted((local, central))
    if (rarer and 2 * rarer >= other) or (balanced > local and balanced > central):
        return Stance.BALANCED
    return Stance.LOCAL if local > central else Stance.CENTRAL
