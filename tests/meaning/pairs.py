"""Statements in other words, opposed, and about something else: written by hand, half to tune on, half set aside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

FOLDER: Final = Path(__file__).parent
HALVES: Final = ("dev", "test")
KINDS: Final = ("says", "again", "against", "beside")


@dataclass(frozen=True, slots=True)
class Written:
    """One statement of a half: which point it belongs to, and what it is to the one that `says` the point."""

    text: str
    point: int
    kind: str

    def is_near(self, other: Written) -> bool:
        """Whether the two speak to the same point, be it for or against."""
        return self.point == other.point and "beside" not in (self.kind, other.kind)


def written(half: str) -> list[Written]:
    """All statements of a half in their order."""
    points = yaml.safe_load((FOLDER / f"pairs_{half}.yml").read_text(encoding="utf-8"))
    return [
        Written(point[kind], number, kind) for number, point in enumerate(points) for kind in KINDS if kind in point
    ]
