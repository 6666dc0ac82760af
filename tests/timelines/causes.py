"""Why an event was missed, or told without being due: by the reading of who, of what, or of what went before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.timelines.gold import ALERTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.timelines.gold import GoldEvent, GoldStatement, Timeline
    from tests.timelines.told import Ledger, ToldEvent

STATEMENTS = (
    "SELECT article_id, text, coalesce(nullif(person, ''), organisation), stance, confidence, actor_id,"
    " person || ' / ' || role || ' / ' || organisation FROM statements"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A statement as the engine reads it."""

    article: str
    text: str
    who: str
    stance: str
    confidence: float
    actor_id: str | None
    speaker: str


def find_causes(timeline: Timeline, told: Sequence[ToldEvent], ledger: Ledger) -> list[str]:
    """A line for each alert event that is missed or too many, and how many have which cause."""
    found = [Found(*row) for row in ledger.query(STATEMENTS)]
    due = Counter((e.article, e.who, e.kind) for e in timeline.events if e.kind in ALERTING)
    have = Counter((e.article, e.who, e.kind) for e in told if e.kind in ALERTING)
    lines = []
    causes: Counter[str] = Counter()
    for event in timeline.events:
        if (event.article, event.who, event.kind) in due - have:
            cause, details = _missed(timeline, event, found, told)
            causes[cause] += 1
            lines += [
                f"{timeline.file}: missed {event.article} {event.who} {event.kind} {event.stance}: {cause}",
                *details,
            ]
    for one in told:
        if (one.article, one.who, one.kind) in have - due:
            cause, details = _too_many(timeline, one, found)
            causes[f"too many, {cause}"] += 1
            lines += [f"{timeline.file}: told {one.article} {one.who} {one.kind} {one.stance}: {cause}", *details]
    return [*lines, f"{timeline.file}: {', '.join(f'{number} {cause}' for cause, number in causes.most_common())}"]


def _missed(
    timeline: Timeline, event: GoldEvent, found: Sequence[Found], told: Sequence[ToldEvent]
) -> tuple[str, list[str]]:
    details = []
    causes = []
    for gold in _sides(timeline, event.article, event.who):
        near = [one for one in found if one.article == event.article and _overlap(one.text, gold.words)]
        own = [one for one in near if one.who == event.who]
        details.append(f"   gold {gold.stance}: {gold.words[:100]}")
        details += [f"      {one.speaker}: {one.stance} {one.confidence:.2f}: {one.text[:90]}" for one in near]
        if not own:
            causes.append("attribution" if near else "no statement")
        else:
            causes.append("threshold" if any(one.stance == gold.stance for one in own) else "stance")
    near_events = [e for e in told if (e.article, e.who) == (event.article, event.who)]
    if near_events:
        same = near_events[0].stance == event.stance
        details.append(f"   told {near_events[0].kind} {near_events[0].stance} after {near_events[0].previous}")
        return (_before(event.who, {near_events[0].kind, event.kind}, found) if same else "stance"), details
    return (causes[0] if len(set(causes)) == 1 else " and ".join(sorted(set(causes)))), details


def _too_many(timeline: Timeline, event: ToldEvent, found: Sequence[Found]) -> tuple[str, list[str]]:
    golds = [s for a in timeline.articles if a.id == event.article for s in a.statements]
    near = [gold for gold in golds if _overlap(event.quote, gold.words)]
    details = [f"   told: {event.quote[:100]} ({event.confidence:.2f})"]
    details += [f"   gold {gold.who or gold.role}: {gold.stance}" for gold in near]
    if not near:
        return "no statement", details
    own = [gold for gold in near if gold.who == event.who]
    if not own:
        return "attribution", details
    if all(gold.stance != event.stance for gold in own):
        return "stance", details
    due = [e.kind for e in timeline.events if (e.article, e.who) == (event.article, event.who)]
    return _before(event.who, {event.kind, *due}, found), details


def _before(who: str, kinds: set[str], found: Sequence[Found]) -> str:
    """Why an event of the right side has the wrong kind."""
    if len({one.actor_id for one in found if one.who == who}) > 1:
        return "identity"
    return "themes" if kinds <= {"theme", "repeat"} else "an earlier stance"


def _sides(timeline: Timeline, article: str, who: str) -> Iterator[GoldStatement]:
    for version in timeline.articles:
        if version.id == article:
            yield from (s for s in version.statements if s.who == who and s.stance != "none")


def _overlap(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter[:30] in longer or shorter[-30:] in longer or longer[:30] in shorter or longer[-30:] in shorter
