"""An index of sitemaps as a feed: its newest sitemaps are read, and one that leads in circles ends the poll."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import yaml

from flows.newsroom import Page, load_newsroom
from tests.flows.world import World, running_world

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = datetime(2026, 5, 1, tzinfo=UTC)
SITES = [site for site in load_newsroom() if site.publisher.format == "sitemap"]


def point_to_index(world: World, **indexes: list[str]) -> None:
    """Serve each index under /NAME.xml, with these paths as its sitemaps, and make /a.xml the feed."""
    base = world.newsroom.bases[0]
    for name, paths in indexes.items():
        maps = "".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in paths)
        body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
        world.newsroom._servers[0].pages[f"/{name}.xml"] = Page(body.encode(), "application/xml", MOMENT)
    path = world.settings.places.config / "feeds.yml"
    feeds = yaml.safe_load(path.read_text("utf-8"))
    feeds["feeds"][0]["url"] = f"{base}/a.xml"
    path.write_text(yaml.safe_dump(feeds), encoding="utf-8")


def test_the_sitemaps_of_an_index_are_one_feed(tmp_path: Path) -> None:
    with running_world(tmp_path, SITES) as world:
        point_to_index(world, a=[SITES[0].publisher.feed_path])
        assert world.watch()["articles_new"] == len(SITES[0].on_day(1))
        world.newsroom.show_day(2)
        point_to_index(world, a=[SITES[0].publisher.feed_path])
        assert world.watch()["articles_new"] == len(SITES[0].on_day(2)) - len(SITES[0].on_day(1))


def test_indexes_that_name_each_other_end_as_one_outcome(tmp_path: Path) -> None:
    with running_world(tmp_path, SITES) as world:
        point_to_index(world, a=["/b.xml"], b=["/a.xml", "/b.xml"])
        assert world.watch()["feeds_degraded"] == 1
        assert world.query("SELECT count(*) FROM fetches WHERE kind = 'feed'") == [(2,)]
        assert world.query("SELECT reason FROM feed_health") == [("is an index of sitemaps without an entry",)]
