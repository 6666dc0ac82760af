"""`make bench-board`: what writing the board takes, and its size, at ten thousand and 600 thousand statements."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from extractors.theme import ThemeRules
from flows.board_data import Edition, board_json
from flows.config_file import read_config
from flows.report import write_report
from flows.settings import SHIPPED_CONFIG, Places
from tests.bench.history import populate
from tests.bench.measures import say, timed
from tests.warehouse.timeline import Timeline, empty_file
from warehouse.board import read_board
from warehouse.database import Warehouse
from warehouse.published import publish

SIZES: Final = (10_000, 600_000)
HEAD: Final = "statements  SQL cpu   SQL s  JSON cpu  report cpu  JSON kB  page kB  worker MiB  lists"
NOW: Final = datetime(2030, 1, 1, tzinfo=UTC)
_NEWS: Final = """
UPDATE store.events SET kind = CASE WHEN hash(event_id) % 3 = 0 THEN 'first' ELSE 'shift' END,
    previous_stance = 'central', previous_at = detected_at, previous_statement_id = statement_id,
    previous_article_id = article_id
WHERE hash(event_id) % 4 = 0
"""


def main() -> None:
    """Print what a report takes beside so many statements, each measured in a process of its own."""
    say(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        path.write_bytes(empty_file())
        for known, size in zip((0, *SIZES), SIZES, strict=False):
            with Warehouse.open(path) as warehouse:
                timeline = Timeline(warehouse)
                populate(timeline, known, size)
                timeline.query(_NEWS)
                publish(warehouse)
            subprocess.run([sys.executable, "-m", "tests.bench.board", str(path), f"{size}"], check=True)  # noqa: S603 - ourselves


def measure(path: Path, size: str) -> None:
    """Print a line for one published file."""
    places = Places(SHIPPED_CONFIG, path.parent, path)
    read = timed(lambda: read_board(path))
    board, edition = read.result, Edition(NOW, "1", read_config(places.file("themes.yml"), ThemeRules).themes)
    data = timed(lambda: board_json(board, edition))
    asyncio.run(write_report(places, NOW))  # makes the charts' scripts, once; not counted
    whole = timed(lambda: asyncio.run(write_report(places, NOW)))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures = (
        f"{size:>10} {read.cpu_seconds:8.2f} {read.seconds:7.2f} {data.cpu_seconds:9.2f} {whole.cpu_seconds:11.2f}"
        f" {len(data.result.encode()) // 1000:8} {whole.result.stat().st_size // 1000:8} {peak:11.0f}"
    )
    lists = {name: len(getattr(board, name)) for name in ("positions", "actors", "tallies", "events", "echoes")}
    say(f"{figures}  {', '.join(f'{number} {name}' for name, number in lists.items())}")


if __name__ == "__main__":
    measure(Path(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 1 else main()
