"""Train the stance model from data/*.jsonl and cues.yml and write the artefact that the package ships.

``python -m extractors.model.train [ARTEFACT]``: the same bytes from the same data, on any machine.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from extractors.features import FeatureReader, Features
from extractors.model import examples, metrics
from extractors.model.calibrate import calibrate
from extractors.model.logistic import Fit, fit
from extractors.records import Stance
from extractors.stance import SIDES, Calibration, Linear, Scores, StanceModel, score

if TYPE_CHECKING:
    from extractors.model.examples import Example

FOLDER: Final = Path(__file__).parent
ARTEFACT: Final = FOLDER / "stance.json"
_FIT: Final = Fit(penalty=0.03, fewest=3)
_GATE_WEIGHTS: Final = (1.0, 1.1)
_DIRECTION_WEIGHTS: Final = (1.0, 1.0, 1.3)
_PRECISION: Final = 0.85
_FEWEST_CALLS: Final = 25

Cues = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Heads:
    """The gate and the directions fitted together."""

    gate: Linear
    directions: Mapping[Stance, Linear]


def main(arguments: Sequence[str]) -> None:
    """Train on the training split alone, write the artefact and print what was chosen."""
    data = examples.read(FOLDER / "data")
    target = Path(arguments[0]) if arguments else ARTEFACT
    target.write_bytes(artefact(read_cues(), data.train))
    model = StanceModel.from_json(target.read_bytes())
    print(
        f"{target.name}: {model.version}, {target.stat().st_size:,} bytes, "
        f"{len(data.train)} statements, alert threshold {model.alert_threshold}"
    )


def read_cues() -> Cues:
    """Return the cue phrases by class."""
    cues: Cues = yaml.safe_load((FOLDER / "cues.yml").read_text(encoding="utf-8"))
    return cues


def artefact(cues: Cues, train: Sequence[Example]) -> bytes:
    """Return the artefact for ``train``: weights from all of it, calibration from batches left out in turn."""
    reader = FeatureReader(cues)
    rows = [reader.read(example.text, example.before, example.title) for example in train]
    scores = left_out_scores(rows, train)
    calibration = calibrate(scores, [example.stance for example in train])
    judged = [judge(example, one, calibration) for example, one in zip(train, scores, strict=True)]
    heads = _fit_heads(rows, train)
    model = {
        "alert_threshold": metrics.alert_threshold(judged, _PRECISION, _FEWEST_CALLS),
        "calibration": asdict(calibration),
        "cues": cues,
        "gate": asdict(heads.gate),
        "direction": {side: asdict(head) for side, head in heads.directions.items()},
    }
    digest = hashlib.sha256(json.dumps(model, sort_keys=True).encode()).hexdigest()
    model["version"] = f"linear-1.{digest[:8]}"
    return (json.dumps(model, ensure_ascii=False, sort_keys=True, indent=0) + "\n").encode()


def left_out_scores(rows: Sequence[Features], train: Sequence[Example]) -> list[Scores]:
    """Return each example's scores under heads that were fitted without its batch."""
    found: dict[int, Scores] = {}
    for batch in sorted({example.batch for example in train}):
        kept = [at for at, example in enumerate(train) if example.batch != batch]
        heads = _fit_heads([rows[at] for at in kept], [train[at] for at in kept])
        found |= {
            at: score(rows[at], heads.gate, heads.directions)
            for at, example in enumerate(train)
            if example.batch == batch
        }
    return [found[at] for at in range(len(train))]


def judge(example: Example, scores: Scores, calibration: Calibration) -> metrics.Judged:
    """Return the example beside the label that ``scores`` give it."""
    probabilities = calibration.probabilities(scores)
    label = probabilities.stance
    return metrics.Judged(example.stance, label, probabilities.of(label))


def _fit_heads(rows: Sequence[Features], train: Sequence[Example]) -> Heads:
    nothing, anything = fit(rows, [int(e.stance is not Stance.NONE) for e in train], _GATE_WEIGHTS, _FIT)
    bearing = [at for at, example in enumerate(train) if example.stance is not Stance.NONE]
    sides = fit(
        [rows[at] for at in bearing], [SIDES.index(train[at].stance) for at in bearing], _DIRECTION_WEIGHTS, _FIT
    )
    return Heads(_difference(anything, nothing), dict(zip(SIDES, sides, strict=True)))


def _difference(one: Linear, other: Linear) -> Linear:
    names = sorted(one.weights.keys() | other.weights.keys())
    return Linear(
        round(one.bias - other.bias, 4),
        {name: round(one.weights.get(name, 0.0) - other.weights.get(name, 0.0), 4) for name in names},
    )


if __name__ == "__main__":
    main(sys.argv[1:])
