"""Feeds of every format, well made and badly; one bad entry costs only itself."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractors.feed import IsSitemapIndex, NotAFeed, parse_feed
from extractors.feed_dates import read_date

if TYPE_CHECKING:
    from extractors.records import Entry, ParsedFeed

FEEDS = Path(__file__).parents[1] / "corpus" / "feeds"
REAL_FEEDS = Path(__file__).parents[3] / "shared" / "corpora" / "feeds"
NOW = datetime(2025, 6, 5, 12, tzinfo=UTC)
TEN = datetime(2025, 6, 3, 10, tzinfo=UTC)


def parse(body: bytes, content_type: str = "", base_url: str = "https://fen.example/feed") -> ParsedFeed:
    return parse_feed(body, content_type=content_type, base_url=base_url, now=NOW)


def recorded(name: str) -> ParsedFeed:
    return parse((FEEDS / name).read_bytes())


def by_title(feed: ParsedFeed) -> dict[str, Entry]:
    return {entry.title: entry for entry in feed.entries}


def rss(items: bytes) -> bytes:
    return b"<rss version='2.0'><channel><title>T</title>" + items + b"</channel></rss>"


def item(extra: bytes = b"", title: bytes = b"One") -> bytes:
    return b"<item><title>" + title + b"</title><link>https://fen.example/1</link>" + extra + b"</item>"


def test_dates_the_british_way() -> None:
    feed = recorded("british-dates.xml")
    dates = {title: entry.published_at for title, entry in by_title(feed).items()}
    assert dates["Summer time"] == TEN.replace(hour=9)
    assert dates["Winter time"] == datetime(2025, 1, 6, 10, tzinfo=UTC)
    assert dates["No zone"] == TEN
    assert dates["Numeric"] == TEN.replace(hour=9)
    assert dates["Day first"] == TEN.replace(hour=9, minute=15)
    assert dates["Far off"] is dates["Long ago"] is dates["No sense"] is dates["None"] is None
    assert by_title(feed)["Bare day"].updated_at == TEN.replace(hour=0)
    assert all(moment.tzinfo is UTC for moment in dates.values() if moment)
    assert (feed.title, feed.ttl_minutes) == ("Marsh & Fen Health News", 30)
    assert feed.problems == (
        "an entry's date lies in the future and is not used",
        "an entry's date lies before 1990 and is not used",
    )


def test_addresses_and_ids_are_made_whole() -> None:
    entries = by_title(recorded("british-dates.xml"))
    assert (entries["Summer time"].url, entries["Summer time"].guid) == ("https://fen.example/a", "fen-1")
    assert entries["Winter time"].guid == entries["Winter time"].url == "https://fen.example/b"


def test_one_bad_entry_costs_only_itself() -> None:
    feed = recorded("odd-entries.xml")
    assert [entry.url for entry in feed.entries] == [
        "https://odd.example/1",
        "https://odd.example/2",
        "https://odd.example/5?a=1&b=2",
    ]
    assert feed.problems == ("an entry has no address that can be fetched and is left out (3 times)",)
    first = feed.entries[0]
    assert (first.title, first.summary) == ("Bold & plain", "<p>Short.</p>")
    assert first.content == "<p>The <em>whole</em> text.</p>"
    assert "Ada Quill" in first.author


def test_undeclared_windows_1252() -> None:
    feed = recorded("windows-1252.xml")
    assert (feed.title, feed.entries[0].title) == ("Café", "“Top-down” – no more")


def test_utf8_under_a_wrong_name() -> None:
    body = b'<?xml version="1.0" encoding="iso-8859-1"?>' + rss(item(title="“café”".encode()))
    assert parse(body, "text/xml; charset=iso-8859-1").entries[0].title == "“café”"


def test_atom() -> None:
    (entry,) = recorded("atom.xml").entries
    assert (entry.guid, entry.url) == ("tag:atom.example,2025:1", "https://atom.example/news/1.html")
    assert (entry.author, entry.summary) == ("Ivo Sandringly", "In short")
    assert "At length" in entry.content
    assert entry.published_at == TEN.replace(hour=8)
    assert entry.updated_at == TEN.replace(hour=12)


def test_json_feed() -> None:
    feed = recorded("feed.json")
    assert [(entry.guid, entry.url) for entry in feed.entries] == [
        ("7", "https://fen.example/7"),
        ("8", "https://else.example/8"),
        ("https://fen.example/5", "https://fen.example/5"),
    ]
    assert feed.entries[0].author == "Wilf Ormerod, Tess Okparan"
    assert feed.entries[0].content == "<p>Text  and more</p>"
    assert feed.entries[0].published_at == TEN.replace(hour=9)
    assert feed.problems[0] == "1 items are no objects"


def test_news_sitemap() -> None:
    feed = recorded("news-sitemap.xml")
    first, second = feed.entries
    assert (first.url, first.title) == ("https://map.example/1", "Boards & budgets")
    assert first.published_at == TEN.replace(hour=8)
    assert first.updated_at == datetime(2025, 6, 4, tzinfo=UTC)
    assert (second.title, second.published_at) == ("", None)
    assert len(feed.problems) == 1


def test_json_feed_with_wrong_types_everywhere() -> None:
    feed = recorded("odd-types.json")
    assert (feed.title, feed.older_url) == ("7", "https://fen.example/feed.json?page=2")
    told = {entry.guid: (entry.url, entry.title, entry.author) for entry in feed.entries}
    assert told == {
        "a": ("https://fen.example/a", "Objects", "Old Style"),
        "b": ("https://fen.example/b", "", "The Ward Desk"),
        "c": ("https://else.example/c", "", "One"),
    }
    assert feed.entries[1].content == "<p>Beds &lt; boards &amp; wards</p><p>Two</p>"
    assert feed.problems == (
        "3 items are no objects",
        "says that it is finished: nothing new will come",
        "an entry has no address that can be fetched and is left out",
    )


def test_a_sitemap_with_pictures_and_films() -> None:
    first, second = recorded("picture-sitemap.xml").entries
    assert (first.url, first.title) == ("https://map.example/wards?a=1&b=2", "")
    assert (second.url, second.title) == ("https://map.example/beds", "Beds & boards")
    assert (second.published_at, second.updated_at) == (TEN, None)


def test_a_text_sitemap() -> None:
    feed = recorded("sitemap.txt")
    assert [entry.url.rpartition("/")[2] for entry in feed.entries] == ["beds", "boards?a=1&b=2", "wards"]
    assert feed.is_sitemap
    assert parse(b"\xef\xbb\xbfhttps://map.example/a\r\nhttps://map.example/b").entries[1].url.endswith("/b")


def test_fifty_thousand_pages_are_read_in_seconds() -> None:
    rows = b"".join(
        b"<url><loc>https://map.example/news/2025/what-the-board-said-%d/</loc><lastmod>2025-06-01</lastmod></url>" % n
        for n in range(50_000)
    )
    body = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + rows + b"</urlset>"
    start = time.process_time()
    assert len(parse(body).entries) == 50_000
    assert time.process_time() - start < 5


def test_what_feeds_say_of_older_entries_and_of_their_maker() -> None:
    head = b"<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><generator>Press 6</generator>"
    links = b"<atom:link rel='next' href='/p2'/><atom:link rel='prev-archive' href='/2024.xml'/>"
    feed = parse(head + links + item() + b"</channel></rss>")
    assert (feed.older_url, feed.generator) == ("https://fen.example/2024.xml", "Press 6")
    atom = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='?page=2'/><entry><id>x</id></entry></feed>"
    )
    assert parse(atom).older_url == "https://fen.example/feed?page=2"
    assert parse(rss(item())).older_url == ""


def test_an_index_without_dates_begins_with_the_latest_of_the_articles() -> None:
    names = (
        "wp-sitemap-posts-page-1.xml",
        "wp-sitemap-posts-post-1.xml",
        "wp-sitemap-posts-post-2.xml",
        "wp-sitemap-users-1.xml",
    )
    rows = b"".join(b"<sitemap><loc>https://map.example/%s</loc></sitemap>" % name.encode() for name in names)
    with pytest.raises(IsSitemapIndex) as raised:
        parse(b"<sitemapindex>" + rows + b"</sitemapindex>")
    places = [link.url.rpartition("/")[2] for link in raised.value.children]
    assert places[:2] == ["wp-sitemap-posts-post-2.xml", "wp-sitemap-posts-post-1.xml"]


def test_a_sitemap_index_names_its_children() -> None:
    rows = b"".join(
        b"<sitemap><loc>https://map.example/%d.xml</loc><lastmod>2025-0%d-01</lastmod></sitemap>" % (n, n)
        for n in (1, 3, 2)
    )
    with pytest.raises(IsSitemapIndex, match="index of 3 sitemaps") as raised:
        parse(b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + rows + b"</sitemapindex>")
    assert [link.url for link in raised.value.children] == [f"https://map.example/{n}.xml" for n in (3, 2, 1)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "is empty"),
        (b" \n\x00", "is empty"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "is HTML, not a feed"),
        (b"<note><to>you</to></note>", "is XML, but neither RSS nor Atom"),
        (b"/etc/passwd", "is neither XML nor JSON"),
        (b"https://news.example/feed", "is neither XML nor JSON"),
        (b"%PDF-1.7", "is a PDF, not a feed"),
        (gzip.compress(b"<rss/>"), "is a gzip archive, not a feed"),
        (b'{"error": 404}', "is JSON, but not a JSON Feed"),
        (b"{broken", "begins like JSON, but is not"),
        (b"[" * 100_000, "begins like JSON, but is not"),
        (b"<rss " + b" ".join(b"a%d='1'" % n for n in range(9_000)) + b">", "has a tag with thousands of attributes"),
    ],
)
def test_what_is_not_a_feed_is_told(body: bytes, reason: str) -> None:
    with pytest.raises(NotAFeed, match=reason):
        parse(body)


def test_a_feed_may_be_empty() -> None:
    assert parse(rss(b"")).entries == ()
    assert parse(rss(b"")).problems == ("has no entries",)


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    feed = parse(rss(item() + item(b"<description>&nosuch; <b>", b"Two"))[:-30])
    assert [entry.title for entry in feed.entries][:2] == ["One", "Two"]
    assert feed.problems[0].startswith("is not well-formed XML: ")


@pytest.mark.parametrize(
    "author",
    [b"a" * 2_000_000, b"<![CDATA[</ " + b"a.b-" * 500_000 + b"]]>", b"&#97;" * 300_000],
    ids=["plain", "hidden in CDATA", "as entities"],
)
def test_long_authors_cost_no_time(author: bytes) -> None:
    start = time.perf_counter()
    feed = parse(rss(item(b"<author>" + author + b"</author>")))
    assert time.perf_counter() - start < 3
    assert len(feed.entries[0].author) <= 300


def test_a_flood_of_entries_is_cut() -> None:
    start = time.perf_counter()
    feed = parse(rss(item() * 60_000))
    assert time.perf_counter() - start < 5
    assert len(feed.entries) == 5_000
    assert feed.problems == ("has more than 5,000 entries; the rest is not read",)


def test_entities_neither_explode_nor_read_files() -> None:
    laughs = b"".join(b"<!ENTITY e%d '%s'>" % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))
    document = b"<!DOCTYPE x [<!ENTITY e0 'ha'>%s<!ENTITY f SYSTEM 'file:///etc/passwd'>]>" % laughs
    feed = parse(document + rss(item(title=b"&e9;&f;")))
    assert len(feed.entries) == 1
    assert "root" not in feed.entries[0].title
    assert len(feed.entries[0].title) < 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-06-03T10:00:00Z", TEN),
        ("2025-06-03 11:00 BST", TEN),
        ("Tue, 3rd June 2025, 10:00", TEN),
        ("Tue Jun  3 10:00:00 2025", TEN),
        ("3 June 2025 10:00 (GMT)", TEN),
        ("Tue, 03 Jun 2025 06:00:00 EDT", TEN),
        ("Wed, 31 Feb 2025 10:00:00 GMT", None),
        ("Tue, 03 Jun 2025 11:00:00 +0100 (BST)", TEN),
        ("9999-12-31T23:59:59-10:00", None),
        ("x" * 5_000, None),
        ("", None),
    ],
)
def test_dates(text: str, expected: datetime | None) -> None:
    assert read_date(text) == expected


@pytest.mark.skipif(not REAL_FEEDS.is_dir(), reason="the shared corpora are not here")
def test_real_feeds() -> None:
    counts: dict[str, int] = {}
    for path in sorted(REAL_FEEDS.glob("*/*")):
        body = path.read_bytes()
        try:
            feed = parse(gzip.decompress(body) if path.suffix == ".gz" else body)
        except NotAFeed:
            continue
        counts[path.parent.name] = counts.get(path.parent.name, 0) + bool(feed.entries)
    assert counts["kagi_bench"] >= 198
