"""Headless Chromium as a painter of pages."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.pictures.palette import with_palette

CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]
_MEASURE = """<script>
document.documentElement.style.width = "WIDTHpx"; // a window is never narrower than 500 pixels, a picture may be
document.title = "H" + Math.ceil(document.body.getBoundingClientRect().height);
</script>"""


@dataclass(frozen=True, slots=True)
class Browser:
    """Draws pages; ``folder`` holds its profile and the pages."""

    folder: Path

    def draw(self, markup: str, target: Path, width: int, *, is_dark: bool = False) -> None:
        """Put the picture of a whole page of ``width`` pixels into ``target``, in the reader's choice of colours."""
        page = self.folder / f"{target.stem}.html"
        page.write_text(markup + _MEASURE.replace("WIDTH", str(width)), encoding="utf-8")
        scheme = f"--blink-settings=preferredColorScheme={0 if is_dark else 1}"
        shown = self._run(f"--window-size={width},600", scheme, "--dump-dom", page.as_uri())
        height = re.search(r"<title>H(\d+)</title>", shown)
        if height is None:
            raise SystemExit(f"no height of {page}")
        target.parent.mkdir(parents=True, exist_ok=True)
        self._run(f"--window-size={width},{height[1]}", scheme, f"--screenshot={target}", page.as_uri())
        target.write_bytes(with_palette(target.read_bytes()))

    def _run(self, *options: str) -> str:
        command = [*CHROMIUM, f"--user-data-dir={self.folder / 'chromium'}", *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own page
