"""The encoder as a trainable network (torch), and the way back to plain arrays. For training only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional

from extractors.encoder import EPSILON, HEADS
from extractors.model.base import LAYERS

if TYPE_CHECKING:
    from extractors.encoder import Floats

WIDTH = 384


class Network(nn.Module):
    """Encoder and heads: ``forward`` gives the logits of gate, sides and themes.

    It trains copies: ``arrays`` stay as they are, so that several networks can begin from one base.
    """

    def __init__(self, arrays: dict[str, Floats], sides: int, themes: int, dropout: float) -> None:
        super().__init__()
        self.arrays = nn.ParameterDict(
            {_key(name): nn.Parameter(torch.tensor(array)) for name, array in arrays.items()}
        )
        self.heads = nn.Linear(WIDTH, 1 + sides + themes)
        self.dropout = dropout

    def forward(self, pieces: torch.Tensor, types: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """Logits, shape (rows, heads); all arguments have the shape (rows, pieces)."""
        rows = self._part("words")[pieces] + self._part("places")[: pieces.shape[1]] + self._part("types")[types]
        rows = self._dropped(self._normed(rows, "norm"))
        mask = present[:, None, None, :]
        for number in range(LAYERS):
            rows = self._layer(rows, mask, str(number))
        own = (present & (types == 0)).float()[:, :, None]
        logits: torch.Tensor = self.heads(self._dropped((rows * own).sum(1) / own.sum(1)))
        return logits

    def _layer(self, rows: torch.Tensor, mask: torch.Tensor, number: str) -> torch.Tensor:
        count, length, _ = rows.shape
        joined = functional.linear(rows, self._part(f"{number}.attend"), self._part(f"{number}.attend.bias"))
        parts = joined.view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        rate = self.dropout if self.training else 0.0
        seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask, dropout_p=rate)
        seen = self._linear(seen.transpose(1, 2).reshape(count, length, WIDTH), f"{number}.output")
        rows = self._normed(rows + self._dropped(seen), f"{number}.norm")
        wide = functional.gelu(self._linear(rows, f"{number}.widen"), approximate="tanh")
        return self._normed(rows + self._dropped(self._linear(wide, f"{number}.narrow")), f"{number}.last")

    def _linear(self, rows: torch.Tensor, name: str) -> torch.Tensor:
        return functional.linear(rows, self._part(name), self._part(f"{name}.bias"))

    def _normed(self, rows: torch.Tensor, name: str) -> torch.Tensor:
        return functional.layer_norm(rows, (WIDTH,), self._part(f"{name}.weight"), self._part(f"{name}.bias"), EPSILON)

    def _dropped(self, rows: torch.Tensor) -> torch.Tensor:
        return functional.dropout(rows, self.dropout, self.training)

    def _part(self, name: str) -> torch.Tensor:
        part: torch.Tensor = self.arrays[_key(name)]
        return part

    def plain(self) -> dict[str, Floats]:
        """The encoder's arrays, as ``extractors.encoder`` reads them."""
        return {name.replace("-", "."): part.detach().numpy() for name, part in self.arrays.items()}


def groups(network: Network, rate: float, decay: float) -> list[dict[str, Any]]:
    """Parameter groups: lower layers learn more slowly by ``decay`` a layer, the heads five times as fast."""
    found = [{"params": list(network.heads.parameters()), "rate": 5 * rate, "weight_decay": 0.01}]
    for name, part in network.arrays.items():
        depth = int(name[0]) if name[0].isdigit() else -1
        found.append(
            {"params": [part], "rate": rate * decay ** (LAYERS - 1 - depth), "weight_decay": 0.01 * (part.ndim > 1)}
        )
    return found


def _key(name: str) -> str:
    return name.replace(".", "-")
