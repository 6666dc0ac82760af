"""What a page declares about who may read its article: schema.org's isAccessibleForFree, and meta tags."""

from __future__ import annotations

import json
import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from extractors.article_furniture import word_count
from extractors.article_meta import meta_content

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAID_TIERS = frozenset({"locked", "metered", "paid", "premium", "subscriber", "subscribers", "registered"})
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?([.#])([\w-]+)", re.IGNORECASE)
_MAX_DEPTH = 12
_SHOWN_PART_WORDS = 60


class Access(Enum):
    """Who may read the article, as the page says itself."""

    UNSAID = auto()
    FREE = auto()
    PAID = auto()
    WITHHELD = auto()
    """Paid for, and the part that must be paid for is not on the page."""
    SHOWN = auto()
    """Paid for, and that part is on the page all the same."""


def access_of(root: Any) -> Access:
    """What the page declares; the part that is paid for is looked up where it says how to find it."""
    tier = meta_content(
        root, "article:content_tier", "og:article:content_tier", "content_tier", "cxenseparse:pageclass"
    )
    stances = list(_declarations(root))
    is_paid = any(is_free is False for is_free, _ in stances) or tier.lower() in _PAID_TIERS
    if not is_paid:
        return Access.FREE if tier.lower() == "free" or any(is_free for is_free, _ in stances) else Access.UNSAID
    parts = [
        found for is_free, selector in stances if is_free is False if (found := _part_words(root, selector)) is not None
    ]
    if not parts:
        return Access.PAID
    return Access.SHOWN if max(parts) >= _SHOWN_PART_WORDS else Access.WITHHELD


def _declarations(root: Any) -> Iterator[tuple[bool, str]]:
    """Each isAccessibleForFree with the CSS selector beside it."""
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or "isAccessibleForFree" not in text:
            continue
        try:
            data = json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, 0):
            is_free = _truth(thing.get("isAccessibleForFree"))
            if is_free is not None:
                selector = thing.get("cssSelector")
                yield is_free, selector if isinstance(selector, str) else ""


def _things(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from _things(value, depth + 1)


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = value.rpartition("/")[2].strip().lower() if isinstance(value, str) else ""
    return {"true": True, "false": False}.get(word)


def _part_words(root: Any, selector: str) -> int | None:
    """How many words the page shows of what a selector names; None where it is not plain."""
    sign = _SIMPLE_SELECTOR.fullmatch(selector.strip().rpartition(" ")[2])
    if sign is None:
        return None
    attribute = "class" if sign[1] == "." else "id"
    elements = root.iterfind(f".//*[@{attribute}]")
    found = [element for element in elements if sign[2] in element.get(attribute).split()]
    return sum(word_count(str(element.text_content())) for element in found)
