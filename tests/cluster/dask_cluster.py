"""A real Dask cluster on loopback for tests: a scheduler and workers of one thread, each a process of its own."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flows.orphans import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 120.0


@dataclass(slots=True)
class DaskProcesses:
    """The processes of a running cluster."""

    port: int
    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """As STANCEWATCH_TASKS names it."""
        return f"dask://127.0.0.1:{self.port}"

    def add_worker(self, environment: dict[str, str] | None = None) -> None:
        """Start one more worker; it is killed for good, since nobody watches over it."""
        number = len(self.workers)
        arguments = ["worker", f"tcp://127.0.0.1:{self.port}", "--host", "127.0.0.1", "--nthreads", "1"]
        arguments += ["--no-nanny", "--no-dashboard", "--death-timeout", "60", "--local-directory", str(self.folder)]
        self.workers.append(dask(arguments, self.folder / f"worker-{number}.log", environment))

    def wait_until_ready(self) -> None:
        """Wait until all workers are known to the scheduler."""
        deadline = time.monotonic() + START_SECONDS
        logs = [self.folder / f"worker-{number}.log" for number in range(len(self.workers))]
        while not all("Registered to" in log.read_text(encoding="utf-8") for log in logs):
            assert time.monotonic() < deadline, "the cluster does not start"
            time.sleep(0.1)


@contextlib.contextmanager
def running_dask(workers: int = 2) -> Iterator[DaskProcesses]:
    """A cluster with so many workers, ended with the block."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = free_port()
        arguments = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-jupyter"]
        cluster = DaskProcesses(port, folder, dask(arguments, folder / "scheduler.log"))
        try:
            for _ in range(workers):
                cluster.add_worker()
            cluster.wait_until_ready()
            yield cluster
        finally:
            for process in (*cluster.workers, cluster.scheduler):
                process.kill()
                process.wait()


def dask(arguments: list[str], log: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a process of a cluster; what it says goes to a file."""
    plain = {name: value for name, value in os.environ.items() if name != MARK}  # it is no child of a run
    with log.open("wb") as file:
        return subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "dask", *arguments],
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**plain, **(environment or {})},
        )


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
