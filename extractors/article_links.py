"""Which lines of a page are links and little else: below an article, they lead to others."""

from __future__ import annotations

from typing import Any

from extractors.article_furniture import line_key, word_count

_LINES = ("li", "p", "h2", "h3", "h4", "h5")
_LINKED_SHARE = {"li": 0.5}
"""An item of a list may say a little beside its link; any other line must be the link."""


def links_of(root: Any) -> frozenset[str]:
    """The keys of all lines of which links are so large a share."""
    keys = set()
    for line in root.iter(*_LINES):
        linked = sum(word_count(str(link.text_content())) for link in line.iterfind(".//a"))
        if linked:
            text = str(line.text_content())
            if linked >= _LINKED_SHARE.get(line.tag, 1.0) * word_count(text):
                keys.add(line_key(" ".join(text.split())))
    return frozenset(keys)
