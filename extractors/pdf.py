"""A PDF's bytes -> its article: lines joined to paragraphs, what is repeated on its pages left out."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any

from extractors.article import NoArticle
from extractors.article_furniture import without_furniture
from extractors.article_meta import clean_byline, language_of
from extractors.markup import PARSER_FAULTS
from extractors.pdf_lines import Line, lines_of_pieces, paragraphs_of_lines
from extractors.records import ExtractedPage, TextSource

if TYPE_CHECKING:
    from datetime import datetime

MAX_PAGES = 60
"""Longer ones are books of board papers, not articles."""
_MIN_WORDS_A_PAGE = 5
_EDGE_LINES = 3
_MIN_REPEATS = 2
_RUN_TOGETHER = re.compile(r"[^\W\d_.,;:/@-]{24,}[.,;:]?")
_MAX_RUN_TOGETHER = 0.05
_MAX_TITLE_LENGTH = 300
_MAX_TITLE_WORDS = 25
_NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|slide \d|layout \d|document\d*$)|\.(?:docx?|indd|pdf|qxd|pptx?)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—|\s]*\d{1,3}(?:\s*(?:of|/|\|)\s*\d{1,3})?[-–—|\s]*", re.IGNORECASE)


def extract_pdf(body: bytes) -> ExtractedPage:
    """Extract the text of a PDF, and what it says about itself.

    Raises:
        NoArticle: It is damaged, encrypted, too long, or holds pictures of text only.
    """
    import pypdf.errors  # noqa: PLC0415 - a quarter of a second that few need

    try:
        reader = pypdf.PdfReader(BytesIO(body))
        problem = _problem(reader)
        pages = [] if problem else [_lines_of(page) for page in reader.pages]
        title, author, day = ("", "", None) if problem else _about(reader)
    except pypdf.errors.DependencyError:
        raise NoArticle("is an encrypted PDF") from None
    except _faults(pypdf.errors.PyPdfError) as error:
        raise NoArticle(f"is a damaged PDF ({type(error).__name__})") from None
    paragraphs = paragraphs_of_lines(_without_edges(pages))
    title = _title(title, paragraphs)
    text = "\n\n".join(without_furniture(paragraphs, (title,), frozenset()))
    problem = problem or _unreadable(text, len(pages))
    if problem:
        raise NoArticle(problem)
    return ExtractedPage(
        title=title,
        byline=_byline(author),
        published_at=day,
        publisher="",
        language=language_of(text),
        canonical_url="",
        text=text,
        source=TextSource.PDF,
    )


def _problem(reader: Any) -> str:
    """Why a PDF is not read at all; an empty string if it is."""
    if reader.is_encrypted and not reader.decrypt(""):
        return "is a PDF that needs a password"
    count = len(reader.pages)
    return f"is a PDF of {count} pages; more than {MAX_PAGES} are no article" if count > MAX_PAGES else ""


def _unreadable(text: str, page_count: int) -> str:
    """Why what was read of a PDF is no text; an empty string if it is one."""
    words = text.split()
    if len(words) < _MIN_WORDS_A_PAGE * max(page_count, 1):
        return "is a PDF without text, scanned perhaps"
    run_together = sum(map(len, filter(_RUN_TOGETHER.fullmatch, words)))
    return "is a PDF whose words run together" if run_together > _MAX_RUN_TOGETHER * len(text) else ""


def _about(reader: Any) -> tuple[str, str, datetime | None]:
    """Title, author and day of making, as far as the file tells them."""
    about = reader.metadata
    if about is None:
        return "", "", None
    try:
        day: datetime | None = about.creation_date
    except ValueError:
        day = None
    return str(about.title or ""), str(about.author or ""), day if day and day.tzinfo else None


def _faults(error: type[Exception]) -> tuple[type[Exception], ...]:
    """What pypdf raises on files that nobody thought of."""
    return (error, *PARSER_FAULTS, NotImplementedError, OSError, zlib.error)


def _lines_of(page: Any) -> list[Line]:
    """A page's lines with where they stand, in the order in which the page writes them."""
    pieces: list[Line] = []

    def take(text: str, page_matrix: list[float], text_matrix: list[float], _font: Any, size: float) -> None:
        left = page_matrix[0] * text_matrix[4] + page_matrix[4]
        height = page_matrix[3] * text_matrix[5] + page_matrix[5]
        scale = abs(page_matrix[3] * text_matrix[3]) or 1.0
        pieces.append(Line(text, left, height, size * scale))

    page.extract_text(visitor_text=take)
    return lines_of_pieces(pieces)


def _without_edges(pages: list[list[Line]]) -> list[Line]:
    """All lines but heads, feet and numbers of pages."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    least = max(_MIN_REPEATS, len(pages) // 2)
    kept: list[Line] = []
    for page in pages:
        edge = {id(line) for line in _edges(page)}
        kept.extend(
            line
            for line in page
            if id(line) not in edge or (edges[_key(line)] < least and not _PAGE_NUMBER.fullmatch(line.text))
        )
    return kept


def _edges(page: list[Line]) -> list[Line]:
    return page[:_EDGE_LINES] + page[-_EDGE_LINES:]


def _key(line: Line) -> tuple[str, int]:
    """The same on all pages for a head or foot: its words, and where it stands."""
    return _NUMBER.sub("#", line.text.casefold()), round(line.height / line.size if line.size else 0.0)


def _title(title: str, paragraphs: list[str]) -> str:
    """The title that the file names, or its first line; the program that made it may have put its own there."""
    title = " ".join(title.split())[:_MAX_TITLE_LENGTH]
    if " " in title and not _NO_TITLE.search(title):
        return title
    return paragraphs[0] if paragraphs and len(paragraphs[0].split()) <= _MAX_TITLE_WORDS else ""


def _byline(author: str) -> str:
    """The author's name, which has two words or is the account of whoever typed it."""
    return clean_byline(author) if " " in author.strip() else ""
