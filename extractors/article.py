"""A page's bytes -> its article: text in paragraphs, title, author, date, publisher, language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from extractors.article_blocks import paragraphs_of
from extractors.article_furniture import prose_size, without_furniture
from extractors.article_links import links_of
from extractors.article_meta import (
    canonical_of,
    clean_byline,
    clean_publisher,
    clean_title,
    first_heading,
    language_of,
    meta_content,
    published_at,
)
from extractors.article_rescue import completed
from extractors.feed_records import plain, storable
from extractors.markup import PARSER_FAULTS, has_monstrous_tag
from extractors.mixed_text import read_mixed
from extractors.records import ExtractedPage, TextSource, Wall
from extractors.wall import wall_of, without_demands

if TYPE_CHECKING:
    from collections.abc import Callable

_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 8_000
_MIN_PRECISE_SHARE = 0.5
_MAX_LENGTH = 1_000_000
_FALLBACK_CHARSET = "windows-1252"
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "iso8859-1", "cp1252"})


class NoArticle(ValueError):  # noqa: N818 - named for what the page lacks
    """A page without a text that could be an article; the message says so in a line."""


def extract_page(body: bytes, *, url: str, charset: str = "") -> ExtractedPage:
    """Extract the article of an HTML page.

    Args:
        body: The page as it came, decoded from its content encoding only.
        url: Where it came from.
        charset: The character set of its HTTP header, or an empty string.

    Raises:
        NoArticle: There is no text in it.
    """
    root = _tree(body, charset)
    page_title = meta_content(root, "og:title", "twitter:title")
    heading = first_heading(root)
    named = (page_title, plain(root.findtext(".//title") or ""), heading)
    found = _best_extraction(_trafilatura()[0], root, url)
    if found is None:
        raise NoArticle(wall_of(root, (), named) or "has no text of an article")
    document, paragraphs = found
    publisher = clean_publisher(meta_content(root, "og:site_name") or document.sitename or "")
    title = clean_title(document.title or page_title or heading, heading, publisher)
    titles = (title, heading, page_title, clean_title(page_title, heading, publisher))
    paragraphs = without_furniture(completed(paragraphs, root), titles, links_of(root))
    wall = wall_of(root, paragraphs, named)
    text = "\n\n".join(without_demands(paragraphs) if wall else paragraphs)
    if len(text) > _MAX_LENGTH:
        raise NoArticle(f"holds {len(text):,} characters of text; more than {_MAX_LENGTH:,} are no article")
    return ExtractedPage(
        title=title,
        byline=clean_byline(document.author or ""),
        published_at=published_at(root, document.date or ""),
        publisher=publisher,
        language=language_of(text),
        canonical_url=canonical_of(root, url),
        text=text,
        source=TextSource.TEASER if wall in {Wall.PAYWALL, Wall.LOGIN} else TextSource.PAGE,
        wall=wall,
    )


def _tree(body: bytes, charset: str) -> Any:
    """The tree of a page, undamaged by what comes later."""
    if has_monstrous_tag(body):
        raise NoArticle("has a tag with thousands of attributes, as no article's page does")
    markup = decode_page(body, charset)
    root = _trafilatura()[1](markup) if markup.strip() else None
    if root is None:
        raise NoArticle("is not HTML, or empty")
    return root


def html_to_text(fragment: str) -> str:
    """HTML, as feeds carry it inline, in the form of an article's text: a blank line between paragraphs."""
    from lxml import etree, html  # noqa: PLC0415 - only needed where feeds carry text

    if has_monstrous_tag(fragment.encode("utf-8", "replace")):
        return ""
    if "<" not in fragment and "&" not in fragment:
        return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", fragment) if part.strip())
    try:
        root = html.document_fromstring(f"<div>{storable(fragment)}</div>")
    except (etree.ParserError, ValueError):
        return ""
    return "\n\n".join(paragraphs_of(root))


def decode_page(body: bytes, charset: str) -> str:
    """A page's text: mostly valid UTF-8 is UTF-8 whatever is declared; else as declared, else windows-1252."""
    for bom, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(bom):
            return body[2:].decode(name, "replace")
    if (mixed := read_mixed(body)) is not None:
        return mixed
    declared = _META_CHARSET.search(body[:_HEAD_BYTES])
    names = ["utf-8-sig", charset, declared[1].decode("ascii", "replace") if declared else ""]
    for name in names:
        # browsers read what calls itself Latin-1 as windows-1252, and so do those who write it
        try:
            return body.decode(_FALLBACK_CHARSET if name.lower() in _LATIN else name or "utf-8")
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return body.decode(_FALLBACK_CHARSET, "replace")


@cache
def _trafilatura() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Its extraction and its loader; imported at first use, for it takes a quarter of a second."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - see above
    from trafilatura.utils import load_html  # noqa: PLC0415 - see above

    return bare_extraction, load_html


def _best_extraction(extract: Callable[..., Any], root: Any, url: str) -> tuple[Any, list[str]] | None:
    """The stricter of two extractions, with what the page says of itself, unless it has lost much of the text."""
    strict = _extraction(extract, root, url, favor_precision=True)
    # no other extraction can hold more than the whole page does
    if strict and _is_enough(strict[1], paragraphs_of(root)):
        return strict
    loose = _extraction(extract, root, url, with_metadata=strict is None)
    if strict is None or loose is None:
        return strict or loose
    return strict if _is_enough(strict[1], loose[1]) else (strict[0], loose[1])


def _extraction(extract: Callable[..., Any], root: Any, url: str, **options: bool) -> tuple[Any, list[str]] | None:
    try:
        document = extract(root, url=url or None, include_comments=False, **{"with_metadata": True} | options)
    except PARSER_FAULTS:
        return None
    paragraphs = [] if document is None else paragraphs_of(document.body)
    return (document, paragraphs) if paragraphs else None


def _is_enough(paragraphs: list[str], of: list[str]) -> bool:
    return prose_size(paragraphs) >= _MIN_PRECISE_SHARE * prose_size(of)
