"""The four flows under a real Prefect server, in a world of their own."""

from __future__ import annotations

import asyncio
import dataclasses
import html
import importlib
import json
import os
import re
import uuid
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb
import httpx
import pytest
from markdown_it import MarkdownIt

from extractors.records import Document, Stance
from flows.jobs import AnalyseJob, Answer, ExtractPageJob
from flows.newsroom import load_newsroom
from flows.prefect_setup import prepare_prefect
from flows.spool import Spool
from flows.workers import WorkerPool
from tests.cluster.dask_cluster import DaskProcesses, running_dask
from tests.command import command
from tests.flows.world import World, running_world
from warehouse.storage import hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prefect import Flow
    from prefect.client.schemas.objects import State
    from prefect.events.schemas.automations import AutomationCore

    from flows.batches import HeavyJob
    from flows.settings import Settings

Answers: TypeAlias = list[Answer]
pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("flows")
    with pytest.MonkeyPatch.context() as patch, running_world(folder) as running:
        before = set(os.environ)
        prepare_prefect(folder)
        for name, value in running.environment.items():
            patch.setenv(name, value)
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield running
        for name in set(os.environ) - before:
            patch.delenv(name, raising=False)


def test_monitor_runs_as_a_flow_and_leaves_a_summary(world: World) -> None:
    from prefect.settings import PREFECT_API_URL

    from flows.monitor import monitor
    from flows.pipeline import STAGES

    history = asyncio.run(monitor(all_feeds=True))
    assert history["feeds_ok"] == 15
    world.newsroom.show_day(2)
    news = asyncio.run(monitor(all_feeds=True))
    assert news["deliveries_sent"] == len(world.mail.messages) + len(world.slack.received) > 0
    runs, tasks = (
        httpx.post(f"{PREFECT_API_URL.value()}/{kind}/filter", json={}).json() for kind in ("flow_runs", "task_runs")
    )
    assert [run["state_name"] for run in runs] == ["Completed", "Completed"]
    batches = [task["name"] for task in tasks if task["name"].endswith(" at once")]
    assert {name.partition(",")[0] for name in batches} >= {"extract pages", "analyse articles"}
    assert len(batches) == history["batches"] + news["batches"] < (history["articles_new"] + news["articles_new"]) / 2
    assert {task["name"].rpartition("-")[0] for task in tasks if task["name"] not in batches} <= set(STAGES)


@pytest.mark.deep
def test_a_cluster_answers_as_this_machine_does_which_goes_on_when_it_is_killed(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """The short form of `make cluster-check`."""
    with running_dask(workers=1) as cluster:
        settings = dataclasses.replace(world.settings, tasks=cluster.address)
        ours, theirs, later, counts = asyncio.run(on_cluster(settings, cluster))
    assert theirs == ours == later
    assert counts["batches_at_home"]
    assert f"{cluster.address} is lost" in caplog.text


async def on_cluster(settings: Settings, cluster: DaskProcesses) -> tuple[Answers, Answers, Answers, Counter[str]]:
    """Answers of this machine, of a cluster, and of a cluster whose scheduler is killed with half of them under way."""
    from flows.batch_tasks import batched

    counts: Counter[str] = Counter()
    async with WorkerPool(settings.places.config) as workers, batched(settings, workers, counts) as place:
        ours = await asyncio.gather(*(workers.run(job) for job in heavy_jobs()))
        theirs = await asyncio.gather(*(place.run(job) for job in heavy_jobs()))
        assert counts["batches"] >= 3
        assert not counts["batches_at_home"]
        once_more = [asyncio.create_task(place.run(job)) for job in heavy_jobs()]
        await asyncio.wait(once_more, return_when=asyncio.FIRST_COMPLETED)
        cluster.scheduler.kill()
        later = await asyncio.gather(*once_more)
    return ours, theirs, later, counts


def heavy_jobs() -> list[HeavyJob]:
    """Pages of the newsroom, some as large as those that lie on disk, and articles."""
    site, moon = load_newsroom()[0], "https://moon.example"
    pages = site.pages(2, moon)
    jobs: list[HeavyJob] = []
    for article in site.on_day(2):
        body = pages[article.path].body
        jobs += [ExtractPageJob(Spool.of(body + b" " * size), moon + article.path, "") for size in (0, 100_000)]
        said = "“We want local control of our budgets,” said Anna Vale, chair of the trust."
        jobs.append(AnalyseJob((Document(said, article.title, "", "", None, ""),)))
    return jobs


def latest(key: str) -> dict[str, Any]:
    """The newest artifact of a key, as Prefect's page would show it."""
    from prefect.settings import PREFECT_API_URL

    artifact: dict[str, Any] = httpx.get(f"{PREFECT_API_URL.value()}/artifacts/{key}/latest").raise_for_status().json()
    return artifact


def unkeyed(description: str) -> str:
    """The newest artifact of a description, which stands with its run alone."""
    from prefect.settings import PREFECT_API_URL

    wish = {"sort": "CREATED_DESC", "limit": 200}
    found = httpx.post(f"{PREFECT_API_URL.value()}/artifacts/filter", json=wish).raise_for_status().json()
    return next(str(each["data"]) for each in found if each["description"] == description)


def test_a_run_with_news_shows_it_in_prefect(world: World) -> None:
    from prefect.settings import PREFECT_API_URL

    summary = {row["what"]: row["number"] for row in json.loads(latest("monitor-summary")["data"])}
    assert (latest("monitor-progress")["data"], latest("monitor-progress")["description"]) == (100.0, "Done")
    told = unkeyed("Who took a new side")
    news = world.query(
        "SELECT quote, url FROM stance_events"
        " WHERE kind <> 'repeat' AND detected_at = (SELECT max(detected_at) FROM stance_events)"
    )
    assert len(news) == told.count("### ") == sum(summary[f"events {kind}"] for kind in ("first", "shift", "theme"))
    shown = html.unescape(re.sub("<[^>]+>", "", MarkdownIt().render(told)))
    for quote, url in news:
        assert quote in shown
        assert f"](<{url}>)" in told
    assert "Before: " in told
    collected = httpx.post(f"{PREFECT_API_URL.value()}/artifacts/latest/filter", json={}).raise_for_status().text
    assert not [quote for quote, _ in news if quote[:40] in collected], "what has a key is copied into events"
    report = world.warehouse.with_name("stancewatch-report.html")
    assert latest("report")["data"] == f"[The board]({report.as_uri()})"
    assert "vega" in report.read_text(encoding="utf-8")


def test_a_long_stage_is_seen_while_it_runs(world: World) -> None:
    from prefect import flow
    from prefect.settings import PREFECT_API_URL

    from flows.artifacts import shown_progress

    async def second() -> int:
        async with httpx.AsyncClient() as client:
            shown: dict[str, Any] = {}
            while shown.get("description") != "Now: second":
                shown = (await client.get(f"{PREFECT_API_URL.value()}/artifacts/long-progress/latest")).json()
        return int(shown["data"])

    @flow(name="long", persist_result=False)
    async def long() -> int:
        async with shown_progress("long", ("first", "second", "third", "fourth"), every_seconds=0.01) as stage:
            return await stage("second", second)

    assert world.settings
    assert asyncio.run(long()) == 25
    assert latest("long-progress")["data"] == 100


def test_digest_goes_out_once(world: World) -> None:
    from flows.digest import digest

    held = world.query("SELECT count(*) FROM alerts WHERE status = 'held'")
    mails = len(world.mail.messages)
    assert held > [(0,)]
    assert "deliveries_sent" not in asyncio.run(
        digest()
    )  # what was held since the hour of the digest waits for the next
    with duckdb.connect(str(world.warehouse)) as connection:
        connection.execute("UPDATE store.alerts SET created_at = created_at - INTERVAL 1 DAY WHERE status = 'held'")
    assert asyncio.run(digest())["deliveries_sent"] == 1
    assert len(world.mail.messages) == mails + 1
    assert "digest" in str(world.mail.messages[-1]["Subject"]).lower()
    assert "deliveries_sent" not in asyncio.run(digest())
    assert len(world.mail.messages) == mails + 1
    assert world.query("SELECT count(*) FROM alerts WHERE status = 'held'") == [(0,)]


def test_upkeep_leaves_a_verified_copy(world: World) -> None:
    from flows.upkeep import upkeep

    asyncio.run(upkeep())
    copies = list((world.warehouse.parent / "backups").glob("*.duckdb"))
    assert len(copies) == 1


def test_upkeep_writes_the_board_and_tells_of_feeds_to_look_at(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.upkeep import upkeep

    monkeypatch.setenv("STANCEWATCH_REPORT_URL", "https://wiki.example/nhs/")
    with duckdb.connect(str(world.warehouse)) as connection:
        connection.execute(
            "UPDATE store.feeds SET status = 'failed', failures = 3, reason = '[404](https://evil.example)'"
            " WHERE feed_id = (SELECT min(feed_id) FROM store.feeds)"
        )
    report = world.warehouse.with_name("stancewatch-report.html")
    report.unlink()
    assert asyncio.run(upkeep())["reports"] == 1
    assert "(404)(https://evil.example)" in report.read_text(encoding="utf-8").replace("[", "(").replace("]", ")")
    assert latest("report")["data"] == "[The board](https://wiki.example/nhs/stancewatch-report.html)"
    (row,) = json.loads(latest("upkeep-feeds")["data"])
    assert (row["what is wrong"], row["failures in a row"]) == ("(404)(https://evil.example)", 3)


def test_a_run_without_news_writes_the_board_that_a_killed_one_did_not(world: World) -> None:
    from flows.monitor import monitor

    report = world.warehouse.with_name("stancewatch-report.html")
    before = world.query("SELECT count(*) FROM stance_events")
    os.utime(report, (0, 0))
    assert [asyncio.run(monitor()).get("reports", 0) for _ in range(2)] == [1, 0]
    assert world.query("SELECT count(*) FROM stance_events") == before


def test_a_run_without_news_writes_the_board_that_somebody_has_corrected_since(world: World) -> None:
    from flows.correction_commands import Wish, correct_statement
    from flows.monitor import monitor

    assert asyncio.run(monitor()).get("reports", 0) == 0
    ((statement,),) = world.query("SELECT statement_id FROM statements WHERE stance = 'none' LIMIT 1")
    correct_statement(statement, Wish(stance=Stance.LOCAL))
    assert [asyncio.run(monitor()).get("reports", 0) for _ in range(2)] == [1, 0]


def test_a_report_that_cannot_be_written_costs_nothing_else(world: World) -> None:
    from flows.upkeep import upkeep

    report = world.warehouse.with_name("stancewatch-report.html")
    report.unlink()
    report.mkdir()
    counts = asyncio.run(upkeep())
    report.rmdir()
    assert (counts["reports_failed"], counts["backups"]) == (1, 1)


def test_backfill_is_silent(world: World) -> None:
    from flows.backfill import backfill

    file = world.warehouse.parent / "old.jsonl"
    text = "Trusts must be free to run their own affairs, said Ottoline Crabb, chief executive of NHS Providers."
    file.write_text(json.dumps({"id": "old", "published": "2016-05-01", "text": text}) + "\n", encoding="utf-8")
    events = world.query("SELECT count(*) FROM stance_events")
    assert asyncio.run(backfill(file=str(file)))["articles_new"] == 1
    assert world.query("SELECT count(*) FROM stance_events") == events
    assert world.query("SELECT person FROM statements WHERE article_id = 'old'") == [("Ottoline Crabb",)]


async def scheduled(flow: Flow[..., Any]) -> State[Any]:
    """The state in which the run of a deployment ends, run here as a worker's job would."""
    from prefect.client.orchestration import get_client
    from prefect.flow_engine import run_flow

    async with get_client() as client:
        deployment = await client.create_deployment(await client.create_flow(flow), name=f"{flow.name}-skipped")
        run = await client.create_flow_run_from_deployment(deployment)
        ended: Any = run_flow(flow, flow_run=run, return_type="state")
        await ended
        state = (await client.read_flow_run(run.id)).state
    assert state is not None
    return state


def events_of(automation: AutomationCore) -> set[str]:
    """What its trigger expects."""
    trigger: Any = automation.trigger
    return set(trigger.expect)


@pytest.mark.parametrize("name", ["monitor", "digest", "upkeep"])
def test_a_scheduled_run_that_finds_the_warehouse_held_is_skipped_and_nobody_told(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from flows.automations import failure_notice, zombie_watch

    module = importlib.import_module(f"flows.{name}")
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0, raising=False)
    flow = getattr(module, name).with_options(retry_delay_seconds=0)
    before = world.query("SELECT count(*) FROM runs")
    with hold(world.warehouse), caplog.at_level("INFO"):
        state = asyncio.run(scheduled(flow))
    line = f"{world.warehouse}: in use by process {os.getpid()}; wait for it, or end it"
    assert (state.type.value, state.message) == ("CANCELLED", f"Skipped: {line}")
    assert [record.getMessage() for record in caplog.records if record.name == "stancewatch"] == [f"skipped: {line}"]
    told = f"prefect.flow-run.{state.name}"
    assert told in events_of(zombie_watch(timedelta(minutes=5)))  # as the end of a run that lived
    assert told not in events_of(failure_notice(uuid.uuid4()))
    assert world.query("SELECT count(*) FROM runs") == before


def test_whoever_runs_beside_another_by_hand_is_told_in_a_line(world: World) -> None:
    from prefect.settings import PREFECT_API_URL

    with hold(world.warehouse):
        done = command({**world.environment, "PREFECT_API_URL": str(PREFECT_API_URL.value())}, "run")
    line = f"stancewatch: {world.warehouse}: in use by process {os.getpid()}; wait for it, or end it\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", line)


def test_a_second_run_at_the_same_time_is_refused_with_a_line(world: World) -> None:
    from flows.run import open_run
    from warehouse.database import WarehouseBusyError

    async def both() -> None:
        async with open_run(world.settings, "monitor"), open_run(world.settings, "monitor"):
            pass

    with pytest.raises(WarehouseBusyError, match=str(os.getpid())):
        asyncio.run(both())
