"""The operator told past the warehouse, while that cannot be used to owe him a message.

What was told so is kept in a small file, so that each trouble is told once; the next run that can open the warehouse
takes it over (`flows.troubles`) and tells when it is over.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from extractors.identity import content_id
from flows.deliver import Outcome, send
from flows.message_content import OperatorContent, OperatorLine
from flows.operator_settings import OPERATOR
from flows.outbox import open_destination, open_renderer
from warehouse.claim import this_machine
from warehouse.notices import ToldTrouble

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings
    from warehouse.notices import Trouble

log = logging.getLogger("stancewatch")
_FILE: Final = "operator-told.json"
_AGAIN: Final = timedelta(minutes=10)
"""When a message that was not taken is tried again."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A trouble in the file; ``told_at`` is None while nobody took word of it."""

    trouble: str
    words: str
    advice: str
    began_at: datetime
    tried_at: datetime
    told_at: datetime | None = None


def tell_directly(settings: Settings, trouble: Trouble, now: datetime) -> None:
    """Send word of one trouble: once when it begins, and again each day while it lasts."""
    kept = {each.trouble: each for each in _read(settings.places.home)}
    known = kept.get(trouble.trouble) or _Kept(trouble.trouble, trouble.words, trouble.advice, now, now - _AGAIN)
    pause = timedelta(hours=settings.operator.remind_hours)
    is_told = known.told_at is not None and now - known.told_at < pause
    if not settings.operator.url or is_told or now - known.tried_at < _AGAIN:
        return
    change = "lasts" if known.told_at else "begins"
    line = OperatorLine(trouble.trouble, change, trouble.words, trouble.advice, known.began_at, None)
    outcome = _send(settings, line, content_id(OPERATOR, trouble.trouble, now.isoformat()), now)
    is_taken = outcome in {Outcome.SENT, Outcome.UNKNOWN}
    kept[trouble.trouble] = replace(known, tried_at=now, told_at=now if is_taken else known.told_at)
    _write(settings.places.home, list(kept.values()))


def read_told(home: Path) -> list[ToldTrouble]:
    """What was told past the warehouse and is not taken over by it yet."""
    return [
        ToldTrouble(kept.trouble, kept.words, kept.advice, kept.began_at, kept.told_at)
        for kept in _read(home)
        if kept.told_at
    ]


def forget_told(home: Path) -> None:
    """Drop the file: the warehouse knows now."""
    with contextlib.suppress(FileNotFoundError):
        (home / _FILE).unlink()


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


def _read(home: Path) -> list[_Kept]:
    try:
        return [_kept(record) for record in json.loads((home / _FILE).read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        log.warning("%s: is not read, and written anew: %s", home / _FILE, error)
        return []


def _kept(record: dict[str, str]) -> _Kept:
    began_at, tried_at = (datetime.fromisoformat(record[name]) for name in ("began_at", "tried_at"))
    told_at = datetime.fromisoformat(record["told_at"]) if record["told_at"] else None
    return _Kept(record["trouble"], record["words"], record["advice"], began_at, tried_at, told_at)


def _write(home: Path, kept: list[_Kept]) -> None:
    draft = home / f"{_FILE}.{os.getpid()}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps([asdict(each) for each in kept], indent=1, default=str), encoding="utf-8")
        draft.replace(home / _FILE)
    except OSError as error:  # a full disk is among what is told
        log.warning("%s: cannot be written: %s; the operator may be told again", home / _FILE, error.strerror)
