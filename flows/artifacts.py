"""What a run leaves in Prefect for people to read: its counts as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefect.artifacts import acreate_table_artifact

if TYPE_CHECKING:
    from collections import Counter


async def record_summary(flow: str, counts: Counter[str]) -> None:
    """A table of what the run did, under a key of the flow's own, so that runs can be compared."""
    rows = [{"what": name.replace("_", " "), "number": number} for name, number in sorted(counts.items()) if number]
    await acreate_table_artifact(key=f"{flow}-summary", table=rows, description=f"What this {flow} run did")
