"""A small BERT encoder with weights of one byte each: word pieces to vectors in context, in single precision.

The weights are those of all-MiniLM-L6-v2 (Apache-2.0), trained further for this task by ``extractors.model.train``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = NDArray[np.float32]

MAGIC = b"SWENC1\n"
HEADS, EPSILON = 12, 1e-12


class EncoderError(ValueError):
    """Bytes that are no encoder; the message says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: queries, keys and values in one matrix, output, two norms and the feed-forward part."""

    attend: Floats
    attend_bias: Floats
    output: Floats
    output_bias: Floats
    norm: tuple[Floats, Floats]
    widen: Floats
    widen_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    last_norm: tuple[Floats, Floats]


class Encoder:
    """Reads sequences of word pieces one at a time, so that an answer never depends on what stands beside it."""

    def __init__(self, arrays: dict[str, Floats], vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._words, self._places, self._types = arrays["words"], arrays["places"], arrays["types"]
        self._norm = (arrays["norm.weight"], arrays["norm.bias"])
        count = sum(name.endswith(".attend") for name in arrays)
        self._layers = [_layer(arrays, str(number)) for number in range(count)]

    @classmethod
    def from_bytes(cls, data: bytes) -> Encoder:
        """The encoder that a file written by ``to_bytes`` holds.

        Raises:
            EncoderError: the bytes are no such file.
        """
        return cls(*stored(data))

    def read(self, pieces: Sequence[int], types: Sequence[int]) -> Floats:
        """One vector for each piece, shape (pieces, 384); ``types`` is 0 for the text and 1 for its context."""
        return self.states(pieces, types)[-1]

    def states(self, pieces: Sequence[int], types: Sequence[int]) -> list[Floats]:
        """The vectors of the pieces before the first layer and behind each, the last as ``read`` gives them."""
        rows: Floats = self._words[pieces] + self._places[: len(pieces)] + self._types[types]
        found = [_normed(rows, self._norm)]
        for layer in self._layers:
            found.append(_through(layer, found[-1]))
        return found


def stored(data: bytes) -> tuple[dict[str, Floats], list[str]]:
    """The arrays and the vocabulary in a file written by ``to_bytes``.

    Raises:
        EncoderError: the bytes are no such file.
    """
    if not data.startswith(MAGIC):
        raise EncoderError("not an encoder; write it anew with make train")
    size = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4], "little")
    begin = len(MAGIC) + 4 + size
    head = json.loads(data[len(MAGIC) + 4 : begin])
    arrays = {}
    for name, (kind, shape, at) in head["arrays"].items():
        if name.endswith(".scale"):
            continue  # a part of its matrix, and no array of the network
        whole = np.frombuffer(data, np.dtype(kind), math.prod(shape), begin + at).reshape(shape)
        if kind == "int8":
            rows = head["arrays"][f"{name}.scale"]
            scale = np.frombuffer(data, np.dtype(rows[0]), math.prod(rows[1]), begin + rows[2])
            arrays[name] = whole.astype(np.float32) * scale[:, None].astype(np.float32)
        else:
            arrays[name] = whole.astype(np.float32)
    return arrays, head["vocabulary"]


def to_bytes(arrays: dict[str, Floats], vocabulary: Sequence[str]) -> bytes:
    """The bytes of an encoder: matrices as whole numbers from -127 to 127 with a scale for each row."""
    body: list[bytes] = []
    places: dict[str, tuple[str, list[int], int]] = {}
    at = 0
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name], dtype=np.float32)
        parts = {name: array}
        if array.ndim > 1:
            scale = np.maximum(np.abs(array).max(axis=1), 1e-8) / 127
            parts = {name: np.rint(array / scale[:, None]).astype(np.int8), f"{name}.scale": scale}
        for key, part in parts.items():
            places[key] = (part.dtype.name, list(part.shape), at)
            raw = part.tobytes()
            body.append(raw)
            at += len(raw)
    head = json.dumps({"arrays": places, "vocabulary": list(vocabulary)}, ensure_ascii=False).encode()
    return MAGIC + len(head).to_bytes(4, "little") + head + b"".join(body)


def _layer(arrays: dict[str, Floats], number: str) -> Layer:
    def part(name: str) -> Floats:
        return np.ascontiguousarray(arrays[f"{number}.{name}"])

    return Layer(
        part("attend").T,
        part("attend.bias"),
        part("output").T,
        part("output.bias"),
        (part("norm.weight"), part("norm.bias")),
        part("widen").T,
        part("widen.bias"),
        part("narrow").T,
        part("narrow.bias"),
        (part("last.weight"), part("last.bias")),
    )


def _through(layer: Layer, rows: Floats) -> Floats:
    count, width = rows.shape
    joined = (rows @ layer.attend + layer.attend_bias).reshape(count, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
    queries, keys, values = joined
    weights: Floats = queries @ keys.transpose(0, 2, 1) * np.float32(1 / math.sqrt(width // HEADS))
    weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    attended: Floats = (weights @ values).transpose(1, 0, 2).reshape(count, width)
    seen: Floats = attended @ layer.output + layer.output_bias
    rows = _normed(rows + seen, layer.norm)
    wide: Floats = rows @ layer.widen + layer.widen_bias
    wide *= np.float32(0.5) * (
        1 + np.tanh(np.float32(0.7978845608) * (wide + np.float32(0.044715) * wide * wide * wide))
    )
    narrowed: Floats = wide @ layer.narrow + layer.narrow_bias
    return _normed(rows + narrowed, layer.last_norm)


def _normed(rows: Floats, norm: tuple[Floats, Floats]) -> Floats:
    centred: Floats = rows - rows.mean(axis=-1, keepdims=True)
    spread: Floats = np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + np.float32(EPSILON))
    normed: Floats = centred / spread * norm[0] + norm[1]
    return normed
