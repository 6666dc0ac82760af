"""Dates as feeds write them, turned into aware UTC datetimes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

# what RFC 822 does not name but British and European feeds use; hours east of Greenwich
_ZONES = {"bst": 1, "ist": 1, "wet": 0, "west": 1, "cet": 1, "cest": 2, "utc": 0, "gmt": 0, "z": 0}
_LAST_WORD = re.compile(r"\s*\(?\b([A-Za-z]{1,5})\)?\s*$")
_OFFSET = re.compile(r"[+-]\d{2}:?\d{2}$")
_BRITISH_FORMS = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d %B %Y %H:%M:%S",
    "%d %B %Y %H:%M",
    "%d %B %Y",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%d-%m-%Y",
)
_MAX_LENGTH = 80


def read_date(text: str) -> datetime | None:
    """The moment a feed's date names; without a zone it is UTC, a bare day is its midnight."""
    text = " ".join(text.split())
    if not text or len(text) > _MAX_LENGTH:
        return None
    zone = _LAST_WORD.search(text)
    hours = _ZONES.get(zone[1].lower()) if zone and " " in text else None
    if zone is None or hours is None:
        return _in_utc(_read_form(text))
    text = text[: zone.start()]
    moment = _read_form(text)
    # "+0100 (BST)" says it twice; the number is the surer
    if moment is not None and not _OFFSET.search(text):
        moment = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    return _in_utc(moment)


def _read_form(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, _read_rfc822, _read_british):
        try:
            moment = read(text)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        if moment is not None:
            return moment
    return None


def _read_rfc822(text: str) -> datetime | None:
    fields = parsedate_tz(text)
    return fields and datetime(*fields[:6], tzinfo=timezone(timedelta(seconds=fields[9] or 0)))


def _read_british(text: str) -> datetime | None:
    text = re.sub(r"^[A-Za-z]{3,9},?\s+(?=\d)|(?<=\d)(st|nd|rd|th)\b|,", "", text)
    for form in _BRITISH_FORMS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is added by the caller
        except ValueError:
            continue
    return None


def _in_utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
