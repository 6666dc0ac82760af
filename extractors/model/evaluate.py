"""Print how well the shipped model labels statements of batches and sub-topics that it never saw.

``python -m extractors.model.evaluate [ARTEFACT]``.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractors.features import FeatureReader
from extractors.model import examples, metrics, theme_figures, train
from extractors.model.calibrate import calibrate
from extractors.records import ActorType, Document, Passage, QuoteKind, Speaker, Stance, StanceLabel
from extractors.stance import StanceModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.examples import Example, Split

_NOBODY: Final = Speaker("", "", "", ActorType.OTHER)


def main(arguments: Sequence[str]) -> None:
    """Print the data, the held-out figures, the figures of batches left out in turn, and the speed."""
    data = examples.read(train.FOLDER / "data")
    model = StanceModel.from_json((Path(arguments[0]) if arguments else train.ARTEFACT).read_bytes())
    print(f"model {model.version}, alert threshold {model.alert_threshold:.2f}")
    _print_data(data)
    started = time.perf_counter()
    judged = [_judge(model, example) for example in data.test]
    seconds = time.perf_counter() - started
    print("\nHeld-out batches (sub-topics that training never saw)")
    _print_figures(judged, model.alert_threshold)
    print("\nTraining batches, each left out in turn (the alert threshold and the calibration were chosen here)")
    _print_figures(_left_out(data.train), model.alert_threshold)
    tagger = theme_figures.read_tagger(train.FOLDER.parents[1] / "config" / "themes.yml")
    print("\nThemes by rule, stance given (held-out batches)")
    theme_figures.print_figures(tagger, data.test)
    print("Themes by rule, stance given (training batches)")
    theme_figures.print_figures(tagger, data.train)
    print(f"\nspeed: {len(judged) / seconds:,.0f} statements a second on one core, evidence included")


def label(model: StanceModel, example: Example) -> StanceLabel:
    """Return the model's label of an example set in its context, as the engine would call it."""
    lead = f"{example.before} " if example.before else ""
    document = Document(text=lead + example.text, title=example.title)
    return model.label(document, Passage(len(lead), len(document.text), _NOBODY, QuoteKind.INDIRECT))


def _judge(model: StanceModel, example: Example) -> metrics.Judged:
    found = label(model, example)
    return metrics.Judged(example.stance, found.stance, found.confidence)


def _left_out(data: Sequence[Example]) -> list[metrics.Judged]:
    reader = FeatureReader(train.read_cues())
    rows = [reader.read(example.text, example.before, example.title) for example in data]
    scores = train.left_out_scores(rows, data)
    calibration = calibrate(scores, [example.stance for example in data])
    return [train.judge(example, one, calibration) for example, one in zip(data, scores, strict=True)]


def _print_data(data: Split) -> None:
    for name, side in (("training", data.train), ("held out", data.test)):
        counts = Counter(example.stance for example in side)
        shares = ", ".join(f"{stance} {counts[stance]}" for stance in Stance)
        batches, topics = len({e.batch for e in side}), len({e.topic for e in side})
        print(f"{name}: {len(side)} statements, {batches} batches, {topics} sub-topics ({shares})")


def _print_figures(judged: Sequence[metrics.Judged], threshold: float) -> None:
    commonest = Counter(one.gold for one in judged).most_common(1)[0][1] / len(judged)
    print(
        f"accuracy {metrics.accuracy(judged):.3f} (always none: {commonest:.3f})  "
        f"macro-F1 {metrics.macro_f1(judged):.3f}"
    )
    for one in metrics.by_class(judged):
        print(
            f"  {one.stance:<9} precision {one.precision:.2f}  recall {one.recall:.2f}  "
            f"F1 {one.f1:.2f}  n {one.support}"
        )
    print(
        f"flips between local and central: {sum(one.is_flip for one in judged)} "
        f"({metrics.flip_rate(judged):.1%} of stance-bearing)"
    )
    print(f"expected calibration error: {metrics.calibration_error(judged):.3f}")
    alerts = metrics.above(judged, threshold)
    print(
        f"at or above the alert threshold: {alerts.called} called, precision {alerts.precision:.2f}, "
        f"recall {alerts.recall:.2f}, flips {alerts.flips}"
    )
    confusion = Counter((one.gold, one.label) for one in judged)
    print("confusion (rows: codebook, columns: model: " + ", ".join(Stance) + ")")
    for gold in Stance:
        print(f"  {gold:<9}" + "".join(f"{confusion[gold, called]:5d}" for called in Stance))


if __name__ == "__main__":
    main(sys.argv[1:])
