"""`stancewatch deploy` against a real Prefect server: registered once; a run that is killed is marked as crashed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from flows import prefect_setup
from flows.doctor_prefect import examine_prefect
from flows.finding import Level
from flows.prefect_setup import prefect_server, prepare_prefect
from flows.secret_values import read_secret
from flows.sinks import WebhookSink
from tests.command import new_home
from warehouse.storage import hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prefect.events.schemas.automations import AutomationCore

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.skipif(not os.environ.get("WITH_SERVERS"), reason="minutes: make server-check"),
]
ROOT = Path(__file__).parents[2]
WATCH = """
import asyncio
from flows.monitor import monitor
asyncio.run(monitor(all_feeds=True))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API of a server with its scheduler and triggers, which our settings lead to."""
    folder = tmp_path_factory.mktemp("server")
    with pytest.MonkeyPatch.context() as patch:
        before = dict(os.environ)
        for name in before:
            if name.startswith(("PREFECT_", "STANCEWATCH_")):
                patch.delenv(name)
        prepare_prefect(folder)
        patch.setattr(prefect_setup, "START_SECONDS", 600.0)  # a busy machine takes minutes for it
        with prefect_server() as api:
            from prefect.settings import PREFECT_API_URL, temporary_settings

            with temporary_settings({PREFECT_API_URL: api}):
                yield api
        for name in set(os.environ) - set(before):
            os.environ.pop(name)


def deploy(kind: str = "process", **wanted: Any) -> list[str]:
    from flows.deploy import Order
    from flows.deploy import deploy as set_up
    from flows.deployment_plan import PoolKind

    return asyncio.run(set_up(Order(PoolKind(kind), wanted.pop("dead_after", timedelta(minutes=5)), **wanted)))


def ask(address: str, path: str, **wanted: Any) -> Any:
    return httpx.post(f"{address}/{path}", json=wanted, timeout=30).raise_for_status().json()


def keep(automation: AutomationCore) -> str:
    from prefect.client.orchestration import get_client

    from flows.automations import keep_automation

    async def run() -> str:
        async with get_client() as client:
            return await keep_automation(client, automation)

    return asyncio.run(run())


def test_deploying_twice_changes_nothing_and_doctor_agrees(address: str) -> None:
    environment = {"PREFECT_API_URL": address}
    before = {finding.what: finding for finding in examine_prefect(environment)}
    assert before["deployments"].words == "not there: monitor, digest, upkeep, backfill"
    assert before["killed runs"].level is Level.LOOK
    first, second = deploy(), deploy()
    assert {line.rpartition(": ")[2] for line in first} == {"made"}
    assert {line.rpartition(": ")[2] for line in second} == {"as it was"}
    assert [line.partition(":")[0] for line in first] == [line.partition(":")[0] for line in second]
    after = {finding.what: finding for finding in examine_prefect(environment)}
    assert (after["deployments"].words, after["late runs"].words) == ("all 4 there, none paused", "none")
    assert after["killed runs"].words == "marked as crashed after 5 minutes without a heartbeat"
    assert after["pool stancewatch"].mend == "prefect worker start --pool stancewatch"
    found = {one["name"]: one for one in ask(address, "deployments/filter")}
    assert found["monitor"]["schedules"][0]["schedule"]["cron"] == "*/30 * * * *"
    assert found["backfill"]["schedules"] == []
    assert {one["global_concurrency_limit"]["limit"] for one in found.values()} == {1}


def test_another_pool_changes_the_deployments_and_a_pause_stays(address: str) -> None:
    deploy()
    (backfill,) = [one for one in ask(address, "deployments/filter") if one["name"] == "backfill"]
    httpx.patch(f"{address}/deployments/{backfill['id']}", json={"paused": True}, timeout=30).raise_for_status()
    lines = deploy("kubernetes", image="registry.example/stancewatch:9")
    assert lines[0] == "work pool stancewatch-kubernetes (kubernetes): made"
    assert lines[1] == "deployment monitor: changed"
    found = {one["name"]: one for one in ask(address, "deployments/filter")}
    assert found["monitor"]["job_variables"]["image"] == "registry.example/stancewatch:9"
    assert found["backfill"]["paused"]
    pool = httpx.get(f"{address}/work_pools/stancewatch-kubernetes", timeout=30).json()
    assert pool["base_job_template"] == json.loads((ROOT / "deploy/kubernetes.json").read_text(encoding="utf-8"))
    looks = [finding for finding in examine_prefect({"PREFECT_API_URL": address}) if finding.level is Level.LOOK]
    assert [finding.mend for finding in looks if finding.what == "deployments"] == [
        "prefect deployment resume backfill/backfill"
    ]


class Unhurried(BaseHTTPRequestHandler):
    """A site that asks for half an hour between two requests, and has nothing else to say."""

    def do_GET(self) -> None:
        body = b"User-agent: *\nCrawl-delay: 1800\n" if self.path == "/robots.txt" else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_docker_jobs_that_would_alert_nobody_are_told_of(address: str) -> None:
    assert deploy("docker")[-1].startswith("configuration: the image's own, which names no destination")
    lines = deploy("docker", config="/etc/stancewatch/config")
    assert lines[1] == "deployment monitor: changed"
    assert not [line for line in lines if line.startswith("configuration")]
    found = {one["name"]: one for one in ask(address, "deployments/filter")}
    assert "/etc/stancewatch/config:/config:ro" in found["monitor"]["job_variables"]["volumes"]


@contextmanager
def unhurried_feed(home: Path) -> Iterator[dict[str, str]]:
    """Settings with one feed whose site lets a run wait for its turn."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Unhurried) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{server.server_port}"
        (home / "config").mkdir()
        (home / "config" / "seeds.yml").write_text("seeds: []\n")
        (home / "config" / "feeds.yml").write_text(
            "fetch: {max_wait_seconds: 1800}\nfeeds:\n  - {id: slow, publisher: S, kind: blog,"
            f" homepage: 'http://{host}/', url: 'http://{host}/feed'}}\n"
        )
        yield {
            "STANCEWATCH_CONFIG": str(home / "config"),
            "STANCEWATCH_HOME": str(home / "data"),
            "STANCEWATCH_LOCAL_HOSTS": host,
        }
        server.shutdown()


def test_a_run_killed_with_all_its_processes_is_crashed(address: str, tmp_path: Path) -> None:
    from flows.automations import zombie_watch

    keep(zombie_watch(timedelta(seconds=10)))  # the least that Prefect admits; a living run needs more than a heartbeat
    with unhurried_feed(tmp_path) as settings:
        environment = {**os.environ, **settings, "PREFECT_API_URL": address}
        command = [sys.executable, "-c", WATCH]
        with subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True) as process:  # noqa: S603 - ours
            run = wait_for(lambda: heartbeat(address), 300)
            os.killpg(process.pid, signal.SIGKILL)
            began = time.monotonic()
    state = wait_for(lambda: crashed(address, run), 300)
    assert state["message"] == "No heartbeat for 0:00:10: its process is gone."
    assert time.monotonic() - began < 600


def heartbeat(address: str) -> str:
    """The flow run that said that it lives."""
    wanted = {"filter": {"event": {"name": ["prefect.flow-run.heartbeat"]}}}
    events = ask(address, "events/filter", **wanted)["events"]
    return str(events[0]["resource"]["prefect.resource.id"]).rpartition(".")[2] if events else ""


def crashed(address: str, run: str) -> Any:
    state = httpx.get(f"{address}/flow_runs/{run}", timeout=30).json()["state"]
    return state if state["type"] == "CRASHED" else None


def wait_for(look: Any, seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "in vain"
        time.sleep(0.5)
    return found


def test_a_failed_run_is_told_and_a_secret_block_is_read(address: str) -> None:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.blocks.system import Secret
    from pydantic import SecretStr

    with WebhookSink() as sink:
        base = f"http://127.0.0.1:{sink.port}"
        hook = CustomWebhookNotificationBlock(
            name="operators", url=f"{base}/hook", json_data={"text": "{{body}}"}, headers=None, cookies=None
        )
        kind = make_blocks(Secret(value=SecretStr("from the block")), hook)
        assert deploy(notify=f"{kind}/operators")[-1].endswith(": made")
        ours = next(one for one in ask(address, "deployments/filter") if one["name"] == "digest")
        run = ask(address, f"deployments/{ours['id']}/create_flow_run")
        ask(address, f"flow_runs/{run['id']}/set_state", state={"type": "FAILED", "name": "Failed"}, force=True)
        wait_for(lambda: sink.received, 300)
        assert "digest" in sink.received[0].body
    environment = {"PREFECT_API_URL": address, "TOKEN_BLOCK": "token", "GONE_BLOCK": "gone"}
    assert read_secret(environment, "TOKEN") == ("from the block", "")
    assert read_secret(environment, "GONE")[1].startswith("GONE_BLOCK=gone: not found at http://127.0.0.1:")


def make_blocks(secret: Any, hook: Any) -> str:
    """Save both blocks; returns the kind of the second."""
    secret.save("token", overwrite=True)
    hook.save("operators", overwrite=True)
    return str(hook.get_block_type_slug())


def test_a_workers_run_beside_a_held_warehouse_is_skipped_and_stays_so(address: str, tmp_path: Path) -> None:
    deploy()
    home = new_home(tmp_path)
    places = {"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home / "data")}
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    bare |= {"PREFECT_API_URL": address, "PREFECT_HOME": str(tmp_path / "worker"), **places}
    ours = next(one for one in ask(address, "deployments/filter") if one["name"] == "monitor")
    run = ask(address, f"deployments/{ours['id']}/create_flow_run")["id"]
    program = str(Path(sys.executable).with_name("prefect"))
    command = [program, "worker", "start", "--pool", "stancewatch", "--run-once"]
    with hold(home / "data" / "warehouse.duckdb"):
        done = subprocess.run(command, env=bare, cwd=tmp_path, timeout=300, check=False)  # noqa: S603 - the locked Prefect
    state = httpx.get(f"{address}/flow_runs/{run}", timeout=30).json()["state"]
    assert (done.returncode, state["type"], state["name"]) == (0, "CANCELLED", "Cancelled")
    line = f"{home}/data/warehouse.duckdb: in use by process {os.getpid()}; wait for it, or end it"
    assert state["message"] == f"Skipped: {line}"
    logged = ask(address, "logs/filter", logs={"flow_run_id": {"any_": [run]}})
    assert [one["message"] for one in logged if line in one["message"]] == [
        f"Finished in state Cancelled('Skipped: {line}')"
    ]
