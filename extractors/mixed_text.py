"""UTF-8 with strangers in it: single bytes of windows-1252 in a document that is UTF-8 elsewhere."""

from __future__ import annotations

import re

_RUN = re.compile(rb"((?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+)")
_HIGH = re.compile(rb"[\x80-\xff]")


def read_mixed(body: bytes) -> str | None:
    """The text of a document that is UTF-8 but for a few bytes, which are windows-1252; None if it is not.

    A page's template, or one entry of a feed, may come from another system than the rest. Reading all of it as
    windows-1252 would turn every quotation mark of the rest into three wrong characters.
    """
    if _is_utf8(body):
        return None
    parts = _RUN.split(body)
    strangers, runs = parts[::2], parts[1::2]
    if sum(map(len, runs)) <= sum(len(_HIGH.findall(part)) for part in strangers):
        return None
    names = ("cp1252", "utf-8")
    text = "".join(part.decode(names[place % 2], "replace") for place, part in enumerate(parts))
    return text.removeprefix("\ufeff")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
