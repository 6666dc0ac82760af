"""What statements mean: what is stored of it, and which statements echo the seed documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from warehouse.database import Warehouse

LEAST_NEARNESS: Final = 0.5
"""How near a statement with a side comes to one of a seed that it echoes: chosen on tests/meaning/pairs_dev.yml."""
_MOST_UNLIKE: Final = 105
"""Bits in which the signatures may differ of two statements that are as near: 85 are expected, give or take 7."""
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
        ((key,),) = warehouse.execute("key_seeds", least_nearness=LEAST_NEARNESS)
        ((number,),) = warehouse.execute("find_unechoed", key=key, limit=limit)
        if number:
            warehouse.execute("delete_old_echoes")
            warehouse.execute(
                "insert_echoes",
                least_nearness=LEAST_NEARNESS,
                most_unlike=_MOST_UNLIKE,
                least_quoted=_LEAST_QUOTED,
                fewest_shared=_FEWEST_SHARED,
            )
            warehouse.execute("mark_echoed", key=key)
    return int(number)
