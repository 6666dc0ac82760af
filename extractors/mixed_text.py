"""UTF-8 with strangers in it: single bytes of windows-1252 in a document that is UTF-8 elsewhere."""

from __future__ import annotations

import re

_RUN = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
_HIGH = re.compile(rb"[\x80-\xff]")


def read_mixed(body: bytes) -> str | None:
    """The text of a document that is UTF-8 but for a few bytes, which are windows-1252; None if it is not.

    A page's template, or one entry of a feed, may come from another system than the rest. Reading all of it as
    windows-1252 would turn every quotation mark of the rest into three wrong characters.
    """
    good = sum(len(run) for run in _RUN.findall(body))
    bad = len(_HIGH.findall(_RUN.sub(b"", body)))
    if not bad or good <= bad:
        return None
    parts: list[str] = []
    end = 0
    for run in _RUN.finditer(body):
        parts += [body[end : run.start()].decode("cp1252", "replace"), run[0].decode("utf-8", "replace")]
        end = run.end()
    return "".join([*parts, body[end:].decode("cp1252", "replace")]).removeprefix("\ufeff")
