"""`make soak`: all parts, one after the other or side by side, each going on where it stands; then one table each."""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.soak.account import draw_up
from tests.soak.platform import postgres_bin
from tests.soak.soak import Part, Soak

PARTS: Final = (datetime(2026, 3, 19, tzinfo=UTC), datetime(2026, 10, 15, tzinfo=UTC))
"""Both go over a switch of the clocks."""


def main() -> None:
    """Run what is asked for; status 1 if anything is wrong, 3 if a part was stopped before its end."""
    words = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    words.add_argument("folder", type=Path, help="keeps the state; a soak goes on there")
    words.add_argument("--half-hours", type=int, default=1000, help="of each part")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--under-prefect", type=int, default=24, help="so many half hours are commands")
    words.add_argument("--part", type=int, choices=(1, 2), help="only this one")
    asked = words.parse_args()
    under = asked.under_prefect if postgres_bin() else 0
    wrongs = 0
    for number in [asked.part] if asked.part else [1, 2]:
        part = Part(asked.seed * 10 + number, PARTS[number - 1], asked.half_hours, under)
        soak = Soak(asked.folder.resolve() / f"part-{number}", part, number)
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, soak.stop)
        if not soak.go_on():
            sys.exit(3)
        account = draw_up(soak)
        sys.stdout.write(f"part {number}: {part.half_hours} half hours from {part.start:%Y-%m-%d}, seed {part.seed}\n")
        sys.stdout.writelines(f"{line}\n" for line in account.lines())
        wrongs += len(account.wrongs)
        if not account.wrongs:
            soak.clear_away()
    sys.exit(bool(wrongs))


if __name__ == "__main__":
    main()
