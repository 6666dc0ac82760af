"""What `stancewatch doctor` finds of deliveries and runs: destinations that are down, what waits, what failed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flows import clock
from flows.finding import Finding
from flows.letters import tell_dead_letters
from flows.output import plain
from flows.wording import clean_line, count_words
from warehouse.database import WarehouseError
from warehouse.trouble import read_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warehouse.trouble import FailedRun, Waiting

_SHOWN = 3


def examine_outbox(warehouse: Path) -> Iterator[Finding]:
    """Destinations that do not get what they are owed, alerts that wait, and runs of the last day that failed."""
    try:
        trouble = read_trouble(warehouse, clock.now())
    except WarehouseError as error:
        yield Finding("deliveries", is_ok=False, words=str(error))
        return
    for letters in trouble.letters:
        yield Finding("deliveries", is_ok=False, words=clean_line(tell_dead_letters(letters), 400))
    if not trouble.letters:
        yield Finding("deliveries", is_ok=True, words="no destination is behind")
    yield Finding("alerts waiting", is_ok=True, words=_waiting(trouble.waiting))
    yield Finding("runs of the last day", is_ok=not trouble.failed_runs, words=_runs(trouble.failed_runs))


def _waiting(waiting: Sequence[Waiting]) -> str:
    reasons: Counter[str] = Counter()
    for each in waiting:
        reasons[_reason(each)] += each.alerts
    told = [f"{number:,} {reason}" for reason, number in sorted(reasons.items())]
    return f"{reasons.total():,}: {', '.join(told)}" if told else "none"


def _reason(waiting: Waiting) -> str:
    if waiting.status == "review":
        return "for an analyst (`stancewatch review`)"
    if waiting.status == "pending":
        return f"for the next run, to {waiting.destination}"
    why = clean_line(waiting.reason, 100) or f"{waiting.timing} digest"
    return f"held: {why}, to {waiting.destination}"


def _runs(failed: Sequence[FailedRun]) -> str:
    told = [f"{run.flow} of {plain(run.started_at)}: {clean_line(run.detail, 200)}" for run in failed[:_SHOWN]]
    more = f"; and {len(failed) - _SHOWN} more" if len(failed) > _SHOWN else ""
    number = count_words(len(failed), "failed or was killed", "failed or were killed")
    return f"{number}: {'; '.join(told)}{more}; see the view runs" if told else "none failed"
