"""kill -9 in the middle of a run, and run again: the warehouse is that of an undisturbed run, alerts go out once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.flows.world import World, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = "from flows.settings import load_settings; from tests.flows.world import watch_once; watch_once(load_settings())"
REPEAT = " (may be a repeat)"
CONTENT = (
    "SELECT article_id, url, title, text, themes, revision FROM articles ORDER BY ALL",
    "SELECT statement_id, actor_id, text, start_char, stance, confidence, themes FROM statements ORDER BY ALL",
    "SELECT event_id, kind, stance, previous_stance, statement_id, new_themes FROM stance_events ORDER BY ALL",
    "SELECT alert_id, event_id, destination, status FROM alerts ORDER BY ALL",
    "SELECT feed_id, failures, entries_7d FROM feed_health ORDER BY ALL",
)


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A world on its second day, with its warehouse as it was before and what an undisturbed run makes of it."""

    world: World
    before: Path
    seconds: float
    content: list[list[tuple[Any, ...]]]
    subjects: Counter[str]

    def restore(self) -> None:
        shutil.copyfile(self.before, self.world.warehouse)
        self.world.warehouse.with_suffix(".duckdb.wal").unlink(missing_ok=True)
        self.world.mail.received.clear()


def content(world: World) -> list[list[tuple[Any, ...]]]:
    return [world.query(sql) for sql in CONTENT]


def start(world: World) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN]
    return subprocess.Popen(command, env={**os.environ, **world.environment})  # noqa: S603 - our own code


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    folder = tmp_path_factory.mktemp("undisturbed")
    with running_world(folder) as world:
        world.watch()
        world.newsroom.show_day(2)
        before = folder / "before.duckdb"
        shutil.copyfile(world.warehouse, before)
        started = time.monotonic()
        assert start(world).wait() == 0
        seconds = time.monotonic() - started
        subjects = Counter(str(message["Subject"]) for message in world.mail.messages)
        assert len(subjects) >= 3
        yield Undisturbed(world, before, seconds, content(world), subjects)


@pytest.mark.deep
@pytest.mark.parametrize("share", [0.4, 0.65, 0.85, 0.95])
def test_run_killed_after_a_share_of_its_time(undisturbed: Undisturbed, share: float) -> None:
    undisturbed.restore()
    world = undisturbed.world
    run = start(world)
    time.sleep(undisturbed.seconds * share)
    run.kill()
    run.wait()
    world.watch()
    assert content(world) == undisturbed.content
    subjects = Counter(str(message["Subject"]) for message in world.mail.messages)
    assert {subject.removesuffix(REPEAT) for subject in subjects} == set(undisturbed.subjects)
    assert max(subjects.values()) == 1
    assert sum(subject.endswith(REPEAT) for subject in subjects) <= 1
