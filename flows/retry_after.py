"""For how long servers ask to be left alone: Retry-After and Cache-Control, read from headers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST_WAIT_SECONDS: Final = 24 * 3600
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_CACHED = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)


def read_retry_after(value: str | None, now: datetime) -> int | None:
    """Seconds from a Retry-After header, a number or a date, from 0 to a day; None where there is none to read."""
    text = (value or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), LONGEST_WAIT_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
        wait_seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
    except (ValueError, OverflowError):
        return None
    return min(max(int(wait_seconds), 0), LONGEST_WAIT_SECONDS)


def read_max_age(cache_control: str) -> int:
    """Seconds for which an answer may be taken for fresh, a day at most; 0 where the header does not say so."""
    found = _MAX_AGE.search(cache_control)
    if found is None or _NOT_CACHED.search(cache_control):
        return 0
    return min(int(found[1]), LONGEST_WAIT_SECONDS)
