"""Score the statement finder on annotated texts.

``python -m tests.corpus.score`` prints the figures of the texts that were looked at while rules were written and of
those set aside. ``-v`` prints every difference, of the looked-at texts only; names of texts narrow both.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.records import Document
from extractors.statement import StatementFinder
from tests.corpus.marked import Case, Expected, load_cases
from tests.corpus.matching import canonical, is_same_actor, is_same_body, match
from tests.extractors.engine_setup import load_actors, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extractors.records import Passage

STRUCTURE = Path(__file__).resolve().parent / "structure"
SENTENCES = Path(__file__).resolve().parent / "sentences"
HELDOUT = Path(__file__).resolve().parent / "heldout"
SHOWN_CONFUSIONS = 12


@dataclass(slots=True)
class Tally:
    """Counts over texts; ``confusion`` counts (expected, found) kinds of actor that differ, ``faults`` why."""

    texts: int = 0
    expected: int = 0
    found: int = 0
    matched: int = 0
    right: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.texts += other.texts
        self.expected += other.expected
        self.found += other.found
        self.matched += other.matched
        self.right += other.right
        self.confusion += other.confusion
        self.faults += other.faults

    @property
    def precision(self) -> float:
        """Share of the found statements that answer an annotated one."""
        return self.matched / max(self.found, 1)

    @property
    def recall(self) -> float:
        """Share of the annotated statements that were found."""
        return self.matched / max(self.expected, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.matched / max(self.found + self.expected, 1)

    def share(self, key: str) -> float:
        """Share of the matched statements that are right in ``key``."""
        return self.right[key] / max(self.matched, 1)


def score(finder: StatementFinder, case: Case) -> tuple[Tally, list[str]]:
    """Counts of one text, and one line for each difference."""
    found = finder.find(case.document)
    pairs = match(case.expected, found)
    tally = Tally(texts=1, expected=len(case.expected), found=len(found), matched=len(pairs))
    notes: list[tuple[int, str]] = []
    for expected, passage in pairs:
        rights = _rights(expected, passage)
        tally.right.update(key for key, is_right in rights.items() if is_right)
        if not rights["speaker"]:
            tally.faults[_fault(expected, passage)] += 1
        if not rights["kind"]:
            tally.confusion[str(expected.actor_type), str(passage.speaker.actor_type)] += 1
        if not (rights["speaker"] and rights["organisation"] and rights["kind"]):
            notes.append((expected.start, f"speaker  {_wanted(expected)} but {_given(passage)}"))
    matched_e, matched_f = {e.start for e, _ in pairs}, {f.start for _, f in pairs}
    text = case.document.text
    notes += [
        (e.start, f"missed   {_wanted(e)}: {text[e.start : e.end][:110]!r}")
        for e in case.expected
        if e.start not in matched_e
    ]
    notes += [
        (f.start, f"invented {_given(f)}: {text[f.start : f.end][:110]!r}") for f in found if f.start not in matched_f
    ]
    return tally, [note for _, note in sorted(notes)]


def _rights(expected: Expected, passage: Passage) -> dict[str, bool]:
    speaker = passage.speaker
    return {
        "speaker": is_same_actor(expected, speaker),
        "organisation": is_same_body(expected, speaker),
        "kind": expected.actor_type == speaker.actor_type,
        "role": expected.role.casefold() == speaker.role.casefold(),
        "quotation": expected.quote_kind == passage.quote_kind,
        "span": (expected.start, expected.end) == (passage.start, passage.end),
    }


def _fault(expected: Expected, passage: Passage) -> str:
    """What is wrong with a speaker."""
    speaker = passage.speaker
    if not speaker.has_identity:
        return "left open"
    if not (expected.person or expected.organisation):
        return "identity given to the nameless"
    if expected.person and not speaker.person:
        return "body for a person"
    if speaker.person and not expected.person:
        return "person for a body"
    return "another person" if speaker.person else "another body"


def _wanted(e: Expected) -> str:
    return f"{e.person} / {e.role} / {e.organisation} / {e.actor_type}"


def _given(passage: Passage) -> str:
    s = passage.speaker
    return f"{s.person} / {s.role} / {s.organisation} / {s.actor_type}"


def total(tallies: Iterable[Tally]) -> Tally:
    """All counts together."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def report(label: str, scored: list[tuple[Case, Tally]]) -> None:
    """Print the figures of one set of texts: as a whole, by style, by difficulty, and what was confused."""
    whole = total(tally for _, tally in scored)
    say(f"{label}: {whole.texts} texts, {whole.expected} statements expected, {whole.found} found")
    say(f"{'':22}{'texts':>6}{'n':>6}{'P':>7}{'R':>7}{'F1':>7}{'speaker':>9}{'organis.':>9}{'kind':>7}{'span':>7}")
    _row("all", whole)
    groups: tuple[Callable[[Case], str], ...] = (lambda case: case.difficulty, lambda case: case.style)
    for group in groups:
        for name in sorted({group(case) for case, _ in scored}):
            _row(f"  {name}", total(tally for case, tally in scored if group(case) == name))
    say("wrong speakers: " + (", ".join(f"{name} {n}" for name, n in whole.faults.most_common()) or "none"))
    confused = whole.confusion.most_common(SHOWN_CONFUSIONS)
    say("kinds confused (expected -> found): " + (", ".join(f"{e} -> {f} {n}" for (e, f), n in confused) or "none"))
    say("")


def _row(name: str, tally: Tally) -> None:
    figures = (tally.precision, tally.recall, tally.f1, tally.share("speaker"))
    say(
        f"{name:22}{tally.texts:>6}{tally.expected:>6}"
        + "".join(f"{figure:>7.3f}" for figure in figures[:3])
        + "".join(f"{figure:>9.3f}" for figure in (figures[3], tally.share("organisation")))
        + "".join(f"{tally.share(key):>7.3f}" for key in ("kind", "span"))
    )


def main(arguments: list[str]) -> None:
    """Print the figures; the set-aside texts are seen through these alone."""
    names = frozenset(argument for argument in arguments if not argument.startswith("-"))
    finder = StatementFinder(load_lexicon(), load_actors())
    seen = [(case, *score(finder, case)) for case in load_cases(STRUCTURE, names)]
    if "-v" in arguments:
        for case, _, notes in seen:
            say(case.name + "".join(f"\n  {note}" for note in notes))
    if seen:
        report("looked at while rules were written", [(case, tally) for case, tally, _ in seen])
    if aside := load_cases(HELDOUT, names):
        report("set aside", [(case, score(finder, case)[0]) for case in aside])
    if not names:
        report_sentences(finder)


def report_sentences(finder: StatementFinder) -> None:
    """Print how many single sentences are attributed to whom they say; they were read while rules were written.

    ``reported.tsv``: sentence, speaker. ``introduced.tsv``: sentence, person, body spoken for, kind of actor.
    """
    told: Counter[str] = Counter()
    for path in sorted(SENTENCES.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            sentence, speaker, *rest = line.split("\t")
            text = f"The plan was published on Monday.\n\n{sentence}\n\nThe debate goes on."
            document = Document(text, title="The plan", publisher="The Daily Courant")
            found = [passage.speaker for passage in finder.find(document)]
            told.update({path.stem: 1, f"{path.stem} found": bool(found)})
            wanted = "" if speaker == "-" else canonical(speaker)
            named = [one for one in found if canonical(one.person or one.organisation) == wanted]
            told[f"{path.stem} right"] += bool(named)
            if rest and named:
                told["body"] += canonical(named[0].organisation) == canonical(rest[0])
                told["kind"] += named[0].actor_type == rest[1]
    for name in ("reported", "introduced"):
        figures = f"{told[f'{name} found']} found, {told[f'{name} right']} with the right speaker"
        more = f", {told['body']} with the right body, {told['kind']} of the right kind" if name == "introduced" else ""
        say(f"single sentences, {name}: {told[name]}, {figures}{more}")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
