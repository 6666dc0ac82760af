"""The file of soft labels: what the teacher makes of words, in logits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from extractors.encoder import Floats


def write(path: Path, keys: Sequence[str], logits: Floats) -> None:
    """Write logits, shape (keys, heads), in half precision."""
    order = np.argsort(np.array(keys))
    np.savez_compressed(path, keys=np.array(keys)[order], logits=logits[order].astype(np.float16))


def read(path: Path) -> dict[str, Floats]:
    """The logits by the key of the words that they are about (`extractors.model.targets.Words`)."""
    with np.load(path) as stored:
        return dict(zip(stored["keys"].tolist(), stored["logits"].astype(np.float32), strict=True))
