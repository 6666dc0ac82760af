"""Where a site's feeds may be, by what its page declares, links to, and by custom."""

from __future__ import annotations

import pytest

from extractors.discovery import discover_feeds

PAGE = b"""<html><head>
<link rel="alternate" type="application/rss+xml" href="/comments/feed/" title="Comments">
<link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="news.atom">
<link rel="alternate" type="application/feed+json" href="https://feeds.news.example/all.json#x">
<link rel="alternate" hreflang="cy" href="/cy/"><link rel="alternate" type="application/rss+xml" href="javascript:x">
<link rel="stylesheet" type="text/css" href="/feed.css">
</head><body><a href="/health/rss.xml?edition=uk">Health</a><a href="/feedback">Tell us</a></body></html>"""


def test_declared_feeds_come_first_then_links_then_usual_paths() -> None:
    found = discover_feeds(PAGE, "https://www.news.example/uk/index.html")
    assert found[:4] == (
        "https://www.news.example/uk/news.atom",
        "https://feeds.news.example/all.json",
        "https://www.news.example/health/rss.xml?edition=uk",
        "https://www.news.example/feed/",
    )
    assert found[-2:] == ("https://www.news.example/sitemap_index.xml", "https://www.news.example/comments/feed/")
    assert not any("feedback" in url or "css" in url or "javascript" in url or "/cy/" in url for url in found)
    assert len(set(found)) == len(found)


def test_a_base_element_counts() -> None:
    page = b'<base href="https://cdn.news.example/x/"><link rel=alternate type="application/rss+xml" href="f.xml">'
    assert discover_feeds(page, "https://news.example/")[0] == "https://cdn.news.example/x/f.xml"


def test_without_a_page_only_custom_is_left() -> None:
    for body in (b"", b"\x00\x01", b"<", b"plain"):
        found = discover_feeds(body, "https://news.example/a/b")
        assert found
        assert all(url.startswith("https://news.example/") for url in found)


def test_a_header_announces_feeds_before_the_page() -> None:
    header = '</style.css>; rel=preload, <news.rss>; rel="alternate"; type="application/rss+xml", </cy>; rel=alternate'
    found = discover_feeds(PAGE, "https://www.news.example/uk/", link_header=header)
    assert found[:2] == ("https://www.news.example/uk/news.rss", "https://www.news.example/uk/news.atom")
    assert "https://www.news.example/cy" not in found


def test_sitemaps_of_robots_txt_come_after_the_usual_paths_news_first() -> None:
    maps = ("https://news.example/map.xml", "https://news.example/map-news.xml")
    found = discover_feeds(b"", "https://news.example/", sitemaps=maps)
    places = [found.index(url) for url in ("https://news.example/feed.json", maps[1], maps[0])]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "page",
    [
        b"<html><head><!-- never closed <link rel='alternate' type='application/rss+xml' href='/a.rss'>",
        b"<title>Ward news<link rel=alternate type=application/rss+xml href=/a.rss></head><body>",
        b'<script>var a = "<link rel="alternate" type="application/rss+xml" href="/a.rss"><p>x',
        b"<body><p><LINK REL='Alternate' TYPE='APPLICATION/RSS+XML' HREF=' /a.rss '></p>",
        b"<link rel=alternate href=/a.rss>",
        b"<link rel='feed home' href=/a.rss>",
        b"\xff\xfe" + "<link rel=alternate type=application/rss+xml href=/a.rss>".encode("utf-16-le"),
    ],
)
def test_feeds_are_found_in_broken_pages(page: bytes) -> None:
    assert discover_feeds(page, "https://news.example/x")[0] == "https://news.example/a.rss"


def test_alternates_that_are_no_feeds() -> None:
    page = b"""<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
    <link rel="alternate" type="application/json+oembed" href="/oembed?url=x"><link rel="alternate" href="/cy/">"""
    assert discover_feeds(page, "https://news.example/")[0] == "https://news.example/feed/"


@pytest.mark.parametrize(
    ("url", "page", "expected"),
    [
        ("https://www.gov.uk/search/news?a%5B%5D=b", b"", "https://www.gov.uk/search/news.atom?a%5B%5D=b"),
        ("https://medium.com/@ward/about", b"", "https://medium.com/feed/@ward"),
        ("https://ward.medium.com/", b"", "https://ward.medium.com/feed"),
        (
            "https://www.youtube.com/@ward",
            b'<script>{"channelId":"UCabcdefghijklmnopqrstuv"}</script>',
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        ("https://youtube.com/playlist?list=PL1", b"", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
        ("https://ward.substack.com/about", b"", "https://ward.substack.com/feed"),
        ("https://ward.blogspot.com/", b"", "https://ward.blogspot.com/feeds/posts/default"),
        ("https://ward.example/", b'<meta name="Generator" content="Drupal 10">', "https://ward.example/rss.xml"),
        ("https://ward.example/", b'<img src="https://static.wixstatic.com/x">', "https://ward.example/blog-feed.xml"),
        ("https://ward.example/", b'<meta name=generator content="Ghost 5.8">', "https://ward.example/rss/"),
        ("https://ward.example/", b'<meta name=generator content="TYPO3 CMS">', "https://ward.example/rss.xml"),
        ("https://ward.example/a/", b'<img src="/wp-content/x">', "https://ward.example/a/feed/"),
        ("https://ward.example/n", b'<img src="//static1.squarespace.com/x">', "https://ward.example/n?format=rss"),
    ],
)
def test_where_systems_and_large_sites_keep_feeds(url: str, page: bytes, expected: str) -> None:
    assert discover_feeds(page, url)[0] == expected
