"""That `serve` is told to stop is known to all at once, and leaves everybody the same time, server or no server."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from flows.prefect_setup import prepare_prefect
from flows.serving import ALL_SECONDS, Stop

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SERVE = """
import os, signal, threading, time
from flows.serving import Stop, serve

class Told(Stop):
    def set(self):
        told.append(time.monotonic())
        super().set()

told = []
threading.Timer(1, os.kill, (os.getpid(), signal.SIGTERM)).start()
stop = Told()
serve([], stop)
assert stop.event.is_set() and 0 < stop.seconds_left
assert told[0] < time.monotonic() < told[0] + 10
print("over")
"""


def test_only_the_first_word_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, now = Stop(), [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    assert stop.seconds_left == 0
    stop.set()
    now[0] += 20
    stop.set()
    assert stop.event.is_set()
    assert stop.seconds_left == ALL_SECONDS - 20
    now[0] += ALL_SECONDS
    assert stop.seconds_left == 0


def test_who_waits_beside_the_runs_is_told_as_the_signal_comes_though_no_server_answers(tmp_path: Path) -> None:
    environment = {**os.environ, "PREFECT_API_URL": "http://127.0.0.1:9/api"}
    prepare_prefect(tmp_path, environment)
    ended = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", SERVE], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert ended.stdout == "over\n", ended.stderr
