"""How long a run may wait and how much it is given to read: a short world for every test run, or the whole of it."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """``limits`` stand in place of those in the shipped feeds.yml; costly inputs are cut to a ``share``th."""

    limits: dict[str, float]
    share: int

    def many(self, number: int) -> int:
        """How often a costly input repeats itself where the whole world has it ``number`` times."""
        return number // self.share


SIZE = {"short": Size({"total_seconds": 6.0, "gap_seconds": 0.1}, 20), "whole": Size({}, 1)}[
    os.environ.get("HOSTILE_WORLD", "short")
]
