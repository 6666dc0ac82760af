"""Upkeep: what is old enough forgotten, a verified copy a day, a fresh published file and board."""

from __future__ import annotations

from functools import partial

from prefect import flow

from flows.artifacts import record_feeds, record_report, record_summary
from flows.measure import measured
from flows.pipeline import keep, refresh_report
from flows.run import PATIENCE_SECONDS, open_run
from flows.settings import load_settings
from flows.skipping import skip
from flows.stages import stage
from warehouse.database import WarehouseBusyError


# once a day, and safe to begin anew: what cannot be done now (the warehouse is held, the disk is full) is tried later
@flow(name="upkeep", persist_result=False, validate_parameters=False, retries=2, retry_delay_seconds=900)
async def upkeep() -> dict[str, int]:
    """Keep the warehouse in order."""
    try:
        async with open_run(load_settings(), "upkeep", wait_seconds=PATIENCE_SECONDS) as run:
            step = measured(run, stage)
            await keep(run, step)
            await step("write report", partial(refresh_report, run))
            await record_feeds("upkeep", run)
            await record_report(run)
    except WarehouseBusyError as busy:
        return skip(busy)
    await record_summary("upkeep", run)
    return dict(run.counts)
