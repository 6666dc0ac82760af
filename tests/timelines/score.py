"""`make evaluate`, last part: which events the system tells of timelines that it was not made from.

`python -m tests.timelines.score` prints figures only; `python -m tests.timelines.score a` also what was missed in the
timelines of a group for development, and why. The others are set aside: nobody looks at what is missed there.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.timelines.causes import find_causes
from tests.timelines.gold import ALERTING, read_timeline, timeline_files
from tests.timelines.told import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.timelines.gold import GoldEvent, Timeline
    from tests.timelines.told import ToldEvent

DEVELOPMENT = ("a", "c", "d")
GROUPS = {group: "for development" if group in DEVELOPMENT else "set aside" for group in "abcde"}


@dataclass(frozen=True, slots=True)
class Score:
    """How many alert events are told that should be."""

    hits: int = 0
    told: int = 0
    due: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.told + other.told, self.due + other.due)

    def __str__(self) -> str:
        precision, recall = self.hits / max(1, self.told), self.hits / max(1, self.due)
        f1 = 2 * self.hits / max(1, self.told + self.due)
        counted = f"{self.due:>3} due, {self.told:>3} told, {self.hits:>3} right"
        return f"{counted}   P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def score(due: Iterable[GoldEvent], told: Iterable[ToldEvent]) -> Score:
    """Alert events matched by article, actor and kind."""
    wanted = Counter(key(event) for event in due if event.kind in ALERTING)
    found = Counter(key(event) for event in told if event.kind in ALERTING)
    return Score((wanted & found).total(), found.total(), wanted.total())


def key(event: GoldEvent | ToldEvent) -> tuple[str, str, str]:
    """What an event is matched by."""
    return event.article, event.who.casefold(), event.kind


def differences(timeline: Timeline, told: Sequence[ToldEvent]) -> list[str]:
    """Where what is told of labelled articles is not what should be, in every particular; empty: exactly right."""
    left = list(told)
    lines = []
    for due in timeline.events:
        near = [event for event in left if (event.article, event.who) == (due.article, due.who)]
        found = next((event for event in near if _is_same(timeline, due, event)), None)
        if found:
            left.remove(found)
        else:
            lines.append(f"{timeline.file}: due {_words(due)}; told {' and '.join(map(_words, near)) or 'nothing'}")
    lines += [f"{timeline.file}: told beside what is due: {_words(event)}" for event in left]
    return lines


def _is_same(timeline: Timeline, due: GoldEvent, told: ToldEvent) -> bool:
    if (due.kind, due.stance) != (told.kind, told.stance):
        return False
    if due.kind != "repeat" and due.previous != told.previous:  # a repeat tells nobody what was said before
        return False
    if due.kind == "theme" and set(due.new_themes) != set(told.new_themes):
        return False
    texts = [a.text for a in timeline.articles if a.id == due.article and due.seen in {None, a.first_seen}]
    return any(told.quote in text for text in texts)


def _words(event: GoldEvent | ToldEvent) -> str:
    themes = f" {', '.join(event.new_themes)}" if event.new_themes else ""
    return f"{event.article} {event.who}: {event.kind} {event.stance} after {event.previous}{themes}"


def main() -> None:
    """Print the figures of each group; of those for development that are asked for, also what was missed and why."""
    shown = [group for group in sys.argv[1:] if group in DEVELOPMENT]
    for group, about in GROUPS.items():
        if shown and group not in shown:
            continue
        total = Score()
        lines: list[str] = []
        for file in timeline_files(group):
            timeline = read_timeline(file)
            with tempfile.TemporaryDirectory() as folder:
                wrong = differences(timeline, Ledger(Path(folder) / "gold").read(timeline, with_labels=True))
                ledger = Ledger(Path(folder) / "engine")
                told = ledger.read(timeline, with_labels=False)
                if shown:
                    lines += find_causes(timeline, told, ledger)
            own = score(timeline.events, told)
            total += own
            gold = f"{len(wrong)} differences" if wrong else "exactly right"
            say(f"  {file.stem:<16} {own}   with gold labels {gold}")
            lines = [*wrong, *lines] if group in DEVELOPMENT else lines
        say(f"alert events, {group}, {about:<15} {total}")
        for line in lines:
            say(f"    {line}")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
