"""Fit what tells the themes to the readers' labels: heads over the finished encoder, and weights of words (torch)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from extractors.encoder import Encoder
from extractors.records import Theme
from extractors.stance import sequence_of
from extractors.theme_words import ThemeWords
from extractors.wordpiece import WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.encoder import Floats
    from extractors.model.examples import Example
    from extractors.stance import Reading

SEED, STEPS, RATE, DECAY, SHRINK = 20261126, 300, 0.02, 1e-4, 0.5
"""``SHRINK`` holds the weights of words small: the sum of their squares counts so much, divided by the examples."""


def fit_themes(encoder: bytes, train: Sequence[Example]) -> tuple[torch.nn.Linear, ThemeWords]:
    """A linear layer over statements' vectors and weights of their words, which together give the themes' logits."""
    reader = Encoder.from_bytes(encoder)
    pieces, size = WordPieces(reader.vocabulary), len(reader.vocabulary)
    read = [sequence_of(pieces, one.text, one.before, one.title) for one in train]
    vectors = torch.tensor(np.stack([vector_of(reader, one) for one in read]))
    wanted = torch.tensor([[one.theme_share(theme) for theme in Theme] for one in train])
    bags = _bags(read, size)
    torch.manual_seed(SEED)
    linear = torch.nn.Linear(vectors.shape[1], len(Theme))
    words = torch.zeros(2 * size, len(Theme), requires_grad=True)
    groups: list[dict[str, Any]] = [
        {"params": list(linear.parameters()), "weight_decay": DECAY},
        {"params": [words], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=RATE)
    decline = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.02, STEPS)
    for _ in range(STEPS):
        logits = linear(vectors) + torch.sparse.mm(bags, words)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, wanted)
        loss = loss + SHRINK * (words**2).sum() / len(train)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        decline.step()
    weights = words.detach().numpy()
    return linear, ThemeWords(weights[:size], weights[size:])


def vector_of(reader: Encoder, read: Reading) -> Floats:
    """The mean of the vectors of a statement's own pieces, shape (width,)."""
    mean: Floats = reader.read(read.pieces, read.types)[: len(read.starts) + 2].mean(axis=0)
    return mean


def _bags(read: Sequence[Reading], size: int) -> torch.Tensor:
    """A sparse matrix of ones, shape (statements, 2 * vocabulary): words of the statement, then of the headline."""
    places = [
        (row, place)
        for row, one in enumerate(read)
        for place in (*sorted({*one.own}), *(size + place for place in sorted({*one.title})))
    ]
    return torch.sparse_coo_tensor(
        torch.tensor(places).T, torch.ones(len(places)), (len(read), 2 * size), check_invariants=True
    ).coalesce()
