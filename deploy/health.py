# ruff: noqa: INP001 - a script of its own, started by path
"""Health check: `health.py URL [FILE]` is 0 while URL answers 200 and FILE, once there, is touched by each run.

Imports next to nothing, as it runs every half minute. The file's age shows what a live process hides: schedules that
no longer start anything.
"""

from __future__ import annotations

import http.client
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 5
OLDEST_SECONDS = 3 * 3600
"""Six runs of the half-hourly monitor."""


def problem(url: str, file: Path | None, now: float) -> str:
    """What is wrong, in one line; empty if nothing is."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", address.path)
        status = connection.getresponse().status
    except OSError as error:
        return f"{url}: {error}"
    finally:
        connection.close()
    if status != http.client.OK:
        return f"{url}: answers {status}"
    if file is not None and file.exists() and now - file.stat().st_mtime > OLDEST_SECONDS:
        return f"{file}: nothing was published for {(now - file.stat().st_mtime) / 3600:.1f} h; look at the runs"
    return ""


def main() -> None:
    """Exit with 1 and a line on standard error if something is wrong."""
    url, *files = sys.argv[1:]
    if words := problem(url, Path(files[0]) if files else None, time.time()):
        sys.exit(words)


if __name__ == "__main__":
    main()
