"""Score the statement finder on the annotated texts: ``python tests/corpus/score_structure.py [-v] [NAME...]``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from extractors.records import Document, Passage
from extractors.statement import StatementFinder
from tests.extractors.engine_setup import load_actors, load_lexicon

CORPUS = Path(__file__).resolve().parent / "structure"
LEAST_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Expected:
    """One annotated statement."""

    start: int
    end: int
    text: str
    person: str
    role: str
    organisation: str
    actor_type: str
    quote_kind: str


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated text."""

    name: str
    style: str
    document: Document
    expected: tuple[Expected, ...]


def load_cases(names: frozenset[str] = frozenset()) -> list[Case]:
    """All cases of the corpus, or those named."""
    cases: list[Case] = []
    for path in sorted(CORPUS.glob("*.json")):
        if names and path.stem not in names:
            continue
        raw = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        document = Document(text=text, **raw["document"])
        cases.append(Case(path.stem, raw["style"], document, tuple(Expected(**entry) for entry in raw["statements"])))
    return cases


def overlaps(expected: Expected, found: Passage) -> bool:
    """Whether the spans share at least half the characters of the longer one."""
    shared = min(expected.end, found.end) - max(expected.start, found.start)
    return shared >= LEAST_OVERLAP * max(expected.end - expected.start, found.end - found.start)


def is_same_speaker(expected: Expected, found: Passage) -> bool:
    """Person and organisation as annotated; for the nameless, the printed words."""
    speaker = found.speaker
    if expected.person or expected.organisation:
        return (expected.person, canonical(expected.organisation)) == (speaker.person, speaker.organisation)
    return not speaker.has_identity and expected.role.lower() == speaker.role.lower()


@cache
def aliases() -> dict[str, str]:
    """Every printed name of the actor book -> the canonical one."""
    return {alias: entry.name for entry in load_actors().organisations for alias in (*entry.aliases, entry.name)}


def canonical(name: str) -> str:
    """The name of an annotated body as the actor book has it."""
    straight = name.replace("’", "'")
    return aliases().get(straight, name)


def score(finder: StatementFinder, case: Case) -> tuple[Counter[str], list[str]]:
    """Counts of what was expected, found and matched, and one line for each difference."""
    counts: Counter[str] = Counter(expected=len(case.expected))
    notes: list[str] = []
    left = list(finder.find(case.document))
    counts["found"] = len(left)
    for expected in case.expected:
        match = next((passage for passage in left if overlaps(expected, passage)), None)
        if match is None:
            notes.append(f"missed   {expected.person or expected.organisation or expected.role}: {expected.text[:90]}")
            continue
        left.remove(match)
        counts["matched"] += 1
        counts["speaker"] += is_same_speaker(expected, match)
        counts["type"] += match.speaker.actor_type.value == expected.actor_type
        counts["kind"] += match.quote_kind.value == expected.quote_kind
        counts["exact"] += (match.start, match.end) == (expected.start, expected.end)
        counts["role"] += expected.role.lower() == match.speaker.role.lower()
        if not is_same_speaker(expected, match) or match.speaker.actor_type.value != expected.actor_type:
            wanted = (expected.person, expected.role, expected.organisation, expected.actor_type)
            notes.append(f"speaker  {wanted} but {[getattr(match.speaker, f.name) for f in fields(match.speaker)]}")
    for passage in left:
        text = case.document.text[passage.start : passage.end]
        notes.append(
            f"invented {passage.speaker.person or passage.speaker.organisation or passage.speaker.role}: {text[:90]}"
        )
    return counts, notes


def main(arguments: list[str]) -> None:
    """Print the figures, with -v every difference."""
    names = frozenset(argument for argument in arguments if not argument.startswith("-"))
    finder = StatementFinder(load_lexicon(), load_actors())
    total: Counter[str] = Counter()
    cases = load_cases(names)
    for case in cases:
        counts, notes = score(finder, case)
        total += counts
        if notes and "-v" in arguments:
            sys.stdout.write(f"{case.name}\n" + "".join(f"  {note}\n" for note in notes))
    precision = total["matched"] / max(total["found"], 1)
    recall = total["matched"] / max(total["expected"], 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    sys.stdout.write(f"{len(cases)} texts, {total['expected']} statements expected, {total['found']} found\n")
    sys.stdout.write(f"statements  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}\n")
    for key in ("speaker", "type", "kind", "role", "exact"):
        sys.stdout.write(f"{key:<8} of matched  {total[key] / max(total['matched'], 1):.3f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
