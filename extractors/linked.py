"""What was fetched from a link -> its article: an HTML page or a PDF; whatever else is named for what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.article import NoArticle, extract_page
from extractors.medium import is_pdf, medium_of_body
from extractors.pdf import extract_pdf

if TYPE_CHECKING:
    from extractors.records import ExtractedPage


def extract_linked(body: bytes, *, url: str, charset: str = "", content_type: str = "") -> ExtractedPage:
    """Extract the article of a document.

    Args:
        body: The document as it came, decoded from its content encoding only.
        url: Where it came from.
        charset: The character set of its HTTP header, or an empty string.
        content_type: The Content-Type of its HTTP header, or an empty string; its bytes count for more.

    Raises:
        NoArticle: There is no text of an article in it; the message says what it is instead.
    """
    medium = medium_of_body(body, content_type)
    if medium is not None:
        raise NoArticle(medium)
    return extract_pdf(body) if is_pdf(body) else extract_page(body, url=url, charset=charset)
