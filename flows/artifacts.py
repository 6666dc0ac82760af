"""What a run leaves in Prefect for people to read: its counts as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from flows.letters import tell_dead_letters
from warehouse.outbox import select_dead_letters

if TYPE_CHECKING:
    from collections import Counter

    from flows.run import Run


async def record_summary(flow: str, counts: Counter[str]) -> None:
    """A table of what the run did, under a key of the flow's own, so that runs can be compared."""
    rows = [{"what": name.replace("_", " "), "number": number} for name, number in sorted(counts.items()) if number]
    await acreate_table_artifact(key=f"{flow}-summary", table=rows, description=f"What this {flow} run did")


async def record_dead_letters(flow: str, run: Run) -> None:
    """Destinations that do not get what they are owed, where there are any."""
    if letters := select_dead_letters(run.warehouse, run.now):
        lines = "\n".join(f"- {tell_dead_letters(each)}" for each in letters)
        await acreate_markdown_artifact(key=f"{flow}-dead-letters", markdown=lines, description="Not delivered")
