"""Upkeep: a verified copy of the warehouse a day, old fetch records thinned out, a fresh published file and board."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from prefect import flow

from flows.artifacts import record_feeds, record_report, record_summary
from flows.pipeline import publish_snapshot, refresh_report
from flows.run import open_run
from flows.settings import load_settings
from flows.stages import stage
from warehouse.copies import back_up, forget_fetches

if TYPE_CHECKING:
    from flows.run import Run

KEPT_COPIES = 7
KEPT_FETCHES = timedelta(days=90)


@flow(name="upkeep", persist_result=False, validate_parameters=False)
async def upkeep() -> dict[str, int]:
    """Keep the warehouse in order."""
    async with open_run(load_settings(), "upkeep", wait_seconds=600) as run:
        await stage("thin out fetches", partial(thin_out, run))
        await stage("back up", partial(copy_warehouse, run))
        await stage("publish", partial(publish_snapshot, run))
        await stage("write report", partial(refresh_report, run))
        await record_feeds("upkeep", run)
        await record_report(run)
    await record_summary("upkeep", run.counts)
    return dict(run.counts)


async def thin_out(run: Run) -> int:
    """Forget the records of requests older than KEPT_FETCHES; articles and statements are never forgotten."""
    run.counts["fetches_forgotten"] += forget_fetches(run.warehouse, run.now - KEPT_FETCHES)
    return run.counts["fetches_forgotten"]


async def copy_warehouse(run: Run) -> int:
    """Put a verified copy beside the warehouse and keep the newest ones."""
    back_up(run.warehouse, run.now, keep=KEPT_COPIES)
    run.counts["backups"] += 1
    return 1
