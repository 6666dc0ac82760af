"""Print how well the shipped model labels statements of batches and sub-topics that it never saw.

``python -m extractors.model.evaluate``.
"""

from __future__ import annotations

import resource
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractors.model import examples, metrics, theme_figures
from extractors.records import Stance, Theme
from extractors.stance import StanceModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.examples import Example, Split
    from extractors.records import StanceLabel

FOLDER: Final = Path(__file__).parent

PARTS: Final = (
    (
        "Frozen test batches (two writers who wrote nothing else, sub-topics that training never saw)",
        examples.FROZEN,
    ),
    (
        "Whole articles (two further writers who wrote nothing else, every statement of 68 articles)",
        examples.WHOLE,
    ),
    (
        "Plain statements of releases and news (one further writer who wrote nothing else)",
        examples.PLAIN,
    ),
    (
        "Earlier held-out batches (an earlier house of writers, sub-topics that training never saw)",
        examples.EARLIER,
    ),
    ("Development batches (calibration and thresholds were chosen here)", examples.DEVELOPMENT),
)


def main() -> None:
    """Print the data, the figures of the held-out and the development batches, speed, load time and memory."""
    data = examples.read(FOLDER / "data")
    started = time.perf_counter()
    model = read_model()
    loaded = time.perf_counter() - started
    print(f"model {model.version}, alert threshold {model.alert_threshold:.2f}")
    _print_data(data)
    rules = theme_figures.read_tagger()
    count, seconds = 0, 0.0
    for name, batches in PARTS:
        chosen = [example for example in (*data.dev, *data.test) if example.batch in batches]
        started = time.perf_counter()
        named = [theme_figures.by_rules(rules, example) for example in chosen]
        read = [label(model, example, themes) for example, themes in zip(chosen, named, strict=True)]
        count, seconds = count + len(read), seconds + time.perf_counter() - started
        print(f"\n{name}")
        judged = [
            metrics.Judged(one.stance, found.stance, found.confidence)
            for one, (found, _) in zip(chosen, read, strict=True)
        ]
        print_figures(judged, model.alert_threshold)
        print("themes, by model and phrases")
        theme_figures.print_figures(chosen, [themes for _, themes in read])
        print("themes, by the phrases of config/themes.yml alone")
        theme_figures.print_figures(chosen, named)
    print(f"\nspeed: {count / seconds:,.0f} statements a second, evidence and themes included")
    print(f"loaded in {loaded:.2f} s; the process took {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB")


def read_model() -> StanceModel:
    """The model as it is shipped."""
    return StanceModel.from_bytes(
        *((FOLDER / name).read_bytes() for name in ("stance.json", "encoder.bin", "themes.bin"))
    )


def label(model: StanceModel, example: Example, named: Sequence[Theme] = ()) -> tuple[StanceLabel, tuple[Theme, ...]]:
    """Return the model's reading of an example set in its context, as the engine would call it."""
    return model.read(*example.in_context(), named)


def _print_data(data: Split) -> None:
    for name, side in (("training", data.train), ("development", data.dev), ("held out", data.test)):
        counts = Counter(example.stance for example in side)
        shares = ", ".join(f"{stance} {counts[stance]}" for stance in Stance)
        batches, topics = len({e.batch for e in side}), len({e.topic for e in side})
        print(f"{name}: {len(side)} statements, {batches} batches, {topics} sub-topics ({shares})")


def print_figures(judged: Sequence[metrics.Judged], threshold: float) -> None:
    """Print figures of labels, and of those at or above the ``threshold`` for alerts."""
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
    for each in metrics.reliability(judged):
        bar = "#" * round(40 * each.right) + "-" * (40 - round(40 * each.right))
        print(f"  says {each.confidence:.2f}, is right {each.right:.2f} {bar} n {each.count}")
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
    main()
