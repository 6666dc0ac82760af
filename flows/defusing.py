"""Plain text for services that make more of it than text: nothing in it mentions, links, formats or loads anything.

Teams, Discord, Mattermost, Webex and ntfy read Markdown, Google Chat and Discord call people out in angle brackets,
Zulip with stars; which of them stands behind an apprise URL is not asked here. Look-alikes and word joiners keep every
letter readable, and addresses stay whole.
"""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"(https?://[^\s<>()\[\]*`|\\]+)")
_CALL_OUT: Final = re.compile(r"@(?!\s)|<(?!\s)|\](?=[(\[:])|!(?=\[)|^/(?=\w)|^#(?!\s)", re.MULTILINE)
"""Looked for between addresses: what stands right before one ends there."""
_SIGNS: Final = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", "|": "¦"})


def defuse(text: str) -> str:
    """The text as all services show it alike: as text."""
    parts = _ADDRESS.split(text)
    return "".join(part.replace("@", "%40") if number % 2 else _quieten(part) for number, part in enumerate(parts))


def _quieten(text: str) -> str:
    return _CALL_OUT.sub(lambda found: f"{found.group()}\N{WORD JOINER}", text.translate(_SIGNS))
