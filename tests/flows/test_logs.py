"""Lines of JSON: what a whole run leaves of them, its workers too, and what must not stand in them."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from flows.config_file import ConfigError
from flows.logs import JsonLines, doing
from flows.newsroom import load_newsroom
from flows.settings import load_settings
from tests.flows.test_kill import RUN
from tests.flows.world import running_world

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "xoxb-very-secret"


def line_of(message: str, *values: object, **extra: object) -> dict[str, Any]:
    """A record as it would be written."""
    record = logging.getLogger("stancewatch").makeRecord("stancewatch", 20, "f", 1, message, values, None, extra=extra)
    line: dict[str, Any] = json.loads(JsonLines((SECRET, "ab")).format(record))
    return line


def test_a_line_says_what_it_belongs_to() -> None:
    with doing(run="r1", stage="poll feeds"), doing(feed="post", article=""):
        line = line_of("feed %s", "post", outcome="ok", bytes=12, colour="red")
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info", "logger": "stancewatch", "run": "r1", "stage": "poll feeds", "feed": "post", "outcome": "ok",
        "bytes": 12, "message": "feed post",
    }  # fmt: skip
    assert "run" not in line_of("outside")


def test_no_secret_stands_in_a_line() -> None:
    line = line_of("to https://me:pw@host/x?api_key=4711&page=2 by %s", SECRET, url=f"slack://{SECRET}/x?a=b&Token=9")
    assert line["message"] == "to https://***@host/x?api_key=***&page=2 by ***"
    assert line["url"] == "slack://***/x?a=b&Token=***"


def test_a_mistake_stands_whole_in_one_line() -> None:
    try:
        int(SECRET)
    except ValueError:
        record = logging.LogRecord("stancewatch", 40, "f", 1, "broke", (), sys.exc_info())
    text = JsonLines((SECRET,)).format(record)
    assert "\n" not in text
    assert "invalid literal for int() with base 10: '***'" in json.loads(text)["error"]


def test_a_run_is_told_in_lines_of_json_its_workers_too(tmp_path: Path) -> None:
    with running_world(tmp_path, load_newsroom()[:4]) as world:
        environment = {**os.environ, **world.environment, "STANCEWATCH_LOG": "json"}
        command = [sys.executable, "-c", RUN]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - ours
        lines: list[dict[str, Any]] = [json.loads(line) for line in done.stderr.splitlines()]
        statuses = dict(world.query("SELECT feed_id, status FROM feed_health"))
        ((run_id, stages, memory, workers, host),) = world.query(
            "SELECT run_id, stage_seconds, memory_bytes, worker_memory_bytes, host FROM runs"
        )
    assert {line.get("run") for line in lines} == {run_id}
    feeds = {line["feed"]: line["outcome"] for line in lines if line["message"].startswith("polled ")}
    assert (len(feeds), feeds) == (4, statuses)
    jobs = {line["job"] for line in lines if line["logger"] == "stancewatch.worker"}
    assert jobs >= {"ParseFeedJob", "ExtractPageJob", "AnalyseJob"}
    assert all(line["feed"] for line in lines if line.get("job") in {"ParseFeedJob", "ExtractPageJob"})
    read = [line for line in lines if line["message"].startswith("read ")]
    assert {line["outcome"] for line in read} <= {"read", "dropped", "waiting"}
    assert sum(bool(line.get("article")) for line in read) >= 4
    told = [line["stage"] for line in lines if line["message"].startswith("stage ")]
    assert set(told) == set(stages) >= {"poll feeds", "read entries", "publish"}
    assert (lines[-1]["outcome"], 50 < memory / 1024**2 < 1000, 50 < workers / 1024**2 < 800) == (
        "completed",
        True,
        True,
    )
    assert host


def test_a_setting_that_is_none_is_refused(tmp_path: Path) -> None:
    for name, value in (("STANCEWATCH_LOG", "xml"), ("STANCEWATCH_LEASE_SECONDS", "soon")):
        with pytest.raises(ConfigError, match=f"{name}: '{value}' must be"):
            load_settings({name: value, "STANCEWATCH_HOME": str(tmp_path)})
