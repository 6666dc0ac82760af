"""Filters: whatever is hidden, the sections tell the same story, and days are those of London."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.board.browser import open_board
from tests.board.samples import SMALL, board

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

DATA = board(SMALL)
FILTERS = (
    "theme=finance",
    "theme=public_voice",
    "theme=autonomy_control&from=2026-05-30",
    "kind=local_nhs&from=2026-06-01",
    "from=2026-06-03&to=2026-06-03",
    "outlet=Harbour+Times",
    "to=2026-05-28",
)
MIDDLES = "(all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => (left + right) / 2)"
GO = """(hash) => new Promise((done) => {
  addEventListener("hashchange", () => done(), { once: true });
  location.hash = hash;
})"""


def downloaded(page: Page, name: str) -> list[dict[str, str]]:
    """A table of the page as it is downloaded."""
    if not page.locator(f"#{name}-table summary").count():
        return []
    if page.locator(f"#{name}-table details[open]").count() == 0:
        page.click(f"#{name}-table summary")
    with page.expect_download() as download:
        page.click(f"#{name}-table .download")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def told_changes(sentence: str) -> int:
    """How many changes of side "What is new" counts."""
    found = re.search(r"(\d+) changes? of side", sentence)
    return int(found.group(1)) if found else 0


def name_of(actor: dict[str, Any]) -> str:
    return str(actor["person"] or actor["organisation"])


@pytest.mark.parametrize("since", ["week", "month"])
def test_sections_agree_whatever_a_filter_hides(
    desk: BrowserContext, address: Callable[[str], str], since: str
) -> None:
    seen = open_board(desk, address("small") + f"#since={since}")
    page = seen.page
    for filters in FILTERS:
        page.evaluate(GO, f"since={since}&{filters}")
        new, field = page.inner_text("#new-sentence"), page.inner_text("#field-sentence")
        assert ("Nobody changed sides" in field or not field) == (told_changes(new) == 0), (filters, new, field)
        assert "of which no event tells" not in field
        for row in downloaded(page, "field"):
            assert row["Before"] or not earlier_than(row), (filters, row)


def earlier_than(row: dict[str, str]) -> list[str]:
    """When the actor took a side on days before that of a row of the field, shown or hidden."""
    (actor,) = (n for n, one in enumerate(DATA["actors"]) if is_row_of(one, row))
    return [each["at"] for each in DATA["positions"] if each["actor"] == actor and each["at"][:10] < row["On"]]


def is_row_of(actor: dict[str, Any], row: dict[str, str]) -> bool:
    return name_of(actor) == row["Actor"] and actor["organisation"] == row["Organisation"]


def test_a_timeline_knows_what_a_filter_hides(desk: BrowserContext, address: Callable[[str], str]) -> None:
    event = next(row for row in DATA["events"] if row["kind"] == "shift")
    actor = DATA["actors"][event["actor"]]["id"]
    alone = f"from={event['at'][:10]}&to={event['at'][:10]}"
    seen = open_board(desk, address("small") + f"#actor={actor}&{alone}")
    words = seen.page.inner_text("#timeline-quotes .summary")
    assert "that the filters let through" in words
    assert "The side changed" in words
    assert "whatever the filters hide" in seen.page.inner_text("#timeline-actor")


def test_days_are_those_of_london(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("midnight") + "#from=2026-06-03&to=2026-06-03")
    page = seen.page
    assert page.inner_text("#matches") == "1 position of 1 actor, 1 event"
    assert "3 Jun 2026" in page.inner_text("#events .event")
    assert [row["Said"] for row in downloaded(page, "events")] == ["2026-06-03"]
    assert [row["Found"][10:11] + row["Found"][-6:] for row in downloaded(page, "events")] == ["T+01:00"]
    assert [row["On"] for row in downloaded(page, "field")] == ["2026-06-03"]
    assert [row["Date"] for row in downloaded(page, "timeline")] == ["2026-06-03"]
    page.evaluate(GO, "to=2026-06-02")
    assert page.inner_text("#matches").startswith("7 positions")


def test_ticks_stand_where_londons_days_begin(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("midnight") + "#from=2026-06-03&to=2026-06-03")
    chart = seen.page.locator("#timeline-chart .screen")
    assert "3 Jun" in chart.locator(".role-axis-label text").all_text_contents()
    point, *_ = chart.locator(".points_marks path").evaluate_all(MIDDLES)
    lines = chart.locator(".role-axis-grid line").evaluate_all(MIDDLES)
    assert min(abs(point - line) for line in lines) < 1


def test_a_range_that_ends_before_it_begins_is_said(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("small") + "#from=2026-06-02&to=2026-05-02")
    page = seen.page
    assert "From is later than To, no day lies between" in page.inner_text("#matches")
    assert "From is later than To" in page.inner_text("#new-note")
    for section in ("field", "themes", "events"):
        assert "fits the filters: From is later than To" in page.inner_text(f"#{section}")
