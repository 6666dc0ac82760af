"""Marks and names: whose latest side a sign shows, who is farthest from whom, who has no name, what is counted once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.board.browser import open_board, window
from tests.board.rare_boards import long_named_board
from tests.board.samples import SMALL, board
from tests.board.test_filters import downloaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext

DATA = board(SMALL)
SIGNS = {"▲": "local", "◆": "balanced", "▼": "central"}


def test_an_organisation_has_the_sign_of_its_latest_side(desk: BrowserContext, address: Callable[[str], str]) -> None:
    latest: dict[str, str] = {}
    for row in DATA["positions"]:
        latest.setdefault(DATA["actors"][row["actor"]]["organisation"], row["stance"])
    page = open_board(desk, address("small")).page
    words = page.locator("#agreement-chart .screen text").all_text_contents()
    marks = {text[2:]: SIGNS[text[0]] for text in words if text[:1] in SIGNS and "…" not in text}
    assert len(marks) > 8
    assert marks == {name: latest[name] for name in marks}
    order = [SIGNS[text[0]] for text in words if text[:1] in SIGNS]
    assert order == sorted(order, key=["local", "balanced", "central"].index)


def test_the_farthest_are_those_who_oppose_each_other_most(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("small")).page
    found = re.search(
        r"Farthest: (.+) and (.+) \(opposite sides on (\d+) of (\d+) shared", page.inner_text("#agreement-sentence")
    )
    assert found
    rows = [row for row in downloaded(page, "agreement") if int(row["Shared themes"]) >= 3]
    shares = {
        (row["Organisation"], row["With"]): int(row["Opposite sides"]) / int(row["Shared themes"]) for row in rows
    }
    assert shares[found.group(1), found.group(2)] == int(found.group(3)) / int(found.group(4)) == max(shares.values())


def test_on_a_phone_the_page_says_how_many_have_no_name(browser: Browser, address: Callable[[str], str]) -> None:
    names = {actor["person"] or actor["organisation"] for actor in DATA["actors"]}
    for width, is_whole in ((390, False), (1280, True)):
        with window(browser, width) as context:
            page = open_board(context, address("small")).page
            words = [
                text.removesuffix(" (new)") for text in page.locator("#field-chart .screen text").all_text_contents()
            ]
            named = [text for text in words if text in names or text.endswith("…")]
            told = re.match(r"(\d+) signs stand without a name", page.inner_text("#field-unnamed"))
            assert (told is None) == is_whole
            assert len(named) == len(DATA["actors"]) - (int(told.group(1)) if told else 0)


def test_a_name_is_cut_by_the_room_in_its_row(browser: Browser, address: Callable[[str], str]) -> None:
    with window(browser, 390) as context:
        page = open_board(context, address("longnames")).page
        words = page.locator("#field-chart .screen text").all_text_contents()
        names = {actor["person"] for actor in long_named_board()["actors"] if actor["stance"] != "balanced"}
        assert len(names) == 3
        assert min(map(len, names)) > 25
        assert {text.removesuffix(" (new)") for text in words} >= names
        view = page.locator("#field-chart .screen svg").bounding_box()
        boxes = [text.bounding_box() for text in page.locator("#field-chart .screen text").all()]
    assert view
    assert all(box and box["x"] >= view["x"] - 1 for box in boxes)
    assert all(box and box["x"] + box["width"] <= view["x"] + view["width"] + 1 for box in boxes)


def test_words_printed_twice_echo_a_seed_once(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("copied")).page
    sentence = page.inner_text("#seeds-sentence")
    assert "; 1 statement near to what they say, in 2 pairs: " in sentence
    assert "new" not in sentence
    assert [row["Copy"] for row in downloaded(page, "seeds")] == ["", "yes", ""]
