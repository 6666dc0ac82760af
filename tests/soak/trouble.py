"""What goes wrong in a soak, and when: drawn by chance from a seed, spread so that every kind has its turn."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """One way in which things go wrong."""

    DOWN = "host down"
    BUSY = "429 or 503 with Retry-After"
    TORN = "broken XML"
    SLOW = "slow host"
    MISSING = "feed not found"
    SINK_DOWN = "sinks down"
    SINK_FAULTS = "sinks fail now and then, or take without saying so"
    KILLED = "run killed with -9"
    FULL = "disk full"
    READ_ONLY = "disk read-only"
    PREFECT = "as a command under Prefect"


OF_OUTLETS: Final = (Kind.DOWN, Kind.BUSY, Kind.TORN, Kind.SLOW, Kind.MISSING)
SETTLING: Final = 24
"""So many half hours after its end a trouble may still make an outlet's news late."""
_HOURS: Final = {
    Kind.DOWN: (1, 8),
    Kind.BUSY: (1, 6),
    Kind.TORN: (1, 3),
    Kind.SLOW: (1, 1),
    Kind.MISSING: (1, 2),
    Kind.SINK_DOWN: (1, 8),
    Kind.SINK_FAULTS: (2, 6),
    Kind.KILLED: (1, 2),
    Kind.FULL: (1, 3),
    Kind.READ_ONLY: (1, 2),
}
"""How many half hours one of them lasts."""
_EVERY: Final = dict.fromkeys(_HOURS, 60) | {Kind.KILLED: 12, Kind.SINK_FAULTS: 20}
"""About how many half hours lie between two troubles of a kind."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble from half hour ``begins`` to before ``ends``, at one outlet or (-1) at all of them."""

    kind: Kind
    begins: int
    ends: int
    outlet: int = -1

    def holds(self, half_hour: int) -> bool:
        """Whether it lasts."""
        return self.begins <= half_hour < self.ends


@dataclass(frozen=True, slots=True)
class Plan:
    """All troubles of a soak, and the half hours that run as commands under Prefect."""

    troubles: tuple[Trouble, ...]

    def at(self, half_hour: int, *kinds: Kind) -> list[Trouble]:
        """Those of these kinds that last at a half hour."""
        return [trouble for trouble in self.troubles if trouble.kind in kinds and trouble.holds(half_hour)]

    def is_calm(self, outlet: int, begins: int, ends: int) -> bool:
        """Whether an outlet's news of these half hours is read in time: no trouble there, none still felt."""
        return not any(
            trouble.begins < ends + SETTLING and begins < trouble.ends + SETTLING
            for trouble in self.troubles
            if trouble.kind in OF_OUTLETS and trouble.outlet == outlet
        )


def quiet_end(half_hours: int) -> int:
    """So many of the last half hours are without trouble, so that all that is late can come in."""
    return min(30, half_hours // 3)


def draw_plan(seed: int, half_hours: int, outlets: int, *, under_prefect: int) -> Plan:
    """A plan of ``half_hours``; no trouble begins in the first four or goes on into the quiet end.

    ``under_prefect`` half hours in a row, in the middle, are run as commands.
    """
    chance = random.Random(f"trouble-{seed}")  # noqa: S311 - chance, no secret
    troubles = []
    last = half_hours - quiet_end(half_hours)
    for kind, (least, most) in _HOURS.items():
        begins = 4 + chance.randrange(min(_EVERY[kind] // 2, max(last - 4 - most, 1)))
        while (ends := begins + chance.randint(least, most)) <= last:
            troubles.append(Trouble(kind, begins, ends, chance.randrange(outlets) if kind in OF_OUTLETS else -1))
            begins = ends + chance.randint(_EVERY[kind] // 2, _EVERY[kind] * 3 // 2)
    if under_prefect:
        begins = half_hours // 2
        troubles.append(Trouble(Kind.PREFECT, begins, begins + under_prefect))
    return Plan(tuple(troubles))
