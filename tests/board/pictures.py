"""`make board-pictures`: the board of the documentation, at three widths, in light and in dark."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.board.browser import chromium, open_board, window
from tests.board.page import page
from tests.board.samples import SMALL, board
from tests.pictures.palette import with_palette

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PHONE, TABLET, DESK = 390, 820, 1280


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture from the top of one section to the end of another; no section means the very top."""

    name: str
    width: int
    first: str
    last: str
    is_dark: bool = False


SHOTS = (
    Shot("board-desktop", DESK, "", "field"),
    Shot("board-desktop-dark", DESK, "timeline", "agreement", is_dark=True),
    Shot("board-tablet", TABLET, "themes", "agreement"),
    Shot("board-tablet-dark", TABLET, "", "field", is_dark=True),
    Shot("board-phone", PHONE, "", "field"),
    Shot("board-phone-dark", PHONE, "timeline", "timeline", is_dark=True),
    Shot("board-events", DESK, "events", "events"),
    Shot("board-seeds", TABLET, "seeds", "health"),
)
BOX = """([first, last]) => {
  document.querySelector("nav").style.position = "static";
  for (const item of document.querySelectorAll(".events > li:nth-child(n + 4)")) item.remove();
  const top = first ? document.getElementById(first).getBoundingClientRect().top + scrollY - 16 : 0;
  return [top, document.getElementById(last).getBoundingClientRect().bottom + scrollY + 16 - top];
}"""


def main() -> None:
    """Draw every picture of the board."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "board.html"
        file.write_text(page(board(SMALL)), encoding="utf-8")
        for shot in SHOTS:
            draw(browser, file.as_uri(), shot)


def draw(browser: Browser, address: str, shot: Shot) -> None:
    """Put one picture into the documentation."""
    with window(browser, shot.width, is_dark=shot.is_dark) as context:
        seen = open_board(context, address)
        top, height = seen.page.evaluate(BOX, [shot.first, shot.last])
        clip = {"x": 0, "y": top, "width": shot.width, "height": height}
        png = seen.page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type] # a plain dict is a FloatRect
    (IMAGES / f"{shot.name}.png").write_bytes(with_palette(png))


if __name__ == "__main__":
    main()
