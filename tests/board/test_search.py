"""Finding an actor: nobody found is seen, the next name takes the place of the last, a stale link says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.board.browser import open_board
from tests.board.samples import SMALL, board
from tests.board.test_looks import violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

DATA = board(SMALL)


def test_that_nobody_is_found_is_seen(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("tiny")).page
    page.fill("#actor-search", "zzzz")
    line = page.locator("#actor-found")
    expect(line).to_have_text("Nobody of that name is on this page.")
    box = line.bounding_box()
    assert box
    assert box["height"] > 20
    assert page.locator("#actor-answers [role=option]").count() == 0
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(line).to_have_text("")
    page.fill("#actor-search", "e")
    box = line.bounding_box()
    assert box
    assert box["height"] < 2
    assert page.locator("#actor-answers [role=option]").count() > 0


def test_after_a_choice_the_next_name_takes_its_place(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("small")).page
    people = [actor["person"] for actor in DATA["actors"] if actor["person"]]
    page.focus("#actor-search")
    for person in (people[0], people[1], people[1]):
        page.keyboard.type(person)
        assert page.input_value("#actor-search") == person
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#timeline-actor h3")).to_have_text(person)


def test_a_link_to_an_actor_who_is_not_there_says_so(desk: BrowserContext, address: Callable[[str], str]) -> None:
    page = open_board(desk, address("small") + "#actor=nobody").page
    shown = page.inner_text("#timeline-actor h3")
    note = page.locator("#timeline-actor .note")
    expect(note).to_have_text(f"This link is to an actor who is not on this page. Shown instead: {shown}.")
    expect(note).to_be_visible()
    page.evaluate("location.hash = 'show=timeline'")
    expect(note).to_have_count(0)
    assert page.inner_text("#timeline-actor h3") == shown
