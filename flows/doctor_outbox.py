"""What `stancewatch doctor` finds of deliveries and runs: destinations that are down, what waits, what failed."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING

from flows import clock
from flows.finding import Finding, broken, look, ok
from flows.letters import tell_dead_letters
from flows.output import plain
from flows.wording import clean_line, count_words
from warehouse.database import WarehouseError, query_text
from warehouse.published import is_published, query_published
from warehouse.sight import see
from warehouse.trouble import Trouble, read_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warehouse.trouble import FailedRun, Waiting

_SHOWN = 3
_MISSING = {
    "messages unconfirmed": lambda number: look(
        "messages unconfirmed",
        f"{number}: sent, and the other side did not say that it took them",
        "`stancewatch alerts list`",
    ),
    "mails that did not arrive": lambda number: broken(
        "mails that did not arrive", str(number), "see `stancewatch alerts arrived`"
    ),
}


def examine_outbox(warehouse: Path) -> Iterator[Finding]:
    """Destinations that do not get what they are owed, alerts that wait, and runs of the last day that failed."""
    try:
        trouble = read_trouble(warehouse, clock.now()) if see(warehouse).is_there else Trouble([], [], [])
    except WarehouseError as error:
        yield broken("deliveries", str(error), "see the warehouse above")
        return
    for letters in trouble.letters:
        words, _, mend = tell_dead_letters(letters).rpartition("; see ")
        yield broken("deliveries", clean_line(words, 400), f"{mend}; `stancewatch alerts retry` tries them again")
    if not trouble.letters:
        yield ok("deliveries", "no destination is behind")
    yield ok("alerts waiting", _waiting(trouble.waiting))
    if trouble.failed_runs:
        yield broken("runs of the last day", _runs(trouble.failed_runs), "see the view runs")
    else:
        yield ok("runs of the last day", "none failed")
    yield from _unproven(warehouse)


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
    return f"{number}: {'; '.join(told)}{more}"


def _unproven(warehouse: Path) -> Iterator[Finding]:
    """Messages that were sent and of which nobody knows whether they came."""
    with contextlib.suppress(WarehouseError):  # the warehouse's part says so
        if not is_published(warehouse):
            return
        for name, number in query_published(warehouse, query_text("count_trouble")).rows:
            if number:
                yield _MISSING[str(name)](int(number))
