"""Boards as files, and one browser that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.board.browser import CHROMIUM, chromium, window
from tests.board.page import page
from tests.board.rare_boards import long_named_board, seeded_board, sure_board
from tests.board.samples import (
    SMALL,
    TINY,
    board,
    copied_board,
    empty_board,
    hostile_board,
    late_board,
    midnight_board,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

BOARDS = {
    "small": lambda: board(SMALL),
    "earlier": lambda: board(SMALL) | {"generated_at": "2026-06-02T12:00:00Z"},
    "tiny": lambda: board(TINY) | {"runs": board(TINY)["runs"][:8]},
    "late": late_board,
    "midnight": midnight_board,
    "copied": copied_board,
    "longnames": long_named_board,
    "seeded": seeded_board,
    "sure": sure_board,
    "empty": empty_board,
    "hostile": hostile_board,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once for all tests of a module."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's Chromium in /usr/bin/chromium (apt-get install chromium)")
    with chromium() as started:
        yield started


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh window of a desktop."""
    with window(browser) as context:
        yield context


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """The address of a sample board's file by its name."""
    folder = tmp_path_factory.mktemp("boards")

    def of(name: str) -> str:
        file = folder / f"{name}.html"
        if not file.exists():
            file.write_text(page(BOARDS[name]()), encoding="utf-8")
        return file.as_uri()

    return of
