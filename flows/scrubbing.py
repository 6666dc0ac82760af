"""The secrets of a destination's address taken out of what is said of an attempt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIL: Final = ("mailto:", "mailtos:")
_SECRET_KEY: Final = re.compile(r"key|token|secret|pass|auth|sig|credential|pgp", re.IGNORECASE)
_OPEN_KEYS: Final = frozenset(
    ("bcc", "cc", "cto", "format", "from", "method", "mode", "name", "overflow", "port", "retry", "rto", "smtp", "to")
) | {"reply", "verify"}
_OPEN_PARTS: Final = frozenset({"localhost", "127.0.0.1"})
_SHORTEST: Final = 4


def scrub(text: str, url: str) -> str:
    """The text without the secrets in a destination's URL: words of advice, servers and addresses of mails stay."""
    forms = {form for part in _secret_parts(url) for form in (part, unquote(part)) if len(form) >= _SHORTEST}
    for form in sorted(forms - _OPEN_PARTS, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


def _secret_parts(url: str) -> Iterator[str]:
    place, _, query = url.partition("://")[2].partition("?")
    is_mail = url.lower().startswith(MAIL)
    if is_mail:
        yield place.partition("/")[0].rpartition("@")[0].partition(":")[2]
    else:  # hosts and paths of webhooks are tokens
        yield from re.split(r"[/:@#]+", place)
        yield from re.split(r"[/:@#]+", unquote(place))
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        if _SECRET_KEY.search(key) or not (is_mail or key.lower() in _OPEN_KEYS):
            yield value
