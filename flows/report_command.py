"""What `stancewatch report` does."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.archive_plan import read_since
from flows.report import write_report
from flows.settings import locate
from flows.workers import WorkerPool

if TYPE_CHECKING:
    from pathlib import Path


def make_report(folder: Path | None, since: str) -> Path:
    """Write the report; ``since`` is a day, or empty.

    Raises:
        ConfigError: ``since`` is no date.
        WarehouseError: nothing is published yet.
    """
    return asyncio.run(_write(folder, read_since(since) if since else None))


async def _write(folder: Path | None, since: datetime | None) -> Path:
    places = locate()
    async with WorkerPool(places.config, 1) as workers:
        return await write_report(places, workers, datetime.now(UTC), folder=folder, since=since)
