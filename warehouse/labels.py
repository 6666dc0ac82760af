"""Labels before and after they are derived anew by another engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class LabelChange:
    """How many statements went from one stance to another; None: not found before, or no longer."""

    old_stance: str | None
    new_stance: str | None
    statements: int
    with_other_themes: int


def remember_labels(warehouse: Warehouse, model_version: str) -> None:
    """Keep the labels that an engine other than ``model_version`` gave, for as long as the warehouse is open."""
    warehouse.execute("remember_labels", model_version=model_version)


def compare_labels(warehouse: Warehouse) -> list[LabelChange]:
    """What became of the remembered labels, the most frequent change first."""
    return warehouse.select("compare_labels", LabelChange)
