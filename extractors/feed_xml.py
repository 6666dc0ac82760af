"""RSS and Atom, read by feedparser."""

from __future__ import annotations

import io
import re
import xml.sax
from contextlib import suppress
from typing import Any

import feedparser
from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.encodings import convert_to_utf8
from feedparser.sanitizer import replace_doctype

from extractors.feed_dates import read_date
from extractors.feed_records import NotAFeed, RawEntry, RawFeed
from extractors.markup import PARSER_FAULTS
from extractors.mixed_text import read_mixed

_AUTHOR_LENGTH = 300
_MAX_ENTRIES = 5_000
_ESCAPE_BYTE = b"\x1b"
_ENTRY_START = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_MAX_PIECES = 500
_MAX_HEAD_LENGTH = 2_000
_HALF_PAIR = re.compile(
    rb"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:55[3-9]\d\d|5529[6-9]|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));",
    re.IGNORECASE,
)
"""Half a surrogate pair by number, which is no character and stops the parsers."""


class _FullError(Exception):
    """There are as many entries as are read."""


class _Bounded:
    """Bounds what feedparser spends on one document.

    It looks for an address in authors in time quadratic in their length (its issue 562), so they are cut first.
    Cutting the document's bytes would not do: an author can hide in CDATA sections and entities. Entries take
    some 0.1 ms each, so reading ends after a number that no feed needs.
    """

    is_full = False

    def _start_item(self: Any, attrs_d: Any) -> None:
        if len(self.entries) >= _MAX_ENTRIES:
            self.is_full = True
            raise _FullError
        super()._start_item(attrs_d)  # type: ignore[misc]

    _start_entry = _start_item

    def _sync_author_detail(self: Any, key: str = "author") -> None:
        context = self._get_context()
        author = context.get(key)
        if isinstance(author, str) and len(author) > _AUTHOR_LENGTH:
            context[key] = author[:_AUTHOR_LENGTH]
        super()._sync_author_detail(key)  # type: ignore[misc]


class _Strict(_Bounded, StrictFeedParser):  # type: ignore[misc]
    """For well-formed XML."""


class _Loose(_Bounded, LooseFeedParser):  # type: ignore[misc]
    """For what only looks like it."""


def read_xml_feed(body: bytes, *, content_type: str) -> RawFeed:
    """Read RSS or Atom of any version, well-formed or not.

    Raises:
        NotAFeed: It is neither.
    """
    try:
        result = _parse(body, content_type)
    except PARSER_FAULTS as error:
        raise NotAFeed(f"cannot be read as a feed: {type(error).__name__} in the parser") from error
    if not result.version and not result.entries:
        raise NotAFeed(_what_else(body))
    if result.flaw and not _with_address(result.entries):
        raise NotAFeed(f"breaks off before its first whole entry: {result.flaw}")
    problems = [f"is not well-formed XML: {result.flaw}"] if result.flaw else []
    if result.is_full:
        problems.append(f"has more than {_MAX_ENTRIES:,} entries; the rest is not read")
    return RawFeed(
        title=_text(result.feed, "title"),
        entries=tuple(_raw_entry(entry) for entry in result.entries),
        ttl_minutes=_ttl_minutes(result.feed),
        problems=tuple(problems),
        older_url=_older_url(result.feed),
        generator=_text(result.feed, "generator"),
    )


class _Result:
    """What feedparser found."""

    def __init__(self, parser: Any, version: str, flaw: str) -> None:
        self.feed: Any = parser.feeddata
        self.entries: list[Any] = parser.entries
        self.version: str = version or parser.version
        self.flaw = flaw
        self.is_full: bool = parser.is_full


def _parse(body: bytes, content_type: str) -> _Result:
    """Do as feedparser.parse does, but with our own two classes, and never open anything.

    Addresses stay as they are written, but for xml:base: they are mended before they are joined to the feed's own.
    """
    if (mixed := read_mixed(body)) is not None and b"\x00" not in body[:4]:
        body = mixed.encode("utf-8")
    headers = {"content-type": _trusted_content_type(body, content_type), "content-location": ""}
    found: Any = feedparser.FeedParserDict(bozo=False)
    data = convert_to_utf8(headers, body, found)
    version, data, entities = replace_doctype(_HALF_PAIR.sub(b"&#xFFFD;", data))
    flaw = ""
    if found.get("encoding"):
        strict = _configured(_Strict("", None, "utf-8"))
        flaw = _read_strictly(strict, data)
        if not flaw:
            return _Result(strict, version, "")
    text = data.decode("utf-8", "replace")
    whole = _read_loosely(text, entities)
    torn = _pieces(text)
    if len(torn) > _with_address(whole.entries):
        pieces = [_read_loosely(piece, entities) for piece in torn]
        entries = [entry for piece in pieces for entry in piece.entries[:1]]
        # a torn entry swallows those behind it; read each for itself, they cannot
        if _with_address(entries) > _with_address(whole.entries):
            whole.entries = entries
    return _Result(whole, version, flaw or "its encoding is unknown")


def _read_loosely(text: str, entities: dict[str, str]) -> Any:
    loose = _configured(_Loose("", None, "utf-8", entities))
    with suppress(_FullError):
        loose.feed(text)
    return loose


def _pieces(text: str) -> list[str]:
    """The head of a feed with one entry each, where there are few enough to be read one by one."""
    starts = [found.start() for found in _ENTRY_START.finditer(text)]
    if not 0 < len(starts) <= _MAX_PIECES:
        return []
    head = text[: min(starts[0], _MAX_HEAD_LENGTH)]
    return [head + text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _with_address(entries: list[Any]) -> int:
    return sum(1 for entry in entries if _text(entry, "link") or _text(entry, "id"))


def _configured(parser: Any) -> Any:
    parser.resolve_relative_uris = False
    parser.sanitize_html = False
    return parser


def _read_strictly(handler: Any, data: bytes) -> str:
    """Feed a handler with well-formed XML; return what is wrong with it otherwise."""
    reader: Any = xml.sax.make_parser()  # noqa: S317 - the DOCTYPE is gone and nothing external is loaded
    reader.setFeature(xml.sax.handler.feature_namespaces, True)
    reader.setFeature(xml.sax.handler.feature_external_ges, False)
    reader.setContentHandler(handler)
    reader.setErrorHandler(handler)
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(data))
    try:
        reader.parse(source)
    except _FullError:
        return ""
    except xml.sax.SAXException as error:
        return " ".join(str(handler.exc or error).split())[:120]
    return ""


def _trusted_content_type(body: bytes, content_type: str) -> str:
    """A content type whose character set can be believed: valid UTF-8 is UTF-8, whatever a header says."""
    if _ESCAPE_BYTE not in body:
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            is_wide = b"\x00" in body[:4]
            return "" if is_wide else "application/xml; charset=utf-8"
    # without a character set the header would stand for ASCII, against what the document declares
    return content_type if "charset" in content_type.lower() else ""


def _raw_entry(entry: Any) -> RawEntry:
    return RawEntry(
        guid=_text(entry, "id"),
        url=_text(entry, "feedburner_origlink") or _text(entry, "link"),
        title=_text(entry, "title"),
        author=_text(entry, "author")[:_AUTHOR_LENGTH],
        summary=_text(entry, "summary"),
        content=_content(entry),
        published_at=read_date(_text(entry, "published")) or _date(entry, "published_parsed"),
        updated_at=read_date(_text(entry, "updated")) or _date(entry, "updated_parsed"),
    )


def _text(found: Any, key: str) -> str:
    # membership first: feedparser answers some keys with the value of others
    value = found[key] if key in found else ""  # noqa: SIM401 - see above
    return value.strip() if isinstance(value, str) else ""


def _content(entry: Any) -> str:
    """The longest of the contents that are text."""
    contents = entry["content"] if "content" in entry else []  # noqa: SIM401 - as in _text
    texts = [part.get("value", "") for part in contents if "text" in part.get("type", "text") or _is_xhtml(part)]
    return max((text for text in texts if isinstance(text, str)), key=len, default="")


def _is_xhtml(part: Any) -> bool:
    return "html" in part.get("type", "")


def _date(entry: Any, key: str) -> Any:
    """What feedparser made of a date that we could not read ourselves."""
    fields = entry[key] if key in entry else None  # noqa: SIM401 - as in _text
    if fields is None:
        return None
    year, month, day, hour, minute, second = fields[:6]
    return read_date(f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{min(second, 59):02d}")


def _older_url(feed: Any) -> str:
    """The document of older entries that the feed names (RFC 5005): its archive's before its next page's."""
    links = feed["links"] if "links" in feed else []  # noqa: SIM401 - as in _text
    named = {link.get("rel"): link.get("href") for link in reversed(links)}
    address = named.get("prev-archive") or named.get("next") or ""
    return address if isinstance(address, str) else ""


def _ttl_minutes(feed: Any) -> int | None:
    value = _text(feed, "ttl")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None  # noqa: PLR2004


def _what_else(body: bytes) -> str:
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<html" in start or b"<!doctype html" in start or b"<head" in start:
        return "is HTML, not a feed"
    if start.startswith(b"<"):
        return "is XML, but neither RSS nor Atom"
    return "is neither XML nor JSON"
