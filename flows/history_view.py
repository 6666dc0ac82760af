"""What templates may see of an actor's record: how often each side, in which order, and the chart with its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.wording import SIDES, count_words, join_words, short_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractors.records import Stance
    from flows.message_content import Past

CHART_ID: Final = "positions@stancewatch.invalid"
_SIGNS_SHOWN: Final = 12
_TOLD: Final = 6


@dataclass(frozen=True, slots=True)
class HistoryView:
    """A record of two positions or more.

    ``counts`` is such as "3 local, 1 central, 1 balanced", ``signs`` the latest sides, oldest first. ``chart`` is the
    picture's content id (empty: none) and ``alt`` tells in words what it shows.
    """

    total: str
    counts: str
    signs: str
    chart: str
    alt: str


def count_sides(sides: Iterable[Stance]) -> str:
    """How often each side, the most frequent first: "3 local, 1 central, 1 balanced"."""
    counts = Counter(sides)
    return ", ".join(
        f"{counts[side]} {shown.name}"
        for side, shown in sorted(SIDES.items(), key=lambda item: -counts[item[0]])
        if counts[side]
    )


def view_history(history: Sequence[Past], name: str, chart: bytes) -> HistoryView | None:
    """The record in words; None where there is nothing to compare."""
    if len(history) < 2:  # noqa: PLR2004 - one position is no record
        return None
    latest = "".join(SIDES[past.stance].symbol for past in history[-_SIGNS_SHOWN:])
    told = [f"{SIDES[past.stance].name} on {short_date(past.said_at)}" for past in history[-_TOLD:]]
    before = len(history) - len(told)
    older = f"after {count_words(before, 'earlier position', 'earlier positions')}, " if before else ""
    return HistoryView(
        total=count_words(len(history), "statement of position", "statements of position"),
        counts=count_sides(past.stance for past in history),
        signs=f"{'…' if len(history) > _SIGNS_SHOWN else ''}{latest}",
        chart=CHART_ID if chart else "",
        alt=f"Positions of {name} over time: {older}{join_words(tuple(told))}, the latest.",
    )
