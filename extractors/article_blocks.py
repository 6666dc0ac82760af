"""A tree of HTML, or of trafilatura's own elements -> paragraphs of plain text."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

_BLOCKS = frozenset(
    """
    body div p section article main header footer aside nav figure figcaption address details summary form fieldset
    h1 h2 h3 h4 h5 h6 hgroup blockquote pre hr ul ol menu dl dt dd li table caption thead tbody tfoot tr
    head quote list item row code ab
    """.split()  # noqa: SIM905 - a list of forty strings reads worse
)
_ITEMS = frozenset({"li", "item"})
_BREAKS = frozenset({"br", "lb"})
_CELLS = frozenset({"td", "th", "cell"})
_SKIPPED = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "button", "select", "textarea"})
_AROUND = frozenset({"header", "nav", "footer", "aside"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_MAX_DEPTH = 300
_BULLET = "- "


def paragraphs_of(root: Any) -> list[str]:
    """The paragraphs below an element, in order, each on one line; items of lists keep a marker in front."""
    writer = _Writer()
    _walk(root, writer, 0)
    writer.end()
    return writer.paragraphs


def shown_paragraphs(root: Any) -> list[str]:
    """All that a page shows between its head, menus and foot, buttons included: what is hidden in its markup is not."""
    page = deepcopy(root)
    for element in list(page.iter()):
        if element is not page and isinstance(element.tag, str) and _is_unseen(element):
            element.drop_tree()
    for button in list(page.iter("button")):
        button.tag = "div"
    return paragraphs_of(page)


def _is_unseen(element: Any) -> bool:
    is_hidden = element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or "")
    return element.tag in _AROUND or element.tag in {"head", "dialog"} or bool(is_hidden)


class _Writer:
    """Gathers running text until a paragraph ends."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._running: list[str] = []
        self._marker = ""
        self._breaks = 0

    def add(self, text: str | None) -> None:
        if text:
            self._running.append(text)
            if not text.isspace():
                self._breaks = 0

    def mark(self, marker: str) -> None:
        """The next paragraph opens an item of a list."""
        self.end()
        self._marker = marker

    def line_break(self) -> None:
        """One ends a line, which counts as a space; two in a row end a paragraph."""
        self._breaks += 1
        if self._breaks > 1:
            self.end()
        self._running.append(" ")

    def end(self) -> None:
        text = " ".join(_UNSTORABLE.sub("", "".join(self._running)).split())
        self._running.clear()
        self._breaks = 0
        if text:
            has_own_marker = text.startswith(("- ", "• ", "* ", "– "))
            self.paragraphs.append(text if has_own_marker else self._marker + text)
            self._marker = ""


def _walk(element: Any, writer: _Writer, depth: int) -> None:
    tag = element.tag
    # comments and processing instructions have functions for tags
    if not isinstance(tag, str) or tag in _SKIPPED:
        return
    is_block = tag in _BLOCKS
    if tag in _BREAKS:
        writer.line_break()
    elif tag in _ITEMS:
        writer.mark(_marker(element))
    elif is_block:
        writer.end()
    elif tag in _CELLS:
        writer.add(" ")
    if depth >= _MAX_DEPTH:
        # deeper than any text a person wrote; flattened rather than lost
        writer.add(" ".join(element.itertext()))
    else:
        writer.add(element.text)
        for child in element:
            _walk(child, writer, depth + 1)
            writer.add(child.tail)
    if is_block:
        writer.end()


def _marker(item: Any) -> str:
    """The bullet or number that an item of a list is shown with."""
    around = item.getparent()
    is_numbered = around is not None and (around.tag == "ol" or around.get("rend") == "ol")
    if not is_numbered:
        return _BULLET
    before = sum(1 for sibling in item.itersiblings(preceding=True) if sibling.tag in _ITEMS)
    return f"{before + 1}. "
