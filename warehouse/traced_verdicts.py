"""What a trace finds of what analysts said: corrections, what they changed, and decisions on alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CorrectionSeen:
    """What an analyst said of a statement or of the same words elsewhere; None stands for what was left alone."""

    statement_id: str
    kind: str
    corrected_by: str
    corrected_at: datetime
    note: str
    stance: str | None
    person: str | None
    role: str | None
    organisation: str | None
    themes: tuple[str, ...] | None
    own_stance: str
    own_confidence: float
    own_person: str
    own_organisation: str


@dataclass(frozen=True, slots=True)
class EventChangeSeen:
    """That an event is told otherwise than it was: cause is correction or actors."""

    event_id: str
    changed_at: datetime
    old_kind: str
    new_kind: str
    old_stance: str
    new_stance: str
    cause: str


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """An analyst's decision on an alert that waited for it: accept or dismiss."""

    alert_id: str
    decision: str
    decided_by: str
    decided_at: datetime
    note: str
