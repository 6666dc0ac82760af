"""The page's own words: names of sections, runs in words, one day as one day, the year in the head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.board.browser import open_board, window
from tests.board.samples import SMALL, board
from tests.board.test_filters import downloaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext

DATA = board(SMALL)
ROWS = "(rows) => rows.map((row) => row.getBoundingClientRect().height)"


def test_the_tabs_are_called_as_their_sections(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("tiny")).page
    tabs = {tab.get_attribute("data-section"): tab.inner_text() for tab in page.locator("nav a").all()}
    assert tabs["field"] == page.inner_text("#field-title") == "Who stands where"
    assert tabs["health"] == "Feeds"
    assert page.inner_text("#health-title").startswith(tabs["health"])


def test_the_table_of_the_field_is_sorted_by_score(desk: BrowserContext, address: Callable[[str], str]) -> None:
    sides = ["central", "balanced", "local"]
    for name in ("small", "sure"):
        rows = downloaded(open_board(desk, address(name)).page, "field")
        places = [(sides.index(row["Side"]), float(row["Score"])) for row in rows]
        assert places == sorted(places, reverse=True), name
    assert [score for _, score in places] == [1.0, 0.99, 0.98, 0.97]


def test_runs_tell_in_words_what_they_did(browser: Browser, address: Callable[[str], str]) -> None:
    with window(browser, 390) as context:
        page = open_board(context, address("small")).page
        rows = downloaded(page, "runs")
        assert [row["Done"] for row in rows] == [run["done"] for run in DATA["runs"]]
        assert max(page.locator("#runs-table tbody tr").evaluate_all(ROWS)) < 200
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_one_day_is_one_day(desk: BrowserContext, address: Callable[[str], str]) -> None:
    row = DATA["positions"][0]
    page = open_board(desk, address("midnight") + "#from=2026-06-03&to=2026-06-03").page
    assert row["at"].startswith("2026-06-03")
    words = page.inner_text("#timeline-quotes .summary")
    assert words.startswith("1 position that the filters let through, on 3 Jun 2026: ")
    assert re.search(r"confidence \d+%,", page.inner_text("#timeline-quotes"))


def test_the_head_names_the_year_and_no_line_begins_with_a_dot(browser: Browser, address: Callable[[str], str]) -> None:
    with window(browser, 390) as context:
        page = open_board(context, address("tiny")).page
        assert page.inner_text("#as-of").startswith("As of Wednesday 3 June 2026, 07:05 (London)")
        assert not re.search(r"^\s*·", page.inner_text(".top"), re.MULTILINE)
        assert not page.locator(".top .dot").is_visible()
    with window(browser) as context:
        page = open_board(context, address("tiny")).page
        assert "(London)\u00a0· " in page.inner_text(".top")
