"""What a lake costs beside a file: CPU of a small run, of publishing and of questions, as ratios (`make bench-lake`).

CPU is of this process, as its clock has it; what PostgreSQL spends comes on top, about as much again at a small run.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.lake.servers import empty_lake
from tests.warehouse.timeline import PEAKE, Said, Timeline, new_file, page, words
from warehouse.cookbook import load_recipe
from warehouse.database import Warehouse
from warehouse.published import open_published, publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

    from warehouse.cookbook import Recipe

RECIPES = ("where-they-stand", "who-changed-sides", "most-quoted", "stance-by-quarter")
RUNS = 3


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _ask(reader: DuckDBPyConnection, recipe: Recipe) -> None:
    reader.execute(recipe.sql, recipe.parameters({})).fetchall()


def measure(path: Path) -> dict[str, float]:
    """CPU seconds of each thing; the median of a few."""
    found: dict[str, list[float]] = {}
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        for number in range(RUNS + 1):
            said = [Said(PEAKE, "local" if number % 2 else "central", words(number * 100 + line)) for line in range(20)]
            seconds = _cpu(partial(timeline.read, page(f"p{number}", number + 1, *said)))
            if number:  # the first one reads configuration, too
                found.setdefault("a run with one new article of 20 statements", []).append(seconds)
            found.setdefault("publish", []).append(_cpu(partial(publish, warehouse)))
    for _ in range(RUNS):
        found.setdefault("open to read", []).append(_cpu(lambda: open_published(path).close()))
        with open_published(path) as reader:
            for name in RECIPES:
                recipe = load_recipe(name)
                work = _cpu(partial(_ask, reader, recipe))
                found.setdefault(f"cookbook: {name}", []).append(work)
    return {what: statistics.median(seconds) for what, seconds in found.items()}


def main() -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as folder:
        file, lake = measure(new_file(Path(folder))), measure(empty_lake(Path(folder) / "nhs.lake"))
    print("| CPU seconds | file | lake | lake : file |\n| --- | --- | --- | --- |")  # noqa: T201
    for what, seconds in file.items():
        print(f"| {what} | {seconds:.3f} | {lake[what]:.3f} | {lake[what] / max(seconds, 0.001):.1f} |")  # noqa: T201


if __name__ == "__main__":
    main()
