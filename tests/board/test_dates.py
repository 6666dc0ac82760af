"""Dates as far as they are known: a seed of a year or a month has no day, anywhere on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.board.browser import open_board
from tests.board.rare_boards import seeded_board
from tests.board.test_filters import downloaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

OPEN_ALL = "for (const box of document.querySelectorAll('details')) box.open = true"


def test_no_day_is_invented_for_a_seed(desk: BrowserContext, address: Callable[[str], str]) -> None:
    actor = seeded_board()["actors"][0]
    page = open_board(desk, address("seeded") + f"#actor={actor['id']}").page
    assert " since 2015" in page.inner_text("#timeline-actor")
    assert page.inner_text("#timeline-quotes .summary").startswith("1 position, in 2015: ")
    assert page.inner_text("#timeline-quotes .pick").endswith("· 2015")
    page.locator("#timeline-chart .screen .points_marks path").hover()
    assert ", 2015" in page.inner_text("#tip")
    assert "· February 2015 ·" in page.inner_text("#seeds .seed >> nth=0")
    assert ", February 2015" in page.inner_text("#events .before")
    assert [row["Date"] for row in downloaded(page, "timeline")] == ["2015"]
    assert "2015" in [row["On"] for row in downloaded(page, "field")]
    assert [row["Date"] for row in downloaded(page, "seeds")] == ["2015"]
    page.evaluate(OPEN_ALL)
    words = page.inner_text("body")
    for invented in ("Jan 2015", "1 Feb 2015", "2015-01-01", "2015-02-01"):
        assert invented not in words
