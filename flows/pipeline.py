"""The stages in their order: a table of contents, whoever turns the pages (Prefect, or a plain command)."""

from __future__ import annotations

import contextlib
import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from flows.analyse import analyse_articles, detect_stances, find_echoes
from flows.archive import walk_archives
from flows.arrivals import check_arrivals
from flows.measure import measured
from flows.names import bring_names
from flows.outbox import deliver_alerts
from flows.poll import poll_feeds
from flows.read import read_entries
from flows.report import report_path, write_report
from flows.run import end_run
from flows.second_opinion import second_opinions
from flows.seeds import load_seeds, seed_folders
from flows.troubles import watch_troubles
from warehouse.copies import back_up
from warehouse.database import WarehouseError, one_line
from warehouse.fulltext import index_texts, merge_segments
from warehouse.news import board_changed_at
from warehouse.published import publish
from warehouse.retention import forget_feed_texts, forget_fetches
from warehouse.stories import group_stories
from warehouse.tending import tend

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from flows.archive import Walk
    from flows.archive_plan import ArchivePlan
    from flows.run import Run


log = logging.getLogger("stancewatch")
STAGES: Final = (
    "load seeds",
    "poll feeds",
    "read entries",
    "group stories",
    "analyse articles",
    "ask second opinions",
    "find echoes",
    "detect stances",
    "index texts",
    "watch troubles",
    "deliver alerts",
    "check arrivals",
    "publish",
    "write report",
)
"""What a monitor run comes to, in order."""


PUBLISHED_MARK: Final = "last-published"
"""An empty file in the data folder, as old as the last run by the clock: what the image's health check goes by."""
_BY_THE_CLOCK: Final = frozenset({"monitor", "digest", "upkeep"})


class Stage(Protocol):
    """Runs one piece of work under a name; returns how much it did."""

    async def __call__(self, name: str, work: Callable[[], Awaitable[int]]) -> int:
        """Run ``work`` once."""
        ...


async def plainly(name: str, work: Callable[[], Awaitable[int]]) -> int:
    """A stage without Prefect; ``name`` is for those who keep a record."""
    del name
    return await work()


async def watch(run: Run, stage: Stage, *, all_feeds: bool) -> None:
    """One monitor run."""
    stage = measured(run, stage)
    await stage("load seeds", partial(load_seeds, run, seed_folders(run.settings)))
    await stage("poll feeds", partial(poll_feeds, run, is_forced=all_feeds))
    await until_done(stage, "read entries", partial(read_entries, run))
    await settle(run, stage)


async def fill_in(run: Run, stage: Stage, plan: ArchivePlan, say: Callable[[str], None]) -> list[Walk]:
    """What publishers still offer of older entries, as history; returns how far each feed's walk came."""
    walks: list[Walk] = []
    stage = measured(run, stage)

    async def walk() -> int:
        walks.extend(await walk_archives(run, plan, say))
        return len(walks)

    async def read() -> int:
        if number := await read_entries(run, with_archives=True):
            say(f"{number} pages read")
        return number

    await stage("walk archives", walk)
    await until_done(stage, "read entries", read)
    await settle(run, stage)
    return walks


async def settle(run: Run, stage: Stage = plainly) -> None:
    """Everything behind the articles, whoever brought them."""
    stage = measured(run, stage)
    await judge(run, stage)
    await tell(run, stage)


async def judge(run: Run, stage: Stage = plainly) -> None:
    """From articles to events and the alerts owed; articles of an older version may have no story yet."""
    stage = measured(run, stage)
    await until_done(stage, "group stories", partial(group_backlog, run))
    await until_done(stage, "analyse articles", partial(analyse_articles, run))
    await stage("ask second opinions", partial(second_opinions, run))
    await until_done(stage, "find echoes", partial(find_echoes, run))
    await stage("detect stances", partial(detect_stances, run))


async def tell(run: Run, stage: Stage = plainly) -> None:
    """Send what is owed and show what is known."""
    stage = measured(run, stage)
    await stage("watch troubles", partial(watch_troubles, run))
    await stage("deliver alerts", partial(deliver_alerts, run))
    await stage("check arrivals", partial(check_arrivals, run))
    await until_done(stage, "index texts", partial(index_backlog, run))
    await stage("publish", partial(publish_snapshot, run))


async def keep(run: Run, stage: Stage = plainly) -> None:
    """Forget what is old enough, copy the rest, show what is left."""
    await stage("thin out", partial(thin_out, run))
    await stage("back up", partial(copy_warehouse, run))
    await stage("tend", partial(tend_lake, run))
    await stage("publish", partial(publish_snapshot, run))


async def until_done(stage: Stage, name: str, work: Callable[[], Awaitable[int]]) -> int:
    """Run a stage chunk by chunk until its backlog is empty; returns how much was done."""
    total = 0
    while done := await stage(name, work):
        total += done
    return total


async def group_backlog(run: Run) -> int:
    """Find the stories of articles that were stored without; returns how many (0: nothing is left)."""
    return group_stories(run.warehouse)["articles_grouped"]


async def index_backlog(run: Run) -> int:
    """Index the next articles for `search`; returns how many (0: nothing is left)."""
    indexed = index_texts(run.warehouse)
    while merge_segments(run.warehouse):
        pass
    run.warehouse.shed_memory()
    return indexed


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


async def publish_snapshot(run: Run) -> int:
    """Replace the published file; it shows this run as completed, which it is but for this."""
    bring_names(run)
    run.warehouse.shed_memory()
    end_run(run)
    publish(run.warehouse, run.settings.places.access)
    if run.flow in _BY_THE_CLOCK:
        with contextlib.suppress(OSError):  # the check will say so
            (run.settings.places.home / PUBLISHED_MARK).touch()
    return 1


def is_report_behind(run: Run) -> bool:
    """Whether the board is older than what it shows: a run was killed before it wrote one, somebody corrected."""
    changed, path = board_changed_at(run.warehouse), report_path(run.settings.places)
    return changed is not None and not (path.exists() and path.stat().st_mtime >= changed.timestamp())


async def refresh_report(run: Run) -> int:
    """Write the board anew from the published file; where that fails, it is told and counted, and nothing is lost."""
    try:
        await write_report(run.settings.places, run.now)
    except (WarehouseError, OSError) as error:
        log.warning("the report was not written: %s", one_line(error))
        run.counts["reports_failed"] += 1
        return 0
    run.counts["reports"] += 1
    return 1
