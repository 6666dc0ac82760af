"""PDFs in, articles out: paragraphs, heads and feet of pages, what the file says of itself, files without a text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.article import NoArticle
from extractors.linked import extract_linked
from extractors.pdf import MAX_PAGES, extract_pdf
from extractors.records import TextSource
from tests.extractors.pdf_files import locked, make_pdf, running

TITLE = "Northmoor keeps its plan"
FIRST = [
    "The board of Northmoor said on Tuesday that it would keep its long-term plan for the com-",
    "munity hospitals, whatever the region decides about the money promised last autumn.",
]
SECOND = [
    "“We answer for these services,” said Maud Tarn, the board's chair. “It is for us to decide",
    "how they are run, and we shall go on doing so.” Nobody had told the board about the long-",
    "term budget.",
]
LIST = ["• keep all seven sites open", "• ask the region for the money"]


def release() -> bytes:
    """Two pages with a head, a foot and a sentence that goes on across them."""

    def page(number: int, lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
        return [(810, "Northmoor NHS Board | Press release"), *lines, (30, f"Page {number} of 2")]

    first = page(
        1, running([TITLE], FIRST, SECOND, LIST[:1], LIST[1:], ["A spokesperson for the region said that the"])
    )
    return make_pdf(
        first,
        page(2, running(["rules applied to every board."], ["It would look at the plan."])),
        title=TITLE,
        author="Press Office",
    )


def test_a_press_release() -> None:
    found = extract_pdf(release())
    first = (
        "The board of Northmoor said on Tuesday that it would keep its long-term plan for the community hospitals, "
        "whatever the region decides about the money promised last autumn."
    )
    second = (
        "“We answer for these services,” said Maud Tarn, the board's chair. “It is for us to decide how they are run, "
        "and we shall go on doing so.” Nobody had told the board about the long-term budget."
    )
    assert found.text.split("\n\n") == [
        first,
        second,
        "- keep all seven sites open",
        "- ask the region for the money",
        "A spokesperson for the region said that the rules applied to every board.",
        "It would look at the plan.",
    ]
    assert (found.title, found.byline, found.language) == (TITLE, "Press Office", "en")
    assert found.published_at == datetime(2026, 6, 3, 8, 30, tzinfo=UTC)
    assert found.source is TextSource.PDF


@pytest.mark.parametrize("title", ["", "Microsoft Word - release v3.docx", "press.indd", "Untitled"])
def test_a_title_that_a_program_gave_is_none(title: str) -> None:
    assert extract_pdf(make_pdf(running([TITLE], FIRST, SECOND), title=title)).title == TITLE


def test_locks_and_lengths() -> None:
    assert extract_pdf(locked(release(), "")).title == TITLE
    with pytest.raises(NoArticle, match="needs a password"):
        extract_pdf(locked(release(), "secret"))
    with pytest.raises(NoArticle, match=f"{MAX_PAGES + 1} pages"):
        extract_pdf(make_pdf(*[running(FIRST)] * (MAX_PAGES + 1)))


def test_files_without_a_text() -> None:
    with pytest.raises(NoArticle, match="without text, scanned perhaps"):
        extract_pdf(make_pdf([], []))
    with pytest.raises(NoArticle, match="words run together"):
        extract_pdf(make_pdf(running(*[["Theboardhassaidthatitwilldecide beforetheendofthewholeyear"]] * 9)))


@pytest.mark.parametrize("keep", [9, 200, 700])
def test_damaged_files(keep: int) -> None:
    with pytest.raises(NoArticle, match=r"^is a [^\n]*PDF[^\n]*$"):
        extract_linked(release()[:keep], url="https://northmoor.example/a.pdf")
