"""`stancewatch backfill` as a user runs it: killed in the middle and run again, nothing is lost and nothing doubled."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from tests.flows.press import Press, environment

if TYPE_CHECKING:
    from tests.flows.loopback import Script

ROOT = Path(__file__).parents[2]
SINCE = "2024-01-01"


async def start(surroundings: dict[str, str]) -> asyncio.subprocess.Process:
    """The command, as a user starts it."""
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "flows.cli", "backfill", "--since", SINCE]
    return await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **surroundings}, cwd=ROOT, stdout=pipe, stderr=pipe
    )


async def finish(process: asyncio.subprocess.Process) -> list[str]:
    """What it prints, once it ends well."""
    out, error = await process.communicate()
    assert process.returncode == 0, error.decode()
    return out.decode().splitlines()


def holding(reached: asyncio.Event) -> Script:
    """An answer that does not come; ``reached`` tells that it was asked for."""

    async def script(_: asyncio.StreamWriter) -> None:
        reached.set()
        await asyncio.Event().wait()

    return script


async def run_killed_at(site: Press, surroundings: dict[str, str], path: str) -> None:
    """Start the command and kill it where it asks for ``path``."""
    reached = asyncio.Event()
    site.own[path] = holding(reached)
    process = await start(surroundings)
    await reached.wait()
    process.kill()
    await process.wait()
    del site.own[path]


async def test_killed_while_walking_and_while_reading_and_run_again(tmp_path: Path) -> None:
    async with Press() as site:
        surroundings = environment(tmp_path, site)
        await run_killed_at(site, surroundings, "/feed/?paged=3")
        await run_killed_at(site, surroundings, "/news/the-ward-is-coming-on-11/")
        said = await finish(await start(surroundings))
        assert f", {site.articles} new articles; " in said[-2]
        assert said[-1] == f"{site.articles} new articles"
        assert site.paths().count("/feed/?paged=2") == 1
        file = tmp_path / "data" / "warehouse.duckdb"
        with duckdb.connect(str(file), read_only=True) as connection:
            counts = "SELECT count(*), count(DISTINCT url), bool_or(is_live) FROM store.articles"
            assert connection.execute(counts).fetchall() == [(site.articles, site.articles, False)]
            assert connection.execute("SELECT count(*) FROM store.events").fetchall() == [(0,)]
