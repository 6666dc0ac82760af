"""Headless Chromium that shows boards, and what happened on their pages."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Page, expect, sync_playwright

from tests.board.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

CHROMIUM: Final = Path("/usr/bin/chromium")
OPTIONS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--lang=en-GB",
)
PATIENCE: Final = 20_000
"""Milliseconds until a page counts as hung; nothing waits that long on purpose."""
WIDTHS: Final = (390, 820, 1280)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the system; none is ever downloaded."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=list(OPTIONS))
        yield browser
        browser.close()


@dataclass(slots=True)
class Seen:
    """A board in a window, with all that its page said and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until every chart is drawn."""
        self.page.wait_for_selector("html[data-drawn]", state="attached")


@contextmanager
def window(browser: Browser, width: int = 1280, *, is_dark: bool = False) -> Iterator[BrowserContext]:
    """A fresh window, a day after the sample boards were made, without a memory."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if is_dark else "light",
        locale="en-GB",
        timezone_id="Europe/London",
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    context.clock.set_fixed_time(NOW)
    yield context
    context.close()


def open_board(context: BrowserContext, address: str) -> Seen:
    """A board from a file, with all charts drawn."""
    page = context.new_page()
    seen = Seen(page)
    page.on("console", lambda said: seen.complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("request", lambda request: seen.requests.append(request.url))
    page.goto(address)
    seen.settle()
    return seen
