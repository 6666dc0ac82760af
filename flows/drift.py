"""Whether last week's share of statements without a side is off what the weeks before had."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_WEEKS: Final = 4
LEAST_STATEMENTS: Final = 50
LEAST_DIFFERENCE: Final = 0.05
"""What is less is no use to anybody, however sure."""


@dataclass(frozen=True, slots=True)
class Week:
    """What came in seven days: live statements, and those of them without a side."""

    statements: int
    none: int

    @property
    def share(self) -> float:
        """Of those without a side."""
        return self.none / self.statements


@dataclass(frozen=True, slots=True)
class Drift:
    """A share that is off: last week's, that of the weeks before, and by how many deviations."""

    share: float
    before: float
    deviations: float


def find_drift(last: Week, earlier: Sequence[Week], limit: float) -> Drift | None:
    """The drift, if it is beyond ``limit`` deviations and worth telling.

    Two shares are compared as binomial ones, with the variance made larger by what the earlier weeks differ among
    themselves beyond chance (Pearson's chi-square over its degrees of freedom, 1 at least): statements of one article
    are alike, so weeks differ more than coins would. Weeks of few statements are left out.
    """
    weeks = [week for week in earlier if week.statements >= LEAST_STATEMENTS]
    if last.statements < LEAST_STATEMENTS or len(weeks) < LEAST_WEEKS:
        return None
    statements = sum(week.statements for week in weeks)
    before = sum(week.none for week in weeks) / statements
    spread = before * (1 - before)
    if not spread:
        return None
    excess = sum((week.none - week.statements * before) ** 2 / (week.statements * spread) for week in weeks)
    dispersion = max(excess / (len(weeks) - 1), 1.0)
    error = math.sqrt(dispersion * spread * (1 / last.statements + 1 / statements))
    difference = last.share - before
    deviations = difference / error
    if abs(deviations) <= limit or abs(difference) < LEAST_DIFFERENCE:
        return None
    return Drift(last.share, before, deviations)
