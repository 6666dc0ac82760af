"""What a trace is made of: steps with their times, how one item fared, and the sentence at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from extractors.records import Stance
from flows.output import plain
from flows.wording import SIDES, clean_line, london

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.traced import StatementSeen

WORDS_SHOWN = 180
"""Characters of a quotation that a trace shows."""
TOLD_SHOWN = 3


class Tone(StrEnum):
    """How a step left the item."""

    DONE = "done"
    STOPPED = "stopped"
    HELD = "held"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when (None: with the step above it), how deep it lies in others, at which stage, and what happened."""

    at: datetime | None
    depth: int
    stage: str
    words: str
    tone: Tone = Tone.PLAIN
    id: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one thing that might have raised an alert; the highest ``reach`` came nearest to it."""

    reach: int
    is_told: bool
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Trace:
    """All steps of one subject; ``verdict`` is one sentence that begins with "Told:" or "Not told:"."""

    kind: str
    id: str
    title: str
    url: str
    steps: tuple[Step, ...]
    is_known: bool
    is_told: bool
    verdict: str


def sentence(fates: Sequence[Fate]) -> str:
    """The last line: who was told of, and where; or how far the one that came furthest got, and why no further."""
    told = [fate for fate in fates if fate.is_told]
    if told:
        more = f"; and {len(told) - TOLD_SHOWN} more" if len(told) > TOLD_SHOWN else ""
        return f"Told: {'; '.join(f'{fate.who} {fate.words}' for fate in told[:TOLD_SHOWN])}{more}."
    best = max(fates, key=lambda fate: fate.reach)
    alike = sum(fate.reach == best.reach for fate in fates) - 1
    more = f" (and {alike} more, for reasons above)" if alike else ""
    return f"Not told: {best.who}, because {best.words}{more}."


def name(statement: StatementSeen) -> str:
    """Who speaks, with what is printed of him or her."""
    person, organisation = clean_line(statement.person, 80), clean_line(statement.organisation, 80)
    if person and organisation:
        return f"{person} ({organisation})"
    return person or organisation or clean_line(statement.role, 80) or "nobody named"


def side(stance: str) -> str:
    """A stance by shape and word."""
    shown = SIDES[Stance(stance)]
    return f"{shown.symbol} {shown.name}"


def percent(share: float) -> str:
    """A probability for people."""
    return f"{share:.0%}"


def percents(share: float, least: float) -> tuple[str, str]:
    """A probability and the bound that it is below, so that nobody reads them as equal."""
    digits = next((digits for digits in range(4) if f"{share:.{digits}%}" != f"{least:.{digits}%}"), 4)
    return f"{share:.{digits}%}", f"{least:.{digits}%}"


def quoted(text: str) -> str:
    """Words as printed, cut to a line or two."""
    return f"“{clean_line(text, WORDS_SHOWN)}”"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def clock_time(moment: datetime | None) -> str:
    """A moment by London's clock, to the minute; nothing for none."""
    return plain(london(moment)) if moment else ""


def day(moment: datetime | None) -> str:
    """A date in words of a sentence."""
    return clock_time(moment) or "an unknown day"
