"""A desk for tests of what goes out: a real warehouse, real rules, real servers, and the clock as an argument."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from flows.analyse import rule_rows
from flows.outbox import deliver_alerts
from flows.run import open_run
from flows.settings import Settings, load_settings
from tests.warehouse.timeline import PEAKE, THRESHOLD, Page, Said, Timeline, new_file, words
from warehouse.database import Warehouse
from warehouse.ledger import detect_events
from warehouse.runs import begin_run, finish_run

if TYPE_CHECKING:
    from collections import Counter

    from flows.sinks import MailSink
    from tests.flows.relay import Relay

NOW = datetime(2026, 6, 3, 10, tzinfo=UTC)


@dataclass(slots=True)
class Desk:
    """A configuration folder and the warehouse behind it."""

    home: Path
    config: dict[str, Any]
    pages: dict[str, Page] = field(default_factory=dict)
    runs: int = 0

    def __post_init__(self) -> None:
        if not (self.home / "warehouse.duckdb").exists():
            new_file(self.home)

    @property
    def environment(self) -> dict[str, str]:
        """That of a command run at this desk."""
        return {"STANCEWATCH_CONFIG": str(self.home / "config"), "STANCEWATCH_HOME": str(self.home)}

    @property
    def settings(self) -> Settings:
        """As a run would load them now."""
        folder = self.home / "config"
        folder.mkdir(exist_ok=True)
        (folder / "feeds.yml").write_text("feeds: []\n", encoding="utf-8")
        (folder / "seeds.yml").write_text("seeds: []\n", encoding="utf-8")
        (folder / "alerts.yml").write_text(yaml.safe_dump(self.config), encoding="utf-8")
        return load_settings(self.environment)

    def store(self, *pages: Page) -> None:
        """Store and analyse pages; what is new in them is left to be found."""
        with Warehouse.open(self.settings.places.warehouse) as warehouse:
            self._analyse(warehouse, *pages)

    def _analyse(self, warehouse: Warehouse, *pages: Page) -> None:
        timeline = Timeline(warehouse)
        timeline.pages = self.pages
        timeline.store(*pages)
        self.pages = timeline.pages
        timeline.analyse()

    def read(self, now: datetime, *pages: Page) -> Counter[str]:
        """Store, analyse and settle pages in a run at a moment; alerts are owed and not sent."""
        self.runs += 1
        run_id, settings = f"run-{self.runs}", self.settings
        with Warehouse.open(settings.places.warehouse) as warehouse:
            begin_run(warehouse, run_id, "monitor", now)
            self._analyse(warehouse, *pages)
            counts = detect_events(warehouse, run_id, now, rule_rows(settings.alerts), THRESHOLD)
            finish_run(warehouse, run_id, now, counts)
        return counts

    def deliver(self, now: datetime) -> Counter[str]:
        """Send what is due at a moment."""
        return asyncio.run(self._deliver(now))

    async def _deliver(self, now: datetime) -> Counter[str]:
        async with open_run(self.settings, "digest") as run:
            await deliver_alerts(replace(run, now=now))
        return run.counts

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the working file."""
        with Warehouse.open(self.settings.places.warehouse) as warehouse:
            return warehouse._connection.execute(sql).fetchall()


def mail_url(sink: MailSink, to: str = "desk@example.org") -> str:
    """A destination's URL for a mail sink."""
    return f"mailto://127.0.0.1:{sink.port}?from=watch@example.org&to={to}"


def subjects(sink: MailSink) -> list[str]:
    """Of the mails that arrived, in order."""
    return [str(message["Subject"]) for message in sink.messages]


def owing(home: Path, relay: Relay, *, destinations: int = 1, alerts: int = 1) -> Desk:
    """A desk that owes each of its destinations some alerts since `NOW`."""
    names = [f"desk{number}" for number in range(destinations)]
    urls = {name: f"mailto://127.0.0.1:{relay.port}?from=watch@example.org&to={name}@example.org" for name in names}
    rule = {"name": "all", "kinds": ["first"], "destinations": names}
    desk = Desk(home, {"destinations": {name: {"url": url} for name, url in urls.items()}, "rules": [rule]})
    said = [replace(PEAKE, person=f"{name} Peake") for name in ("Ada", "Bea", "Cleo", "Dora", "Edna", "Fay")[:alerts]]
    desk.read(NOW, *[Page(f"page{n}", (Said(who, "local", words(n + 1)),), NOW, NOW) for n, who in enumerate(said)])
    return desk
