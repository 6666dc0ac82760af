"""What statements mean: what is stored of it, and which statements echo the seed documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from warehouse.database import Warehouse

LEAST_SIDED, LEAST_OTHERS = 0.5, 0.65
"""How near a statement comes to a seed statement that it echoes, where both take a side and where not.

Chosen on tests/meaning/pairs_dev.yml: statements of no side share a subject more often than a point.
"""
_MOST_UNLIKE: Final = 105
"""Bits in which signatures differ of two statements that may be as near: 85 are expected at 0.5, give or take 7."""
_LEAST_QUOTED, _FEWEST_SHARED = 0.5, 4
"""What share of the shorter one's word trigrams, and how many, two statements share where one quotes the other."""


@dataclass(frozen=True, slots=True)
class MeaningRow:
    """What a statement means, and what read it."""

    statement_id: str
    version: str
    bits_1: int
    bits_2: int
    bits_3: int
    bits_4: int
    numbers: tuple[int, ...]


def echo_seeds(warehouse: Warehouse, limit: int) -> int:
    """Find the echoes of the next statements that were not held against the seeds as they are; returns how many.

    Every statement waits again when a seed statement came, went, or was read anew.
    """
    with warehouse.transaction():
        warehouse.execute("start_echoes")
        ((key,),) = warehouse.execute("key_seeds", sided=LEAST_SIDED, others=LEAST_OTHERS)
        ((number,),) = warehouse.execute("find_unechoed", key=key, limit=limit)
        if number:
            warehouse.execute("delete_old_echoes")
            warehouse.execute(
                "insert_echoes",
                sided=LEAST_SIDED,
                others=LEAST_OTHERS,
                most_unlike=_MOST_UNLIKE,
                least_quoted=_LEAST_QUOTED,
                fewest_shared=_FEWEST_SHARED,
            )
            warehouse.execute("mark_echoed", key=key)
    return int(number)
