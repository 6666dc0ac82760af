"""`make bench-growth`: what a run, publishing, each question and a byte of text cost beside ever more articles.

Each size is a warehouse of its own (`made_history.py`), filled and measured in turn, baselines in the same run.
Sizes are arguments: ``python -m tests.bench.growth 10000 100000``.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import yaml

from flows.analyse import analyse_articles, detect_stances, find_echoes
from flows.engine import engine_version
from flows.pipeline import index_backlog, publish_snapshot, watch
from flows.run import open_run
from flows.seeds import load_seeds, seed_folders
from flows.settings import load_settings
from tests.bench.made_history import fill, made_feeds, news
from tests.bench.measures import say
from warehouse.articles import record_analyses, store_articles
from warehouse.cookbook import load_recipes
from warehouse.database import Warehouse
from warehouse.meanings import LEAST_NEARNESS
from warehouse.published import publish, published_path

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

SIZES = (10_000, 100_000)
NEW, TIMES = 100, 3
LEAST_SHARE = 0.005
"""Tables that take less than this of the file are not shown."""
QUESTIONS = Path(__file__).with_name("questions.sql")
KNOWN = {
    "NHS Confederation": "Body 7",
    "NHS Providers": "Body 13",
    "DHSC": "Body 4",
    "Wrenfield": "First5 Last5",
    "team-mail": "desk",
}
"""Whom the cookbook asks about -> who is as well known in the made history."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    group: str
    name: str
    value: float
    cpu: float | None = None
    """CPU seconds, of a time: what others on the machine do does not count in them."""


def main() -> None:
    """Print all figures for each size, and how they grow from the first to the last."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    folder = os.environ.get("GROWTH_FOLDER")
    columns = []
    for size in sizes:
        with contextlib.ExitStack() as stack:
            home = Path(folder) / f"{size}" if folder else Path(stack.enter_context(tempfile.TemporaryDirectory()))
            columns.append(measure(home, size))
        for figure in columns[-1]:
            say(f"  {size:>9,}  {figure.group:<8} {figure.name:<44}{_cell(figure)}")
    show(sizes, columns)


def measure(home: Path, size: int) -> list[Figure]:
    """All figures of one size; a warehouse that lies there already is taken as it is."""
    path = prepare(home, size)
    return [
        *measure_publishing(path),
        *measure_questions(published_path(path)),
        *measure_runs(),
        *measure_bytes(path),
    ]


def prepare(home: Path, size: int) -> Path:
    """The warehouse of one size, after a first run that loaded seeds and published; unless it lies there already."""
    configure(home)
    settings = load_settings()
    path = settings.places.warehouse
    if not path.exists():
        fill(path, size, settings.places)
        asyncio.run(hold_against_seeds())
        asyncio.run(steady(defaultdict(Watch)))
    return path


def configure(home: Path) -> None:
    """The feeds of the made history, none of them due; all else as shipped."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "feeds.yml").write_text(yaml.safe_dump({"feeds": made_feeds()}), encoding="utf-8")
    os.environ.update(STANCEWATCH_CONFIG=str(home / "config"), STANCEWATCH_HOME=str(home))


def measure_publishing(path: Path) -> Iterator[Figure]:
    """Publishing against a bare copy of the same file onto the same disk, both made to reach it."""
    copies, publications, changed = Watch(), Watch(), Watch()
    for _ in range(TIMES):
        with copies.running():
            copy(path, path.with_name("bare.copy"))
        path.with_name("bare.copy").unlink()
        with Warehouse.open(path) as warehouse:
            with publications.running():
                publish(warehouse)
            warehouse.execute("insert_migration", name="0001_store")  # a small change
            with changed.running():
                publish(warehouse)
    yield copies.figure("publish", "bare copy and fsync")
    yield publications.figure("publish", "publish")
    yield changed.figure("publish", "publish after a small change")
    yield Figure("publish", "publish : bare copy, on the clock", min(publications.seconds) / min(copies.seconds))


def copy(source: Path, target: Path) -> None:
    """A file copy that has reached the disk."""
    shutil.copyfile(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())


@dataclass(slots=True)
class Watch:
    """A stop-watch for what is done several times."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Note what is done here takes, on the clock and of the CPU."""
        started, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds.append(time.perf_counter() - started)
        self.cpu.append(time.process_time() - cpu)

    def figure(self, group: str, name: str) -> Figure:
        """The quickest of all times."""
        return Figure(group, f"{name}, s", min(self.seconds), min(self.cpu))


def measure_runs() -> Iterator[Figure]:
    """A run without news, then runs with some: each stage, the quickest of several."""
    quiet: defaultdict[str, Watch] = defaultdict(Watch)
    for _ in range(TIMES):
        asyncio.run(steady(quiet))
    yield from (watch.figure("quiet", name) for name, watch in quiet.items())
    busy: defaultdict[str, Watch] = defaultdict(Watch)
    for number in range(TIMES):
        asyncio.run(with_news(busy, number))
    yield from (watch.figure("news", name) for name, watch in busy.items())


async def hold_against_seeds() -> None:
    """Load the seeds; what lies there was held against them (its echoes are made), lest a run does it for all of it."""
    async with open_run(load_settings(), "monitor") as run:
        await load_seeds(run, seed_folders(run.settings))
        while await analyse_articles(run):
            pass
        run.warehouse.execute("start_echoes")
        ((key,),) = run.warehouse.execute("key_seeds", least_nearness=LEAST_NEARNESS)
        run.warehouse._connection.execute("UPDATE store.meanings SET echoed_with = ?", [key])


async def steady(watches: defaultdict[str, Watch]) -> None:
    """A monitor run that finds nothing new, stage by stage."""

    async def stage(name: str, work: Callable[[], Awaitable[int]]) -> int:
        with watches[name].running():
            return await work()

    with watches["whole run"].running():
        async with open_run(load_settings(), "monitor") as run:
            await watch(run, stage, all_feeds=False)


async def with_news(watches: defaultdict[str, Watch], number: int) -> None:
    """News through the warehouse, by all stages but those that do not know how much there is."""
    async with open_run(load_settings(), "monitor") as run:
        brought = news(NEW, number, run.now, engine_version(run.settings.places))
        with watches["all of it"].running():
            with watches["store articles"].running():
                store_articles(run.warehouse, run.now, brought.articles, [])
            with watches["record analyses"].running():
                record_analyses(run.warehouse, brought.analysed, brought.found)
            with watches["find echoes"].running():
                await find_echoes(run)
            with watches["detect stances"].running():
                await detect_stances(run)
            with watches["index texts"].running():
                await index_backlog(run)
            with watches["publish"].running():
                await publish_snapshot(run)


def questions() -> dict[str, str]:
    """Name -> SQL of each question: the cookbook, about made-up people, and the whole of each view as is usual."""
    found = {}
    for recipe in load_recipes():
        found[f"cookbook: {recipe.name}"] = recipe.plain_sql
        for name, made in KNOWN.items():
            found[f"cookbook: {recipe.name}"] = found[f"cookbook: {recipe.name}"].replace(f"'{name}'", f"'{made}'")
    for part in QUESTIONS.read_text(encoding="utf-8").split("-- ")[1:]:
        name, _, sql = part.partition("\n")
        found[name] = sql.strip()
    return found


def measure_questions(path: Path) -> Iterator[Figure]:
    """Each question asked of the published file, by a connection of its own with two threads."""
    for name, sql in questions().items():
        watch = Watch()
        for _ in range(TIMES):
            with watch.running(), duckdb.connect(str(path), read_only=True, config={"threads": 2}) as connection:
                connection.execute("SET TimeZone = 'UTC'").execute(sql).fetchall()
        yield watch.figure("question", name)


def measure_bytes(path: Path) -> Iterator[Figure]:
    """Bytes an article, in all and by table, beside those of its text."""
    with duckdb.connect(str(path), read_only=True) as connection:
        ((articles, text),) = connection.execute("SELECT count(*), avg(strlen(text)) FROM store.articles").fetchall()
        names = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store' ORDER BY ALL"
        ).fetchall()
        yield Figure("bytes", "text of an article", text)
        yield Figure("bytes", "file, an article", path.stat().st_size / articles)
        for (name,) in names:
            storage = f"SELECT count(DISTINCT block_id) FROM pragma_storage_info('store.{name}') WHERE block_id >= 0"  # noqa: S608
            ((blocks,),) = connection.execute(storage).fetchall()
            if blocks * 2**18 > LEAST_SHARE * path.stat().st_size:
                yield Figure("bytes", f"  {name}", blocks * 2**18 / articles)


def show(sizes: list[int], columns: list[list[Figure]]) -> None:
    """Print the table; ratios are those of CPU time, where there is one."""
    say(f"{'':<54}" + "".join(f"{f'{size:,}':>14}{'CPU s':>9}" for size in sizes) + f"{'ratio':>10}")
    found = [{(figure.group, figure.name): figure for figure in column} for column in columns]
    for group, name in found[-1]:
        figures = [column.get((group, name), Figure(group, name, 0.0)) for column in found]
        first, last = (figure.value if figure.cpu is None else figure.cpu for figure in (figures[0], figures[-1]))
        ratio = f"{last / first:10.1f}" if first else ""
        say(f"{group:<9} {name:<44}" + "".join(map(_cell, figures)) + ratio)


def _cell(figure: Figure) -> str:
    return f"{figure.value:14.3f}" + (" " * 9 if figure.cpu is None else f"{figure.cpu:9.3f}")


if __name__ == "__main__":
    main()
