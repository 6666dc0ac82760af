"""How deep the suite goes: all of what it may try, or a spread of it, for which a check before a commit has time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

IS_THOROUGH = bool(os.environ.get("THOROUGH"))
"""Set by `make thorough`."""
T = TypeVar("T")


def tries(count: int) -> int:
    """How many examples Hypothesis makes up: where the suite is thorough ten times that, and others each time."""
    return count * 10 if IS_THOROUGH else count


def spread(items: Iterable[T], count: int) -> list[T]:
    """Of all items so many, evenly spread from the first to the last; all of them where the suite is thorough."""
    every = list(items)
    if IS_THOROUGH or len(every) <= count:
        return every
    return [every[number * (len(every) - 1) // (count - 1)] for number in range(count)]
