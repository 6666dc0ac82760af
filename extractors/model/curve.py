"""A learning curve by number and by breadth: the model trained anew on parts of its training data.

``python -m extractors.model.curve BASE`` (``make curve``): each line is trained like the shipped model, but on labels
alone (the teacher has seen them all), on half or a quarter of the statements of every batch (number) or on all
statements of half or a quarter of the batches (breadth), and measured, uncalibrated, on the development and the frozen
test batches. It writes nothing.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractors.model import examples, fitting, metrics, train
from extractors.model.base import read_base
from extractors.model.evaluate import FOLDER
from extractors.model.targets import folds, labelled, words_of
from extractors.wordpiece import WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.encoder import Floats
    from extractors.model.examples import Example

PLAN: Final = fitting.Plan(epochs=6, rows=32, warm_up=0.1, seed=20261126)
RATE: Final = 2e-4


def main(arguments: Sequence[str]) -> None:
    """Print a line for each part, the whole last."""
    data = examples.read(FOLDER / "data")
    arrays, vocabulary = read_base(Path(arguments[0]))
    pieces = WordPieces(vocabulary)
    frozen = [example for example in data.test if example.batch in examples.FROZEN]
    dealt = folds(data.train)
    for name, part in parts(data.train):
        network = train.fit(arrays, pieces, [labelled(example, dealt) for example in part], PLAN, RATE)
        figures = []
        for of, side in (("development", data.dev), ("frozen test", frozen)):
            rows = [train.row_of(pieces, words_of(example, dealt)) for example in side]
            figures.append(f"{of} {_figures(side, fitting.logits_of(network, rows))}")
        batches = len({example.batch for example in part})
        print(f"{name}: {len(part)} statements, {batches} batches; {'; '.join(figures)}", flush=True)


def parts(data: Sequence[Example]) -> list[tuple[str, list[Example]]]:
    """Parts of the training data with their names: fewer statements of each batch, or fewer batches."""
    shuffled = random.Random(PLAN.seed)  # noqa: S311 - an order, no secret
    order = list(data)
    shuffled.shuffle(order)
    batches = sorted({example.batch for example in data})
    shuffled.shuffle(batches)
    half, quarter = set(batches[::2]), set(batches[::4])
    return [
        ("a quarter of the statements of all batches", order[: len(order) // 4]),
        ("half of the statements of all batches", order[: len(order) // 2]),
        ("all statements of a quarter of the batches", [example for example in data if example.batch in quarter]),
        ("all statements of half the batches", [example for example in data if example.batch in half]),
        ("all statements of all batches", order),
    ]


def _figures(side: Sequence[Example], logits: Floats) -> str:
    judged = metrics.judge_raw(side, logits)
    return f"macro-F1 {metrics.macro_f1(judged):.3f}, flips {metrics.flip_rate(judged):.1%}"


if __name__ == "__main__":
    main(sys.argv[1:])
