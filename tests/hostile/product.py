"""The product in the hostile world: `stancewatch run` as a user runs it, and what it has recorded afterwards."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from flows.settings import SHIPPED_CONFIG
from tests.command import AS_USERS_HAVE_IT
from tests.hostile.size import SIZE
from tests.hostile.world import CASES, Running
from warehouse.published import query_published

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 600.0
_GLANCE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended; ``peak_kib`` is the most memory that its main process held."""

    status: int
    seconds: float
    peak_kib: int
    printed: str
    complaints: str


@dataclass(frozen=True, slots=True)
class Health:
    """A feed's row in `feed_health`."""

    status: str
    reason: str
    url: str
    next_fetch_at: datetime


@dataclass(frozen=True, slots=True)
class Fetch:
    """A row of `fetches`."""

    kind: str
    url: str
    outcome: str
    reason: str
    started_at: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Record:
    """All that was recorded of a case."""

    health: Health | None
    fetches: tuple[Fetch, ...]
    entries: tuple[str, ...]
    articles: tuple[Mapping[str, Any], ...]
    drops: tuple[str, ...]


class Product:
    """An installation with a configuration of its own under ``home``."""

    def __init__(self, home: Path, world: Running, api_url: str) -> None:
        self._world = world
        self._home = home
        self._config = home / "config"
        self._config.mkdir()
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH")}
        self._environment |= {
            "STANCEWATCH_CONFIG": str(self._config),
            "STANCEWATCH_HOME": str(home / "data"),
            "STANCEWATCH_LOCAL_HOSTS": ",".join(world.hosts),
            "PREFECT_API_URL": api_url,
        }
        for name, content in {"seeds.yml": "seeds: []\n", "alerts.yml": "rules: []\n", "llm.yml": "{}\n"}.items():
            (self._config / name).write_text(content, encoding="utf-8")

    def configure(self, numbers: Iterable[int]) -> None:
        """Write a feeds.yml with the cases of these numbers."""
        shipped = yaml.safe_load((SHIPPED_CONFIG / "feeds.yml").read_text("utf-8"))["fetch"]
        records = [
            {
                "id": feed_id(n),
                "publisher": f"Site {n}",
                "kind": "blog",
                "homepage": "http://a.example/",
                "url": self._world.url(n),
            }
            for n in numbers
        ]
        text = yaml.safe_dump({"fetch": {**shipped, **SIZE.limits}, "feeds": records}, allow_unicode=True)
        (self._config / "feeds.yml").write_text(text, encoding="utf-8")

    def run(self) -> Ended:
        """`stancewatch run --all`, watched until it ends."""
        out, complaints = self._home / "stdout", self._home / "stderr"
        started = time.monotonic()
        with out.open("w") as stdout, complaints.open("w") as stderr:
            command = [*AS_USERS_HAVE_IT, "run", "--all"]
            process = subprocess.Popen(command, stdout=stdout, stderr=stderr, env=self._environment, cwd=ROOT)  # noqa: S603 - our own command
            peak_kib = _watch(process)
        seconds = time.monotonic() - started
        return Ended(process.returncode, seconds, peak_kib, out.read_text("utf-8"), complaints.read_text("utf-8"))

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of the published warehouse."""
        result = query_published(self._home / "data" / "warehouse.duckdb", sql)
        return [dict(zip(result.columns, row, strict=True)) for row in result.rows]

    def records(self) -> dict[int, Record]:
        """What the published warehouse tells of every case that is configured now."""
        health = {row.pop("feed_id"): Health(**row) for row in self.rows(_HEALTH)}
        fetches, stored, articles = (_by_feed(self.rows(sql)) for sql in (_FETCHES, _ENTRIES, _ARTICLES))
        drops = self.rows("SELECT url, reason FROM drops")
        found = {}
        for number in range(len(CASES)):
            name = feed_id(number)
            urls = [row["url"] for row in stored.get(name, [])]
            own = {self._world.url(number), *urls}
            found[number] = Record(
                health.get(name),
                tuple(Fetch(**row) for row in fetches.get(name, [])),
                tuple(urls),
                tuple(articles.get(name, [])),
                tuple(row["reason"] for row in drops if row["url"] in own),
            )
        return found


_HEALTH = "SELECT feed_id, status, reason, url, next_fetch_at FROM feed_health"
_FETCHES = "SELECT feed_id, kind, url, outcome, reason, started_at, seconds FROM fetches ORDER BY started_at"
_ENTRIES = "SELECT feed_id, url FROM store.entries"
_ARTICLES = (
    "SELECT feed_id, url, title, byline, text, language, strftime(published_at, '%Y-%m-%d %H:%M:%S') AS published_at,"
    " (SELECT count(*) FROM statements AS s WHERE s.article_id = a.article_id) AS statements FROM articles AS a"
)


def feed_id(number: int) -> str:
    """The short name of a case's feed."""
    return f"case-{number:03}"


def _by_feed(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row.pop("feed_id"), []).append(row)
    return grouped


def _watch(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process; return its high-water mark, read until its end."""
    peak_kib, deadline = 0, time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            process.wait(_GLANCE_SECONDS)
        except subprocess.TimeoutExpired:
            status = Path(f"/proc/{process.pid}/status").read_text("ascii")
            peak_kib = max(
                peak_kib, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0
            )
            if time.monotonic() > deadline:
                process.kill()
        else:
            return peak_kib
