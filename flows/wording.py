"""The words and signs that alerts are made of: cleaned text, dates, sides, themes and kinds of actor.

Text from pages and feeds passes through `clean_line` or `clean_passage` before it enters any message, so that
a control character, a direction override, half a surrogate pair or a megabyte never reaches a mail server.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from extractors.records import ActorType, Stance, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LONDON: Final = ZoneInfo("Europe/London")
TITLE_LIMIT: Final = 160
"""Characters of a headline, a name or a subject line."""
QUOTE_LIMIT: Final = 1_600
"""Characters of a quotation; a longer one is cut around its evidence."""
CONTEXT_LIMIT: Final = 320
"""Characters shown on each side of a quotation."""
URL_LIMIT: Final = 2_000

# Direction overrides and isolates, marks and byte-order marks, noncharacters, and halves of surrogate pairs:
# none of them is a letter, and each of them can hide or reorder what a reader sees or break an encoder.
_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BREAKS: Final = re.compile("\r\n?|[\u2028\u2029\x85]")
_SPACES: Final = re.compile(r"\s+")
_URL_UNSAFE: Final = re.compile(r"[\s<>|\"'`\\^{}\x00-\x20\x7f]")
_STACKED: Final = re.compile("([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+")
_SCAN_FACTOR: Final = 4


def clean_passage(text: str) -> str:
    """Text without control, direction and broken characters; line breaks become single spaces."""
    text = _SURROGATE.sub("\ufffd", _BREAKS.sub(" ", text))
    text = _STACKED.sub(r"\1", _INVISIBLE.sub("", _CONTROL.sub(" ", text)))
    return _SPACES.sub(" ", text)


def clean_words(text: str) -> str:
    """Words as they are printed, spaces and line breaks too, without what nobody sees: the rest stays verbatim."""
    return _INVISIBLE.sub("", _CONTROL.sub("", _SURROGATE.sub("\ufffd", text)))


def cut_words(text: str, limit: int) -> str:
    """At most ``limit`` characters of a quotation, cut at a word; what is cut ends with an ellipsis in brackets."""
    if len(text) <= limit:
        return text
    begun = text[: limit + 1]
    return f"{(begun.rsplit(maxsplit=1)[0] if _SPACES.search(begun) else begun[:limit]).rstrip()} […]"


def clean_line(text: str, limit: int = TITLE_LIMIT) -> str:
    """One safe line of at most ``limit`` characters; what is cut ends with an ellipsis."""
    line = clean_passage(text[: limit * _SCAN_FACTOR + limit]).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def clean_url(url: str) -> str:
    """An http or https address fit for a link in any channel; an empty string for anything else."""
    if len(url) > URL_LIMIT:
        return ""
    url = _INVISIBLE.sub("", _SURROGATE.sub("", url)).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    return _URL_UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), url)


def london(moment: datetime) -> datetime:
    """A moment by London's clock; at the ends of the calendar as it stands."""
    try:
        return moment.astimezone(LONDON)
    except OverflowError:
        return moment


def long_date(moment: datetime) -> str:
    """A date as people in London write it, such as "Wednesday 3 June 2026"."""
    local = london(moment)
    return f"{local:%A} {local.day} {local:%B} {local.year}"


def short_date(moment: datetime) -> str:
    """A date for a list, such as "3 June 2026"."""
    local = london(moment)
    return f"{local.day} {local:%B} {local.year}"


def long_time(moment: datetime) -> str:
    """A date with the time of day in London, such as "Wednesday 3 June 2026, 07:05"."""
    return f"{long_date(moment)}, {london(moment):%H:%M}"


@dataclass(frozen=True, slots=True)
class Side:
    """How a stance is shown: by shape, by words and by colour, so that none of them has to be seen alone."""

    key: str
    symbol: str
    badge: str
    name: str
    position: str
    meaning: str


SIDES: Final = {
    Stance.LOCAL: Side("local", "▲", "LOCAL control", "local", "takes the local side", "decisions should sit locally"),
    Stance.CENTRAL: Side(
        "central", "▼", "CENTRAL control", "central", "takes the central side", "the centre should direct"
    ),
    Stance.BALANCED: Side(
        "balanced", "◆", "BALANCED", "balanced", "takes a balanced position", "freedom and direction together"
    ),
    Stance.NONE: Side("none", "○", "NO SIDE", "no side", "takes no side", "no position on who decides"),
}

THEMES: Final[Mapping[Theme, str]] = {
    Theme.AUTONOMY_CONTROL: "Local autonomy and central control",
    Theme.DEVOLUTION: "Devolution and the four nations",
    Theme.SYSTEM_WORKING: "System working",
    Theme.NEIGHBOURHOOD_PLACE: "Neighbourhoods and places",
    Theme.STRUCTURAL_REFORM: "Structural reform",
    Theme.REGULATION_OVERSIGHT: "Regulation and oversight",
    Theme.ACCOUNTABILITY: "Accountability and governance",
    Theme.FINANCE: "Money",
    Theme.WORKFORCE: "Workforce",
    Theme.LEADERSHIP: "Leadership and management",
    Theme.LOCAL_GOVERNMENT: "Local government and social care",
    Theme.PERFORMANCE: "Performance",
    Theme.NATIONAL_STRATEGY: "National plans and programmes",
    Theme.PUBLIC_VOICE: "Patients and the public",
}
"""As the shipped config/themes.yml calls them; the user's own may call them otherwise (`Settings.theme_names`)."""

ACTOR_TYPES: Final = {
    ActorType.GOVERNMENT: "Government",
    ActorType.NATIONAL_BODY: "National body",
    ActorType.MEMBERSHIP_BODY: "Membership body",
    ActorType.LOCAL_NHS: "Local NHS",
    ActorType.LOCAL_GOVERNMENT: "Local government",
    ActorType.UNION_PROFESSIONAL: "Union or professional body",
    ActorType.THINK_TANK: "Think tank",
    ActorType.PARLIAMENT: "Parliament",
    ActorType.PATIENT_VOLUNTARY: "Patients and charities",
    ActorType.OTHER: "Other",
}


_SURE: Final = (
    (0.95, "Very sure"),
    (0.85, "Sure"),
    (0.7, "Fairly sure"),
    (0.5, "Not quite sure"),
)


def how_sure(confidence: float) -> str:
    """How sure the machine is, in words for a probability."""
    return next((words for least, words in _SURE if confidence >= least), "Unsure")


def count_words(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 feed", "12,000 feeds"."""
    return f"{number:,} {one if number == 1 else many}"


def join_words(words: tuple[str, ...]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


class EventKind(StrEnum):
    """Kinds of event that raise alerts (codebook, New stance)."""

    FIRST = "first"
    SHIFT = "shift"
    THEME = "theme"


COUNTED: Final = {
    EventKind.SHIFT: ("change of side", "changes of side"),
    EventKind.FIRST: ("new stance", "new stances"),
    EventKind.THEME: ("new theme", "new themes"),
}
"""Kinds in the order in which lists show them, counted."""

KINDS: Final = {
    EventKind.FIRST: "New stance",
    EventKind.SHIFT: "Change of side",
    EventKind.THEME: "New theme",
}
