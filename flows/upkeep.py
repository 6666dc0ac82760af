"""Upkeep: what is old enough forgotten, a verified copy a day, a fresh published file and board."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from prefect import flow

from flows.artifacts import record_feeds, record_report, record_summary
from flows.pipeline import publish_snapshot, refresh_report
from flows.run import open_run
from flows.settings import load_settings
from flows.stages import stage
from warehouse.copies import back_up
from warehouse.retention import forget_feed_texts, forget_fetches
from warehouse.runs import finish_run

if TYPE_CHECKING:
    from flows.run import Run


# once a day, and safe to begin anew: what cannot be done now (the warehouse is held, the disk is full) is tried later
@flow(name="upkeep", persist_result=False, validate_parameters=False, retries=2, retry_delay_seconds=900)
async def upkeep() -> dict[str, int]:
    """Keep the warehouse in order."""
    async with open_run(load_settings(), "upkeep", wait_seconds=600) as run:
        await stage("thin out", partial(thin_out, run))
        await stage("back up", partial(copy_warehouse, run))
        await stage("publish", partial(publish_snapshot, run))
        await stage("write report", partial(refresh_report, run))
        await record_feeds("upkeep", run)
        await record_report(run)
    await record_summary("upkeep", run.counts)
    return dict(run.counts)


async def thin_out(run: Run) -> int:
    """Forget what config/upkeep.yml gives a time; what was said and told is never forgotten."""
    kept = run.settings.upkeep
    run.counts["fetches_forgotten"] += forget_fetches(run.warehouse, run.now - timedelta(days=kept.fetch_days))
    texts = forget_feed_texts(run.warehouse, run.now - timedelta(days=kept.feed_text_days))
    run.counts["feed_texts_forgotten"] += texts
    return run.counts["fetches_forgotten"] + texts


async def copy_warehouse(run: Run) -> int:
    """Put a verified copy beside the warehouse and keep the newest ones; it shows this run as completed."""
    run.counts["backups"] += 1
    finish_run(run.warehouse, run.run_id, datetime.now(UTC), run.counts)
    settings = run.settings
    back_up(run.warehouse, run.now, keep=settings.upkeep.kept_copies, access=settings.places.access)
    return 1
