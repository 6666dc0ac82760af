"""Upkeep: what is old enough forgotten, a verified copy a day, a fresh published file and board."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from prefect import flow

from flows.artifacts import record_feeds, record_report, record_summary
from flows.measure import measured
from flows.pipeline import publish_snapshot, refresh_report
from flows.run import end_run, open_run
from flows.settings import load_settings
from flows.stages import stage
from warehouse.copies import back_up
from warehouse.retention import forget_feed_texts, forget_fetches
from warehouse.tending import tend

if TYPE_CHECKING:
    from flows.run import Run


# once a day, and safe to begin anew: what cannot be done now (the warehouse is held, the disk is full) is tried later
@flow(name="upkeep", persist_result=False, validate_parameters=False, retries=2, retry_delay_seconds=900)
async def upkeep() -> dict[str, int]:
    """Keep the warehouse in order."""
    async with open_run(load_settings(), "upkeep", wait_seconds=600) as run:
        step = measured(run, stage)
        await step("thin out", partial(thin_out, run))
        await step("back up", partial(copy_warehouse, run))
        await step("tend", partial(tend_lake, run))
        await step("publish", partial(publish_snapshot, run))
        await step("write report", partial(refresh_report, run))
        await record_feeds("upkeep", run)
        await record_report(run)
    await record_summary("upkeep", run)
    return dict(run.counts)


async def thin_out(run: Run) -> int:
    """Forget what config/upkeep.yml gives a time; what was said and told is never forgotten."""
    kept = run.settings.upkeep
    run.counts["fetches_forgotten"] += forget_fetches(run.warehouse, run.now - timedelta(days=kept.fetch_days))
    texts = forget_feed_texts(run.warehouse, run.now - timedelta(days=kept.feed_text_days))
    run.counts["feed_texts_forgotten"] += texts
    return run.counts["fetches_forgotten"] + texts


async def tend_lake(run: Run) -> int:
    """Keep a lake's files and snapshots from growing with every run; a warehouse file needs nothing."""
    before = run.now - timedelta(days=run.settings.upkeep.snapshot_days)
    deleted = tend(run.warehouse, before)
    if deleted:
        run.counts["lake_files_deleted"] += deleted
    return deleted


async def copy_warehouse(run: Run) -> int:
    """Put a verified copy beside the warehouse and keep the newest ones; it shows this run as completed."""
    run.counts["backups"] += 1
    end_run(run)
    settings = run.settings
    back_up(run.warehouse, run.now, keep=settings.upkeep.kept_copies, access=settings.places.access)
    return 1
