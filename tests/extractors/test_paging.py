"""Where the next older document of a feed is, as it says itself or as the software that wrote it numbers pages."""

from __future__ import annotations

import pytest

from extractors.paging import older_pages
from extractors.records import Entry, ParsedFeed

FEED = "https://fen.example/feed/"


def parsed(generator: str = "", older_url: str = "", entries: int = 10, *, is_sitemap: bool = False) -> ParsedFeed:
    entry = Entry("g", "https://fen.example/1", "", "", "", "", None, None)
    return ParsedFeed("", (entry,) * entries, None, (), older_url, generator, is_sitemap)


@pytest.mark.parametrize(
    ("url", "generator", "expected"),
    [
        (FEED, "https://wordpress.org/?v=6.5", [f"{FEED}?paged=2"]),
        (f"{FEED}?cat=3", "WordPress", [f"{FEED}?cat=3&paged=2"]),
        (f"{FEED}?paged=9", "", [f"{FEED}?paged=10"]),
        (f"{FEED}?a%5B%5D=b&page=2", "", [f"{FEED}?a%5B%5D=b&page=3"]),
        (FEED, "Drupal 10 (https://www.drupal.org)", [f"{FEED}?page=1"]),
        ("https://fen.example/rss/", "Ghost 5.8", ["https://fen.example/rss/2/"]),
        ("https://fen.example/rss/2/", "Ghost 5.8", ["https://fen.example/rss/3/"]),
        ("https://fen.example/f", "Blogger", ["https://fen.example/f?start-index=11"]),
        ("https://fen.example/f?start-index=11", "Blogger", ["https://fen.example/f?start-index=21"]),
        (FEED, "", [f"{FEED}?paged=2", f"{FEED}?page=2"]),
    ],
)
def test_numbered_pages(url: str, generator: str, expected: list[str]) -> None:
    assert list(older_pages(url, parsed(generator))) == expected


def test_what_the_feed_says_wins() -> None:
    assert older_pages(FEED, parsed("WordPress", "https://fen.example/old")) == ("https://fen.example/old",)
    assert older_pages(FEED, parsed("WordPress", FEED)) == ()


def test_nothing_lies_behind_an_empty_page_or_a_sitemap() -> None:
    assert older_pages(f"{FEED}?paged=3", parsed(entries=0)) == ()
    assert older_pages(FEED, parsed(is_sitemap=True)) == ()
