"""How well labels agree with the codebook's: the figures that training chooses by and evaluation prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractors.heads import SIDES, Calibration, Scores
from extractors.records import Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.encoder import Floats
    from extractors.heads import Probabilities
    from extractors.model.examples import Example

UNCALIBRATED: Final = Calibration(1.0, 0.0, 1.0)
_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled example: what it is, what the model called it, and how sure the model was."""

    gold: Stance
    label: Stance
    confidence: float

    @property
    def is_right(self) -> bool:
        """Whether the model's label is the codebook's."""
        return self.gold is self.label

    @property
    def is_flip(self) -> bool:
        """Whether local was called central or central local."""
        return {self.gold, self.label} == {Stance.LOCAL, Stance.CENTRAL}


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Precision, recall and F1 of one stance, and how many examples truly have it."""

    stance: Stance
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Examples whose confidence begins at ``low``: how many, how sure on average, what share of them right."""

    low: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class AlertFigures:
    """Statements whose stance is called at or above a confidence: how many, how precise, what share of all."""

    called: int
    precision: float
    recall: float
    flips: int


def scores_of(row: Floats) -> Scores:
    """The stance's part of an example's logits, shape (1 + sides + themes,)."""
    return Scores(float(row[0]), tuple(float(one) for one in row[1 : 1 + len(SIDES)]))


def judge(example: Example, found: Probabilities) -> Judged:
    """What a model made of an example."""
    return Judged(example.stance, found.stance, found.of(found.stance))


def judge_raw(side: Sequence[Example], logits: Floats) -> list[Judged]:
    """What uncalibrated logits, shape (examples, heads), make of examples."""
    found = [UNCALIBRATED.probabilities(scores_of(row)) for row in logits]
    return [judge(*pair) for pair in zip(side, found, strict=True)]


def accuracy(judged: Sequence[Judged]) -> float:
    """Return the share of right labels."""
    return sum(one.is_right for one in judged) / len(judged)


def by_class(judged: Sequence[Judged]) -> tuple[ClassFigures, ...]:
    """Return the figures of each stance, in the order of the enumeration."""
    return tuple(_of_class(judged, stance) for stance in Stance)


def macro_f1(judged: Sequence[Judged]) -> float:
    """Return the mean F1 of the four stances."""
    figures = by_class(judged)
    return sum(one.f1 for one in figures) / len(figures)


def flip_rate(judged: Sequence[Judged]) -> float:
    """Return flips between local and central as a share of the stance-bearing examples."""
    bearing = sum(one.gold is not Stance.NONE for one in judged)
    return sum(one.is_flip for one in judged) / max(1, bearing)


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """Return the bins of confidence that hold any example, ten of equal width."""
    bins: list[list[Judged]] = [[] for _ in range(_BINS)]
    for one in judged:
        bins[min(_BINS - 1, int(one.confidence * _BINS))].append(one)
    return [
        Bin(
            low=at / _BINS,
            count=len(inside),
            confidence=sum(one.confidence for one in inside) / len(inside),
            right=sum(one.is_right for one in inside) / len(inside),
        )
        for at, inside in enumerate(bins)
        if inside
    ]


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error: the bins' distance from the truth, weighted by their size."""
    return sum(one.count * abs(one.right - one.confidence) for one in reliability(judged)) / len(judged)


def above(judged: Sequence[Judged], threshold: float) -> AlertFigures:
    """Return how the calls of a side at or above ``threshold`` fare."""
    called = [one for one in judged if one.label in SIDES and one.confidence >= threshold]
    right = sum(one.is_right for one in called)
    bearing = sum(one.gold is not Stance.NONE for one in judged)
    return AlertFigures(
        called=len(called),
        precision=_share(right, len(called)),
        recall=_share(right, bearing),
        flips=sum(one.is_flip for one in called),
    )


def alert_threshold(judged: Sequence[Judged], precision: float, fewest: int) -> float:
    """Return the lowest confidence above which calls are right as often as ``precision`` asks.

    Where no confidence reaches it on ``fewest`` calls, the one with the best precision on so many is returned.
    """
    steps = sorted({round(one.confidence, 2) for one in judged if one.label in SIDES})
    figures = [(step, above(judged, step)) for step in steps]
    usable = [(step, found) for step, found in figures if found.called >= fewest]
    if not usable:
        return 1.0
    for step, found in usable:
        if found.precision >= precision:
            return step
    return max(usable, key=lambda pair: (pair[1].precision, pair[0]))[0]


def _of_class(judged: Sequence[Judged], stance: Stance) -> ClassFigures:
    hits = sum(one.is_right for one in judged if one.gold is stance)
    called = sum(one.label is stance for one in judged)
    support = sum(one.gold is stance for one in judged)
    precision, recall = _share(hits, called), _share(hits, support)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return ClassFigures(stance, precision, recall, f1, support)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
