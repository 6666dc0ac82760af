"""Walls and honest pages, each in its file of many: which kind of wall a page is, and that articles are none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors.article import NoArticle, extract_page
from extractors.records import TextSource, Wall

FOLDER = Path(__file__).parents[1] / "corpus" / "walls"
LEAD = "<p>The board has told its members that it will decide on the merger before the summer. Nobody was asked.</p>"


def pages(name: str) -> dict[str, bytes]:
    """The pages of a file by their names; each begins with a line ``=== NAME``."""
    parts = re.split(r"^=== ", (FOLDER / f"{name}.html").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: page.encode() for name, _, page in (part.partition("\n") for part in parts[1:])}


KINDS = [*(wall.name.lower() for wall in Wall), "honest"]
CASES = [pytest.param(kind, page, id=f"{kind}: {name}") for kind in KINDS for name, page in pages(kind).items()]


def wall_at(page: bytes) -> Wall | None:
    try:
        return extract_page(page, url="https://marshcourier.example/a").wall
    except NoArticle as error:
        return next((wall for wall in Wall if str(error) == wall), None)


@pytest.mark.parametrize(("kind", "page"), CASES)
def test_every_page_is_known_for_what_it_is(kind: str, page: bytes) -> None:
    assert wall_at(page) == (None if kind == "honest" else Wall[kind.upper()])


def test_what_can_be_read_before_a_wall_is_kept_without_the_walls_words() -> None:
    demand = "<h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in</p>"
    found = extract_page(f"<article><h1>Merger</h1>{LEAD * 2}{demand}</article>".encode(), url="")
    assert found.wall is Wall.PAYWALL
    assert found.source is TextSource.TEASER
    assert "ubscri" not in found.text
    assert found.text.startswith("The board has told")


def test_whoever_shows_a_whole_article_has_no_wall() -> None:
    paragraphs = "".join(f"<p>{LEAD[3:-4]} That was the point number {number}.</p>" for number in range(30))
    demand = "<p>Subscribe to continue reading</p>"
    found = extract_page(f"<article><h1>Merger</h1>{paragraphs}{demand}</article>".encode(), url="")
    assert found.wall is None
    assert found.source is TextSource.PAGE


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[]",
        "null",
        '{"isAccessibleForFree": 7}',
        '{"isAccessibleForFree": false, "cssSelector": ["x"]}',
        "[" * 99_999,
    ],
)
def test_declarations_that_are_none(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    text = "".join(f"<p>{LEAD[3:-4]} That was the point number {number}.</p>" for number in range(9))
    page = f"<html><head>{script}</head><body><article>{text}</article></body></html>"
    assert wall_at(page.encode()) is None
