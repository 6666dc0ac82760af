"""Which entries are known, under whatever address, id, date or title a feed gives them now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.identity import canonical_url, guid_key

if TYPE_CHECKING:
    from datetime import datetime

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class UnnamedEntry:
    """An entry of an older version's warehouse, known only as it was first given."""

    entry_id: str
    feed_id: str
    url: str
    guid: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that leads to an entry: its address if ``feed_id`` is empty, else its id in that feed."""

    entry_id: str
    feed_id: str
    name: str


def merge_entries(warehouse: Warehouse, now: datetime) -> Counter[str]:
    """Merge ``staged_entries``, within the caller's transaction; count INSERT (new) and UPDATE (changed words)."""
    warehouse.execute("identify_entries")
    warehouse.execute("touch_entries", now=now)
    ((new,),) = warehouse.execute("count_unknown_entries")
    changed = warehouse.change("merge_entries", now=now) - new
    warehouse.execute("insert_aliases")
    return +Counter(INSERT=new, UPDATE=changed)


def name_old_entries(warehouse: Warehouse) -> None:
    """Name entries that were stored before entries had aliases, or under another form of canonical address.

    Within the caller's transaction; once a run is enough, before it merges any.
    """
    unnamed = warehouse.select("select_unnamed_entries", UnnamedEntry)
    if unnamed:
        addresses = [Alias(entry.entry_id, "", canonical_url(entry.url)) for entry in unnamed]
        ids = [Alias(entry.entry_id, entry.feed_id, guid_key(entry.guid)) for entry in unnamed]
        with warehouse.staged("staged_names", Alias, [*addresses, *ids]):
            warehouse.execute("insert_names")
