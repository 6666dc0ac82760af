"""`stancewatch serve`, told to stop while a run of it waits for a mail server's word on what it has handed over."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from flows import prefect_setup
from flows.prefect_setup import prefect_server, prepare_prefect
from flows.serving import ALL_SECONDS, STOP_SECONDS
from tests.flows.desk import owing
from tests.flows.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.skipif(not os.environ.get("WITH_SERVERS"), reason="minutes: make server-check"),
]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with its scheduler, at a port of its own."""
    with pytest.MonkeyPatch.context() as patch:
        before = dict(os.environ)
        prepare_prefect(tmp_path_factory.mktemp("server"))
        patch.setattr(prefect_setup, "START_SECONDS", 300.0)  # a busy machine takes minutes for it
        patch.setattr(prefect_setup, "USUAL_PORT", 0)
        with prefect_server() as address:
            yield address
        for name in set(os.environ) - set(before):
            os.environ.pop(name)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_served_run_records_what_it_has_handed_over_when_all_is_stopped(
    api: str, tmp_path: Path, how: signal.Signals
) -> None:
    with Relay(held_seconds={"DATA": 8}) as relay:
        desk = owing(tmp_path, relay)
        environment = {**os.environ, **desk.environment, "PREFECT_API_URL": api}
        command = [sys.executable, "-m", "flows.cli", "serve"]
        with running(command, environment) as served:
            assert served.stdout
            assert served.stdout.readline() == f"serving monitor, digest, upkeep, backfill; Prefect at {api}\n"
            run = begin(api, "digest")
            wait_until(served, lambda: "DATA" in relay.asked)
            served.send_signal(how)
            assert served.wait(STOP_SECONDS) == 0
        assert state_of(api, run) == "CANCELLED"
        assert desk.query("SELECT status, attempts FROM messages") == [("sent", 1)]
        desk.deliver(datetime.now(UTC))
        assert len(relay.mails) == 1


def test_a_run_that_waits_for_another_hands_nothing_over_when_all_is_stopped(api: str, tmp_path: Path) -> None:
    with Relay(held_seconds={"DATA": 8}) as relay:
        desk = owing(tmp_path, relay, alerts=6)  # time enough for another run to begin
        environment = {**os.environ, **desk.environment, "PREFECT_API_URL": api}
        with running([sys.executable, "-m", "flows.cli", "serve"], environment) as served:
            sending = begin(api, "monitor")
            wait_until(served, lambda: "DATA" in relay.asked)
            waiting = begin(api, "digest")
            wait_until(served, lambda: state_of(api, waiting) == "RUNNING")
            begun = len(relay.mails)
            wait_until(served, lambda: len(relay.mails) > begun)  # and held from now on
            served.send_signal(signal.SIGTERM)
            assert served.wait(STOP_SECONDS) == 0
        assert [state_of(api, run) for run in (sending, waiting)] == ["CANCELLED", "CANCELLED"]
        taken = len(relay.mails)
        assert taken == begun + 1 < 6
        messages = [("pending", 0)] * (6 - taken) + [("sent", 1)] * taken
        assert desk.query("SELECT status, attempts FROM messages ORDER BY status") == messages


def test_runs_are_told_to_stop_though_the_server_hangs(api: str, tmp_path: Path) -> None:
    with Relay(held_seconds={"DATA": 8}) as relay:
        desk = owing(tmp_path, relay, alerts=6)
        environment = {**os.environ, **desk.environment, "PREFECT_API_URL": api}
        with running([sys.executable, "-m", "flows.cli", "serve"], environment) as served:
            begin(api, "digest")
            wait_until(served, lambda: "DATA" in relay.asked)
            (server,) = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8").split()[:1]
            os.kill(int(server), signal.SIGSTOP)
            try:
                served.send_signal(signal.SIGTERM)
                assert served.wait(ALL_SECONDS) == 0
            finally:
                os.kill(int(server), signal.SIGCONT)
        messages = [("pending", 0)] * 5 + [("sent", 1)]
        assert desk.query("SELECT status, attempts FROM messages ORDER BY status") == messages


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that is over afterwards, whatever comes of the test."""
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        try:
            yield process
        finally:
            process.kill()


def wait_until(served: subprocess.Popen[str], is_so: Callable[[], bool]) -> None:
    """Wait for what a served run does, for five minutes at most."""
    deadline = time.monotonic() + 300
    while not is_so():
        assert served.poll() is None
        assert time.monotonic() < deadline, "in vain"
        time.sleep(0.05)


def state_of(api: str, run: str) -> str:
    """As the server has it."""
    return str(httpx.get(f"{api}/flow_runs/{run}", timeout=30).json()["state"]["type"])


def begin(api: str, name: str) -> str:
    """Have a flow run as soon as it is known; returns the run's id."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        answer = httpx.post(f"{api}/deployments/filter", json={}, timeout=30)
        known = answer.json() if answer.is_success else []
        for deployment in (each["id"] for each in known if each["name"] == name):
            begun = httpx.post(f"{api}/deployments/{deployment}/create_flow_run", json={}, timeout=30)
            if begun.is_success:  # a busy server has no time now and then
                return str(begun.json()["id"])
        time.sleep(0.5)
    raise AssertionError("no run was begun")
