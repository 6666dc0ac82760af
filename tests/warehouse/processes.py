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


@contextlib.contextmanager
def holding(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the working file until its input is closed."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
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


def run_unprivileged(code: str, *arguments: object) -> str:
    """What ``code`` prints when run by somebody whom permissions bind; errors fail the test."""
    command = [sys.executable, "-c", STEP_DOWN + code, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
