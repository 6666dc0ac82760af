"""Lists of feeds as feed readers exchange them: OPML 1.0 and 2.0, in and out."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from lxml import etree

from flows.config_file import ConfigError
from flows.settings import FeedConfig, FeedFormat, PublisherKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAMESPACE = "https://github.com/stancewatch/stancewatch/opml"
_MAX_BYTES = 5 * 1024 * 1024
_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]{0,200}\?>")
_DECLARED = re.compile(rb"\A\s*<\?xml[^<>]{0,150}encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FEED_SCHEMES = ((re.compile(r"\Afeed:(?://)?(?=https?://)", re.IGNORECASE), ""), (re.compile(r"\Afeed://"), "http://"))
"""What readers write before addresses that they open themselves."""
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed that a list names; ``feed_id`` is empty unless a stancewatch wrote the list."""

    url: str
    publisher: str
    homepage: str
    kind: PublisherKind
    format: FeedFormat
    feed_id: str = ""
    interval_minutes: int = 60
    expected_7d: int = 0


@dataclass(frozen=True, slots=True)
class OpmlList:
    """What a file gave; ``problems`` say line and reason of what was left out."""

    outlines: tuple[Outline, ...]
    problems: tuple[str, ...]


def parse_opml(file: Path) -> OpmlList:
    """Read an OPML file; an outline that cannot be used is a problem, the others count.

    Raises:
        ConfigError: the file is no OPML.
        OSError: it cannot be read.
    """
    text = _decoded(file)
    problems: list[str] = []
    # addresses with a bare & are common, and no other parser would see where they end
    root = _root(file, _BARE_AMPERSAND.sub("&amp;", text), problems)
    if _name(root) != "opml":
        raise ConfigError(f"{file}:{root.sourceline}: is not OPML, but <{_name(root)}>; export it again as OPML")
    outlines: list[Outline] = []
    for element, folders in _outlines(root, ()):
        found = _read(element, folders)
        if isinstance(found, Outline):
            outlines.append(found)
        elif found:
            problems.append(f"{file}:{element.sourceline}: {found}")
    return OpmlList(tuple(outlines), tuple(problems))


def write_opml(feeds: Sequence[FeedConfig]) -> str:
    """Feeds as OPML 2.0: the kind as category, what OPML has no word for in a namespace of its own."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<opml version="2.0" xmlns:stancewatch="{NAMESPACE}">',
        "<head><title>Stancewatch</title></head>",
        "<body>",
    ]
    for feed in feeds:
        values = {
            "type": "rss",
            "text": feed.publisher,
            "title": feed.publisher,
            "xmlUrl": feed.url,
            "htmlUrl": feed.homepage,
            "category": str(feed.kind),
            "stancewatch:id": feed.id,
            "stancewatch:format": str(feed.format),
            "stancewatch:interval_minutes": str(feed.interval_minutes),
            "stancewatch:expected_7d": str(feed.expected_7d),
        }
        lines.append(f"<outline {' '.join(f'{name}={quoteattr(value)}' for name, value in values.items())}/>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _decoded(file: Path) -> str:
    """The text without its XML declaration, whose lines are kept so that the others keep their numbers."""
    body = file.read_bytes()
    if len(body) > _MAX_BYTES:
        raise ConfigError(f"{file}: is larger than {_MAX_BYTES >> 20} MiB; export fewer feeds at a time")
    declared = _DECLARED.match(body)
    encoding = next((name for mark, name in _MARKS if body.startswith(mark)), "")
    encoding = encoding or (declared[1].decode("ascii") if declared else "") or _guess(body)
    try:
        text = body.decode(encoding).lstrip("\ufeff")
    except (LookupError, UnicodeError):
        raise ConfigError(f"{file}: is not in {encoding} as it says; save it as UTF-8") from None
    if "<!ENTITY" in text:
        raise ConfigError(f"{file}: declares entities, which are not followed; export it again as plain OPML")
    return _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)


def _guess(body: bytes) -> str:
    """UTF-16 without a mark shows in the first bracket, and nearly everything else is UTF-8."""
    return {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(body.lstrip()[:2], "utf-8")


def _root(file: Path, text: str, problems: list[str]) -> Any:
    for is_lenient in (False, True):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=is_lenient)
        try:
            root = etree.fromstring(text, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            if not is_lenient:
                problems.append(f"{file}:{line}: is not well-formed ({_brief(error)}): read as far as it goes")
                continue
            break
        if root is not None:
            return root
    raise ConfigError(f"{problems[0].partition(': is not')[0]}: is not OPML; export it again")


def _brief(error: Exception) -> str:
    return str(error).partition(", line ")[0][:100]


def _name(element: Any) -> str:
    return str(etree.QName(element).localname).lower()


def _outlines(parent: Any, folders: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """All outlines with the names of the folders they lie in, the innermost last; without recursion into the depths."""
    waiting = [(child, folders) for child in reversed(list(parent.iterchildren(tag=etree.Element)))]
    while waiting:
        element, above = waiting.pop()
        is_outline = _name(element) == "outline"
        if is_outline:
            yield element, above
        below = (*above, _label(_attributes(element))) if is_outline else above
        waiting += [(child, below) for child in reversed(list(element.iterchildren(tag=etree.Element)))]


def _attributes(element: Any) -> dict[str, str]:
    """Attributes by their names in small letters, those of our own namespace behind a colon."""
    found = {}
    for name, value in element.attrib.items():
        qualified = etree.QName(name)
        prefix = ":" if qualified.namespace == NAMESPACE else ""
        found[f"{prefix}{qualified.localname.lower()}"] = " ".join(value.split())
    return found


def _label(found: dict[str, str]) -> str:
    return found.get("title") or found.get("text") or ""


def _read(element: Any, folders: tuple[str, ...]) -> Outline | str:
    """The feed of an outline, or why it is none; an empty string for a folder."""
    found = _attributes(element)
    url = found.get("xmlurl", "")
    for scheme, instead in _FEED_SCHEMES:
        url = scheme.sub(instead, url)
    if not url:
        if found.get("type", "").lower() in {"include", "link"} and found.get("url"):
            return f"names another list ({found['url'][:80]}), which is not followed"
        return "" if len(element) else f"{_label(found)[:60] or 'an outline'!r} has no xmlUrl"
    if not _is_web(url):
        return f"{url[:80]!r} is no address that can be fetched"
    homepage = found.get("htmlurl", "")
    return Outline(
        url=url,
        publisher=_label(found) or (urlsplit(url).hostname or url),
        homepage=homepage if _is_web(homepage) else url,
        kind=_kind(found.get("category", ""), folders),
        format=FeedFormat.SITEMAP if found.get(":format") == FeedFormat.SITEMAP else FeedFormat.FEED,
        feed_id=found.get(":id", ""),
        interval_minutes=_number(found.get(":interval_minutes", ""), 60, least=1),
        expected_7d=_number(found.get(":expected_7d", ""), 0, least=0),
    )


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", url)


def _kind(category: str, folders: tuple[str, ...]) -> PublisherKind:
    """The kind that a category or the nearest folder names, in whatever typography; a blog where none does."""
    for name in (*category.replace("/", ",").split(","), *reversed(folders)):
        words = "_".join(_WORDS.findall(name.casefold()))
        if words in list(PublisherKind):
            return PublisherKind(words)
    return PublisherKind.BLOG


def _number(text: str, otherwise: int, *, least: int) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 7  # noqa: PLR2004
    return max(int(text), least) if is_number else otherwise
