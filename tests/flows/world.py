"""A small world for end-to-end tests: the newsroom, a mail and a Slack sink, and settings that point to them."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import yaml

from flows.newsroom import FOLDER, Site, load_newsroom
from flows.newsroom_server import Newsroom
from flows.pipeline import plainly, watch
from flows.run import open_run
from flows.settings import Settings, load_settings
from flows.sinks import MailSink, WebhookSink

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class World:
    """What a test drives: ``environment`` is that of a command run in this world."""

    newsroom: Newsroom
    mail: MailSink
    slack: WebhookSink
    environment: dict[str, str]

    @property
    def settings(self) -> Settings:
        """The settings as a run would load them now."""
        return load_settings(self.environment)

    @property
    def warehouse(self) -> Path:
        """The working file."""
        return self.settings.places.warehouse

    def watch(self) -> Counter[str]:
        """One monitor run over all feeds, without Prefect; returns what it did."""
        return watch_once(self.settings)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the working file, which nobody else may hold."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def watch_once(settings: Settings) -> Counter[str]:
    """One monitor run over all feeds, without Prefect; returns what it did."""
    return asyncio.run(_watch(settings))


async def _watch(settings: Settings) -> Counter[str]:
    async with open_run(settings, "monitor") as run:
        await watch(run, plainly, all_feeds=True)
    return run.counts


@contextlib.contextmanager
def running_world(home: Path, sites: Sequence[Site] | None = None) -> Iterator[World]:
    """A world on free ports with its data under ``home``."""
    chosen = load_newsroom() if sites is None else sites
    with Newsroom(chosen) as newsroom, MailSink() as mail, WebhookSink() as slack:
        config = home / "config"
        config.mkdir(parents=True)
        feeds = [
            {"id": f.id, "publisher": f.publisher, "kind": str(f.kind), "homepage": f.homepage, "url": f.url}
            | {"format": str(f.format), "expected_7d": f.expected_7d}
            for f in newsroom.feeds
        ]
        (config / "feeds.yml").write_text(
            yaml.safe_dump({"fetch": {"gap_seconds": 0}, "feeds": feeds}, sort_keys=False), encoding="utf-8"
        )
        (config / "alerts.yml").write_text((FOLDER / "alerts.yml").read_text("utf-8"), encoding="utf-8")
        (config / "seeds.yml").write_text("seeds: []\n", encoding="utf-8")
        environment = {
            "STANCEWATCH_CONFIG": str(config),
            "STANCEWATCH_HOME": str(home / "data"),
            "STANCEWATCH_LOCAL_HOSTS": ",".join(sorted(newsroom.hosts)),
            "STANCEWATCH_DEMO_MAIL_PORT": str(mail.port),
            "STANCEWATCH_DEMO_SLACK_URL": slack.url,
        }
        yield World(newsroom, mail, slack, environment)
