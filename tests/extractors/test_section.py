"""Which addresses of a sitemap are a feed's articles: those that lie and are named as the feed's entries are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.section import learn_section, lies_before, lies_below

SITES = {
    "years and slugs": (
        [f"https://www.fen.example/2026/0{n}/the-board-met-again-{n}/" for n in range(1, 5)],
        ["https://fen.example/2019/11/a-ward-opens-its-doors/"],
        ["https://fen.example/about/", "https://fen.example/2019/", "https://fen.example/2019/11/", "https://fen.example/"],
    ),
    "one folder": (
        [f"https://fen.example/news/{slug}" for slug in ("beds-for-all-of-us", "boards-meet-public", "a-new-chair")],
        ["http://www.fen.example/news/what-the-budget-means?utm_source=x", "https://fen.example/news/one-two-three/"],
        [
            "https://fen.example/news/",
            "https://fen.example/news/archive",
            "https://fen.example/jobs/a-nurse-for-nights",
            "https://fen.example/news/team/who-we-all-are",
            "https://other.example/news/one-two-three",
            "https://fen.example/news",
        ],
    ),
    "short names in one folder": (
        ["https://fen.example/blog/beds", "https://fen.example/blog/boards", "https://fen.example/blog/pay"],
        ["https://fen.example/blog/strikes"],
        ["https://fen.example/strikes", "https://fen.example/blog/authors"],
    ),
    "names at the root": (
        [f"https://fen.example/{slug}/" for slug in ("beds-for-all", "boards-meet-public", "who-pays-for-wards")],
        ["https://fen.example/what-the-budget-means/"],
        ["https://fen.example/contact/", "https://fen.example/privacy-notice/", "https://fen.example/team"],
    ),
    "topics that vary, numbers at the end": (
        [f"https://fen.example/{('money', 'staff')[n % 2]}/tale-{n}/70{n}99.article" for n in range(9)],
        ["https://fen.example/money/who-pays/7041234.article"],
        ["https://fen.example/about/who-we-are/team.html", "https://fen.example/money"],
    ),
    "many topics": (
        [f"https://fen.example/{t}/a-tale-of-{t}-told" for t in ("beds", "wards", "pay", "care", "trusts", "boards")],
        ["https://fen.example/hospitals/one-more-tale"],
        ["https://fen.example/hospitals/list", "https://fen.example/tag/one-more-tale"],
    ),
    "numbers in the query": (
        ["https://fen.example/story.aspx?id=1", "https://fen.example/story.aspx?id=77"],
        ["https://fen.example/story.aspx?id=12"],
        ["https://fen.example/page.aspx?id=12", "https://fen.example/story.aspx?tag=12", "https://fen.example/story.aspx"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_articles_are_told_from_pages(name: str) -> None:
    known, articles, pages = SITES[name]
    section = learn_section(known)
    assert [url for url in [*known, *articles] if not section.admits(url)] == []
    assert [url for url in pages if section.admits(url)] == []


def test_of_nothing_known_nothing_is_learnt() -> None:
    assert not learn_section([]).admits("https://fen.example/news/one-two-three")
    assert not learn_section(["https://fen.example/"]).admits("https://fen.example/news/one-two-three")


@pytest.mark.parametrize(
    ("path", "is_before"),
    [
        ("/2024/11/x", True),
        ("/2025/02/x", True),
        ("/2025/mar/01/x", False),
        ("/society/2025/feb/28/x", True),
        ("/2025/x", False),
        ("/2024-12-30/x", True),
        ("/2026/01/x", False),
        ("/news/x-2019", False),
        ("/news/20191", False),
        ("/x", False),
    ],
)
def test_years_and_months_in_addresses(path: str, is_before: bool) -> None:
    assert lies_before(f"https://fen.example{path}", datetime(2025, 3, 10, tzinfo=UTC)) is is_before


def test_what_lies_below_a_homepage() -> None:
    assert lies_below("https://www.fen.example/news/a", "https://fen.example/")
    assert lies_below("https://fen.example/blog/a", "http://fen.example/blog/")
    assert lies_below("https://fen.example/health/a", "https://fen.example/health/index.html")
    assert not lies_below("https://fen.example/news/a", "https://fen.example/bodies/ward")
