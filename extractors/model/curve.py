"""A learning curve by number and by breadth: the model trained anew on parts of its training data.

``python -m extractors.model.curve BASE`` (``make curve``): each line is trained like the shipped model, on half or a
quarter of the statements of every batch (number) or on all statements of half the batches (breadth), and measured on
the development and the frozen test batches. It writes nothing.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.model import examples, metrics, train
from extractors.model.evaluate import FOLDER, read_model
from extractors.model.minilm import read_base
from extractors.stance import Calibration
from extractors.wordpiece import WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.encoder import Floats
    from extractors.model.examples import Example

UNCALIBRATED = Calibration(1.0, 0.0, 1.0)


def main(arguments: Sequence[str]) -> None:
    """Print a line for each part, and for the shipped model, which has them all."""
    data = examples.read(FOLDER / "data")
    arrays, vocabulary = read_base(Path(arguments[0]))
    pieces = WordPieces(vocabulary)
    frozen = [example for example in data.test if example.batch in examples.FROZEN]
    for name, part in parts(data.train):
        network = train.fit(arrays, pieces, part)
        figures = [_figures(train.logits_of(network, pieces, side), side) for side in (data.dev, frozen)]
        _say(name, part, figures)
    model = read_model()
    scores = [[model.scores(one.text, one.before, one.title) for one in side] for side in (data.dev, frozen)]
    _say(
        "all of them (shipped)", data.train, [_figures(*pair) for pair in zip(scores, (data.dev, frozen), strict=True)]
    )


def parts(data: Sequence[Example]) -> list[tuple[str, list[Example]]]:
    """Parts of the training data with their names: fewer statements of each batch, or fewer batches."""
    shuffled = random.Random(train.SEED)  # noqa: S311 - an order, no secret
    order = list(data)
    shuffled.shuffle(order)
    batches = sorted({example.batch for example in data})
    shuffled.shuffle(batches)
    half = set(batches[::2])
    return [
        ("a quarter of the statements of all batches", order[: len(order) // 4]),
        ("half of the statements of all batches", order[: len(order) // 2]),
        ("all statements of half the batches", [example for example in data if example.batch in half]),
    ]


def _figures(logits: Sequence[Floats], side: Sequence[Example]) -> str:
    found = [UNCALIBRATED.probabilities(train.scores_of(row)) for row in logits]
    judged = [train.judge(*pair) for pair in zip(side, found, strict=True)]
    return f"macro-F1 {metrics.macro_f1(judged):.3f}, flips {metrics.flip_rate(judged):.1%}"


def _say(name: str, part: Sequence[Example], figures: Sequence[str]) -> None:
    batches = len({example.batch for example in part})
    sys.stdout.write(f"{name}: {len(part)} statements, {batches} batches; ")
    sys.stdout.write("; ".join(map(": ".join, zip(("development", "frozen test"), figures, strict=True))) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
