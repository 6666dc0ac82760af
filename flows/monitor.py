"""The scheduled flow: poll, read, analyse, detect, deliver, publish."""

from __future__ import annotations

from prefect import flow

from flows.artifacts import record_dead_letters, record_summary
from flows.pipeline import watch
from flows.run import open_run
from flows.settings import load_settings
from flows.stages import stage


@flow(name="monitor", persist_result=False, validate_parameters=False)
async def monitor(*, all_feeds: bool = False) -> dict[str, int]:
    """One run over the configured feeds that are due (or all); returns what it did, by name."""
    async with open_run(load_settings(), "monitor") as run:
        await watch(run, stage, all_feeds=all_feeds)
        await record_dead_letters("monitor", run)
    await record_summary("monitor", run.counts)
    return dict(run.counts)
