"""Finds the rest of an article that was plainly cut short: text in boxes just like those it was found in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from extractors.article_blocks import paragraphs_of
from extractors.article_furniture import is_prose, prose_size

_FOREIGN = frozenset({"nav", "aside", "footer", "form", "figure", "figcaption", "noscript"})
_TEXT_TAGS = ("p", "h2", "h3", "ul", "ol", "blockquote")
_MIN_GAIN = 1.3
_MIN_FOUND = 2


def completed(paragraphs: list[str], root: Any) -> list[str]:
    """The same paragraphs, or more where the page holds clearly more of the same.

    Pages set long articles in several boxes of one kind, and only one of them may have been taken. Text in boxes
    with the same tag and class, below the same article, belongs to it.

    Args:
        paragraphs: The article as found.
        root: The page's tree, as it came.
    """
    known = {paragraph for paragraph in paragraphs if is_prose(paragraph)}
    blocks = [block for block in root.iter(*_TEXT_TAGS) if not _is_foreign(block)]
    texts = [paragraphs_of(block) for block in blocks]
    homes = Counter(_home(block) for block, text in zip(blocks, texts, strict=True) if known.intersection(text))
    if not homes:
        return paragraphs
    home, found = homes.most_common(1)[0]
    if found < _MIN_FOUND or not home[0]:
        return paragraphs
    whole = [paragraph for block, text in zip(blocks, texts, strict=True) if _home(block) == home for paragraph in text]
    is_clear = prose_size(whole) > _MIN_GAIN * prose_size(paragraphs)
    is_larger = sum(map(len, whole)) > sum(map(len, paragraphs))
    return whole if is_clear and is_larger and known.issubset(whole) else paragraphs


def _home(block: Any) -> tuple[str, str, Any]:
    """What kind of box a block of text lies in, and below which article."""
    box = block.getparent()
    article = next(block.iterancestors("article", "main"), None)
    return (box.get("class") or "", box.tag, article)


def _is_foreign(block: Any) -> bool:
    # a blockquote or list below another block is written out with that one
    return any(above.tag in _FOREIGN or above.tag in _TEXT_TAGS for above in block.iterancestors())
