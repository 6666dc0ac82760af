"""Lines of JSON: what a whole run leaves of them, its workers too, and what must not stand in them."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from flows.config_file import ConfigError
from flows.logs import JsonLines, doing
from flows.named_secrets import values_at_hand
from flows.newsroom import load_newsroom
from flows.secret_values import read_secret
from flows.settings import load_settings
from tests.flows.loopback import Loopback, reply
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


async def test_secrets_are_struck_out_wherever_they_come_from(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("from/a-file\n")
    (tmp_path / "feeds.yml").write_text(
        "feeds: [{id: a, publisher: A, kind: blog, homepage: 'https://a.org', url: 'https://a.org/?k=${FEED_KEY}'}]\n"
    )
    (tmp_path / "alerts.yml").write_text("destinations: {a: {url: 'json://h.org/${HOOK}/${GONE}/${IN_BLOCK}'}}\n")
    (tmp_path / "operator.yml").write_text("url: ${OPERATORS}\n")
    block = "/api/block_types/slug/secret/block_documents/name/hidden?include_secrets=true"
    async with Loopback({block: reply(b'{"data": {"value": "from a block\\n"}}')}) as server:
        environment = {
            "FEED_KEY": "a feed's key", "HOOK_FILE": str(tmp_path / "file"), "GONE_FILE": str(tmp_path / "none"),
            "OPERATORS": "json://operators.org/token", "IN_BLOCK_BLOCK": "hidden",
            "PREFECT_API_URL": server.url("/api"), "STANCEWATCH_CONFIG": str(tmp_path),
        }  # fmt: skip
        settings = load_settings(environment)
        values = values_at_hand(settings)
        assert set(values) == {"a feed's key", "from/a-file", "json://operators.org/token"}
        assert server.received == []
        form = JsonLines(values)
        assert await asyncio.to_thread(read_secret, environment, "IN_BLOCK") == ("from a block", "")
    record = logging.LogRecord(
        "stancewatch", 20, "f", 1, "a from%%2Fa-file b a+feed%%27s+key c %s d", ("from a block",), None
    )
    assert json.loads(form.format(record))["message"] == "a *** b *** c *** d"


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


@pytest.mark.prefect
def test_prefects_lines_are_like_ours_from_the_first_on(tmp_path: Path) -> None:
    program = (
        "import logging; from pathlib import Path; from flows.prefect_setup import prepare_prefect\n"
        f"prepare_prefect(Path({str(tmp_path)!r}))\n"
        "import prefect; prefect.get_run_logger\n"
        "logging.getLogger('prefect.flow_runs').info('to https://me:pw@host/x')"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-c", program]
    environment["STANCEWATCH_LOG"] = "json"
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    (line,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "info", "logger": "prefect.flow_runs", "message": "to https://***@host/x"}


def test_a_setting_that_is_none_is_refused(tmp_path: Path) -> None:
    for name, value in (("STANCEWATCH_LOG", "xml"), ("STANCEWATCH_LEASE_SECONDS", "soon")):
        with pytest.raises(ConfigError, match=f"{name}: '{value}' must be"):
            load_settings({name: value, "STANCEWATCH_HOME": str(tmp_path)})
