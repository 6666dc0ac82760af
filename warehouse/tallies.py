"""What is kept beside the rows it is made of: tallies over the history, what statements and events show of others.

Whoever changes articles or statements does it within :func:`tallied`, in the same transaction: neither can drift.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.database import Warehouse

_TALLYING = (
    "find_told",
    "tally_themes",
    "delete_empty_months",
    "find_lost",
    "delete_changed_heard",
    "count_changed_heard",
    "merge_heard",
    "touch_events",
    "touch_standing_actors",
)
_PLACING = (
    "find_gone_history",
    "find_changed_history",
    "delete_history",
    "insert_history",
    "find_changed_sides",
    "weigh_sides",
    "delete_sides",
    "insert_sides",
)


@contextlib.contextmanager
def tallied(
    warehouse: Warehouse, touch: str, /, *, is_of_articles: bool = False, **parameters: object
) -> Iterator[None]:
    """Tell tallies and events of what is changed here in the articles that the query ``touch`` finds.

    Within the caller's transaction; what is done here may change these articles and their statements, and no others.
    Where that ``is_of_articles``, all that is told of them but their text, statements show it from then on.
    """
    warehouse.execute(touch, **parameters)
    ((touched,),) = warehouse.execute("count_touched_articles")
    if not touched:  # all is new, or nothing is there
        yield
        return
    warehouse.execute("remember_told")
    yield
    if is_of_articles:
        warehouse.execute("show_statements")
    for step in _TALLYING:
        warehouse.execute(step)
    _show_events(warehouse)
    warehouse.execute("touch_told_history")
    _show_positions(warehouse)
    _place_actors(warehouse)


def count_prints(warehouse: Warehouse) -> None:
    """Note who printed the words that were just placed, within the caller's transaction."""
    for step in ("find_reprinted", "delete_reprints", "insert_reprints"):
        warehouse.execute(step)


def show_judged(warehouse: Warehouse) -> None:
    """Have events that were just judged show what they are made of, and say where their actors stand now.

    Within the caller's transaction, while what waits is still known.
    """
    warehouse.execute("touch_judged_events")
    _show_events(warehouse)
    warehouse.execute("touch_judged_history")
    _show_positions(warehouse)
    warehouse.execute("touch_judged_actors")
    _place_actors(warehouse)


def _show_events(warehouse: Warehouse) -> None:
    ((touched,),) = warehouse.execute("count_touched_events")
    if touched:
        warehouse.execute("show_events")


def _show_positions(warehouse: Warehouse) -> None:
    """Write the positions of articles anew, with what they show, and the latest of their actors and organisations."""
    ((touched,),) = warehouse.execute("count_shown_articles")
    if touched:
        for step in _PLACING:
            warehouse.execute(step)


def _place_actors(warehouse: Warehouse) -> None:
    ((touched,),) = warehouse.execute("count_touched_actors")
    if touched:
        warehouse.execute("delete_standings")
        warehouse.execute("insert_standings")
