"""What was sent since a copy was made, carried over into it: nobody is told twice of what it finds again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb

from warehouse.database import WarehouseError, one_line
from warehouse.inspection import brought_up_to_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database import Warehouse

_COUNTED: Final = {
    "merge_carried_messages": "messages",
    "merge_carried_alerts": "alerts",
    "insert_carried_deliveries": "deliveries",
    "insert_carried_events": "events",
    "merge_carried_articles": "articles",
}
_STEPS: Final = (
    "insert_carried_forgotten",
    "merge_carried_messages",
    "merge_carried_alerts",
    "insert_carried_deliveries",
    "insert_carried_arrivals",
    "insert_carried_reviews",
    "insert_carried_events",
    "insert_carried_statements",
    "insert_carried_personas",
    "merge_carried_articles",
    "insert_carried_revisions",
    "insert_carried_texts",
    "insert_carried_labels",
    "insert_carried_entries",
    "insert_carried_aliases",
    "touch_carried_articles",
    "show_statements",
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the record of what was sent; ``source`` is the file that told, None if none could be read.

    ``counts`` is of what was taken over (messages, alerts, deliveries, events, articles), ``left_behind`` of what the
    source knows and the copy does not (articles, corrections, actor_verdicts, alerts).
    """

    source: Path | None
    problems: tuple[str, ...]
    counts: Counter[str]
    left_behind: Counter[str]


def carry_over(warehouse: Warehouse, sources: Sequence[Path], scratch: Path) -> Carried:
    """Take over the delivered record of the first of ``sources`` that can be read, all or nothing.

    Messages, the alerts in them and the events behind these have ids made of their content, so that what is detected
    again is known as told. The texts told of come along, to be analysed anew: an alert without its words
    proves nothing.
    """
    problems = []
    for source in sources:
        if not source.exists():
            problems.append(f"{source}: is not there")
            continue
        try:
            with brought_up_to_date(source, scratch) as known, warehouse.attached("known", known):
                counts, left_behind = _carry(warehouse)
        except (duckdb.Error, WarehouseError) as error:
            problems.append(f"{source}: cannot be read: {one_line(error)}")
        else:
            return Carried(source, tuple(problems), counts, left_behind)
    return Carried(None, tuple(problems), Counter(), Counter())


def _carry(warehouse: Warehouse) -> tuple[Counter[str], Counter[str]]:
    counts: Counter[str] = Counter()
    with warehouse.transaction():
        for step in _STEPS:
            changed = warehouse.change(step)
            if step in _COUNTED:
                counts[_COUNTED[step]] = changed
    return counts, Counter({str(what): int(number) for what, number in warehouse.execute("count_left_behind")})
