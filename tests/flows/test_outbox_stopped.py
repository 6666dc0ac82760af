"""A run that is told to stop while a mail server holds its answer back: what it took is recorded, and goes once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.flows.desk import NOW, Desk, owing
from tests.flows.relay import Relay

if TYPE_CHECKING:
    from pathlib import Path

SIGNALS = [signal.SIGINT, signal.SIGTERM]
RUN = """
import asyncio
from prefect.utilities.engine import capture_sigterm
from flows.outbox import deliver_alerts
from flows.run import open_run
from flows.settings import load_settings

async def run():
    with capture_sigterm():  # as Prefect has it around every flow
        async with open_run(load_settings(), "digest") as run:
            await deliver_alerts(run)

asyncio.run(run())
"""


def stop_while(desk: Desk, relay: Relay, command: str, how: signal.Signals) -> float:
    """Deliver in a process of its own and end that while the server holds its answer back; returns how long it took."""
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", RUN], env={**os.environ, **desk.environment}, stderr=subprocess.DEVNULL
    )
    while command not in relay.asked:
        assert process.poll() is None
        time.sleep(0.02)
    started = time.monotonic()
    process.send_signal(how)
    assert process.wait(60) != 0
    return time.monotonic() - started


@pytest.mark.parametrize("how", SIGNALS)
def test_what_was_handed_over_is_recorded_as_the_server_says(tmp_path: Path, how: signal.Signals) -> None:
    with Relay(held_seconds={"DATA": 3}) as relay:
        desk = owing(tmp_path, relay)
        stop_while(desk, relay, "DATA", how)
        assert desk.query("SELECT status, attempts FROM messages") == [("sent", 1)]
        assert desk.query("SELECT outcome FROM deliveries") == [("sent",)]
        desk.deliver(datetime.now(UTC))
        assert len(relay.mails) == 1


@pytest.mark.parametrize("how", SIGNALS)
def test_what_was_not_handed_over_yet_stays_with_us(tmp_path: Path, how: signal.Signals) -> None:
    with Relay(held_seconds={"MAIL": 3}) as relay:
        desk = owing(tmp_path, relay)
        stop_while(desk, relay, "MAIL", how)
        assert relay.mails == []
        assert desk.query("SELECT status, attempts FROM messages") == [("pending", 0)]
        assert desk.query("SELECT outcome FROM deliveries") == []
        relay.held_seconds = {}
        desk.deliver(NOW)
        (mail,) = relay.mails
        assert "repeat" not in str(mail["Subject"])
