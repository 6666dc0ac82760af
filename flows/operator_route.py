"""The operator told past the warehouse, while that cannot be used to owe him a message.

What was told so is kept (`flows.operator_memory`), so that each trouble is told once; the next run that can open the
warehouse takes it over (`flows.troubles`) and tells when it is over.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from extractors.identity import content_id
from flows.deliver import Outcome, send
from flows.message_content import OperatorContent, OperatorLine
from flows.operator_memory import Kept, keep, recall
from flows.operator_settings import OPERATOR
from flows.outbox import open_destination, open_renderer
from warehouse.claim import this_machine
from warehouse.notices import ToldTrouble

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from flows.settings import Settings
    from warehouse.notices import Trouble

log = logging.getLogger("stancewatch")
_AGAIN: Final = timedelta(minutes=10)
"""When a message that was not taken is tried again."""


def tell_directly(settings: Settings, trouble: Trouble, now: datetime) -> None:
    """Send word of one trouble: once when it begins, and again each day while it lasts."""
    kept = recall(settings.places.home)
    known = kept.get(trouble.trouble) or Kept(trouble.trouble, trouble.words, trouble.advice, now, now - _AGAIN)
    pause = timedelta(hours=settings.operator.remind_hours)
    is_early = _is_within(known.told_at, now, pause) or _is_within(known.tried_at, now, _AGAIN)
    if not settings.operator.url or is_early:
        return
    known = replace(known, began_at=min(known.began_at, now), tried_at=now)
    change = "lasts" if known.told_at else "begins"
    line = OperatorLine(trouble.trouble, change, trouble.words, trouble.advice, known.began_at, None)
    outcome = _send(settings, line, content_id(OPERATOR, trouble.trouble, now.isoformat()), now)
    if outcome in {Outcome.SENT, Outcome.UNKNOWN}:
        known = replace(known, told_at=now)
    keep(settings.places.home, kept | {trouble.trouble: known})


def read_told(home: Path) -> list[ToldTrouble]:
    """What was told past the warehouse and is not taken over by it yet."""
    return [
        ToldTrouble(kept.trouble, kept.words, kept.advice, kept.began_at, kept.told_at)
        for kept in recall(home).values()
        if kept.told_at
    ]


def _is_within(moment: datetime | None, now: datetime, pause: timedelta) -> bool:
    """Whether it is less than a pause ago; one that is still to come was told by a clock that has been set back."""
    return moment is not None and timedelta() <= now - moment < pause


def _send(settings: Settings, line: OperatorLine, key: str, now: datetime) -> Outcome:
    destination, problem = open_destination(settings, OPERATOR)
    if destination is None:
        log.warning("the operator is not told: %s", problem)
        return Outcome.FAILED
    message = open_renderer(settings).operator(OperatorContent((line,), this_machine().host, key))
    attempt = send(message, destination, alert_id=key, at=now)
    if attempt.outcome is not Outcome.SENT:
        log.warning("the operator was not told: %s: %s", attempt.outcome, attempt.detail)
    return attempt.outcome
