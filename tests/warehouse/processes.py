"""Other processes of a test: one that holds a file until it is told or killed, one without a superuser's rights."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP_DOWN = """
import os
import warehouse.published
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""
HOLD = """
import sys
from pathlib import Path
from warehouse.database import Warehouse
with Warehouse.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""
DIE = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.timeline import Timeline
from warehouse.database import Warehouse

timeline, steps, moment = Timeline(Warehouse.open(Path(sys.argv[1]))), 0, sys.argv[2]

def watch(frame, event, argument):
    global steps
    name = getattr(argument, "__name__", "")
    if event == "call" and frame.f_code is Warehouse.execute.__code__:
        steps += 1
        name = f"step {steps}"
    if moment in (name, f"{event} {name}"):
        os.kill(os.getpid(), signal.SIGKILL)
"""
"""Opens the working file named first; after ``sys.setprofile(watch)`` it dies at the moment named second: "step N" is
the N-th named query from then on, other moments are calls and returns of functions."""


def start_code(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A process that runs ``code``, with pipes for all it reads and prints."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)  # noqa: S603 - our own code


def run_code(code: str, *arguments: object) -> str:
    """What ``code`` prints; errors fail the test."""
    with start_code(code, *arguments) as process:
        printed, errors = process.communicate(timeout=300)
    assert (process.returncode, errors) == (0, "")
    return printed


def run_unprivileged(code: str, *arguments: object) -> str:
    """What ``code`` prints when run by somebody whom permissions bind; errors fail the test."""
    return run_code(STEP_DOWN + code, *arguments)


@contextlib.contextmanager
def holding(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the working file until its input is closed."""
    with start_code(HOLD, path) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach too, unlike a test's own."""
    folder = Path(tempfile.mkdtemp(prefix="stancewatch-test-"))
    folder.chmod(0o777)
    try:
        yield folder
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)
