"""`make bench-detect`: what new statements cost beside ten thousand and a million known ones, step by step."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.history import make_batch, populate
from tests.bench.measures import say
from tests.warehouse.timeline import Timeline, at, empty_file, rule
from warehouse.articles import record_analyses, store_articles
from warehouse.database import Warehouse
from warehouse.ledger import detect_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from warehouse.storage import Storage

FEW, MANY = 10_000, 1_000_000
NEW, COPIES, BATCHES = 1000, 10, 3
LEAST = 0.005
"""Steps that took fewer CPU seconds than this in both are not shown."""


@dataclass(slots=True)
class Cost:
    """What a step took."""

    cpu: float = 0.0
    wall: float = 0.0


class TimedWarehouse(Warehouse):
    """A warehouse that knows what each of its queries took."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, storage: Storage) -> None:
        super().__init__(connection, path, storage)
        self.costs: defaultdict[str, Cost] = defaultdict(Cost)

    def execute(self, query: str, /, **parameters: object) -> list[tuple[Any, ...]]:
        """Run the named query and remember what it took."""
        with self.timed(query):
            return super().execute(query, **parameters)

    @contextlib.contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Remember what is done here under a name."""
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        self.costs[name].cpu += time.process_time() - cpu
        self.costs[name].wall += time.perf_counter() - wall


def main() -> None:
    """Print the cost of each step beside so many known statements, and how it grows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        path.write_bytes(empty_file())
        measured = [measure(path, size) for size in (FEW, MANY)]
    say(f"{NEW:,} new statements, {COPIES} of them cut copies   {FEW:>9,} known         {MANY:>9,} known")
    say(f"{'':<36}{'CPU s':>9}{'s':>8}{'CPU s':>12}{'s':>8}{'ratio':>8}")
    few, many = measured
    for name in many:
        one, other = few[name], many[name]
        if max(one.cpu, other.cpu) >= LEAST:
            growth = other.cpu / max(one.cpu, 0.001)
            say(f"{name:<36}{one.cpu:9.3f}{one.wall:8.3f}{other.cpu:12.3f}{other.wall:8.3f}{growth:8.1f}")


def measure(path: Path, size: int) -> dict[str, Cost]:
    """What storing and settling a batch takes, of several batches the quickest, each step by itself."""
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        ((known,),) = timeline.query("SELECT count(*) FROM store.statements")
        populate(timeline, known, size)
    runs = []
    with TimedWarehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        ((known,),) = timeline.query("SELECT count(*) FROM store.statements")
        for number in range(BATCHES):
            warehouse.costs = defaultdict(Cost)
            settle(warehouse, timeline, known + number * NEW)
            runs.append(warehouse.costs)
    return {name: min((run[name] for run in runs), key=lambda cost: cost.cpu) for name in runs[0]}


def settle(warehouse: TimedWarehouse, timeline: Timeline, start: int) -> None:
    """Store, analyse and settle one batch."""
    batch = make_batch(timeline, start, NEW, COPIES)
    store_articles(warehouse, at(60), batch.articles, [])
    warehouse.costs.clear()
    with warehouse.timed("record_analyses"):
        record_analyses(warehouse, batch.analysed, batch.found)
    with warehouse.timed("detect_events"):
        detect_events(warehouse, f"run {start}", at(10_000) + start * at(1).resolution, [rule()], 0.5)
    ((copies,),) = timeline.query(
        "SELECT count(*) FROM store.statements JOIN made USING (statement_id) WHERE original_id <> statement_id"
    )
    say(f"settled {NEW} statements beside {start:,}: {copies} are copies")


if __name__ == "__main__":
    main()
