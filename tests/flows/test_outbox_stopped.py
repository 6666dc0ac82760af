"""A run that is told to stop while a mail server holds its answer back: what it took is recorded, and goes once."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from flows.handing_over import HandingOver, heard_in_turn
from tests.depth import IS_THOROUGH, spread
from tests.flows.desk import NOW, Desk, owing
from tests.flows.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIGNALS = [signal.SIGINT, signal.SIGTERM]
RUN = """
import asyncio, signal
from prefect.utilities.engine import capture_sigterm
from flows.outbox import deliver_alerts
from flows.run import open_run
from flows.settings import load_settings

async def run():
    with capture_sigterm():  # as Prefect has it around every flow
        async with open_run(load_settings(), "digest") as run:
            await deliver_alerts(run)

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in a shell's background begins without
asyncio.run(run())
"""
STRUCK = """
import signal
from flows import outbox

step, moments = outbox.{step}, ["{moment}"]

def struck(*given):
    if moments == ["before"]:
        strike()
    step(*given)
    if moments == ["after"]:
        strike()

def strike():
    moments.clear()
    signal.raise_signal(signal.SIGTERM)

outbox.{step} = struck
"""
"""Put before `RUN`: the signal comes while something is stored, before that is done or behind it."""


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


@pytest.mark.parametrize("how", SIGNALS if IS_THOROUGH else SIGNALS[:1])
def test_what_was_handed_over_is_recorded_as_the_server_says(tmp_path: Path, how: signal.Signals) -> None:
    with Relay(held_seconds={"DATA": 3}) as relay:
        desk = owing(tmp_path, relay)
        stop_while(desk, relay, "DATA", how)
        assert desk.query("SELECT status, attempts FROM messages") == [("sent", 1)]
        assert desk.query("SELECT outcome FROM deliveries") == [("sent",)]
        desk.deliver(datetime.now(UTC))
        assert len(relay.mails) == 1


@pytest.mark.parametrize("how", SIGNALS if IS_THOROUGH else SIGNALS[1:])
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


@pytest.mark.parametrize(
    ("step", "moment"),
    spread(itertools.product(("mark_sending", "record_attempt"), ("before", "after")), 2),
)
def test_a_signal_in_the_middle_of_a_step_tears_no_record_and_stops_every_destination(
    tmp_path: Path, step: str, moment: str
) -> None:
    with Relay(held_seconds={"DATA": 1}) as relay:
        desk = owing(tmp_path, relay, destinations=2, alerts=3)
        code = STRUCK.format(step=step, moment=moment) + RUN
        ended = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code], env={**os.environ, **desk.environment}, capture_output=True, check=False
        )
        assert ended.returncode != 0
        taken = len(relay.mails)
        assert 1 <= taken <= 2, "one of each destination at most"
        assert desk.query("SELECT outcome FROM deliveries") == [("sent",)] * taken
        messages = [("pending", 0)] * (6 - taken) + [("sent", 1)] * taken
        assert desk.query("SELECT status, attempts FROM messages ORDER BY status") == messages
        desk.deliver(datetime.now(UTC))
        assert len(relay.mails) == 6
        assert not [mail for mail in relay.mails if "repeat" in str(mail["Subject"])]


def test_who_would_hand_over_hears_that_it_is_too_late_when_the_mark_is_broken_off() -> None:
    heard: list[BaseException] = []

    def mark() -> None:
        raise KeyboardInterrupt

    def hand_over(begin: Callable[[], None]) -> None:
        try:
            begin()
        except BaseException as error:  # noqa: BLE001 - which one is what is asked
            heard.append(error)

    async def run() -> None:
        await asyncio.get_running_loop().run_in_executor(None, hand_over, HandingOver(mark).begin)

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(run())
    assert [type(error) for error in heard] == [TimeoutError]


def test_prefect_may_cancel_a_run_while_it_sends() -> None:
    """It acknowledges that only while it finds its own handler."""
    from prefect.utilities.engine import (
        capture_sigterm,
        is_prefect_sigterm_handler_installed,
    )

    async def look() -> bool:
        return is_prefect_sigterm_handler_installed() and signal.getsignal(signal.SIGTERM) is not before

    with capture_sigterm():
        before = signal.getsignal(signal.SIGTERM)
        assert asyncio.run(heard_in_turn(look()))
        assert is_prefect_sigterm_handler_installed()
        assert signal.getsignal(signal.SIGTERM) is before
