"""What `stancewatch report` does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from flows import clock
from flows.archive_plan import read_since
from flows.report import write_report
from flows.settings import locate
from flows.wording import LONDON

if TYPE_CHECKING:
    from pathlib import Path


def make_report(folder: Path | None, since: str) -> Path:
    """Write the report; ``since`` is a day by London's clock, or empty.

    Raises:
        UsageError: ``since`` is no date.
        WarehouseError: nothing is published yet.
    """
    begin = read_since(since, LONDON) if since else None
    return asyncio.run(write_report(locate(), clock.now(), folder=folder, since=begin))
