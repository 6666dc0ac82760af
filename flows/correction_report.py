"""What a correction changed, in lines for the analyst: the statement, its article, and what was told of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.records import ActorType, Speaker
from flows.actor_commands import count
from warehouse.corrections import StandingStatement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warehouse.corrections import Corrected, SidesTaken, ToldOtherwise

_SHOWN = 100
_WAITING = {"pending": "out with the next run", "held": "held", "review": "waits for review"}


@dataclass(frozen=True, slots=True)
class Change:
    """A statement before and after."""

    was: StandingStatement
    now: StandingStatement


def tell_correction(
    change: Change, sides: Sequence[SidesTaken], corrected: Corrected, told: Sequence[ToldOtherwise]
) -> list[str]:
    """What changed, a line each: of the statement, of what its actors now say there, of events and alerts."""
    was = change.was
    moved = [*_events(told), *_alerts(told)]
    lines = [f"{count(corrected.statements - 1, 'other statement')} with these words"] * (corrected.statements > 1)
    lines += moved or list(_standing(change, sides))
    lines += [f"{count(corrected.accepted, 'waiting alert')} accepted: out with the next run"] * (
        corrected.accepted > 0
    )
    return [
        f"statement {was.statement_id}: “{_cut(was.text)}”",
        *(f"  {line}" for line in _fields(change)),
        *(f"  {_sum(each)}" for each in sides),
        *(f"  {line}" for line in lines or ["nothing told of it changes"]),
    ]


def speaker_of(statement: StandingStatement) -> Speaker:
    """Who says a statement, as it stands."""
    return Speaker(statement.person, statement.role, statement.organisation, ActorType(statement.actor_type))


def tell_speaker(speaker: Speaker) -> str:
    """A speaker in one line."""
    named = ", ".join(filter(None, [speaker.person, speaker.role, speaker.organisation])) or "nobody named"
    return f"{named} ({speaker.actor_type})"


def _fields(change: Change) -> list[str]:
    """What became of the statement itself."""
    was, now = change.was, change.now
    told = [
        ("stance", f"{was.stance} ({was.confidence:.0%})", f"{now.stance} ({now.confidence:.0%})"),
        ("speaker", tell_speaker(speaker_of(was)), tell_speaker(speaker_of(now))),
        ("themes", ", ".join(was.themes) or "none", ", ".join(now.themes) or "none"),
    ]
    return [f"{what}: {old} -> {new}" for what, old, new in told if old != new]


def _sum(taken: SidesTaken) -> str:
    """What somebody's statements in the article come to, and of how many on each side."""
    analyst = Counter(taken.by_analyst)
    numbers = [("local", taken.local), ("central", taken.central), ("balanced", taken.balanced)]
    told = [f"{number} {side}" + f" ({analyst[side]} by an analyst)" * (analyst[side] > 0) for side, number in numbers]
    whole = f"{taken.stance} ({taken.confidence:.0%})" if taken.stance else "no side"
    return f"{taken.who} adds up to {whole} here: {', '.join(told)}"


def _events(told: Sequence[ToldOtherwise]) -> Iterator[str]:
    """What became of events; of one that was a repeat and is one, nothing but another side is to be told."""
    for each in told:
        where = f"{each.who}, {each.url}"
        if each.new_kind == "repeat" != each.old_kind:
            yield f"event withdrawn: {each.old_kind} {each.old_stance}, {where}"
        elif each.old_kind == "repeat" != each.new_kind:
            yield f"event restored: {each.new_kind} {each.new_stance}, {where}"
        else:
            yield (
                f"event told otherwise: {each.old_kind} {each.old_stance} -> {each.new_kind} {each.new_stance}, {where}"
            )


def _alerts(told: Sequence[ToldOtherwise]) -> Iterator[str]:
    """What became of alerts that were not sent."""
    withdrawn = sum(each.withdrawn_alerts for each in told if each.old_kind != "repeat")
    if withdrawn:
        yield f"{count(withdrawn, 'unsent alert')} withdrawn"
    restored = Counter(state for each in told if each.old_kind == "repeat" != each.new_kind for state in each.waiting)
    for state, number in sorted(restored.items()):
        yield f"{count(number, 'withdrawn alert')} restored: {_WAITING[state]}"


def _standing(change: Change, sides: Sequence[SidesTaken]) -> Iterator[str]:
    """That an event stands though a statement does not say its side any more, since others do."""
    for taken in sides:
        side, is_his = taken.event_stance, taken.actor_id == change.was.actor_id
        is_still_so = change.now.actor_id == taken.actor_id and change.now.stance == side
        if not is_his or side is None or change.was.stance != side or is_still_so:
            continue
        number = {"local": taken.local, "central": taken.central, "balanced": taken.balanced}[side]
        if number:
            more = f"{count(number, 'more statement')} of {taken.who} in this article say{'s' * (number == 1)} {side}"
            yield f"the event stands: {more}"


def _cut(text: str) -> str:
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
