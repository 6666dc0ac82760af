"""Copies of one text are one story, in whatever order they come and however they are edited afterwards."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from extractors.identity import content_id
from tests.warehouse.timeline import PEAKE, Said, Timeline, at, open_timeline, page, words
from warehouse.articles import ArticleRow, store_articles
from warehouse.stories import group_stories

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def text(subject: str, paragraphs: int = 4) -> str:
    """Paragraphs of words that no other subject has."""
    parts = ("first", "second", "third", "fourth", "fifth", "sixth")[:paragraphs]
    return "\n\n".join(" ".join(f"{subject}{part}{number}" for number in range(30)) for part in parts)


def article(article_id: str, subject: str, day: int | None = 1, **more: Any) -> ArticleRow:
    """An article about a subject by an outlet of its own."""
    return article_text(article_id, text(subject), day, **more)


def article_text(article_id: str, whole: str, day: int | None = 1, **more: Any) -> ArticleRow:
    """An article of a given text."""
    published_at = None if day is None else at(day)
    row = replace(page(article_id, 1).row(), published_at=published_at, publisher=f"Outlet {article_id}", **more)
    return replace(row, text=whole, text_hash=content_id(whole))


def store(timeline: Timeline, *rows: ArticleRow) -> None:
    store_articles(timeline.warehouse, at(60), rows, [])


def stories(timeline: Timeline) -> dict[str, str]:
    """Article -> story."""
    return dict(timeline.query("SELECT article_id, story_id FROM articles ORDER BY ALL"))


def test_copies_are_one_story_called_by_the_first_published(timeline: Timeline) -> None:
    store(timeline, article("c", "a", day=2), article("b", "a", day=1), article("a", "other"))
    assert stories(timeline) == {"a": "a", "b": "b", "c": "b"}


ARRIVALS = (
    article("a", "one", 3),
    article("b", "one", 2, title="Board meeting"),
    article("c", "one", None),
    article("d", "two", 1, title="Board meeting"),
    article("e", "two", 5),
    article("f", "three"),
)


@pytest.mark.parametrize("order", [*itertools.permutations(range(4), 4)][::5])
def test_the_order_of_arrival_does_not_count(timeline: Timeline, order: Iterable[int]) -> None:
    for number in (*order, 4, 5):
        store(timeline, ARRIVALS[number])
    assert stories(timeline) == {"a": "b", "b": "b", "c": "b", "d": "d", "e": "d", "f": "f"}


def test_a_batch_is_decided_as_if_its_articles_had_come_one_by_one(timeline: Timeline, tmp_path: Path) -> None:
    store(timeline, *ARRIVALS)
    with open_timeline(tmp_path, "other") as other:
        for each in reversed(ARRIVALS):
            store(other, each)
        assert stories(timeline) == stories(other)


def test_what_links_two_stories_makes_them_one(timeline: Timeline) -> None:
    """Neither end of a text that two outlets cut differently is a copy of the other; the whole is one of both."""
    whole = text("a", 6).split("\n\n")
    start, end = "\n\n".join(whole[:4]), "\n\n".join(whole[3:])
    store(timeline, article_text("a", start), article_text("b", end))
    assert stories(timeline) == {"a": "a", "b": "b"}
    store(timeline, article_text("c", "\n\n".join(whole), day=5))
    assert set(stories(timeline).values()) == {"a"}


def test_an_edit_of_one_copy_does_not_split_the_story(timeline: Timeline) -> None:
    store(timeline, article("a", "one"), article("b", "one", day=2))
    longer = text("one") + "\n\n" + text("more", 6)
    store(timeline, article_text("b", longer, day=2))
    assert stories(timeline) == {"a": "a", "b": "a"}
    assert timeline.query("SELECT max(revision) FROM articles") == [(2,)]


def test_an_edit_can_make_a_copy(timeline: Timeline) -> None:
    store(timeline, article("a", "one"), article("b", "two", day=2))
    store(timeline, article("b", "one", day=2))
    assert stories(timeline) == {"a": "a", "b": "a"}


def test_a_page_that_takes_another_story_leaves_its_old_one(timeline: Timeline) -> None:
    store(timeline, article("a", "one"), article("b", "one", day=2), article("c", "one", day=3))
    store(timeline, article("a", "two"))
    assert stories(timeline) == {"a": "a", "b": "b", "c": "b"}
    store(timeline, article("d", "two", day=3))
    assert stories(timeline) == {"a": "a", "b": "b", "c": "b", "d": "a"}


def test_a_new_headline_can_find_a_copy(timeline: Timeline) -> None:
    part = text("one", 3) + "\n\n" + text("mine", 2)
    store(timeline, article("a", "one", title="Trusts told to wait"), article_text("b", part))
    assert stories(timeline) == {"a": "a", "b": "b"}
    store(timeline, article_text("b", part, title="Trusts told to wait | Hill Gazette"))
    assert stories(timeline) == {"a": "a", "b": "a"}


def test_one_headline_alone_makes_no_story(timeline: Timeline) -> None:
    store(timeline, article("a", "one", title="Board meeting"), article("b", "two", title="Board meeting"))
    store(timeline, article("c", "three", title="Board meeting", day=8))
    assert len(set(stories(timeline).values())) == 3


def test_one_slug_at_two_outlets_is_one_headline(timeline: Timeline) -> None:
    part = text("one", 3) + "\n\n" + text("mine", 2)
    slug = "news/trusts-told-to-wait-for-rules"
    store(timeline, article("a", "one", url=f"https://post.example/{slug}-123", title="Wait"))
    store(timeline, article_text("b", part, url=f"https://gazette.example/{slug}.html", title="Rules"))
    assert stories(timeline) == {"a": "a", "b": "a"}


def test_texts_without_words_are_no_copies(timeline: Timeline) -> None:
    store(timeline, *(article_text(each, mark, title="") for each, mark in (("a", "…"), ("b", "…"), ("c", ""))))
    assert len(set(stories(timeline).values())) == 3


def test_articles_of_an_older_warehouse_get_their_stories(timeline: Timeline) -> None:
    store(timeline, article("a", "one"), article("b", "one", day=2), article("c", "two"))
    timeline.warehouse._connection.execute("UPDATE store.articles SET story_id = article_id")
    for table in ("sketches", "sketch_bands", "story_links"):
        timeline.warehouse._connection.execute(f"TRUNCATE store.{table}")
    assert group_stories(timeline.warehouse) == {"articles_grouped": 3, "copies_found": 2}
    assert stories(timeline) == {"a": "a", "b": "a", "c": "c"}
    assert not group_stories(timeline.warehouse)


def test_sketches_of_another_version_are_made_anew(timeline: Timeline) -> None:
    store(timeline, article("a", "one"), article("b", "one", day=2))
    timeline.warehouse._connection.execute("UPDATE store.sketches SET version = 'old' WHERE article_id = 'b'")
    assert group_stories(timeline.warehouse)["articles_grouped"] == 1
    assert timeline.query("SELECT count(*), count(DISTINCT version) FROM store.sketches") == [(2, 1)]
    assert stories(timeline) == {"a": "a", "b": "a"}


def test_a_story_shows_its_outlets_and_addresses(timeline: Timeline) -> None:
    store(timeline, article("c", "one", day=None), article("b", "one", day=2), article("a", "one", day=3))
    (story,) = timeline.query("SELECT * FROM stories")
    first: datetime = story[2]
    assert story[:2] == ("b", "Title of b")
    assert first == at(2)
    assert story[3] == at(1) + timedelta(hours=1)
    assert story[4:8] == (
        3,
        ["Outlet a", "Outlet b", "Outlet c"],
        [f"https://post.example/{each}" for each in "bac"],
        ["b", "a", "c"],
    )


def test_copies_raise_no_second_event_and_all_outlets_are_kept(timeline: Timeline) -> None:
    said = Said(PEAKE, "local", words(1))
    timeline.read(page("a", 1, said), page("b", 2, said, publisher="Hill Gazette"))
    assert [(event.kind, event.sources) for event in timeline.events()] == [
        ("first", ("Hill Gazette", "Valley Post")),
        ("repeat", ("Hill Gazette", "Valley Post")),
    ]
