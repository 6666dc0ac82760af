"""The training loop that the small network and its teacher share (torch)."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional

from extractors.heads import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.encoder import Floats

THEME_WEIGHT = 1.5
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

Row = tuple[list[int], list[int]]
"""Word pieces and their types: 0 for the statement's own, 1 for its context."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: passes over the data, rows a step, share of the steps in which the rate rises, seed."""

    epochs: int
    rows: int
    warm_up: float
    seed: int


def fit(
    network: torch.nn.Module, groups: list[dict[str, Any]], rows: Sequence[Row], targets: Sequence[Floats], plan: Plan
) -> None:
    """Train ``network`` in place; each group of parameters carries its own top ``rate``."""
    torch.manual_seed(plan.seed)
    shuffled = random.Random(plan.seed)  # noqa: S311 - an order, no secret
    network.to(DEVICE)
    optimiser = torch.optim.AdamW(groups, lr=0.0)
    steps, step, started = plan.epochs * -(-len(rows) // plan.rows), 0, time.monotonic()
    for epoch in range(plan.epochs):
        network.train()
        lost = 0.0
        for chosen in batches(rows, plan.rows, shuffled):
            share = min(1.0, step / (plan.warm_up * steps)) * (steps - step) / steps
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * share
            loss = loss_of(_logits(network, [rows[at] for at in chosen]), np.stack([targets[at] for at in chosen]))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step, lost = step + 1, lost + loss.item()
        told = f"epoch {epoch + 1}: loss {lost * plan.epochs / steps:.3f}, {time.monotonic() - started:.0f} s\n"
        sys.stdout.write(told)
        sys.stdout.flush()
    network.eval()


def loss_of(logits: torch.Tensor, targets: Floats) -> torch.Tensor:
    """Cross-entropy of gate, direction and themes; the direction counts as much as there is a side at all.

    Args:
        logits: Shape (rows, 1 + sides + themes).
        targets: Shape (rows, sides + themes), the chance of each.
    """
    wanted = torch.as_tensor(targets, device=logits.device)
    sides, themes = wanted[:, : len(SIDES)], wanted[:, len(SIDES) :]
    gate = functional.binary_cross_entropy_with_logits(logits[:, 0], sides.sum(1))
    direction = -(sides * functional.log_softmax(logits[:, 1 : 1 + len(SIDES)], dim=1)).sum(1).mean()
    of_themes = functional.binary_cross_entropy_with_logits(logits[:, 1 + len(SIDES) :], themes)
    return gate + 2 * direction + THEME_WEIGHT * of_themes


def logits_of(network: torch.nn.Module, rows: Sequence[Row]) -> Floats:
    """What the network makes of each row, shape (rows, 1 + sides + themes)."""
    order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]))
    found: list[Floats] = [np.empty(0, np.float32)] * len(rows)
    with torch.no_grad():
        for begin in range(0, len(order), 64):
            chosen = order[begin : begin + 64]
            for at, row in zip(chosen, _logits(network, [rows[at] for at in chosen]).cpu().numpy(), strict=True):
                found[at] = row
    return np.stack(found)


def batches(rows: Sequence[Row], size: int, shuffled: random.Random) -> Iterator[list[int]]:
    """Places of rows of like length, in random order."""
    order = list(range(len(rows)))
    shuffled.shuffle(order)
    pools = [order[at : at + 20 * size] for at in range(0, len(order), 20 * size)]
    found = []
    for pool in pools:
        pool.sort(key=lambda at: len(rows[at][0]))
        found += [pool[at : at + size] for at in range(0, len(pool), size)]
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
    return pieces.to(DEVICE), types.to(DEVICE), present.to(DEVICE)


def _logits(network: torch.nn.Module, rows: Sequence[Row]) -> torch.Tensor:
    found: torch.Tensor = network(*tensors(rows)).float()
    return found
