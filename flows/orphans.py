"""Nothing outlives a killed command: Prefect's temporary server would run on for ever after a kill -9.

`sweep_up_after_us` marks this process's environment and starts a small watcher that holds the reading end of a pipe.
When the pipe ends, however this process died, the watcher ends what carries the mark. Linux only; elsewhere it does
nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Final

MARK: Final = "STANCEWATCH_COMMAND"
GRACE_SECONDS: Final = 5.0
_PROC: Final = Path("/proc")


def sweep_up_after_us() -> None:
    """Have every process that this one starts from now on ended when this one is gone."""
    if not _PROC.is_dir():
        return
    mark = uuid.uuid4().hex
    watcher = [sys.executable, "-m", "flows.orphans", mark]
    reading, writing = os.pipe()  # the writing end is closed by the system when we die; nobody inherits it
    subprocess.Popen(watcher, stdin=reading, start_new_session=True)  # noqa: S603 - our own module
    os.close(reading)
    os.environ[MARK] = mark
    os.set_inheritable(writing, False)


def marked(mark: str) -> list[int]:
    """The processes that carry ``mark`` in their environment."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):  # gone, or somebody else's
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return found


def main() -> None:
    """Wait for the end of standard input, give what is left time to end by itself, then end it."""
    sys.stdin.buffer.read()
    deadline = time.monotonic() + GRACE_SECONDS
    while marked(sys.argv[1]) and time.monotonic() < deadline:
        time.sleep(0.2)
    for pid in marked(sys.argv[1]):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


if __name__ == "__main__":
    main()
