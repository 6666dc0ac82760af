"""What a killed command started does not outlive it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

CODE = """
import subprocess, sys, time
from flows.orphans import sweep_up_after_us
sweep_up_after_us()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_children_end_after_a_kill() -> None:
    command = subprocess.Popen([sys.executable, "-c", CODE], stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    assert command.stdout is not None
    child = int(command.stdout.readline())
    assert is_alive(child)
    os.kill(command.pid, 9)
    command.wait()
    command.stdout.close()
    deadline = time.monotonic() + 20
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not is_alive(child)
