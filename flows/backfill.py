"""History, silently: seed documents, files of older articles, and what publishers' archives still offer."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from prefect import flow

from flows.archive_plan import make_plan
from flows.artifacts import record_summary
from flows.batch_tasks import batched
from flows.imports import import_articles
from flows.pipeline import fill_in, judge, settle
from flows.run import Run, open_run
from flows.seeds import load_seeds, seed_folders
from flows.settings import load_settings
from flows.stages import stage

log = logging.getLogger("stancewatch")


@flow(name="backfill", persist_result=False, validate_parameters=False)
async def backfill(file: str = "", seeds: str = "", since: str = "", feeds: tuple[str, ...] = ()) -> dict[str, int]:
    """Load the seeds (from ``seeds`` or the usual folders) and, if given, the articles of the JSONL ``file``.

    With ``since``, a date, walk the archives of ``feeds`` (none named: of all) back to it.
    """
    settings = load_settings()
    folders = (Path(seeds),) if seeds else seed_folders(settings)
    async with open_run(settings, "backfill", heavy=batched) as run:
        await stage("load seeds", partial(load_seeds, run, folders))
        if file:
            await stage("import articles", partial(import_history, run, Path(file)))
        if since:
            await fill_in(run, stage, make_plan(since, feeds, settings.feeds.archive), log.info)
        else:
            await settle(run, stage)
    await record_summary("backfill", run)
    return dict(run.counts)


async def import_history(run: Run, file: Path) -> int:
    """Store the articles of ``file`` as history; returns how many lines were taken."""
    return (await import_articles(run, file, judge)).taken
