"""`make bench-page`: how long boards take from opening to their last chart, in Chromium on this machine."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.board.browser import chromium
from tests.board.page import page
from tests.board.samples import LARGE, SMALL, board

LOADS = 5
FIRST = "performance.getEntriesByName('stancewatch-text')[0].startTime"
LAST = "performance.getEntriesByName('stancewatch-chart').at(-1).startTime"


def main() -> None:
    """Print the median of some loads of a small and of a large board."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for size in (SMALL, LARGE):
            file = Path(folder) / "board.html"
            file.write_text(page(board(size)), encoding="utf-8")
            times = []
            for _ in range(LOADS):
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                shown = context.new_page()
                shown.goto(file.as_uri())
                shown.wait_for_selector("html[data-drawn]", state="attached")
                times.append((shown.evaluate(FIRST), shown.evaluate(LAST)))
                context.close()
            text, charts = (median(column) for column in zip(*times, strict=True))
            sys.stdout.write(
                f"{size.positions:,} positions, {file.stat().st_size / 1e6:.1f} MB: "
                f"text after {text / 1000:.2f} s, last chart after {charts / 1000:.2f} s (median of {LOADS})\n"
            )


if __name__ == "__main__":
    main()
