"""Pages in, articles out: the text, what is said about it, and pages that have none."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.article import NoArticle, decode_page, extract_page, html_to_text
from extractors.article_furniture import without_furniture
from extractors.article_meta import clean_title, language_of

PAGES = Path(__file__).parents[1] / "corpus" / "pages"
SENTENCE = "The board of the trust has said that it will decide on the matter before the end of the year."

NO_LINKS: frozenset[str] = frozenset()


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


@pytest.mark.parametrize("name", [path.stem for path in sorted(PAGES.glob("*.txt"))])
def test_recorded_pages(name: str) -> None:
    found = extract_page((PAGES / f"{name}.html").read_bytes(), url="https://www.wexborough.example/news/x")
    assert found.text == (PAGES / f"{name}.txt").read_text().strip()


def test_what_the_page_says_of_its_article() -> None:
    body = (PAGES / "press-release.html").read_bytes()
    found = extract_page(body, url="https://wexborough.example/news/room-to-plan?utm_source=x")
    assert found.title == "Trusts need room to plan, says Wexborough Alliance"
    assert found.byline == "Press Office"
    assert found.publisher == "Wexborough Alliance"
    assert found.published_at == datetime(2025, 6, 3, 8, 30, tzinfo=UTC)
    assert found.language == "en"
    assert found.canonical_url == "https://www.wexborough.example/news/room-to-plan"


def test_a_canonical_address_on_another_site_is_not_believed() -> None:
    body = (PAGES / "press-release.html").read_bytes()
    assert extract_page(body, url="https://other.example/copy").canonical_url == ""


@pytest.mark.parametrize("body", [b"", b"   ", b"{}", b"%PDF-1.7 \x00", b"<html><body></body></html>", b"\x00" * 99])
def test_a_page_without_text_is_no_article(body: bytes) -> None:
    with pytest.raises(NoArticle, match=r"^\w[^\n]+$"):
        extract_page(body, url="https://a.example/")


def test_a_tag_with_a_flood_of_attributes_costs_no_time() -> None:
    body = b"<html><p " + b" ".join(b"a%d=1" % number for number in range(50_000)) + b">text</p></html>"
    start = time.perf_counter()
    with pytest.raises(NoArticle, match="thousands of attributes"):
        extract_page(body, url="https://a.example/")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("body", "charset", "expected"),
    [
        ("“café”".encode(), "iso-8859-1", "“café”"),
        (b"\x93caf\xe9\x94", "", "“café”"),
        (b"\x93caf\xe9\x94", "ISO-8859-1", "“café”"),
        (b"\x93caf\xe9\x94", "no-such-charset", "“café”"),
        (b'<meta charset="iso-8859-2"><p>\xb3', "", '<meta charset="iso-8859-2"><p>ł'),
        ("\ufeff“café”".encode("utf-16-le"), "", "“café”"),
        ("\ufeffcafé".encode(), "", "café"),
    ],
)
def test_character_sets(body: bytes, charset: str, expected: str) -> None:
    assert decode_page(body, charset) == expected


@pytest.mark.parametrize(
    ("title", "heading", "publisher", "expected"),
    [
        ("Beds cut | NHS Wexborough", "", "", "Beds cut"),
        ("Beds cut - The Marsh Courier", "", "The Marsh Courier", "Beds cut"),
        ("Opinion | Why beds matter to us all", "Why beds matter to us all", "", "Why beds matter to us all"),
        ("Health - what next?", "", "The Marsh Courier", "Health - what next?"),
        ("The Marsh Courier", "Beds cut in half", "The Marsh Courier", "Beds cut in half"),
        ("Trust A | Trust B and Trust C merge", "", "", "Trust A | Trust B and Trust C merge"),
    ],
)
def test_titles_without_the_site(title: str, heading: str, publisher: str, expected: str) -> None:
    assert clean_title(title, heading, publisher) == expected


def test_furniture_is_cut_only_past_the_middle() -> None:
    early = ["Comments", SENTENCE, f"{SENTENCE} Twice."]
    late = [SENTENCE, f"{SENTENCE} Twice.", "3 comments", "Somebody writes what nobody asked for, and at length too."]
    assert without_furniture(early, (), NO_LINKS) == early
    assert without_furniture(late, (), NO_LINKS) == late[:2]


def test_words_that_only_look_like_furniture_stay() -> None:
    texts = [
        SENTENCE,
        "“Read more: that is what I tell every manager,” she said.",
        "Share the load, share the blame: that was the message from trust leaders to ministers last night.",
        "Follow the money and you will find who is in charge, the committee's chair told the hearing.",
        "Sources close to the minister deny it.",
    ]
    assert without_furniture(texts, ("Another title",), NO_LINKS) == texts


def test_the_title_is_dropped_where_the_text_begins_only() -> None:
    texts = ["Who Decides?", SENTENCE, "Who decides?", f"{SENTENCE} Again."]
    assert without_furniture(texts, ("Who decides?",), NO_LINKS) == texts[1:]


def test_an_article_in_several_boxes_is_put_together() -> None:
    def box(number: int) -> str:
        lines = "".join(f"<p>{SENTENCE} That was point {number} and line {line}.</p>" for line in range(4))
        return f'<div class="grid"><div class="chunk">{lines}</div></div><div class="ad"><p>Buy now</p></div>'

    found = extract_page(page("".join(box(number) for number in range(5))), url="https://a.example/")
    assert found.text.count("That was point") == 20


def test_a_feeds_inline_text_takes_the_same_form() -> None:
    fragment = (
        "<p>One  &amp;\n two</p><script>bad()</script><ul><li>first</li><li>• second</li></ul>"
        "<ol><li>third<li>fourth</ol>line<br>goes on<br><br>next<blockquote>quoted</blockquote>end"
    )
    assert html_to_text(fragment).split("\n\n") == [
        "One & two", "- first", "• second", "1. third", "2. fourth", "line goes on", "next", "quoted", "end",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", ""),
        ("plain  words\n\nin two", "plain words\n\nin two"),
        ("<!-- -->", ""),
        ("a < b &lt; c", "a < b < c"),
        ("<div>" * 200 + "deep", "deep"),
    ],
)
def test_odd_fragments(fragment: str, expected: str) -> None:
    assert html_to_text(fragment) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The trust has said that it is not in a position to comment on this.", "en"),
        ("Le conseil a dit que les hôpitaux de la région ne seront pas fermés avant la fin de l'année.", "fr"),
        ("Mae'r bwrdd iechyd wedi dweud na fydd yr ysbyty yn cau cyn diwedd y flwyddyn hon.", "cy"),
        ("Die Klinik hat in der vergangenen Woche mitgeteilt, dass sie im Herbst schließen wird.", "de"),
        ("Szpital poinformował w zeszłym tygodniu, że zamknie oddział na jesieni i nie będzie przyjmował.", "pl"),
        ("市议会周二表示，医院不会在年底之前关闭。卫生部长说，地方应当自己决定。" * 9, "und"),
        ("Anna Peake 14 Tom Reed 22 Maud Tarn 11", ""),
        ("", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


def test_importing_is_quick() -> None:
    code = "import sys, extractors.article; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own code


def test_lists_of_links_at_the_end_go_with_their_heading() -> None:
    text = "".join(f"<p>{SENTENCE} That was point number {number} of its plan.</p>" for number in range(6))
    links = "".join(f'<li><a href="/{number}">A headline about beds, number {number}</a></li>' for number in range(3))
    plain = "<ul><li>The board keeps its beds</li><li>It keeps its staff</li></ul>"
    found = extract_page(page(f"{text}{plain}<p>More from our newsroom</p><ul>{links}</ul>"), url="https://a.example/")
    assert found.text.endswith("- It keeps its staff")


def test_credits_at_either_end_go() -> None:
    texts = [
        "Photo: Marsh Pictures",
        SENTENCE,
        f"{SENTENCE} Twice.",
        "The Courier's Tom Reed contributed to this report.",
    ]
    assert without_furniture(texts, (), NO_LINKS) == texts[1:3]
