"""A larger network learns the labels, and the shipped one learns from its judgement (torch, transformers).

``python -m extractors.model.teacher BASE`` (``make teacher``, for a machine with a GPU), BASE being the folder of
all-mpnet-base-v2 (109 million weights, Apache-2.0): writes ``soft_labels.npz``. Five networks, each trained without one
fifth of the training batches, judge what they did not learn from; all other words get the mean of the five.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import MPNetModel

from extractors.heads import SIDES
from extractors.model import examples, fitting, metrics
from extractors.model.soft_labels import write
from extractors.model.targets import FOLDS, folds, labelled, pool, words_of
from extractors.records import Theme
from extractors.stance import CONTEXT_PIECES, MOST_PIECES, TITLE_PIECES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.encoder import Floats
    from extractors.model.examples import Example
    from extractors.model.targets import Words

FOLDER: Final = Path(__file__).parent
PLAN: Final = fitting.Plan(epochs=4, rows=32, warm_up=0.1, seed=20261127)
RATE, DECAY, HEAD_RATE, DROPOUT = 4e-5, 0.9, 4e-4, 0.1
BEGIN, END = 0, 2
"""The marks around a sequence, as the base numbers them."""


class Teacher(torch.nn.Module):
    """The larger encoder, and linear heads over the mean of the statement's own pieces."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = MPNetModel.from_pretrained(base)
        self.heads = torch.nn.Linear(self.encoder.config.hidden_size, 1 + len(SIDES) + len(Theme))
        self.dropout = torch.nn.Dropout(DROPOUT)

    def forward(self, pieces: torch.Tensor, types: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """Logits, shape (rows, heads); all arguments have the shape (rows, pieces)."""
        with torch.autocast(fitting.DEVICE, torch.bfloat16):
            vectors = self.encoder(input_ids=pieces, attention_mask=present.long()).last_hidden_state
        own = (present & (types == 0)).float()[:, :, None]
        logits: torch.Tensor = self.heads(self.dropout((vectors.float() * own).sum(1) / own.sum(1)))
        return logits

    def groups(self) -> list[dict[str, Any]]:
        """Parameter groups: lower layers learn more slowly."""
        layers = len(self.encoder.encoder.layer)
        found = [{"params": list(self.heads.parameters()), "rate": HEAD_RATE, "weight_decay": 0.01}]
        for name, part in self.encoder.named_parameters():
            depth = int(name.split(".")[2]) if name.startswith("encoder.layer.") else -1
            rate = RATE * DECAY ** (layers - 1 - depth)
            found.append({"params": [part], "rate": rate, "weight_decay": 0.01 * (part.ndim > 1)})
        return found


def main(arguments: Sequence[str]) -> None:
    """Train the five, print how they stand on what they did not see, and write their logits."""
    base = Path(arguments[0])
    data = examples.read(FOLDER / "data")
    part = folds(data.train)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    asked = [words_of(example, part) for example in (*data.train, *data.dev, *data.test)] + pool(data.train, part)
    rows = [row_of(tokenizer, words) for words in asked]
    known = [labelled(example, part) for example in data.train]
    found = np.zeros((FOLDS, len(asked), 1 + len(SIDES) + len(Theme)), np.float32)
    for fold in range(FOLDS):
        chosen = [at for at, target in enumerate(known) if target.words.fold != fold]
        torch.manual_seed(PLAN.seed + fold)
        teacher = Teacher(base)
        wanted = [known[at].values for at in chosen]
        fitting.fit(teacher, teacher.groups(), [rows[at] for at in chosen], wanted, PLAN)
        found[fold] = fitting.logits_of(teacher, rows)
    logits = np.stack(
        [found[:, at].mean(axis=0) if words.fold is None else found[words.fold, at] for at, words in enumerate(asked)]
    )
    write(FOLDER / "soft_labels.npz", [words.key for words in asked], logits)
    begin = 0
    for name, side in (("training, out of fold", data.train), ("development", data.dev), ("held out", data.test)):
        _say(name, side, logits[begin : begin + len(side)])
        begin += len(side)


def row_of(tokenizer: Tokenizer, words: Words) -> fitting.Row:
    """What the teacher reads of a statement: its own pieces, then the headline and the sentence before it."""
    text, title, before = (
        tokenizer.encode(part, add_special_tokens=False).ids for part in (words.text, words.title, words.before)
    )
    own = [BEGIN, *text[:MOST_PIECES], END]
    behind = [END, *title[:TITLE_PIECES], END, *before[-CONTEXT_PIECES:], END]
    return own + behind, [0] * len(own) + [1] * len(behind)


def _say(name: str, side: Sequence[Example], logits: Floats) -> None:
    judged = metrics.judge_raw(side, logits)
    sys.stdout.write(
        f"{name}: {len(side)} statements, macro-F1 {metrics.macro_f1(judged):.3f}, "
        f"flips {metrics.flip_rate(judged):.1%}\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
