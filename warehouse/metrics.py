"""Figures of the published file for those who watch the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from warehouse.database import WarehouseError, one_line, query_text
from warehouse.published import open_published
from warehouse.rows import fetch_records

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name and the values of its labels (empty: it has none)."""

    name: str
    label: str
    other: str
    number: float


def read_figures(warehouse: Path, now: datetime) -> list[Figure]:
    """All that is measured, from the published file; takes little memory and one core.

    Raises:
        WarehouseError: nothing is published, or it was by another version.
    """
    with open_published(warehouse) as connection:
        try:
            connection.execute(query_text("spare_reading"))
            return fetch_records(connection.execute(query_text("count_metrics"), {"now": now}), Figure)
        except duckdb.Error as error:
            raise WarehouseError(f"{warehouse}: the published file cannot be measured: {one_line(error)}") from None
