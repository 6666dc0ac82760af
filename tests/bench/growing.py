"""What grows with the history, for `make bench`: ten thousand to a million articles, the first the baseline."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.growth import measure
from tests.bench.measures import Cost, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.growth import Figure

SIZES: Final = (10_000, 100_000, 1_000_000)
WORK: Final = {
    "a run that finds nothing": ("quiet", "whole run"),
    "100 new articles, without analysis": ("news", "all of it"),
    "… storing them": ("news", "store articles"),
    "… recording what they say": ("news", "record analyses"),
    "… detection": ("news", "detect stances"),
    "… indexing them": ("news", "index texts"),
    "publishing": ("publish", "publish,"),
    "all recipes of the cookbook": ("question", "cookbook: "),
    "search for two words": ("question", "search for two words,"),
}
"""What is shown -> the group of figures, and how the names of those that are added up begin."""


def growth() -> Iterator[Line]:
    """A line for each kind of work beside each longer history, and for the bytes of an article."""
    first: list[Figure] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=os.environ.get("GROWTH_FOLDER")) as home:
            found = measure(Path(home), size)
        first = first or found
        if found is not first:
            for work, (group, beginning) in WORK.items():
                costs = (added_up(figures, group, beginning) for figures in (found, first))
                yield compared(work, size, *costs)
        costs = (added_up(figures, "bytes", "file, an article", "B") for figures in (found, first))
        yield compared("the file, an article", size, *costs)


def compared(work: str, size: int, cost: Cost, first: Cost) -> Line:
    """A line of the table."""
    return Line("growth", work, cost, f"beside {SIZES[0]:,} articles", first, f"beside {size:,}")


def added_up(figures: list[Figure], group: str, beginning: str, unit: str = "s") -> Cost:
    """The sum of the figures that are meant.

    Raises:
        LookupError: none has such a name.
    """
    meant = [figure for figure in figures if figure.group == group and figure.name.startswith(beginning)]
    if not meant:
        raise LookupError(f"{group}: {beginning}")
    cpu = None if unit == "B" else sum(figure.cpu or 0.0 for figure in meant)
    return Cost(sum(figure.value for figure in meant), cpu, unit)
