"""Corrections: what analysts say of statements, which wins over every model, and of alerts that wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from warehouse.actors import PersonaRow, resolve_actors
from warehouse.database import RequestError
from warehouse.tallies import tallied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.actors import Decision
    from warehouse.database import Warehouse

LEAST_KEY = 4
"""Characters of an id that are enough to look for it."""
_NAMED = 5


class CorrectionError(RequestError):
    """A reference leads to no statement or to several; one line says what to write."""


class NothingToCorrectError(CorrectionError):
    """What is given is what stands already, or nothing is given."""


@dataclass(frozen=True, slots=True)
class StandingStatement:
    """A statement as it stands, in its article; ``article[start_char:]`` begins with ``text`` if it is current."""

    statement_id: str
    article_id: str
    url: str
    title: str
    article: str
    published_on: date | None
    text: str
    start_char: int
    is_current: bool
    person: str
    role: str
    organisation: str
    actor_type: str
    stance: str
    confidence: float
    themes: tuple[str, ...]
    corrected: bool
    persona_id: str | None
    actor_id: str | None


@dataclass(frozen=True, slots=True)
class SpeakerElsewhere:
    """A person as another statement has him or her; ``namesakes`` counts the actors of that name."""

    person: str
    role: str
    organisation: str
    actor_type: str
    is_here: bool
    namesakes: int


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What is said of one statement; None leaves a field alone. ``kind`` is correct or undo.

    ``person``, ``organisation``, ``actor_type`` and ``persona_id`` are given together or not at all.
    """

    correction_id: str
    kind: str
    statement_id: str
    before: str
    corrected_by: str
    corrected_at: datetime
    note: str
    stance: str | None = None
    themes: tuple[str, ...] | None = None
    role: str | None = None
    person: str | None = None
    organisation: str | None = None
    actor_type: str | None = None
    persona_id: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction came to: how many statements it changed, and how many waiting alerts it accepted."""

    statements: int
    accepted: int


@dataclass(frozen=True, slots=True)
class ToldOtherwise:
    """An event that a run tells otherwise than before.

    ``withdrawn_alerts`` are those that go to nobody now, ``waiting`` the states of those that wait now.
    """

    actor_id: str
    old_kind: str
    old_stance: str
    new_kind: str
    new_stance: str
    who: str
    url: str
    withdrawn_alerts: int
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SidesTaken:
    """What an actor's statements in one article add up to: ``stance`` is None for no side that is sure enough.

    ``event_stance`` is that of the event told of them, if one stands; ``by_analyst`` are the sides an analyst decided.
    """

    actor_id: str
    who: str
    stance: str | None
    confidence: float | None
    event_stance: str | None
    local: int
    central: int
    balanced: int
    by_analyst: tuple[str, ...]


def find_statement(warehouse: Warehouse, key: str) -> StandingStatement:
    """The one statement whose id begins with ``key``.

    Raises:
        CorrectionError: none does, or several.
    """
    key = _long_enough(key)
    found = warehouse.select("find_statements", StandingStatement, key=key)
    exact = [each for each in found if each.statement_id == key.lower()]
    if not found:
        raise CorrectionError(f"no statement {key!r}; `stancewatch explain URL` shows an article's statements and ids")
    if len(found) > 1 and not exact:
        raise CorrectionError(_several(key, [each.statement_id for each in found]))
    return (exact or found)[0]


def find_speaker(warehouse: Warehouse, statement: StandingStatement, person: str) -> SpeakerElsewhere | None:
    """The person as the same article has her elsewhere, or any article if there is one actor of the name only."""
    found = warehouse.select(
        "find_speakers",
        SpeakerElsewhere,
        person=person,
        article_id=statement.article_id,
        statement_id=statement.statement_id,
    )
    return found[0] if found and (found[0].is_here or found[0].namesakes == 1) else None


def record_correction(warehouse: Warehouse, row: CorrectionRow, personas: Sequence[PersonaRow]) -> Corrected:
    """Keep a correction and put it on all statements it reaches, in one transaction; their articles wait for detection.

    An alert that waits for an analyst is accepted by a correction that says its side is right.
    """
    with (
        warehouse.staged("staged_corrections", CorrectionRow, [row]),
        warehouse.staged("staged_personas", PersonaRow, personas),
        warehouse.transaction(),
    ):
        warehouse.execute("insert_corrections")
        warehouse.execute("merge_personas")
        warehouse.execute("find_corrected_statements")
        warehouse.execute("create_touched")
        with tallied(warehouse, "touch_corrected_articles"):
            changed = _apply(warehouse, "insert_amendments")
        warehouse.execute("insert_confirmed_reviews")
        accepted = warehouse.change("release_reviewed")
        warehouse.execute("reopen_amended")
        resolve_actors(warehouse)
    return Corrected(changed, accepted)


def correct_analysed(warehouse: Warehouse) -> None:
    """Put what analysts said on the statements just derived, inside the caller's transaction."""
    warehouse.execute("find_analysed_statements")
    _apply(warehouse)


def _apply(warehouse: Warehouse, *before: str) -> int:
    """Make of the statements in question what corrections say; returns how many rows ``before`` changed."""
    warehouse.execute("resolve_corrections")
    warehouse.execute("touch_corrected")
    rows = sum(warehouse.change(step) for step in before)
    warehouse.execute("apply_corrections")
    warehouse.execute("reopen_echoes")
    return rows


def select_told_otherwise(warehouse: Warehouse, run_id: str) -> list[ToldOtherwise]:
    """What a run told otherwise than before."""
    return warehouse.select("select_event_changes", ToldOtherwise, run_id=run_id)


def sum_sides(warehouse: Warehouse, article_id: str, actor_ids: Sequence[str]) -> list[SidesTaken]:
    """What the statements of actors in an article add up to; actors who say nothing in it are left out."""
    return warehouse.select("sum_sides", SidesTaken, article_id=article_id, actor_ids=list(actor_ids))


def decide_reviews(warehouse: Warehouse, keys: Sequence[str], decision: str, by: Decision) -> int:
    """Accept or dismiss the waiting alerts of events, each meant by an id or its beginning; returns how many alerts.

    Raises:
        CorrectionError: an id means nothing that waits, or several events.
    """
    event_ids = [_find_review(warehouse, key) for key in keys]
    with warehouse.transaction():
        warehouse.execute(
            "insert_reviews",
            decision=decision,
            decided_by=by.by,
            decided_at=by.at,
            note=by.note,
            event_ids=event_ids,
        )
        return warehouse.change("release_reviewed")


def _find_review(warehouse: Warehouse, key: str) -> str:
    key = _long_enough(key)
    found = warehouse.execute("find_reviews", key=key)
    if not found:
        raise CorrectionError(f"no alert {key!r} waits for review; see `stancewatch review`")
    if len(found) > 1:
        raise CorrectionError(_several(key, [str(event_id) for (event_id,) in found]))
    return str(found[0][0])


def _long_enough(key: str) -> str:
    key = key.strip()
    if len(key) < LEAST_KEY:
        raise CorrectionError(f"{key!r} is too short; give at least {LEAST_KEY} characters of the id")
    return key


def _several(key: str, ids: Sequence[str]) -> str:
    more = ", …" if len(ids) > _NAMED else ""
    return f"several begin so: {', '.join(ids[:_NAMED])}{more}; give more of {key!r}"
