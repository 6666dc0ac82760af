"""Second opinions: which statements are worth one, what came of asking, and what that makes of their labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.tallies import tallied

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A statement on which nobody gave a second opinion yet."""

    statement_id: str
    question_id: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A statement in its article: ``article[start:end]``."""

    statement_id: str
    title: str
    article: str
    start: int
    end: int
    person: str


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """What came of asking; ``outcome`` is ok, or why the engine's own label stands; offsets are in the statement."""

    statement_id: str
    outcome: str
    detail: str = ""
    stance: str = ""
    confidence: float = 0.0
    evidence_start: int = 0
    evidence_end: int = 0
    themes: tuple[str, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0


def select_open_questions(warehouse: Warehouse, judge: str, threshold: float) -> list[OpenQuestion]:
    """Statements that wait for detection and are unsure or have a side, the most urgent first."""
    return warehouse.select("select_open_questions", OpenQuestion, judge=judge, threshold=threshold)


def select_question_texts(warehouse: Warehouse, questions: Sequence[OpenQuestion]) -> list[QuestionText]:
    """What is to be asked."""
    with warehouse.staged("staged_questions", OpenQuestion, questions):
        return warehouse.select("select_question_texts", QuestionText)


def record_opinions(
    warehouse: Warehouse, rows: Sequence[OpinionRow], *, judge: str, run_id: str, asked_at: datetime
) -> None:
    """Keep what came of asking, in one transaction."""
    with warehouse.staged("staged_opinions", OpinionRow, rows), warehouse.transaction():
        warehouse.execute("insert_opinions", judge=judge, run_id=run_id, asked_at=asked_at)


def apply_opinions(warehouse: Warehouse, judge: str, threshold: float) -> int:
    """Make what was answered, now or before, the label of statements that wait for detection; returns how many."""
    with warehouse.transaction(), tallied(warehouse, "touch_judged_articles", judge=judge):
        ((count,),) = warehouse.execute("apply_opinions", judge=judge, threshold=threshold)
    return int(count)
