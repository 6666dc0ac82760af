"""New stances: positions, events and the alerts that they owe, decided in SQL in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.database import query_text
from warehouse.published import Result, open_published
from warehouse.rows import stage
from warehouse.tallies import count_prints, show_judged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from warehouse.database import Warehouse


COMPARED = 20_000
"""So many statements are compared with earlier ones in one query: a first load settles hundreds of thousands."""
_UNPLACING = (
    "find_waiting",
    "find_regrouped",
    "find_amended",
    "find_rejudged",
    "insert_voices",
    "insert_word_runs",
    "find_unplaced",
    "reopen_originals",
    "start_copies",
)

_PLACING = (
    "sync_events",
    "sync_positions",
    "delete_positions",
    "delete_corrected_positions",
    "update_corrected_positions",
)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule for one destination; an empty tuple admits everything, but ``kinds`` is always given.

    What is surer than ``minimum_confidence`` but not as sure as ``review_below`` waits for an analyst.
    """

    rule: str
    destination: str
    timing: str
    kinds: tuple[str, ...]
    stances: tuple[str, ...]
    actor_types: tuple[str, ...]
    themes: tuple[str, ...]
    actors: tuple[str, ...]
    ignore_actors: tuple[str, ...]
    publishers: tuple[str, ...]
    minimum_confidence: float
    keywords: tuple[str, ...] = ()
    review_below: float = 0.0
    cool_down_hours: float = 0.0


def detect_events(
    warehouse: Warehouse,
    run_id: str,
    now: datetime,
    rules: Sequence[RuleRow],
    minimum_confidence: float,
    seed_confidence: float | None = None,
) -> Counter[str]:
    """Settle every analysed article: positions, events, outbox; all or nothing.

    Where actors turned out to be others than they were, or an analyst corrected a label of theirs, what was told of
    them is judged again, silently.

    A side counts from ``minimum_confidence`` on; in a seed, which somebody chose for its sides, from
    ``seed_confidence`` on (by default the same).

    Returns:
        Events by kind (events_first, events_shift, events_theme, events_repeat), alerts, and how many earlier events
        are told otherwise since their actors were merged or parted, or labels corrected (events_rejudged).
    """
    with warehouse.staged("staged_rules", RuleRow, rules), warehouse.transaction():
        _resolve_originals(warehouse)
        for step in _PLACING:
            warehouse.execute(step)
        warehouse.execute(
            "insert_positions",
            minimum_confidence=minimum_confidence,
            seed_confidence=minimum_confidence if seed_confidence is None else seed_confidence,
        )
        warehouse.execute("weigh_positions")
        for step in ("find_amended_events", "judge_events"):
            warehouse.execute(step)
        warehouse.execute("insert_event_changes", now=now, run_id=run_id)
        counts = _merge_events(warehouse, now, run_id)
        show_judged(warehouse)
        counts["alerts"] = _owe_alerts(warehouse, run_id, now)
        _settle(warehouse, now)
    return counts


def _merge_events(warehouse: Warehouse, now: datetime, run_id: str) -> Counter[str]:
    """Write what was judged into the ledger; returns new events by kind, and how many are told otherwise."""
    kinds = warehouse.execute("select_new_events")
    counts = Counter(f"events_{kind}" for (kind,) in kinds)
    if rejudged := warehouse.change("merge_events", now=now, run_id=run_id) - len(kinds):
        counts["events_rejudged"] = rejudged
    return counts


def _owe_alerts(warehouse: Warehouse, run_id: str, now: datetime) -> int:
    """Put the news of a run into the outbox, by the staged rules; returns how many alerts came of it.

    What was told otherwise in this run, and not sent yet, goes by the rules anew.
    """
    if _match_rules(warehouse, now, "find_owed_events"):
        warehouse.execute("update_wanted_alerts")
    if not _match_rules(warehouse, now, "find_run_events", run_id=run_id):
        return 0
    return warehouse.change("insert_alerts", now=now)


def _match_rules(warehouse: Warehouse, now: datetime, finding: str, **values: object) -> bool:
    """Hold the events that a query finds against the staged rules; false: it finds none."""
    if not warehouse.change(finding, **values):
        return False
    for step in ("weigh_rules", "match_rules"):
        warehouse.execute(step)
    warehouse.execute("cool_down", now=now)
    return True


def _resolve_originals(warehouse: Warehouse) -> None:
    """Decide which words were printed before, and where: those that wait, and those of regrouped actors."""
    for step in _UNPLACING:
        warehouse.execute(step)
    ((unplaced,),) = warehouse.execute("count_unplaced")
    for first in range(1, unplaced + 1, COMPARED):
        warehouse.execute("find_copies", first=first, last=first + COMPARED - 1)
    warehouse.execute("resolve_originals")
    warehouse.execute("update_originals")
    count_prints(warehouse)


def _settle(warehouse: Warehouse, now: datetime) -> None:
    """Mark as settled what waited."""
    warehouse.execute("settle_statements", now=now)
    warehouse.execute("resettle_statements")
    warehouse.execute("settle_positions")
    warehouse.execute("delete_amendments")
    warehouse.execute("update_articles_detected", now=now)


def preview_alerts(path: Path, rules: Sequence[RuleRow], since: datetime) -> Result:
    """What ``rules`` would have sent of what was said since then, history included; reads the published file only.

    Raises:
        WarehouseError: nothing is published yet.
    """
    with open_published(path) as connection:
        stage(connection, "staged_rules", RuleRow, rules)
        connection.execute(query_text("find_past_events"), {"since": since})
        for step in ("weigh_rules", "match_rules"):
            connection.execute(query_text(step))
        cursor = connection.execute(query_text("select_matched_rules"))
        return Result(tuple(column[0] for column in cursor.description or ()), tuple(cursor.fetchall()))
