"""Train the stance model from data/*.jsonl: the encoder and its heads together, then calibration and thresholds.

``python -m extractors.model.train BASE`` (``make train``), BASE being the folder with MiniLM's weights: writes
``encoder.bin`` and ``stance.json``. The same data, seed and machine give the same bytes. Without BASE only calibration
and thresholds are chosen anew.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from torch.nn import functional

from extractors.encoder import to_bytes
from extractors.model import examples, metrics, theme_figures
from extractors.model.calibrate import calibrate
from extractors.model.minilm import Network, groups, read_base
from extractors.records import Stance, Theme
from extractors.stance import SIDES, Probabilities, Scores, StanceModel, sequence_of
from extractors.wordpiece import WordPieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.encoder import Floats
    from extractors.model.examples import Example

FOLDER: Final = Path(__file__).parent
SEED, EPOCHS, ROWS = 20261126, 6, 32
RATE, DECAY, DROPOUT, WARM_UP = 2e-4, 0.85, 0.1, 0.1
THEME_WEIGHT, SMOOTHING = 1.5, 0.04
PRECISION, FEWEST_CALLS = 0.9, 25
THRESHOLDS: Final = tuple(step / 4 for step in range(-10, 7))
HINTS: Final = tuple(step / 2 for step in range(9))

Row = tuple[list[int], list[int]]


def main(arguments: Sequence[str]) -> None:
    """Train on the training split, choose calibration and thresholds on the development split, write the artefact."""
    data = examples.read(FOLDER / "data")
    if arguments:
        arrays, vocabulary = read_base(Path(arguments[0]))
        network = fit(arrays, WordPieces(vocabulary), data.train)
        encoder = to_bytes(network.plain(), vocabulary)
        (FOLDER / "encoder.bin").write_bytes(encoder)
        head = heads(network, encoder)
    else:
        encoder, head = (FOLDER / "encoder.bin").read_bytes(), json.loads((FOLDER / "stance.json").read_bytes())
    head = settled(head, encoder, data.dev)
    head["version"] = f"minilm-{hashlib.sha256(json.dumps(head | {'version': ''}).encode()).hexdigest()[:8]}"
    (FOLDER / "stance.json").write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
    told = f"{head['version']}: {len(encoder):,} bytes, {len(data.train)} statements"
    sys.stdout.write(f"{told}, alerts from {head['alert_threshold']}\n")


def fit(arrays: dict[str, Floats], pieces: WordPieces, train: Sequence[Example]) -> Network:
    """The network trained on ``train``."""
    torch.manual_seed(SEED)
    shuffled = random.Random(SEED)  # noqa: S311 - an order, no secret
    network = Network(arrays, len(SIDES), len(Theme), DROPOUT)
    parts = groups(network, RATE, DECAY)
    optimiser = torch.optim.AdamW(parts, lr=RATE)
    rows = [sequence_of(pieces, example.text, example.before, example.title)[:2] for example in train]
    steps, step, started = EPOCHS * -(-len(rows) // ROWS), 0, time.monotonic()
    for epoch in range(EPOCHS):
        network.train()
        lost = 0.0
        for chosen in batches(rows, shuffled):
            share = min(1.0, step / (WARM_UP * steps)) * (steps - step) / steps
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * share
            loss = loss_of(network(*tensors([rows[at] for at in chosen])), [train[at] for at in chosen])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step, lost = step + 1, lost + loss.item()
        sys.stdout.write(f"epoch {epoch + 1}: loss {lost * EPOCHS / steps:.3f}, {time.monotonic() - started:.0f} s\n")
        sys.stdout.flush()
    network.eval()
    return network


def logits_of(network: Network, pieces: WordPieces, part: Sequence[Example]) -> list[Floats]:
    """What the network itself, not yet rounded to whole numbers, makes of each example."""
    rows = [sequence_of(pieces, example.text, example.before, example.title)[:2] for example in part]
    with torch.no_grad():
        return [network(*tensors([row]))[0].numpy() for row in rows]


def batches(rows: Sequence[Row], shuffled: random.Random) -> Iterator[list[int]]:
    """Places of rows of like length, in random order."""
    order = list(range(len(rows)))
    shuffled.shuffle(order)
    pools = [order[at : at + 20 * ROWS] for at in range(0, len(order), 20 * ROWS)]
    found = []
    for pool in pools:
        pool.sort(key=lambda at: len(rows[at][0]))
        found += [pool[at : at + ROWS] for at in range(0, len(pool), ROWS)]
    shuffled.shuffle(found)
    yield from found


def tensors(rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Pieces, types and which of them are present, of rows filled up to one length."""
    shape = (len(rows), max(len(pieces) for pieces, _ in rows))
    pieces, types = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    present = torch.zeros(shape, dtype=torch.bool)
    for at, (own, kinds) in enumerate(rows):
        pieces[at, : len(own)], types[at, : len(own)] = torch.tensor(own), torch.tensor(kinds)
        present[at, : len(own)] = True
    return pieces, types, present


def loss_of(logits: torch.Tensor, chosen: Sequence[Example]) -> torch.Tensor:
    """Gate, direction of those that have one, and themes as the two readers gave them."""
    sided = torch.tensor([example.stance in SIDES for example in chosen])
    gate = sided.float() * (1 - SMOOTHING) + SMOOTHING / 2
    loss = functional.binary_cross_entropy_with_logits(logits[:, 0], gate)
    if bool(sided.any()):
        sides = torch.tensor([SIDES.index(example.stance) for example in chosen if example.stance in SIDES])
        directions = functional.cross_entropy(logits[sided, 1 : 1 + len(SIDES)], sides, label_smoothing=SMOOTHING)
        loss = loss + 2 * directions * sided.float().mean()
    themes = torch.tensor([[example.theme_share(theme) for theme in Theme] for example in chosen])
    of_themes = functional.binary_cross_entropy_with_logits(logits[:, 1 + len(SIDES) :], themes)
    return loss + THEME_WEIGHT * of_themes


def heads(network: Network, encoder: bytes) -> dict[str, Any]:
    """``stance.json`` before calibration."""
    weights, bias = network.heads.weight.detach().numpy(), network.heads.bias.detach().numpy()
    rows = [
        {"bias": round(float(b), 5), "weights": [round(float(w), 5) for w in ws]}
        for ws, b in zip(weights, bias, strict=True)
    ]
    digest = hashlib.sha256(encoder).hexdigest()
    return {
        "version": "",
        "alert_threshold": 1.0,
        "encoder": {"sha256": digest, "base": "all-MiniLM-L6-v2", "licence": "Apache-2.0"},
        "calibration": {"gate_slope": 1.0, "gate_shift": 0.0, "direction_slope": 1.0},
        "gate": rows[0],
        "direction": dict(zip(SIDES, rows[1 : 1 + len(SIDES)], strict=True)),
        "themes": dict(zip(Theme, rows[1 + len(SIDES) :], strict=True)),
        "theme_rule": {"threshold": 0.0, "hint": 0.0},
    }


def settled(head: dict[str, Any], encoder: bytes, dev: Sequence[Example]) -> dict[str, Any]:
    """The heads with the calibration, the rule for themes and the alert threshold that suit the development split."""
    model = StanceModel.from_bytes(json.dumps(head).encode(), encoder)
    logits = np.stack([model.scores(example.text, example.before, example.title) for example in dev])
    scores = [scores_of(row) for row in logits]
    calibration = calibrate(scores, [example.stance for example in dev])
    judged = [judge(example, calibration.probabilities(one)) for example, one in zip(dev, scores, strict=True)]
    return head | {
        "alert_threshold": metrics.alert_threshold(judged, PRECISION, FEWEST_CALLS),
        "calibration": asdict(calibration),
        "theme_rule": theme_rule(logits[:, 1 + len(SIDES) :], dev),
    }


def scores_of(row: Floats) -> Scores:
    """The stance's part of an example's logits."""
    return Scores(float(row[0]), tuple(float(one) for one in row[1 : 1 + len(SIDES)]))


def theme_rule(logits: Floats, dev: Sequence[Example]) -> dict[str, float]:
    """The threshold and the weight of phrases that give the best micro-F1; ``logits`` has the shape (dev, themes)."""
    tagger = theme_figures.read_tagger()
    found = [theme_figures.by_rules(tagger, one) for one in dev]
    named = np.array([[theme in themes for theme in Theme] for themes in found])
    gold = np.array([[theme in one.themes for theme in Theme] for one in dev])
    least, hint = max(
        itertools.product(THRESHOLDS, HINTS), key=lambda rule: _f1(gold, logits + rule[1] * named >= rule[0])
    )
    return {"threshold": least, "hint": hint}


def judge(example: Example, found: Probabilities) -> metrics.Judged:
    """What a model made of an example."""
    stance: Stance = found.stance
    return metrics.Judged(example.stance, stance, found.of(stance))


def _f1(gold: np.ndarray[Any, Any], called: np.ndarray[Any, Any]) -> float:
    return float(2 * (gold & called).sum() / max(1, gold.sum() + called.sum()))


if __name__ == "__main__":
    main(sys.argv[1:])
