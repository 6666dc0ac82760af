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
from flows.serving import STOP_SECONDS
from tests.flows.desk import owing
from tests.flows.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            run = begin_digest(api)
            deadline = time.monotonic() + 300
            while "DATA" not in relay.asked:
                assert served.poll() is None
                assert time.monotonic() < deadline, "nothing was sent"
                time.sleep(0.05)
            served.send_signal(how)
            assert served.wait(STOP_SECONDS) == 0
        assert httpx.get(f"{api}/flow_runs/{run}", timeout=30).json()["state"]["type"] == "CANCELLED"
        assert desk.query("SELECT status, attempts FROM messages") == [("sent", 1)]
        desk.deliver(datetime.now(UTC))
        assert len(relay.mails) == 1


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that is over afterwards, whatever comes of the test."""
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        try:
            yield process
        finally:
            process.kill()


def begin_digest(api: str) -> str:
    """Have the flow run as soon as it is known; returns the run's id."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        answer = httpx.post(f"{api}/deployments/filter", json={}, timeout=30)
        known = answer.json() if answer.is_success else []
        for digest in (each["id"] for each in known if each["name"] == "digest"):
            begun = httpx.post(f"{api}/deployments/{digest}/create_flow_run", json={}, timeout=30)
            if begun.is_success:  # a busy server has no time now and then
                return str(begun.json()["id"])
        time.sleep(0.5)
    raise AssertionError("no run was begun")
