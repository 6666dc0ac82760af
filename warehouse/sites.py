"""Sites: what each asks of machines, remembered so that it is asked once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class SiteRow:
    """What one site asks: the lines of its robots.txt that may concern us, and the path patterns that it reserves.

    ``origin`` is scheme, host and port, with a slash at the end.
    """

    origin: str
    fetched_at: datetime
    robots: str
    reserved: tuple[str, ...] = ()


def select_sites(warehouse: Warehouse) -> list[SiteRow]:
    """What all sites asked for when they were asked last."""
    return warehouse.select("select_sites", SiteRow)


def record_sites(warehouse: Warehouse, sites: Sequence[SiteRow]) -> None:
    """Remember what sites ask for, the latest of each."""
    if sites:
        with warehouse.staged("staged_sites", SiteRow, sites), warehouse.transaction():
            warehouse.execute("merge_sites")
