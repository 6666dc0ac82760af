"""Who asks: the contact that stands in the User-Agent of every request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flows.config_file import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE: Final = "STANCEWATCH_CONTACT"
KINDS_OF_CONTACT: Final = "a page or a mail address, such as https://example.org/watch or watch@example.org"
_PAGE: Final = re.compile(r"https?://[a-z0-9\[][!#-'*-;=?-~]{1,200}", re.IGNORECASE)
_MAIL: Final = re.compile(r"(?:mailto:)?([a-z0-9._%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
_USER_AGENT: Final = re.compile(r"(?:[ -z|~]|\{version\}|\{contact\}){1,500}")


def contact_in(text: str) -> str:
    """The contact as it goes into the User-Agent, a page's address, or mailto: with a mail address; else empty."""
    text = text.strip()
    if found := _MAIL.fullmatch(text):
        return f"mailto:{found[1]}"
    return text if _PAGE.fullmatch(text) else ""


def contact_of(env: Mapping[str, str]) -> str:
    """The contact that the environment gives; empty where it gives none, so that the one of feeds.yml holds.

    Raises:
        ConfigError: it is none.
    """
    given = env.get(VARIABLE, "")
    contact = contact_in(given)
    if given and not contact:
        raise ConfigError(f"{VARIABLE}: {given!r} must be {KINDS_OF_CONTACT}")
    return contact


def is_honest(user_agent: str) -> bool:
    """Whether it can be sent, and says whom to ask."""
    return bool(_USER_AGENT.fullmatch(user_agent)) and "{contact}" in user_agent
