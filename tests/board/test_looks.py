"""What a board looks like to people, to a screen reader, on paper, and with hostile words in it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.board.browser import WIDTHS, open_board, window
from tests.board.page import BOARD
from tests.board.samples import SMALL, board

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Page

CHARTS = ("field-chart", "timeline-chart", "themes-chart", "agreement-chart")
OPEN_ALL = "for (const box of document.querySelectorAll('details')) box.open = true"
ALL_RULES = {"resultTypes": ["violations"]}
COLOURS_ONLY = {"runOnly": ["color-contrast"], **ALL_RULES}


def violations(page: Page, rules: dict[str, list[str]] = ALL_RULES) -> list[str]:
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


def test_nothing_bars_anybody_at_any_width_in_light_and_dark(browser: Browser, address: Callable[[str], str]) -> None:
    with window(browser) as context:
        seen = open_board(context, address("tiny"))
        for width in WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 900})
            seen.page.evaluate(OPEN_ALL)
            seen.page.emulate_media(color_scheme="light")
            assert violations(seen.page) == [], width
            seen.page.emulate_media(color_scheme="dark")
            assert violations(seen.page, COLOURS_ONLY) == [], width
            assert seen.page.evaluate("document.documentElement.scrollWidth") == width
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []


def test_every_chart_is_drawn_and_says_what_it_shows(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("small"))
    for chart in CHARTS:
        place = seen.page.locator(f"#{chart}")
        assert place.locator(".screen svg").count() == 1
        assert place.get_attribute("role") == "img"
        assert len(place.get_attribute("aria-label") or "") > 60
        assert seen.page.locator(f"#{chart.replace('-chart', '-table')} details summary").count() == 1
    assert seen.page.locator("#field-chart svg text", has_text="Local").count() > 0
    assert seen.complaints == []


def test_levels_of_headings_never_skip(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("small"))
    levels = seen.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((node) => +node.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_an_empty_board_says_so(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("empty"))
    words = seen.page.inner_text("main")
    assert "Nobody has taken a side yet." in words
    assert "No event yet" in words
    assert "No feed has been polled yet" in words
    assert seen.complaints == []
    assert violations(seen.page) == []


def test_hostile_words_stay_words(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("hostile"))
    page = seen.page
    page.evaluate(OPEN_ALL)
    page.locator("#timeline-chart .screen .points_marks path").last.hover()
    assert "<img src=x" in page.inner_text("#tip")
    assert page.evaluate("window.trapped") is None
    assert page.locator("img, iframe, object, embed, main script").count() == 0
    addresses = page.evaluate("[...document.querySelectorAll('a[target]')].map((a) => [a.protocol, a.rel])")
    assert {protocol for protocol, _ in addresses} <= {"http:", "https:"}
    assert {rel for _, rel in addresses} <= {"noopener noreferrer"}
    assert "<script>window.trapped=2</script>" in page.inner_text("#events")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []


def test_paper_has_all_words_and_no_controls(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("small")).page
    page.wait_for_selector("html[data-printable]", state="attached")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#events .event").count() == len(board(SMALL)["events"])
    assert page.locator("#events .event").last.is_visible()
    assert page.locator(".paper svg").locator("visible=true").count() == len(CHARTS)
    assert page.locator("nav, .filters, #seen, .more, .search").locator("visible=true").count() == 0
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--local').trim()") == "#0b6b60"
    assert "New: in the last 7 days" in page.inner_text("#print-filters")


def test_scripts_stay_small() -> None:
    scripts = sorted(BOARD.glob("*.js"))
    assert scripts
    assert max(len(script.read_text(encoding="utf-8").splitlines()) for script in scripts) <= 300
    words = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    functions = re.findall(r"^(?:async )?function .*?^}$", words, re.DOTALL | re.MULTILINE)
    assert [function.splitlines()[0] for function in functions if function.count("\n") >= 40] == []
    assert not [
        risk for risk in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(") if risk in words
    ]
