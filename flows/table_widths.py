"""How wide the columns of a table may be on a terminal: words stay whole, rows stay low."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 3
_WIDEST = 60
_LEAST, _LEAST_WORD = 12, 26


def column_widths(columns: Sequence[Sequence[str]], wholes: Sequence[bool], room: int) -> list[int] | None:
    """The width of each column, given its head and cells; None where they cannot stand side by side in ``room``.

    One that is marked as whole gets what its longest line needs; the others at least what a word needs, and more where
    that makes rows lower.
    """
    wanted = [max(len(line) for cell in cells for line in cell.split("\n")) for cells in columns]
    most = [want if whole else min(want, _WIDEST) for want, whole in zip(wanted, wholes, strict=True)]
    least = [
        want if whole else min(want, max(_LEAST, min(_longest_word(cells), _LEAST_WORD)))
        for want, cells, whole in zip(most, columns, wholes, strict=True)
    ]
    left = room + 1 - sum(width + _GAP for width in least)  # a space at either end, none behind the last gap
    if left < 0:
        return None
    widths = [*least]
    for _ in range(left):
        tight = [number for number, width in enumerate(widths) if width < most[number]]
        if not tight:
            break
        widths[max(tight, key=lambda number: wanted[number] / widths[number])] += 1
    return widths


def _longest_word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)
