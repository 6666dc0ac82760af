"""An analyst's word on the statements of a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.analyse import persona_rows
from tests.warehouse.timeline import Timeline, at, place_names
from warehouse.corrections import Corrected, CorrectionRow, find_statement, record_correction

if TYPE_CHECKING:
    from extractors.records import Speaker
    from warehouse.actors import PersonaRow


def statement_of(timeline: Timeline, article_id: str, text: str = "") -> str:
    """The id of an article's one statement, or of that with these words."""
    rows = timeline.query("SELECT statement_id, article_id, text FROM store.statements")
    (statement_id,) = (row[0] for row in rows if row[1] == article_id and text in {"", row[2]})
    return str(statement_id)


def correct(
    timeline: Timeline, statement_id: str, hour: int = 0, speaker: Speaker | None = None, **said: Any
) -> Corrected:
    """Say of a statement what is given, at an hour of a day after all else."""
    personas: list[PersonaRow] = []
    if speaker:
        persona = place_names().read(speaker)
        personas = persona_rows(persona)[:1] if persona else []
        said |= {
            "person": speaker.person,
            "organisation": speaker.organisation,
            "actor_type": speaker.actor_type,
            "role": speaker.role,
            "persona_id": personas[0].persona_id if personas else None,
        }
    moment = at(70, hour)
    row = CorrectionRow(
        f"{statement_id} {hour}", said.pop("kind", "correct"), statement_id, "", "me", moment, "read", **said
    )
    return record_correction(timeline.warehouse, row, personas)


def undo(timeline: Timeline, statement_id: str, hour: int = 1) -> Corrected:
    """Take back what was said of a statement."""
    return correct(timeline, statement_id, hour, kind="undo")


def label(timeline: Timeline, statement_id: str) -> tuple[str, str, float, bool]:
    """Who says it, on which side, how surely, and whether an analyst said so."""
    found = find_statement(timeline.warehouse, statement_id)
    return found.person or found.organisation, found.stance, found.confidence, found.corrected
