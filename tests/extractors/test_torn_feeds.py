"""Feeds that are torn, and links written with slips of the hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from extractors.feed import NotAFeed, parse_feed

if TYPE_CHECKING:
    from extractors.records import ParsedFeed

NOW = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)


def parse(body: bytes) -> ParsedFeed:
    """A feed of fen.example read."""
    return parse_feed(body, content_type="", base_url="https://fen.example/feed", now=NOW)


def torn(broken: str) -> list[str]:
    """The addresses read from a feed whose second entry of four is broken."""
    good = [f"<item><title>t{n}</title><link>http://post.example/{n}</link></item>" for n in (1, 3, 4)]
    text = f"<rss version='2.0'><channel><title>t</title>{good[0]}{broken}{good[1]}{good[2]}</channel></rss>"
    return [entry.url.rpartition("/")[2] for entry in parse(text.encode()).entries]


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>Broken <b>tag<link>http://post.example/2</link></item>",
        "<item><title><![CDATA[open</title><link>http://post.example/2</link></item>",
        "<item><title>never closed<link>http://post.example/2</link></item>",
        "<item><title>x</title><description>never closed</item>",
    ],
)
def test_a_torn_entry_takes_no_other_with_it(broken: str) -> None:
    assert [path for path in torn(broken) if path != "2"] == ["1", "3", "4"]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("feed:https://post.example/a", "https://post.example/a"),
        ("feed://post.example/a", "https://post.example/a"),
        ("https:post.example/a", "https://post.example/a"),
        ("http:/post.example/a", "http://post.example/a"),
        ("www.post.example/a", "https://www.post.example/a"),
        ("http:\\\\post.example\\a", "http://post.example/a"),
        ("\ufeffhttps://post.example/a", "https://post.example/a"),
        ("/a", "https://fen.example/a"),
    ],
)
def test_slips_in_links_are_mended(link: str, url: str) -> None:
    text = f"<rss version='2.0'><channel><title>t</title><item><link>{link}</link></item></channel></rss>"
    assert [entry.url for entry in parse(text.encode()).entries] == [url]


@pytest.mark.parametrize("link", ["", "#", "//", "http://"])
def test_an_empty_link_leads_on_to_the_id(link: str) -> None:
    text = (
        f"<rss version='2.0'><channel><title>t</title><item><link>{link}</link>"
        "<guid>https://post.example/a</guid></item></channel></rss>"
    )
    assert [entry.url for entry in parse(text.encode()).entries] == ["https://post.example/a"]


def test_a_document_that_breaks_off_before_its_first_entry_is_no_feed() -> None:
    with pytest.raises(NotAFeed, match="breaks off"):
        parse(b"<rss version='2.0'><channel><title>t</title><item><tit")
