"""The figures that evaluation prints, on cases small enough to work out by hand."""

from __future__ import annotations

import pytest

from extractors.heads import Scores
from extractors.model import metrics
from extractors.model.calibrate import calibrate
from extractors.model.metrics import Judged
from extractors.records import Stance

L, C, B, N = Stance.LOCAL, Stance.CENTRAL, Stance.BALANCED, Stance.NONE
CASES = [Judged(L, L, 0.9), Judged(L, C, 0.6), Judged(C, C, 0.8), Judged(N, L, 0.7), Judged(N, N, 0.9)]


def test_accuracy_and_flips() -> None:
    assert metrics.accuracy(CASES) == pytest.approx(0.6)
    assert metrics.flip_rate(CASES) == pytest.approx(1 / 3)


def test_by_class_and_macro() -> None:
    local = next(one for one in metrics.by_class(CASES) if one.stance is L)
    assert (local.precision, local.recall, local.f1, local.support) == (0.5, 0.5, 0.5, 2)
    assert metrics.macro_f1(CASES) == pytest.approx((0.5 + 2 / 3 + 0 + 2 / 3) / 4)


def test_calibration_error() -> None:
    assert metrics.calibration_error([Judged(N, N, 1.0)]) == pytest.approx(0.0)
    assert metrics.calibration_error([Judged(N, N, 0.75), Judged(L, N, 0.75)]) == pytest.approx(0.25)


def test_above_counts_sides_only() -> None:
    found = metrics.above(CASES, 0.65)
    assert (found.called, found.flips) == (3, 0)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 3)


def test_alert_threshold_is_the_lowest_that_is_precise_enough() -> None:
    assert metrics.alert_threshold(CASES, precision=0.9, fewest=2) == pytest.approx(0.8)
    assert metrics.alert_threshold(CASES, precision=0.9, fewest=9) == pytest.approx(1.0)


def test_where_no_threshold_is_precise_enough_the_most_precise_is_taken() -> None:
    assert metrics.alert_threshold(CASES, precision=0.99, fewest=3) == pytest.approx(0.7)


def test_calibration_tempers_an_overconfident_gate() -> None:
    scores = [Scores(4.0, (3.0, 0.0, 0.0))] * 4
    found = calibrate(scores, [L, L, C, N]).probabilities(scores[0])
    assert 1.0 - found.none == pytest.approx(0.75, abs=0.05)
    assert found.local / (1.0 - found.none) == pytest.approx(0.67, abs=0.1)
