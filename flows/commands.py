"""Commands that change the warehouse without a flow: import and seeds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from flows.heavy_half import as_configured
from flows.imports import import_articles
from flows.pipeline import judge, settle, tell
from flows.run import WAIT_SECONDS, open_run
from flows.seeds import fetch_seeds, find_seeds, load_seeds, seed_folders
from flows.settings import load_settings
from flows.summary import summarise
from flows.wording import count_words

if TYPE_CHECKING:
    from pathlib import Path

    from flows.seeds import SeedFile


def import_file(file: Path, *, is_live: bool) -> str:
    """Import a JSONL file, settling what comes of it in the order of time; returns what was done, in one line.

    Raises:
        OSError: the file cannot be read.
    """
    return asyncio.run(_import(file, is_live=is_live))


async def _import(file: Path, *, is_live: bool) -> str:
    with file.open("rb"):
        pass  # a file that is not there is said before the warehouse is touched
    async with open_run(load_settings(), "import", wait_seconds=WAIT_SECONDS, heavy=as_configured) as run:
        imported = await import_articles(run, file, judge, is_live=is_live)
        await tell(run.later())
    refused = f", {imported.refused} refused (see above and the view drops)" if imported.refused else ""
    return f"{count_words(imported.taken, 'line', 'lines')} taken{refused}; {summarise(run.counts)}"


def load_seed_documents(folder: Path | None) -> str:
    """Load the seeds from ``folder`` or the usual ones; returns what was done, in one line."""
    return asyncio.run(_load(folder))


async def _load(folder: Path | None) -> str:
    settings = load_settings()
    folders = (folder,) if folder else seed_folders(settings)
    async with open_run(settings, "seeds", wait_seconds=WAIT_SECONDS) as run:
        await load_seeds(run, folders)
        await settle(run)
    return f"{run.counts['seeds_loaded']} seeds newly loaded; {summarise(run.counts)}"


def fetch_seed_documents() -> str:
    """Get missing seeds from their publishers; returns what was done, in one line."""
    return asyncio.run(_fetch())


async def _fetch() -> str:
    settings = load_settings()
    async with open_run(settings, "seeds", wait_seconds=WAIT_SECONDS) as run:
        fetched = await fetch_seeds(run, seed_folders(settings))
        await settle(run)
    return f"{fetched} seeds fetched; {summarise(run.counts)}"


def seed_status(folder: Path | None) -> list[SeedFile]:
    """Each configured seed as it is found."""
    settings = load_settings()
    return find_seeds(settings.seeds.seeds, (folder,) if folder else seed_folders(settings))
