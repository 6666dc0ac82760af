"""The digest flow: what is due by the clock (digests, what quiet hours held, signs of life), without polling first."""

from __future__ import annotations

from prefect import flow

from flows.artifacts import record_dead_letters, record_summary
from flows.pipeline import tell
from flows.run import PATIENCE_SECONDS, open_run
from flows.settings import load_settings
from flows.skipping import skip
from flows.stages import stage
from warehouse.database import WarehouseBusyError


@flow(name="digest", persist_result=False, validate_parameters=False)
async def digest() -> dict[str, int]:
    """Send what is due; a digest is sent once, however often this runs."""
    try:
        async with open_run(load_settings(), "digest", wait_seconds=PATIENCE_SECONDS) as run:
            await tell(run, stage)
            await record_dead_letters("digest", run)
    except WarehouseBusyError as busy:
        return skip(busy)
    await record_summary("digest", run)
    return dict(run.counts)
