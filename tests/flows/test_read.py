"""Reading what links lead to: pages, walls, PDFs, recordings; what stands in, and how the warehouse tells."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from flows.newsroom import Page, load_newsroom
from tests.extractors.pdf_files import make_pdf, running
from tests.flows.world import World, running_world

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = datetime(2026, 5, 1, tzinfo=UTC)
SITE = next(site for site in load_newsroom() if "rss" in site.publisher.format)
WALL = "<h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in</p>"
SHORT = "<p>The board is to merge with its neighbour.</p>"


def text(name: str, paragraphs: int) -> str:
    """Paragraphs of thirty words each."""
    return "".join(
        f"<p>The board of {name} has told its members that it will decide on the merger before the summer, whatever "
        f"the region says about it, in point number {number} of its own plan.</p>"
        for number in range(paragraphs)
    )


def page(body: str) -> bytes:
    return f"<html><head><title>News</title></head><body><article><h1>News</h1>{body}</article></body></html>".encode()


def serve(world: World, pages: dict[str, bytes], inline: dict[str, str], types: dict[str, str] | None = None) -> None:
    """Let the only site's feed have an entry for each of ``pages`` and ``inline``, with that text of its own."""
    base, served = world.newsroom.bases[0], world.newsroom._servers[0].pages
    items = "".join(
        f"<item><title>{path}</title><link>{base}{path}</link><guid>{path}</guid>"
        f"<description>{escape(inline.get(path, ''))}</description></item>"
        for path in dict.fromkeys([*pages, *inline])
    )
    feed = f'<rss version="2.0"><channel><title>News</title><link>{base}/</link>{items}</channel></rss>'
    served[SITE.publisher.feed_path] = Page(feed.encode(), "application/rss+xml", MOMENT)
    for path, body in pages.items():
        served[path] = Page(body, (types or {}).get(path, "text/html"), MOMENT)


def sources(world: World) -> dict[str, str]:
    rows = world.query("SELECT title, text_source FROM articles WHERE kind = 'feed'")
    return {str(title): str(source) for title, source in rows}


def drops(world: World) -> dict[str, str]:
    base = world.newsroom.bases[0]
    return {str(url).removeprefix(base): str(reason) for url, reason in world.query("SELECT url, reason FROM drops")}


def test_every_link_ends_as_an_article_that_says_its_source_or_as_a_drop_that_says_why(tmp_path: Path) -> None:
    with running_world(tmp_path, [SITE]) as world:
        pages = {
            "/whole": page(text("Marsh", 5)),
            "/open-to-some": page(text("Fell", 4) + WALL),
            "/closed": page(SHORT + WALL),
            "/closed-but-told": page(SHORT + WALL),
            "/told-in-part": page(text("Tidewell", 4) + WALL),
            "/gone": page("<p>The page you requested could not be found.</p>"),
            "/paper": make_pdf(running(*[["The board has said that it will decide on the merger in June."]] * 6)),
            "/picture": b"\x89PNG\r\n\x1a\n",
            "/film.mp4": b"never fetched",
        }
        inline = {"/closed-but-told": text("Salt", 3), "/told-in-part": text("Tidewell", 3), "/absent": text("Moor", 3)}
        serve(world, pages, inline, {"/paper": "application/pdf", "/picture": "image/png"})
        world.watch()
        assert sources(world) == {
            "/whole": "page",
            "/open-to-some": "teaser",
            "/closed-but-told": "feed",
            "/told-in-part": "teaser",
            "/absent": "feed",
            "/paper": "pdf",
        }
        assert drops(world) == {
            "/closed": "is behind a paywall",
            "/gone": "says that there is no such page",
            "/picture": "leads to a picture, not to a page",
            "/film.mp4": "leads to a video, not to a page",
        }
        fetched = world.query("SELECT count(*) FROM fetches WHERE kind = 'page' AND url LIKE '%film%'")
        assert fetched == [(0,)]
        reasons = dict(world.query("SELECT title, reason FROM store.entries WHERE state = 'read' AND reason <> ''"))
        assert reasons == {
            "/open-to-some": "the beginning only, since the page is behind a paywall",
            "/told-in-part": "the beginning only, since the page is behind a paywall",
            "/closed-but-told": "text from the feed, since the page is behind a paywall",
            "/absent": "text from the feed, since the page HTTP 404",
        }


def test_a_page_that_closes_later_does_not_take_back_what_it_showed(tmp_path: Path) -> None:
    with running_world(tmp_path, [SITE]) as world:
        serve(world, {"/a": page(text("Marsh", 9))}, {"/a": "first"})
        world.watch()
        serve(world, {"/a": page(text("Marsh", 4) + WALL)}, {"/a": "edited"})
        world.watch()
        assert world.query("SELECT reason FROM store.entries") == [
            ("the beginning only, since the page is behind a paywall",)
        ]
        assert world.query("SELECT text_source, revision, words > 200 FROM articles WHERE kind = 'feed'") == [
            ("page", 1, True)
        ]


def test_a_site_out_of_order_is_asked_again(tmp_path: Path) -> None:
    with running_world(tmp_path, [SITE]) as world:
        serve(world, {"/a": page("<p>This website is currently unavailable.</p>")}, {"/a": text("Marsh", 4)})
        world.watch()
        assert world.query("SELECT state, reason FROM store.entries") == [
            ("waiting", "says that the site is out of order")
        ]
        assert sources(world) == {}


def test_what_a_feed_carries_cannot_hold_the_run(tmp_path: Path) -> None:
    flood = "<p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">text</p>"
    with running_world(tmp_path, [SITE]) as world:
        serve(world, {}, {"/a": flood, "/b": text("Marsh", 3)})
        world.watch()
        assert sources(world) == {"/b": "feed"}
        assert drops(world) == {"/a": "HTTP 404"}


def test_other_languages_are_stored_but_not_analysed(tmp_path: Path) -> None:
    welsh = "<p>Mae'r bwrdd iechyd wedi dweud na fydd yr ysbyty yn cau cyn diwedd y flwyddyn, meddai'r cadeirydd.</p>"
    with running_world(tmp_path, [SITE]) as world:
        serve(world, {"/a": page(welsh + welsh.replace("ysbyty", "ganolfan") + welsh.replace("bwrdd", "corff"))}, {})
        world.watch()
        assert world.query("SELECT language, analysed_revision FROM store.articles WHERE kind = 'feed'") == [
            ("cy", None)
        ]
