"""Paragraphs: how a text splits, and what on a page is no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extractors.paragraph import ParagraphKind, ParagraphReader
from extractors.pullquote import set_pull_quotes_aside

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon

BODY = "The board met on Tuesday and agreed a plan for the winter that its members had not yet read."


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> ParagraphReader:
    return ParagraphReader(lexicon)


def kinds(reader: ParagraphReader, text: str, title: str = "") -> list[tuple[str, ParagraphKind]]:
    return [(text[found.start : found.end], found.kind) for found in reader.read(text, title)]


def test_blank_lines_part_paragraphs_and_offsets_fit(reader: ParagraphReader) -> None:
    found = kinds(reader, f"{BODY}\n\n  {BODY}  \n \n{BODY}\n")
    assert found == [(BODY, ParagraphKind.BODY)] * 3


def test_single_newlines_part_paragraphs_where_blank_lines_are_rare(reader: ParagraphReader) -> None:
    assert len(reader.read("\n".join([BODY] * 6), "")) == 6


@pytest.mark.parametrize("mark", ["•   ", "- ", "iv.      ", "3) ", "(b) ", "– "])
def test_an_item_begins_behind_its_mark(reader: ParagraphReader, mark: str) -> None:
    assert kinds(reader, f"{BODY}\n\n{mark}publish the plan")[1] == ("publish the plan", ParagraphKind.ITEM)


@pytest.mark.parametrize(
    "line",
    ["Share this article", "Printable version", "By Rowan Petts", "3 May 2024", "Home > News > Health",
     "The mayor speaks in Newark. Photograph: Lee Barrow/Courier", "Sign up to our newsletter", "-"],
)  # fmt: skip
def test_page_furniture_is_set_aside(reader: ParagraphReader, line: str) -> None:
    assert kinds(reader, f"{BODY}\n\n{line}\n\n{BODY}")[1][1] is ParagraphKind.FURNITURE


@pytest.mark.parametrize("line", ["Related News", "Leave a Reply", "Latest News from", "Notes to editors", "ENDS"])
def test_everything_behind_the_end_of_the_article_is_furniture(reader: ParagraphReader, line: str) -> None:
    found = kinds(reader, f"{BODY}\n\n{BODY}\n\n{line}\n\n{BODY}")
    assert [kind for _, kind in found[2:]] == [ParagraphKind.FURNITURE] * 2


def test_an_inset_near_the_top_does_not_end_the_article(reader: ParagraphReader) -> None:
    text = "\n\n".join([BODY, "Related stories", "Trams to run on time", *[BODY] * 6])
    found = [kind for _, kind in kinds(reader, text)]
    assert found[1:3] == [ParagraphKind.FURNITURE] * 2
    assert found[3:] == [ParagraphKind.BODY] * 6


def test_headings_times_and_the_title_are_no_body(reader: ParagraphReader) -> None:
    text = f"Boards meet at last.\n\n9.20am\n\nA question of trust\n\n{BODY}"
    assert [kind for _, kind in kinds(reader, text, "Boards meet at last")] == [
        ParagraphKind.HEADING, ParagraphKind.CLOCK, ParagraphKind.HEADING, ParagraphKind.BODY,
    ]  # fmt: skip


def test_a_short_sentence_is_body(reader: ParagraphReader) -> None:
    assert kinds(reader, f"{BODY}\n\nIt failed.")[1][1] is ParagraphKind.BODY


def test_a_pull_quote_and_the_name_under_it_are_set_aside(reader: ParagraphReader) -> None:
    quote = "“Boards, for example, must be free to plan their own winter and to say how it went.”"
    text = f"{BODY}\n\n{quote}\n\nBoards must be free to plan their own winter.\n\nJane Oldcastle\n\n{BODY} Twice."
    found = [entry.kind for entry in set_pull_quotes_aside(text, reader.read(text, ""))]
    assert found == [
        ParagraphKind.PULL, ParagraphKind.BODY, ParagraphKind.PULL, ParagraphKind.FURNITURE, ParagraphKind.BODY,
    ]  # fmt: skip
