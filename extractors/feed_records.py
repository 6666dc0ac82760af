"""What the readers of the feed formats hand to the one place that checks entries."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<(?:[a-zA-Z/][^<>]*|!--.*?--)>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as its format gives it: nothing checked, addresses perhaps relative, the title perhaps HTML."""

    guid: str = ""
    url: str = ""
    title: str = ""
    author: str = ""
    summary: str = ""
    content: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawFeed:
    """A feed's document as its format gives it."""

    title: str
    entries: tuple[RawEntry, ...]
    ttl_minutes: int | None = None
    problems: tuple[str, ...] = ()
    older_url: str = ""
    generator: str = ""
    is_sitemap: bool = False


class NotAFeed(ValueError):  # noqa: N818 - named for what the text says of the document
    """What came is not a feed; the text says what it is instead."""


def storable(text: str) -> str:
    """The text without what no database and no mail takes: control characters, halves of surrogate pairs."""
    return _UNSTORABLE.sub("", text)


def plain(markup: str) -> str:
    """One line of plain text from what may be HTML, once more escaped or not."""
    text = _TAG.sub(" ", markup) if "<" in markup else markup
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        text = _TAG.sub(" ", text)
    return " ".join(storable(text).split())
