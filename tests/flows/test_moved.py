"""A page whose address, headline and words change under one id stays one entry, one article and one story."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from flows.newsroom import Site, load_newsroom
from tests.flows.world import World, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW_PATH = "/news/told-otherwise-by-the-afternoon"


def site_of(**changes: str) -> Site:
    """A site that prints one article, under an id that lasts."""
    (site,) = (site for site in load_newsroom() if site.publisher.slug == "nhs-providers")
    article = replace(site.on_day(1)[0], guid="tag:providers,2026:1")
    return replace(site, articles=(replace(article, **changes),))  # type: ignore[arg-type]  # all of them are texts


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with running_world(tmp_path, [site_of()]) as running:
        assert running.watch()["articles_new"] == 1
        yield running


def show(world: World, site: Site) -> None:
    world.newsroom._sites = (site,)
    world.newsroom.show_day(1)


def test_a_page_that_moves_and_is_edited_stays_one_article(world: World) -> None:
    ((article_id, before),) = world.query("SELECT article_id, url FROM articles")
    old = site_of().articles[0]
    show(
        world,
        site_of(path=NEW_PATH, title=f"{old.title}, again", body=f"{old.body}<p>One more thing was said of it.</p>"),
    )
    counts = world.watch()
    assert (counts["entries_new"], counts["entries_changed"]) == (0, 1)
    assert (counts["articles_new"], counts["articles_edited"]) == (0, 1)
    ((same_id, url, title, revision, story_id),) = world.query(
        "SELECT article_id, url, title, revision, story_id FROM articles"
    )
    assert (same_id, story_id, revision) == (article_id, article_id, 2)
    assert (url, title) == (before.replace(old.path, NEW_PATH), f"{old.title}, again")
    assert world.query("SELECT added FROM revisions WHERE revision = 2") == [(["One more thing was said of it."],)]
    assert not [name for name, number in world.watch().items() if number and name.startswith(("articles", "events"))]


def test_a_page_gone_from_its_old_address_is_read_at_its_new_one(world: World) -> None:
    old = site_of().articles[0]
    show(world, site_of(path=NEW_PATH, body=old.body.replace("the", "this", 3)))
    world.watch()
    show(world, site_of(path=NEW_PATH, summary="Another summary, so that it is read again."))
    world.watch()
    assert world.query("SELECT count(*) FROM articles") == [(1,)]
    assert world.query("SELECT outcome FROM fetches WHERE kind = 'page' AND url LIKE '%otherwise%'") == [("ok",)]
