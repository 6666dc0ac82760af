"""Where a site's feeds may be, by what its page declares, links to, and by custom."""

from __future__ import annotations

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
        "https://www.news.example/comments/feed/",
    )
    assert "https://www.news.example/feed/" in found[4:]
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
