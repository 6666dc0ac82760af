"""History, silently: seed documents and files of older articles."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from prefect import flow

from flows.artifacts import record_summary
from flows.imports import import_articles
from flows.pipeline import settle
from flows.run import Run, open_run
from flows.seeds import load_seeds, seed_folders
from flows.settings import load_settings
from flows.stages import stage


@flow(name="backfill", persist_result=False, validate_parameters=False)
async def backfill(file: str = "", seeds: str = "") -> dict[str, int]:
    """Load the seeds (from ``seeds`` or the usual folders) and, if given, the articles of the JSONL ``file``."""
    settings = load_settings()
    folders = (Path(seeds),) if seeds else seed_folders(settings)
    async with open_run(settings, "backfill") as run:
        await stage("load seeds", partial(load_seeds, run, folders))
        if file:
            await stage("import articles", partial(import_history, run, Path(file)))
        await settle(run, stage)
    await record_summary("backfill", run.counts)
    return dict(run.counts)


async def import_history(run: Run, file: Path) -> int:
    """Store the articles of ``file`` as history; returns how many lines were taken."""
    return import_articles(run, file).taken
