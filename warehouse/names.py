"""What the configuration calls themes and bodies, beside the rows that use their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme as in the view themes."""

    theme: str
    label: str
    covers: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A known organisation and the other names it is printed under."""

    organisation: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownName:
    """A notable person and the other names he or she is printed under."""

    person: str
    aliases: tuple[str, ...]


def sync_names(
    warehouse: Warehouse, themes: Sequence[ThemeRow], bodies: Sequence[BodyRow], people: Sequence[KnownName] = ()
) -> None:
    """Bring the configuration's names into the store; what it no longer has goes, and nothing else changes."""
    with (
        warehouse.staged("staged_themes", ThemeRow, themes),
        warehouse.staged("staged_bodies", BodyRow, bodies),
        warehouse.staged("staged_people", KnownName, people),
        warehouse.transaction(),
    ):
        for step in ("delete_themes", "sync_themes", "delete_bodies", "sync_bodies", "delete_people", "sync_people"):
            warehouse.execute(step)
