"""Figures as Prometheus reads them: parsed by its own library, while a run is at work, and cheap between two runs."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from prometheus_client.parser import text_string_to_metric_families

from flows.config_file import ConfigError
from flows.metrics import Figures, read_address, render_metrics, serve_metrics
from flows.settings import Places
from tests.warehouse.timeline import PEAKE, Said, Timeline, at, page, rule, words
from warehouse.database import Warehouse
from warehouse.published import publish, published_path
from warehouse.runs import RunCost, StageCost, begin_run, finish_run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["", "catalogue: dbname=x\n", None])
def test_a_lake_whose_file_cannot_be_read_is_not_readable_and_its_disk_unknown(
    tmp_path: Path, text: str | None
) -> None:
    lake = tmp_path / "nhs.lake"
    if text is not None:
        lake.write_text(text, encoding="utf-8")
    found = samples(render_metrics(Places(tmp_path, tmp_path, lake)))
    assert found["published_readable"] == {(): 0}
    assert "disk_free_bytes" not in found


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A published file with a run, an article, an event and an alert that waits."""
    path = tmp_path / "warehouse.duckdb"
    with Warehouse.open(path) as warehouse:
        begin_run(warehouse, "r1", "monitor", at(1))
        timeline = Timeline(warehouse)
        timeline.store(page("a", 1, Said(PEAKE, "local", words(1)), Said(PEAKE, "none", words(2), ())))
        timeline.analyse()
        timeline.detect(rule())
        cost = RunCost((StageCost("poll feeds", 1.5, 4711), StageCost("publish", 0.25)), 100, 50)
        finish_run(warehouse, "r1", at(2), Counter(articles_new=1), "", cost)
        publish(warehouse)
    return Places(tmp_path, tmp_path, path)


def samples(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    """Name -> labels -> number, by the library's own parser."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation, family.name
        for sample in family.samples:
            found.setdefault(sample.name.removeprefix("stancewatch_"), {})[tuple(sample.labels.values())] = sample.value
    return found


def test_the_library_reads_what_is_written(places: Places) -> None:
    found = samples(render_metrics(places))
    assert found["published_readable"] == {(): 1}
    assert found["runs"] == {("monitor", "completed"): 1}
    assert found["stage_seconds"] == {("monitor", "poll feeds"): 1.5, ("monitor", "publish"): 0.25}
    assert found["stage_bytes"][("monitor", "poll feeds")] == 4711
    assert found["run_memory_bytes"] == {("monitor", "main"): 100, ("monitor", "worker"): 50}
    assert sum(found["articles"].values()) == 1
    assert found["statements"] == {("local",): 1, ("none",): 1}
    assert found["events"] == {("first",): 1}
    assert found["alerts"] == {("pending",): 1}
    assert found["last_good_run_age_seconds"][("monitor",)] > 0
    assert found["file_bytes"][("published",)] == published_path(places.warehouse).stat().st_size
    assert found["disk_free_bytes"][()] > 0
    assert (found["run_at_work"], found["feeds_silent"], found["outbox_age_seconds"]) == ({(): 0}, {(): 0}, {(): 0})


def test_a_scrape_goes_on_while_a_run_holds_the_warehouse(places: Places) -> None:
    address, _ = serve_metrics(places, "127.0.0.1:0")
    where = urlsplit(address)
    assert where.hostname == "127.0.0.1"
    with Warehouse.open(places.warehouse) as warehouse, warehouse.transaction():
        begin = http.client.HTTPConnection(where.hostname, where.port or 0, timeout=30)
        begin.request("GET", where.path)
        found = samples(begin.getresponse().read().decode())
        begin.close()
    assert (found["run_at_work"], found["runs"]) == ({(): 1}, {("monitor", "completed"): 1})
    with pytest.raises(ConfigError, match="cannot listen"):
        serve_metrics(places, f"127.0.0.1:{where.port}")


def test_the_file_is_read_anew_only_when_another_was_published(places: Places) -> None:
    figures = Figures(places)
    list(figures.collect())
    first = figures._read
    list(figures.collect())
    assert figures._read is first
    with Warehouse.open(places.warehouse) as warehouse:
        publish(warehouse)
    list(figures.collect())
    assert figures._read is not first


def test_nothing_published_is_told_as_such(tmp_path: Path) -> None:
    found = samples(render_metrics(Places(tmp_path, tmp_path, tmp_path / "warehouse.duckdb")))
    assert found["published_readable"] == {(): 0}
    assert "runs" not in found
    assert found["disk_free_bytes"][()] > 0


def test_addresses_are_of_this_machine_unless_another_is_named() -> None:
    assert read_address("9464") == read_address(":9464") == ("127.0.0.1", 9464)
    assert read_address("0.0.0.0:80") == ("0.0.0.0", 80)
    assert read_address("[::1]:80") == ("::1", 80)
    for wrong in ("", "here", "127.0.0.1:", "127.0.0.1:70000"):
        with pytest.raises(ConfigError, match="no address"):
            read_address(wrong)


def test_the_command_writes_a_file_whole(places: Places, tmp_path: Path) -> None:
    file = tmp_path / "stancewatch.prom"
    environment = {**os.environ, "STANCEWATCH_HOME": str(places.home)}
    command = [sys.executable, "-m", "flows.cli", "metrics", "--textfile", str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert (done.stdout, done.stderr) == ("", "")
    assert samples(file.read_text("utf-8"))["published_readable"] == {(): 1}
    assert [other.name for other in tmp_path.iterdir() if other.name.startswith("stancewatch.prom")] == [file.name]
