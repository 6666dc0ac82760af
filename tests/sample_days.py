"""The sample newsroom's two days, run once for all tests that only look at what came of them."""

from __future__ import annotations

import fcntl
import hashlib
import pickle
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import duckdb
import yaml

from tests.flows.world import World, running_world
from warehouse.published import published_path

SEED = Path(__file__).parent / "cookbook" / "seed.txt"


@dataclass(frozen=True, slots=True)
class Days:
    """What a world left after its day of history, its day of news, and that day once more."""

    warehouse: Path
    history: Counter[str]
    news: Counter[str]
    again: Counter[str]
    alerts_after_news: int
    mails: tuple[EmailMessage, ...]
    slack: int

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the working file."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.execute(sql).fetchall()


def sample_days(folder: Path) -> Days:
    """The days as they lie in ``folder``, run now unless another process did or does."""
    with (folder / "days.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        record = folder / "days.pickle"
        if not record.exists():
            record.write_bytes(pickle.dumps(_run(folder / "days")))
        days: Days = pickle.loads(record.read_bytes())  # noqa: S301 - written by this very function
        return days


def _run(home: Path) -> Days:
    with running_world(home) as world:
        _sow(world)
        history = world.watch()
        world.newsroom.show_day(2)
        news = world.watch()
        alerts = len(world.mail.messages)
        again = world.watch()
        mails = tuple(world.mail.messages)
        return Days(world.warehouse, history, news, again, alerts, mails, len(world.slack.received))


def _sow(world: World) -> None:
    """A seed document of our own: the words of the real ones are not ours to keep."""
    config = world.settings.places.config
    (config.parent / "seeds").mkdir()
    shutil.copyfile(SEED, config.parent / "seeds" / SEED.name)
    seed = {"file": SEED.name, "sha256": hashlib.sha256(SEED.read_bytes()).hexdigest(), "title_line": 1}
    seed |= {"publisher": "Members' Bulletin", "published": "2019-10-03", "speakers": ["Odalys Merrivane"]}
    (config / "seeds.yml").write_text(yaml.safe_dump({"seeds": [seed]}), encoding="utf-8")


def copied(days: Days, folder: Path) -> Days:
    """The same days with files of their own, to be written to."""
    target = folder / days.warehouse.name
    for source in (days.warehouse, published_path(days.warehouse)):
        shutil.copyfile(source, folder / source.name)
    return replace(days, warehouse=target)
