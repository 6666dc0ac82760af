"""Which files an export writes."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """What is written of each view."""

    PARQUET = "parquet"
    CSV = "csv"
    BOTH = "both"
