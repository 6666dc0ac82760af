"""Copies and pieces that only look like them, told apart by the rule and found by the sketches."""

from __future__ import annotations

from datetime import timedelta

import pytest

from extractors.story import are_copies, path_key, sketch, wording
from tests.stories.pairs import DAY, HALVES, all_pairs
from tests.stories.score import score


@pytest.mark.parametrize("half", HALVES)
def test_copies_are_found_and_nothing_else(half: str) -> None:
    found = score([pair for pair in all_pairs() if pair.half == half])
    assert found.pairs >= 45
    assert (found.wrong, found.missed) == ((), ())


def test_the_order_of_two_texts_does_not_count() -> None:
    for pair in all_pairs():
        first, second = (
            wording(each.publisher, each.title, "", each.published_at, each.text) for each in (pair.first, pair.second)
        )
        assert are_copies(first, second) == are_copies(second, first)


def test_sketches_are_the_same_for_ever() -> None:
    """Warehouses hold bands: with these the version of the sketches must change, or a migration changes those held."""
    made = sketch("Title", "https://a.example/x", " ".join(f"word{number}" for number in range(60)))
    assert len(made.bands) == 60
    assert made.bands[:2] == (3544407853, 1769013678)
    assert sketch("Title", "https://a.example/x", "too short a text").bands == ()


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.example/health/trusts-told-to-wait-90210", "trusts-told-to-wait"),
        ("https://b.example/trusts-told-to-wait.html?utm_source=x", "trusts-told-to-wait"),
        ("https://b.example/news/articles/c1abc", ""),
        ("https://b.example/health-news", ""),
        ("import:a-b-c-d-e", ""),
        ("", ""),
    ],
)
def test_what_an_address_says_of_its_story(url: str, key: str) -> None:
    assert path_key(url) == key


def test_a_publisher_prints_one_text_twice_under_one_headline_only() -> None:
    text = " ".join(f"word{number}" for number in range(100))
    first = wording("Post", "One", "", DAY, text)
    assert are_copies(first, wording("Post", "One", "", DAY + timedelta(days=400), text))
    assert not are_copies(first, wording("Post", "Two", "", DAY, text))
    assert not are_copies(first, wording("Post", "One", "", DAY + timedelta(days=8), f"{text} 12 more words"[5:]))
