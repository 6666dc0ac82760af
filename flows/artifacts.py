"""What a run leaves in Prefect for people to read: what it did, what is new, what is wrong, how far it has come."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from prefect.artifacts import (
    acreate_link_artifact,
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)

from flows.event_list import event_list
from flows.letters import tell_dead_letters
from flows.measure import cost_of
from flows.report import REPORT_NAME, report_path
from flows.stages import stage
from flows.wording import clean_line
from warehouse.news import select_feed_notices, select_run_events
from warehouse.outbox import select_dead_letters

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from flows.pipeline import Stage
    from flows.run import Run

_MOST_EVENTS, _MOST_FEEDS = 50, 200
_UNBRACKETED = str.maketrans("[]", "()")
"""Prefect's page takes a cell for Markdown if a link stands in it."""


async def record_summary(flow: str, run: Run) -> None:
    """Tables of what the run did and what it cost, under keys of the flow's own, so that runs can be compared."""
    done = sorted((name, number) for name, number in run.counts.items() if number)
    rows = [{"what": name.replace("_", " "), "number": number} for name, number in done]
    await acreate_table_artifact(key=f"{flow}-summary", table=rows, description=f"What this {flow} run did")
    cost = cost_of(run)
    table = [{"stage": s.stage, "seconds": round(s.seconds, 2), "bytes received": s.bytes} for s in cost.stages]
    memory = f"{_mebibytes(cost.memory_bytes)} MiB; of a worker {_mebibytes(cost.worker_memory_bytes)} MiB"
    words = f"What this {flow} run took; most memory of the main process {memory}"
    await acreate_table_artifact(key=f"{flow}-cost", table=table, description=words)


async def record_dead_letters(flow: str, run: Run) -> None:
    """Destinations that do not get what they are owed, where there are any."""
    if letters := select_dead_letters(run.warehouse, run.now):
        lines = "\n".join(f"- {tell_dead_letters(each)}" for each in letters)
        await acreate_markdown_artifact(key=f"{flow}-dead-letters", markdown=lines, description="Not delivered")


async def record_events(run: Run) -> None:
    """The news of the run with words and links, where there is any.

    It names people, so it has no key: what is told under one Prefect copies into events that no API deletes.
    """
    number = count_news(run.counts)
    if events := select_run_events(run.warehouse, run.run_id, _MOST_EVENTS) if number else []:
        text = event_list(events, number, run.settings.theme_names)
        await acreate_markdown_artifact(markdown=text, description="Who took a new side")


async def record_feeds(flow: str, run: Run) -> None:
    """The feeds that somebody should look at, where there are any."""
    rows = [
        {
            "feed": feed.feed_id,
            "publisher": clean_line(feed.publisher).translate(_UNBRACKETED),
            "what is wrong": clean_line(feed.notice, 300).translate(_UNBRACKETED),
            "failures in a row": feed.failures,
            "last went well": f"{feed.last_ok_at:%Y-%m-%d %H:%M}" if feed.last_ok_at else "never",
        }
        for feed in select_feed_notices(run.warehouse, _MOST_FEEDS)
    ]
    if rows:
        await acreate_table_artifact(key=f"{flow}-feeds", table=rows, description="Feeds to look at")


async def record_report(run: Run) -> None:
    """A link to the board, where this run wrote it: at the address that is configured, else on this machine."""
    if run.counts["reports"]:
        base = run.settings.report_url
        link = f"{base}/{REPORT_NAME}" if base else report_path(run.settings.places).resolve().as_uri()
        await acreate_link_artifact(
            key="report", link=link, link_text="The board", description="The board, as one page"
        )


def _mebibytes(number: int | None) -> str:
    return f"{(number or 0) / 1024**2:,.0f}"


def count_news(counts: Counter[str]) -> int:
    """How many events of a run are news."""
    return sum(counts[f"events_{kind}"] for kind in ("first", "shift", "theme"))


@contextlib.asynccontextmanager
async def shown_progress(flow: str, names: Sequence[str], every_seconds: float = 2.0) -> AsyncIterator[Stage]:
    """Stages as Prefect tasks, with a bar that stands where the last one that began stands in ``names``.

    It is moved now and then, not at each stage: a run with little to do costs two calls to the API. Where a run fails,
    the bar stays.
    """
    bar = await acreate_progress_artifact(0.0, key=f"{flow}-progress", description="Begins")
    present, is_over = "", asyncio.Event()

    async def show(name: str, work: Callable[[], Awaitable[int]]) -> int:
        nonlocal present
        present = name if name in names else present
        return await stage(name, work)

    async def follow() -> None:
        told = ""
        while not is_over.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(is_over.wait(), every_seconds)
            if present != told and not is_over.is_set():
                told = present
                await aupdate_progress_artifact(bar, 100.0 * names.index(told) / len(names), f"Now: {told}")

    following = asyncio.create_task(follow())
    try:
        yield show
    finally:
        is_over.set()
        await following
    await aupdate_progress_artifact(bar, 100.0, "Done")
