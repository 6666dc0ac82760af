"""What keeps a lake from growing with every run: its many small files merged, old snapshots and lost files let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from warehouse.published import publish

if TYPE_CHECKING:
    from datetime import datetime

    from warehouse.database import Warehouse

_MERGING: Final = ("rewrite_lake_files", "merge_lake_files")
_FORGETTING: Final = ("expire_lake_snapshots", "delete_lake_files", "delete_lake_orphans")


def tend(warehouse: Warehouse, before: datetime) -> int:
    """Merge a lake's files and let go of what nobody has been able to read since ``before``; how many files went.

    A file warehouse needs none of it. What is published is so anew before that: an older snapshot may be let go of.
    """
    if not warehouse.lake:
        return 0
    for step in _MERGING:
        warehouse.execute(step)
    publish(warehouse)
    gone = [warehouse.execute(step, before=before) for step in _FORGETTING]
    return sum(len(rows) for rows in gone[1:])
