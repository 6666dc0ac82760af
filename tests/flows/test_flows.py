"""The four flows under a real Prefect server, in a world of their own."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING

import duckdb
import httpx
import pytest

from flows.prefect_setup import prepare_prefect
from tests.flows.world import World, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    history = asyncio.run(monitor(all_feeds=True))
    assert history["feeds_ok"] == 15
    world.newsroom.show_day(2)
    news = asyncio.run(monitor(all_feeds=True))
    assert news["deliveries_sent"] == len(world.mail.messages) + len(world.slack.received) > 0
    runs, artifacts = (
        httpx.post(f"{PREFECT_API_URL.value()}/{kind}/filter", json={}).json() for kind in ("flow_runs", "artifacts")
    )
    assert [run["state_name"] for run in runs] == ["Completed", "Completed"]
    assert {artifact["key"] for artifact in artifacts} == {"monitor-summary"}


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


def test_backfill_is_silent(world: World) -> None:
    from flows.backfill import backfill

    file = world.warehouse.parent / "old.jsonl"
    text = "Trusts must be free to run their own affairs, said Ottoline Crabb, chief executive of NHS Providers."
    file.write_text(json.dumps({"id": "old", "published": "2016-05-01", "text": text}) + "\n", encoding="utf-8")
    events = world.query("SELECT count(*) FROM stance_events")
    assert asyncio.run(backfill(file=str(file)))["articles_new"] == 1
    assert world.query("SELECT count(*) FROM stance_events") == events
    assert world.query("SELECT person FROM statements WHERE article_id = 'old'") == [("Ottoline Crabb",)]


def test_a_second_run_at_the_same_time_is_refused_with_a_line(world: World) -> None:
    from flows.run import open_run
    from warehouse.database import WarehouseBusyError

    async def both() -> None:
        async with open_run(world.settings, "monitor"), open_run(world.settings, "monitor"):
            pass

    with pytest.raises(WarehouseBusyError, match=str(os.getpid())):
        asyncio.run(both())
