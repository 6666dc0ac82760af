"""The scheduled flow: poll, read, analyse, detect, deliver, publish, show."""

from __future__ import annotations

from functools import partial

from prefect import flow

from flows.artifacts import (
    count_news,
    record_dead_letters,
    record_events,
    record_feeds,
    record_report,
    record_summary,
    shown_progress,
)
from flows.batch_tasks import batched
from flows.measure import measured
from flows.pipeline import STAGES, is_report_behind, refresh_report, watch
from flows.run import open_run
from flows.settings import load_settings
from flows.skipping import skip
from warehouse.database import WarehouseBusyError


@flow(name="monitor", persist_result=False, validate_parameters=False)
async def monitor(*, all_feeds: bool = False) -> dict[str, int]:
    """One run over the configured feeds that are due (or all); returns what it did, by name."""
    try:
        async with open_run(load_settings(), "monitor", heavy=batched) as run:
            async with shown_progress("monitor", STAGES) as shown:
                stage = measured(run, shown)
                await watch(run, stage, all_feeds=all_feeds)
                if count_news(run.counts) or is_report_behind(run):
                    await stage("write report", partial(refresh_report, run))
            await record_events(run)
            await record_feeds("monitor", run)
            await record_dead_letters("monitor", run)
            await record_report(run)
    except WarehouseBusyError as busy:
        return skip(busy)
    await record_summary("monitor", run)
    return dict(run.counts)
