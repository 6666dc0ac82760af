"""What keeps a lake from growing with every run: its many small files merged, old snapshots and lost files let go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from warehouse.published import publish

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_MERGING: Final = ("rewrite_lake_files", "merge_lake_files")
_FORGETTING: Final = ("expire_lake_snapshots", "delete_lake_files", "delete_lake_orphans")
_ALWAYS: Final = datetime(9999, 1, 1, tzinfo=UTC)


def tend(warehouse: Warehouse, before: datetime) -> int:
    """Merge a lake's files and let go of what nobody has been able to read since ``before``; how many files went.

    A file warehouse needs none of it.
    """
    if not warehouse.lake:
        return 0
    for step in _MERGING:
        warehouse.execute(step)
    return let_go(warehouse, before)


def let_go(warehouse: Warehouse, before: datetime = _ALWAYS) -> int:
    """Publish a lake, and let go of its states of before then, all but the present one by default; how many files went.

    Whoever still reads an earlier one is told that its files are gone.
    """
    publish(warehouse)
    gone = [warehouse.execute(step, before=before) for step in _FORGETTING]
    return sum(len(rows) for rows in gone[1:])
