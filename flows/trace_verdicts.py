"""What analysts said of an item, in steps: corrections, what they changed, decisions on alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.trace_steps import Step, Tone, percent, side
from flows.wording import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from warehouse.traced import EventSeen
    from warehouse.traced_verdicts import CorrectionSeen, EventChangeSeen, ReviewSeen
    from warehouse.tracing import ItemHistory

_CAUSES = {"correction": "a correction", "actors": "actors were merged or parted"}


def correction_steps(history: ItemHistory, statement_id: str) -> Iterator[Step]:
    """What analysts said of a statement."""
    for correction in history.corrections:
        if correction.statement_id == statement_id:
            yield Step(correction.corrected_at, 3, "correction", _correction(correction))


def change_steps(history: ItemHistory, event_id: str) -> Iterator[Step]:
    """How an event came to be told otherwise than at first."""
    for change in history.changes:
        if change.event_id == event_id:
            told = f"was told as {change.old_kind}, {side(change.old_stance)}, until {_cause(change)}"
            yield Step(
                change.changed_at, 3, "change", f"{told}: {change.new_kind}, {side(change.new_stance)}", Tone.HELD
            )


def review_steps(history: ItemHistory, alert_id: str) -> Iterator[Step]:
    """What analysts decided on an alert."""
    for review in history.reviews:
        if review.alert_id == alert_id:
            yield Step(review.decided_at, 4, "review", _review(review))


def taken_back(history: ItemHistory, event_id: str) -> str:
    """Since what an event is no news any more; an empty string if nothing took it back."""
    last = next((change for change in reversed(history.changes) if change.event_id == event_id), None)
    return f"it is no news any more since {_cause(last)}" if last and last.new_kind == "repeat" else ""


def told_as(history: ItemHistory, event: EventSeen, at: datetime) -> tuple[str, str]:
    """As which kind an event was told at a moment, and why it is another now: words to append, empty if it is not."""
    later = [change for change in history.changes if change.event_id == event.event_id and change.changed_at > at]
    if not later or (later[0].old_kind, later[0].old_stance) == (event.kind, event.stance):
        return event.kind, ""
    since = "since corrected" if later[-1].cause == "correction" else f"told otherwise since {_cause(later[-1])}"
    return later[0].old_kind, f", {since}"


def _cause(change: EventChangeSeen) -> str:
    return _CAUSES.get(change.cause, clean_line(change.cause, 80))


def _correction(correction: CorrectionSeen) -> str:
    by = f"by {clean_line(correction.corrected_by, 80)}"
    note = f" ({clean_line(correction.note, 200)})" if correction.note else ""
    if correction.kind == "undo":
        return f"corrections taken back {by}{note}"
    said = [f"the side is {side(correction.stance)}"] if correction.stance is not None else []
    if correction.person is not None:
        who = ", ".join(clean_line(part, 80) for part in (correction.person, correction.organisation or "") if part)
        said.append(f"the speaker is {who or 'nobody named'}")
    said += [f"the role is {clean_line(correction.role, 80)}"] if correction.role else []
    said += [f"the themes are {', '.join(correction.themes)}"] if correction.themes else []
    machine = f"the machine had {side(correction.own_stance)}, {percent(correction.own_confidence)}"
    return f"corrected {by}: {'; '.join(said)}; {machine}{note}"


def _review(review: ReviewSeen) -> str:
    decision = {"accept": "accepted", "dismiss": "dismissed"}.get(review.decision, review.decision)
    note = f": {clean_line(review.note, 200)}" if review.note else ""
    return f"{decision} by {clean_line(review.decided_by, 80)}{note}"
