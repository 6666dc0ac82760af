"""`stancewatch` at another time of day: ``python -m tests.soak.command MOMENT COMMAND…``."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta

from flows import clock
from flows.cli import main as stancewatch


def main() -> None:
    """Run the command line as if it were that moment."""
    at, began = datetime.fromisoformat(sys.argv.pop(1)), time.monotonic()
    with clock.showing(lambda: at + timedelta(seconds=time.monotonic() - began)):
        stancewatch()


if __name__ == "__main__":
    main()
