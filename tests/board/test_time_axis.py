"""Axes of time: months stand under their bars, days of other years say so, and bars have air."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.board.browser import open_board
from tests.board.samples import SMALL, board

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

DATA = board(SMALL)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
WIDE_CHART = """() => {
  const chart = document.querySelector("#themes-chart .screen svg .role-scope");
  const middle = (node) => { const { left, right } = node.getBoundingClientRect(); return (left + right) / 2; };
  const bars = [...chart.querySelectorAll(".mark-rect path")];
  const isMonth = (text) => / /.test(text.textContent) && text.getAttribute("opacity") !== "0";
  const labels = [...chart.querySelectorAll(".role-axis-label text")].filter(isMonth);
  const frame = chart.querySelector("path.background").getBoundingClientRect();
  const boxes = bars.map((bar) => bar.getBoundingClientRect());
  return {
    bars: [...new Set(bars.map((bar) => Math.round(middle(bar))))].sort((one, other) => one - other),
    labels: labels.map((text) => [text.textContent, middle(text)]),
    air: Math.min(...boxes.map(({ top, bottom }) => Math.min(top - frame.top, frame.bottom - bottom))),
  };
}"""


def month_number(words: str) -> int:
    """A label such as "Sept 2025" as a count of months."""
    name, year = words.split(" ")
    return int(year) * 12 + MONTHS.index(name)


def test_a_month_stands_under_its_bar_and_none_beyond_the_last(
    desk: BrowserContext, address: Callable[[str], str]
) -> None:
    shown = open_board(desk, address("small")).page.evaluate(WIDE_CHART)
    days = [row["month"] for row in DATA["tallies"]]
    first, last = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (min(days), max(days)))
    assert len(shown["bars"]) == last - first + 1
    assert len(shown["labels"]) > 4
    for words, middle in shown["labels"]:
        assert abs(shown["bars"][month_number(words) - first] - middle) < 2, words


def test_the_tallest_bar_ends_before_the_frame(desk: BrowserContext, address: Callable[[str], str]) -> None:
    assert open_board(desk, address("small")).page.evaluate(WIDE_CHART)["air"] > 2


def test_days_of_another_year_name_it(desk: BrowserContext, address: Callable[[str], str]) -> None:
    old = next(row for row in DATA["positions"] if row["at"] < "2026")
    day, actor = old["at"][:10], DATA["actors"][old["actor"]]["id"]
    page = open_board(desk, address("small") + f"#actor={actor}&from={day}&to={day}").page
    labels = page.locator("#timeline-chart .screen .role-axis-label text").all_text_contents()
    assert labels
    assert all(label.endswith((" 2025", " 2026")) for label in labels)
