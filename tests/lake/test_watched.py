"""Whoever watches a lake sees what is published there, what it takes, and whether a run is at work."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import yaml

from flows import clock
from flows.doctor_outbox import examine_outbox
from flows.doctor_warehouse import examine_feeds, examine_warehouse
from flows.finding import Level
from flows.lookout import Lookout
from flows.measure import free_bytes
from flows.metrics import Figures, render_metrics
from flows.pipeline import PUBLISHED_MARK
from flows.settings import load_settings
from flows.sinks import MailSink
from tests.flows.desk import mail_url
from tests.flows.test_lookout import BEGIN, wait_until
from tests.flows.test_metrics import samples
from tests.lake.servers import catalogue_server, database_of, empty_database, empty_lake, postgres_folder, run_sql
from tests.warehouse.processes import start_code
from warehouse.database import Warehouse
from warehouse.published import publish, query_published
from warehouse.runs import begin_run, finish_run
from warehouse.sight import see

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flows.finding import Finding
    from flows.settings import Settings

pytestmark = pytest.mark.skipif(postgres_folder() is None, reason="needs PostgreSQL: apt-get install postgresql")


def settings_of(lake: Path, **operator: object) -> Settings:
    """Those of runs that watch no feeds in a lake."""
    folder = lake.parent / "config"
    folder.mkdir(exist_ok=True)
    texts = {"feeds": {"feeds": []}, "seeds": {"seeds": []}, "operator": operator}
    for name, text in texts.items():
        (folder / f"{name}.yml").write_text(yaml.safe_dump(text), encoding="utf-8")
    home = {"STANCEWATCH_CONFIG": str(folder), "STANCEWATCH_HOME": str(lake.parent)}
    return load_settings({**home, "STANCEWATCH_WAREHOUSE": str(lake)})


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A lake in which a run just completed and published."""
    path = empty_lake(tmp_path / "nhs.lake")
    with Warehouse.open(path) as warehouse:
        now = clock.now()
        begin_run(warehouse, "r1", "monitor", now)
        finish_run(warehouse, "r1", now, Counter())
        publish(warehouse)
    return path


def size_of(lake: Path) -> int:
    return sum(file.stat().st_size for file in lake.with_suffix(".files").rglob("*.parquet"))


def told(findings: Iterable[Finding]) -> dict[str, tuple[Level, str]]:
    return {finding.what: (finding.level, finding.words) for finding in findings}


def test_metrics_read_what_is_published_in_a_lake_and_anew_once_that_is_another(lake: Path) -> None:
    places = settings_of(lake).places
    found = samples(render_metrics(places))
    assert (found["published_readable"], found["runs"]) == ({(): 1}, {("monitor", "completed"): 1})
    assert found["last_good_run_age_seconds"][("monitor",)] < 600
    assert found["file_bytes"][("working",)] == size_of(lake) > 1000
    assert (found["run_at_work"], found["run_silent_seconds"]) == ({(): 0}, {(): 0})
    figures = Figures(places)
    with Warehouse.open(lake) as warehouse:
        assert samples(render_metrics(places))["run_at_work"] == {(): 1}
        list(figures.collect())
        first = figures._read
        list(figures.collect())
        assert figures._read is first
        publish(warehouse)
    list(figures.collect())
    assert figures._read is not first


def test_a_lake_that_is_not_made_or_cannot_be_reached_is_told_and_not_made(tmp_path: Path) -> None:
    lake = empty_database(tmp_path / "nhs.lake")
    places = settings_of(lake).places
    assert samples(render_metrics(places))["published_readable"] == {(): 0}
    findings = told([*examine_warehouse(places), *examine_feeds(lake), *examine_outbox(lake)])
    assert findings["lake"] == (Level.OK, f"{lake} is not there yet; the first run makes it")
    assert findings["published state"][1] == "not there yet; the first run makes it"
    assert findings["feeds"][1].startswith("none polled yet")
    assert not see(lake).is_there
    lake.write_text(f"catalogue: {catalogue_server()} dbname=nobodys\ndata: data\n", encoding="utf-8")
    found = samples(render_metrics(places))
    assert found["published_readable"] == {(): 0}
    assert found["disk_free_bytes"][()] > 0
    findings = told([*examine_warehouse(places), *examine_feeds(lake)])
    level, words = findings["lake"]
    assert (level, "nobodys" in words) == (Level.BROKEN, True)


def test_the_doctor_tells_of_a_lake_what_he_tells_of_a_file(lake: Path) -> None:
    places = settings_of(lake).places
    findings = told([*examine_warehouse(places), *examine_feeds(lake), *examine_outbox(lake)])
    assert all(level is Level.OK for level, _ in findings.values()), findings
    assert findings["published state"][1] == f"{lake}, 0 min old"
    assert findings["last run"][1].startswith("monitor of ")
    assert findings["feeds"][1] == "all 0 feeds well"
    assert ", version 0" in findings["lake"][1]
    run_sql("UPDATE stancewatch SET published_at = now() - INTERVAL '5 hours'", database_of(lake))
    level, words = told(examine_warehouse(places))["published state"]
    assert (level, words) == (Level.LOOK, f"{lake}, 5 h old")


def test_a_killed_run_on_a_lake_is_noticed_recorded_and_told(lake: Path) -> None:
    now = clock.now()
    with MailSink() as mail:
        settings = settings_of(lake, url=mail_url(mail), free_times=1e-9)
        lookout = Lookout(now)
        assert lookout.look(settings, now) == ""
        run = start_code(BEGIN, lake)
        assert run.stdout
        assert run.stdout.readline() == "begun\n"
        assert lookout.look(settings, now) == ""
        run.kill()
        run.wait()
        wait_until(lambda: not see(lake).is_at_work)
        assert lookout.look(settings, now).startswith(f"process {run.pid} on ")
        assert lookout.look(settings, now) == ""
        (message,) = mail.messages
    assert str(message["Subject"]) == "Trouble: runs of monitor fail"
    runs = query_published(lake, "SELECT flow, status FROM runs ORDER BY started_at").rows
    assert [*map(tuple, runs)] == [("monitor", "completed"), ("monitor", "dead"), ("lookout", "completed")]


def test_the_lookout_says_that_nothing_was_published_and_tells_of_a_lake_that_is_gone(lake: Path) -> None:
    now = clock.now()
    with MailSink() as mail:
        twice_what_is_free = 2 * free_bytes(lake) / size_of(lake)
        settings = settings_of(lake, url=mail_url(mail), free_times=twice_what_is_free)
        lookout, late = Lookout(now), now + timedelta(hours=3)
        assert lookout.look(settings, now) == ""
        assert lookout.look(settings, late).startswith("no run published anything for 3.0 h")
        assert lookout.look(settings, late + timedelta(minutes=1)) == ""
        assert not (lake.parent / PUBLISHED_MARK).exists()
        ((disk,),) = query_published(lake, "SELECT words FROM troubles WHERE trouble = 'disk'").rows
        assert "MiB of disk are free at" in disk
        lake.write_text(f"catalogue: {catalogue_server()} dbname=nobodys\ndata: data\n", encoding="utf-8")
        assert "nobodys" in lookout.look(settings, late + timedelta(hours=3))
        subjects = [str(message["Subject"]) for message in mail.messages]
    assert subjects == ["Trouble: the disk fills", "Trouble: the warehouse cannot be opened"]
