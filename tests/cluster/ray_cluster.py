"""A real Ray cluster on loopback for `make cluster-check`: a head with two processors and its client server."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import ray  # noqa: F401 - whoever lacks it is told so by the import

from flows.orphans import MARK
from tests.cluster.dask_cluster import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 180.0


@contextlib.contextmanager
def running_ray() -> Iterator[str]:
    """A cluster of one node; yields its address as STANCEWATCH_TASKS names it."""
    port, client = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", "--num-cpus", "2"]
        command += ["--port", str(port), "--ray-client-server-port", str(client), "--node-ip-address", "127.0.0.1"]
        command += ["--include-dashboard", "false", "--disable-usage-stats", "--temp-dir", folder]
        plain = {name: value for name, value in os.environ.items() if name != MARK}
        log = Path(folder) / "head.log"
        with log.open("wb") as file:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter
                command, stdout=file, stderr=subprocess.STDOUT, env=plain, start_new_session=True
            )
        try:
            _wait_until_ready(log)
            yield f"ray://127.0.0.1:{client}"
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _wait_until_ready(log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "Ray runtime started" not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(0.2)


def kill_batch() -> None:
    """Wait until a worker process of Ray's does a batch, and kill it."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if file.read_bytes().startswith(b"ray::batch"):  # what Ray calls a worker by what it does
                    os.kill(int(file.parent.name), signal.SIGKILL)
                    return
        time.sleep(0.02)
    raise TimeoutError("no batch came to Ray")
