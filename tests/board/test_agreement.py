"""Who agrees with whom: on one chosen theme, on a narrow screen, and whose word the sign beside a name is."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tests.board.browser import open_board, window
from tests.board.samples import SMALL, board
from tests.board.test_filters import downloaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext

DATA = board(SMALL)
FINANCE = next(place for place, theme in enumerate(DATA["themes"]) if theme["key"] == "finance")


def latest_on(theme: int) -> dict[str, str]:
    """The latest side of each organisation on a theme; the sample's positions come newest first."""
    latest: dict[str, str] = {}
    for row in DATA["positions"]:
        if theme in row["themes"]:
            latest.setdefault(DATA["actors"][row["actor"]]["organisation"], row["stance"])
    return latest


def verdict(one: str, other: str) -> str:
    return "same" if one == other else "apart" if "balanced" in {one, other} else "opposed"


def test_on_a_chosen_theme_nothing_else_counts(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("small") + "#theme=finance").page
    latest = latest_on(FINANCE)
    rows = downloaded(page, "agreement")
    assert len(rows) > 50
    assert {row["Shared themes"] for row in rows} == {"1"}
    verdicts = Counter(verdict(latest[row["Organisation"]], latest[row["With"]]) for row in rows)
    for row in rows:
        shown = (row["Same side"], row["Opposite sides"])
        expected = verdict(latest[row["Organisation"]], latest[row["With"]])
        assert shown == {"same": ("1", "0"), "opposed": ("0", "1"), "apart": ("0", "0")}[expected], row
    sentence = page.inner_text("#agreement-sentence")
    assert "on the chosen theme alone, Money" in sentence
    assert f"{verdicts['same']} on the same side" in sentence
    assert f"{verdicts['opposed']} on opposite sides" in sentence
    assert "shared theme" not in sentence
    assert "three of the four themes" not in page.inner_text("#agreement-key")
    words = Counter(page.locator("#agreement-chart .screen text").all_text_contents())
    assert [words[sign] for sign in "=≠~"] == [verdicts[key] for key in ("same", "opposed", "apart")]
    assert not [text for text in words if "/" in text]


def test_the_key_says_whose_side_the_sign_is(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("small")).page
    assert "of the organisation itself or of anybody who spoke for it" in page.inner_text("#agreement-key")
    row = next(row for row in DATA["positions"] if DATA["actors"][row["actor"]]["person"])
    actor = DATA["actors"][row["actor"]]
    page.locator("#agreement-chart .screen text", has_text=actor["organisation"]).hover()
    assert page.inner_text("#tip").startswith(actor["organisation"])
    assert f", by {actor['person']}" in page.inner_text("#tip")


def test_a_phone_says_how_many_are_drawn(browser: Browser, address: Callable[[str], str]) -> None:
    for width, told in ((390, r"The (\d+) busiest are drawn; the table has all 14\."), (1280, "^()$")):
        with window(browser, width) as context:
            page = open_board(context, address("small")).page
            found = re.search(told, page.inner_text("#agreement-undrawn"))
            assert found
            marks = page.locator("#agreement-chart .screen text").all_text_contents()
            drawn = len([text for text in marks if text[0] in "▲◆▼"])
            assert drawn == int(found.group(1) or 14)
            rows = downloaded(page, "agreement")
            assert len({row["Organisation"] for row in rows} | {row["With"] for row in rows}) == 14
