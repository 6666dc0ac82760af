"""An actor's long history: each news is judged as the codebook's table says, however little of it is looked at."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from extractors.records import Theme
from tests.depth import IS_THOROUGH
from tests.warehouse.timeline import PEAKE, Page, Said, Timeline, at, page, words

if TYPE_CHECKING:
    from datetime import datetime

STANCES = ("local", "local", "central", "balanced")
THEMES = (Theme.AUTONOMY_CONTROL, Theme.FINANCE, Theme.WORKFORCE, Theme.LEADERSHIP, Theme.DEVOLUTION)


@dataclass(slots=True)
class Ledger:
    """The codebook's table, read line by line over everything that is known."""

    known: list[Page] = field(default_factory=list)

    def judge(self, new: Page) -> tuple[str, str | None, datetime | None, tuple[str, ...]]:
        """Kind, previous stance and when that was printed, new themes; the page is known from then on."""
        before = sorted((old for old in self.known if place(old) < place(new)), key=place)
        is_late = any(place(old) > place(new) for old in self.known)
        touched = {theme for old in before for theme in old.said[0].themes}
        unheard = tuple(sorted(set(new.said[0].themes) - touched))
        self.known.append(new)
        if not before:
            return ("repeat" if is_late else "first"), None, None, ()
        last = before[-1].said[0].stance
        is_same = last == new.said[0].stance
        kind = "repeat" if is_late else "theme" if is_same and unheard else "repeat" if is_same else "shift"
        return kind, last, before[-1].published_at, unheard if kind == "theme" else ()


def place(one: Page) -> tuple[Any, ...]:
    return one.published_at, one.seen_at, one.article_id


@pytest.mark.parametrize("at_once", [1, 7] if IS_THOROUGH else [7])
@pytest.mark.parametrize("seed", [1, 8, 21] if IS_THOROUGH else [1])
def test_news_in_a_long_history(timeline: Timeline, seed: int, at_once: int) -> None:
    pick = random.Random(seed)  # noqa: S311 - the same history at each run
    pages = [invented(pick, number) for number in range(42)]
    history = [replace(each, is_live=False) for each in pages[:14]]
    news = pages[14:]
    timeline.read(*history)
    ledger = Ledger(list(history))
    for start in range(0, len(news), at_once):
        timeline.read(*news[start : start + at_once])
    expected = {new.article_id: ledger.judge(new) for new in news}
    found = {
        event.article_id: (event.kind, event.previous_stance, event.previous_at, tuple(sorted(event.new_themes)))
        for event in timeline.events()
    }
    assert found == expected
    assert len({kind for kind, *_ in expected.values()}) >= 3


def invented(pick: random.Random, number: int) -> Page:
    """Seen in the order of their numbers; printed on days of which several share one, some of them long before."""
    day = number // 3 + 1 if pick.random() < 0.75 else pick.randint(1, number // 3 + 1)
    themes = tuple(pick.sample(THEMES, pick.randint(1, 2))) if number > 25 else THEMES[:1]
    said = Said(PEAKE, pick.choice(STANCES), words(number), themes)
    return page(f"p{number:02}", day, said, first_seen_at=at(20, number))


def test_of_two_pages_of_one_moment_only_the_one_seen_before_is_the_predecessor(timeline: Timeline) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "central", words(1)), is_live=False),
        page("z", 3, Said(PEAKE, "balanced", words(2)), first_seen_at=at(20), is_live=False),
        page("b", 10, Said(PEAKE, "local", words(3)), is_live=False),
    )
    timeline.read(page("c", 3, Said(PEAKE, "local", words(4)), first_seen_at=at(12)))
    (event,) = timeline.events()
    assert (event.kind, event.previous_stance, event.previous_at) == ("repeat", "central", at(1))
