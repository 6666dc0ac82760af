"""What publishers reserve, read from their headers, pages and files: text mining (TDMRep), indexing, quoting.

A reservation made in any of the ways counts, also where another way says the opposite.
"""

from __future__ import annotations

import json
import re

AGENT_TOKEN = "Stancewatch"  # noqa: S105 - the name that robots.txt files and headers know us by

_META = re.compile(rb"<meta\s[^<>]{0,400}>", re.IGNORECASE)
_TDM_NAME = re.compile(rb"\b(?:name|property)\s*=\s*[\"']?\s*tdm-reservation\b", re.IGNORECASE)
_ROBOTS_NAME = re.compile(rb"\bname\s*=\s*[\"']?\s*(?:robots|stancewatch)\b", re.IGNORECASE)
_CONTENT = re.compile(rb"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
HEAD_BYTES = 128 * 1024
"""So much of a page is searched for what it reserves."""
_CLOSED_TO_US = frozenset({"none", "noindex", "noai", "nosnippet", "max-snippet:0"})
"""What keeps a page out of an index, out of machines' reading, or its words from being shown."""
_WITH_VALUE = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_MAX_RULES = 1_000


def is_reserved(header: str, head: bytes) -> bool:
    """Whether text and data mining is reserved (TDMRep), by header or in a page's head."""
    if any(value.strip() == "1" for value in header.split(",")):
        return True
    contents = (_content(tag) for tag in _META.findall(head[:HEAD_BYTES]) if _TDM_NAME.search(tag))
    return any(content.strip() == "1" for content in contents)


def closed_directive(header: str, head: bytes) -> str:
    """The directive by which X-Robots-Tag, or the page's meta tags for robots, close a page to us; else empty."""
    said = [*_directives(header)]
    for tag in _META.findall(head[:HEAD_BYTES]):
        if _ROBOTS_NAME.search(tag):
            said += _directives(_content(tag))
    return next((directive for directive in said if directive in _CLOSED_TO_US), "")


def _directives(header: str) -> list[str]:
    """The directives of a header that are meant for everybody or for us.

    A robot's name before a colon holds for the directives behind it, up to the next name.
    """
    found: list[str] = []
    is_ours = True
    for part in header.split(","):
        text = re.sub(r"\s*:\s*", ":", part.strip().lower())
        name, colon, rest = text.partition(":")
        if colon and name not in _WITH_VALUE:
            is_ours = name == AGENT_TOKEN.lower()
            text = rest
        if is_ours:
            found.append(text)
    return found


def _content(tag: bytes) -> str:
    found = _CONTENT.search(tag)
    return next((part for part in found.groups() if part is not None), b"").decode("latin-1") if found else ""


def read_reserved_paths(body: bytes) -> tuple[str, ...]:
    """The path patterns that a site's tdmrep.json reserves; none where the file is not what it should be."""
    try:
        rules = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(rules, list):
        return ()
    found = [rule for rule in rules[:_MAX_RULES] if isinstance(rule, dict) and rule.get("tdm-reservation") in {1, "1"}]
    return tuple(place for rule in found if isinstance(place := rule.get("location"), str) and place)


def is_path_reserved(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path, with its query, matches one of the patterns: ``*`` stands for anything, ``$`` for the end."""
    return any(_matches(path, pattern) for pattern in patterns)


def _matches(path: str, pattern: str) -> bool:
    """As robots.txt patterns match: piece by piece from the left, so that no pattern costs more than its length."""
    is_whole = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for number, piece in enumerate(pieces, start=1):
        if is_whole and number == len(pieces):
            return len(path) - len(piece) >= place and path.endswith(piece)
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return not is_whole or place == len(path)
