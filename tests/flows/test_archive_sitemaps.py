"""Sitemaps as archives: articles of the feed's section and time are taken, the site's other pages are not."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.settings import load_settings
from tests.flows.loopback import reply
from tests.flows.press import NAMESPACE, NEWEST, XML, Press, environment, settings
from tests.flows.test_archive import ARTICLES, SINCE, WANTED, numbers, poll, read, rows, walk

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = (
    "/",
    "/about/",
    "/contact-us/",
    "/tag/beds-and-wards-in-plenty/",
    "/news/",
    "/authors/ida-crane/",
    "/jobs/4410/",
)


def articles(site: Press, start: int, end: int) -> list[tuple[str, str]]:
    return [(site.link(n), site.moment(n).isoformat()) for n in range(start, end)]


def others(site: Press) -> list[tuple[str, str]]:
    return [(site.url(path), NEWEST.date().isoformat()) for path in OTHERS]


async def test_an_index_named_by_robots_txt(tmp_path: Path) -> None:
    async with Press(is_paged=False) as site:
        site.own["/robots.txt"] = reply(f"User-agent: *\nDisallow:\nSitemap: {site.url('/maps/all.xml')}".encode())
        site.index("/maps/all.xml", [("/maps/2.xml", ""), ("/maps/tag-sitemap.xml", ""), ("/maps/1.xml", "2026-05-26")])
        site.sitemap("/maps/1.xml", [*others(site), *articles(site, 3, 7)])
        site.sitemap("/maps/2.xml", articles(site, 7, 18))
        chosen = settings(tmp_path, site)
        came = await walk(chosen)
        assert numbers(chosen) == list(range(WANTED))
        assert site.asked("/maps/") == ["/maps/all.xml", "/maps/1.xml", "/maps/2.xml"]
        assert came.why.endswith("its sitemaps are read")
        assert not site.asked("/sitemap")
        reason = f"{len(OTHERS)} addresses left out: unlike those of the feed's entries"
        assert rows(chosen, "SELECT url, reason FROM drops") == [(site.url("/maps/1.xml"), reason)]
        again = await walk(chosen)
        assert again.new == again.pages == 0


async def test_sitemaps_older_than_the_day_are_not_asked(tmp_path: Path) -> None:
    async with Press(is_paged=False) as site:
        site.index("/sitemap_index.xml", [(f"/map-{n}.xml", site.moment(n).isoformat()) for n in range(3, 18)])
        for number in range(3, 18):
            site.sitemap(f"/map-{number}.xml", articles(site, number, number + 1))
        chosen = settings(tmp_path, site)
        await walk(chosen)
        assert numbers(chosen) == list(range(WANTED))
        assert site.asked("/map-") == [f"/map-{n}.xml" for n in range(3, WANTED)]
        earlier = (NEWEST - timedelta(days=14)).date().isoformat()
        await walk(chosen, earlier)
        assert numbers(chosen) == list(range(15))
        assert site.asked("/map-") == [f"/map-{n}.xml" for n in range(3, 15)]


async def test_the_page_itself_says_when_it_was_published(tmp_path: Path) -> None:
    async with Press(is_paged=False, articles=3) as site:
        touched = NEWEST.date().isoformat()
        site.sitemap("/sitemap.xml", [(site.link(n), touched) for n in range(3, 18)])
        chosen = settings(tmp_path, site)
        await walk(chosen)
        assert numbers(chosen) == list(range(18))
        await read(chosen)
        assert numbers(chosen, ARTICLES) == list(range(WANTED))
        assert rows(chosen, "SELECT count(*) FROM drops WHERE stage = 'read'") == [(18 - WANTED,)]
        published = rows(chosen, "SELECT published_at FROM articles ORDER BY published_at")
        assert [moment for (moment,) in published] == sorted(site.moment(n) for n in range(WANTED))


async def test_pages_without_title_and_date_are_no_articles(tmp_path: Path) -> None:
    async with Press(is_paged=False, articles=3, hidden_dates=True) as site:
        site.sitemap("/wp-sitemap.xml", [(site.link(n), "") for n in range(3, 6)])
        chosen = settings(tmp_path, site)
        await walk(chosen)
        await read(chosen)
        assert numbers(chosen, ARTICLES) == [0, 1, 2]
        assert rows(chosen, "SELECT DISTINCT reason FROM drops") == [
            ("has neither title nor date: not taken for an article",)
        ]


async def test_indexes_that_name_each_other_end(tmp_path: Path) -> None:
    async with Press(is_paged=False) as site:
        site.index("/sitemap.xml", [("/a.xml", "")])
        site.index("/a.xml", [("/b.xml", ""), ("/sitemap.xml", "")])
        site.index("/b.xml", [("/a.xml", "")])
        came = await walk(settings(tmp_path, site))
        assert site.paths().count("/a.xml") == site.paths().count("/b.xml") == 1
        assert came.new == 3


async def test_a_site_wider_than_its_publisher_is_not_searched(tmp_path: Path) -> None:
    async with Press(is_paged=False, homepage="/bodies/ward") as site:
        site.sitemap("/sitemap.xml", articles(site, 3, 10))
        came = await walk(settings(tmp_path, site))
        assert came.new == 3
        assert came.why.endswith(f"; sitemaps of {site.host} do not tell which pages are Ward 1's")
        assert not site.asked("/sitemap")


async def test_a_sitemap_as_the_feed_itself(tmp_path: Path) -> None:
    async with Press() as site:
        site.index("/feed/", [("/map-1.xml", "2026-05-30"), ("/map-0.xml", "2026-05-21")])
        site.sitemap("/map-1.xml", articles(site, 0, 6))
        site.sitemap("/map-0.xml", articles(site, 6, 18))
        chosen = settings(tmp_path, site)
        await poll(chosen)
        before = len(site.received)
        came = await walk(chosen)
        assert came.why == f"went back to {SINCE}"
        assert numbers(chosen)[:WANTED] == list(range(WANTED))
        assert site.paths()[before:] == ["/feed/", "/map-1.xml", "/map-0.xml"]


async def test_a_packed_sitemap_in_an_index(tmp_path: Path) -> None:
    async with Press(is_paged=False) as site:
        site.sitemap("/map.xml", articles(site, 3, 9))
        whole = site.own.pop("/map.xml")
        assert isinstance(whole, bytes)
        _, _, body = whole.partition(b"\r\n\r\n")
        site.own["/map.xml.gz"] = reply(gzip.compress(body), Content_Type="application/gzip")
        site.index("/sitemap.xml", [("/map.xml.gz", "")])
        chosen = settings(tmp_path, site)
        await walk(chosen)
        assert numbers(chosen) == list(range(9))


async def test_a_keyed_sitemap_is_asked_for_wherever_its_index_says_and_shown_without_the_key(tmp_path: Path) -> None:
    path = "/late.xml?key=k%2Fey-1234"
    async with Press(is_paged=False, articles=3) as site, Press() as other:
        site.own["/feed/?key=k%2Fey-1234"] = reply(site.rss(range(3)), **XML)
        child = f"<sitemap><loc>{other.url(path)}</loc></sitemap>"
        site.own["/sitemap.xml"] = reply(f"<sitemapindex {NAMESPACE}>{child}</sitemapindex>".encode(), **XML)
        other.sitemap(path, articles(site, 3, 18))
        words = environment(tmp_path, site) | {"KEY": "k/ey-1234"}
        words["STANCEWATCH_LOCAL_HOSTS"] += f",{other.host}"
        file = tmp_path / "config" / "feeds.yml"
        file.write_text(file.read_text("utf-8").replace("/feed/", "/feed/?key=${KEY}"), "utf-8")
        chosen = load_settings(words)
        await walk(chosen)
        assert other.asked("/late") == [path]
        assert numbers(chosen) == list(range(WANTED))
        hidden = other.url("/late.xml?key=${KEY}")
        assert rows(chosen, f"SELECT state FROM store.archive_pages WHERE url = '{hidden}'") == [("asked",)]  # noqa: S608
        assert not rows(chosen, "SELECT 1 FROM store.fetches WHERE url LIKE '%1234%'")
