"""`make evaluate`, second part: the whole engine on the sample newsroom's pages against their annotated twins.

The twins were written with the articles, before any rule or model met them; neither is trained or tuned on them.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.article import extract_page
from extractors.records import ActorStance, Document, Stance, Statement
from extractors.stance import actor_stance
from flows.engine_loading import load_engine
from flows.newsroom import Site, load_newsroom
from flows.settings import locate
from tests.corpus.matching import is_same_actor, is_same_body, match

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
BASE = "http://127.0.0.1:8990"


@dataclass(frozen=True, slots=True)
class Expected:
    """A statement as the annotator marked it."""

    start: int
    end: int
    person: str
    role: str
    organisation: str
    actor_type: str
    stance: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One article: its text as extracted, what is expected in it, what was found."""

    name: str
    text: str
    expected: tuple[Expected, ...]
    found: tuple[Statement, ...]
    actors: tuple[ActorStance, ...]
    lost: int


def cases() -> Iterator[Case]:
    """Every sample article of every day with its twin."""
    engine = load_engine(locate({}))
    for site in load_newsroom():
        lines = (FOLDER / f"{site.publisher.slug}.jsonl").read_text("utf-8").splitlines()
        twins = [json.loads(line) for line in lines]
        for twin in twins:
            page = site.pages(twin["day"], BASE)[twin["path"]]
            extracted = extract_page(page.body, url=BASE + twin["path"])
            document = Document(extracted.text, _title(site, twin), extracted.byline, site.publisher.name)
            expected = [located(extracted.text, row) for row in twin["statements"]]
            kept = tuple(row for row in expected if row)
            analysis, lost = engine.analyse(document), len(expected) - len(kept)
            name = f"{site.publisher.slug}{twin['path']}"
            yield Case(name, extracted.text, kept, analysis.statements, analysis.actors, lost)


def _title(site: Site, twin: dict[str, object]) -> str:
    return next(a.title for a in site.articles if a.path == twin["path"] and a.day == twin["day"])


def located(text: str, row: dict[str, object]) -> Expected | None:
    """An annotated statement with offsets into the extracted text; None where extraction lost it."""
    starts, ends = (words_pattern(str(row[key])) for key in ("starts", "ends"))
    begin = starts.search(text)
    finish = ends.search(text, begin.start()) if begin else None
    if not begin or not finish:
        return None
    themes = row["themes"]
    return Expected(
        begin.start(),
        finish.end(),
        str(row["person"] or ""),
        str(row["role"] or ""),
        str(row["organisation"] or ""),
        str(row["actor_type"] or ""),
        str(row["stance"]),
        tuple(themes) if isinstance(themes, list) else (),
    )


def words_pattern(words: str) -> re.Pattern[str]:
    """The same words whatever stands between them."""
    return re.compile(r"\W+".join(re.escape(word) for word in re.findall(r"\w+", words)))


def macro_f1(pairs: list[tuple[str, str]]) -> tuple[float, dict[str, float]]:
    """Macro-averaged F1 of (expected, found) labels, and that of each label."""
    per = {}
    for label in Stance:
        hit = sum(e == f == label for e, f in pairs)
        total = sum(e == label for e, _ in pairs) + sum(f == label for _, f in pairs)
        per[str(label)] = 2 * hit / total if total else 0.0
    return sum(per.values()) / len(per), per


def main() -> None:
    """Print the figures, and with an argument the misses of articles whose name contains it."""
    everything = list(cases())
    pairs = [(case, match(case.expected, case.found)) for case in everything]
    matched = [pair for _, found in pairs for pair in found]
    expected = sum(len(case.expected) for case in everything)
    found = sum(len(case.found) for case in everything)
    precision, recall = len(matched) / found, len(matched) / expected
    f1 = 2 * precision * recall / (precision + recall)
    say(f"sample newsroom: {len(everything)} articles, {expected} statements expected, {found} found")
    say(f"lost by extraction                {sum(case.lost for case in everything)}")
    say(f"statements (half overlap)         P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    actors = [is_same_actor(e, f.speaker) for e, f in matched]
    say(f"speaker of matched statements     {sum(actors) / len(actors):.3f}")
    bodies = [is_same_body(e, f.speaker) for e, f in matched]
    say(f"organisation of matched statements {sum(bodies) / len(bodies):.3f}")
    types = [e.actor_type == f.speaker.actor_type for e, f in matched if e.person or e.organisation]
    say(f"kind of actor of those named      {sum(types) / len(types):.3f}")
    say_stances(matched)
    summed, per = macro_f1([pair for case, good in pairs for pair in actor_pairs(case, good)])
    say(f"actor's stance in the article     {summed:.3f}  " + "  ".join(f"{k} {v:.2f}" for k, v in per.items()))
    if len(sys.argv) > 1:
        for case, good in pairs:
            if sys.argv[1] in case.name:
                show(case, good)


def say_stances(matched: list[tuple[Expected, Statement]]) -> None:
    """Print how well sides and themes of matched statements are told."""
    stances = [(e.stance, str(f.label.stance)) for e, f in matched]
    macro, per = macro_f1(stances)
    flips = sum({e, f} == {"local", "central"} for e, f in stances)
    bearing = sum(e != "none" for e, _ in stances)
    say(f"stance of matched, macro F1       {macro:.3f}  " + "  ".join(f"{k} {v:.2f}" for k, v in per.items()))
    say(f"side flipped (local <-> central)  {flips} of {bearing}")
    hit = sum(len({*e.themes} & {*map(str, f.themes)}) for e, f in matched)
    total = sum(len(e.themes) + len(f.themes) for e, f in matched)
    say(f"themes, micro F1                  {2 * hit / total:.3f}")
    confused = Counter(stances).most_common()
    say("confusion (expected -> found)     " + ", ".join(f"{e}->{f} {n}" for (e, f), n in confused))


def actor_pairs(case: Case, good: list[tuple[Expected, Statement]]) -> list[tuple[str, str]]:
    """(expected, found) sums of stances of each identified actor of an article; none where he or she was not found."""
    stances = {_who(actor.person, actor.organisation, ""): str(actor.stance) for actor in case.actors}
    same = {_who(e.person, e.organisation, ""): _speaker(f) for e, f in good if is_same_actor(e, f.speaker)}
    pairs = []
    for name in dict.fromkeys(_who(e.person, e.organisation, "") for e in case.expected):
        wanted = [Stance(e.stance) for e in case.expected if _who(e.person, e.organisation, "") == name]
        if name:
            pairs.append((str(actor_stance(wanted)), stances.get(same.get(name, ""), str(Stance.NONE))))
    return pairs


def show(case: Case, good: list[tuple[Expected, Statement]]) -> None:
    """Print what was missed, invented or given to somebody else."""
    say(f"\n{case.name}")
    for expected in case.expected:
        if not any(expected is e for e, _ in good):
            words = case.text[expected.start : expected.end][:150]
            say(f"  missed   {_who(expected.person, expected.organisation, expected.role)}: {words!r}")
    for found in case.found:
        if not any(found is f for _, f in good):
            say(f"  invented {_speaker(found)} [{found.quote_kind}]: {found.text[:150]!r}")
    for e, f in good:
        if not is_same_actor(e, f.speaker):
            wanted = _who(e.person, e.organisation, e.role)
            say(f"  speaker  {wanted!r} taken for {_speaker(f)!r}: {f.text[:90]!r}")
        if e.stance != f.label.stance:
            say(f"  stance   {e.stance} taken for {f.label.stance} ({f.label.confidence:.2f}): {f.text[:150]!r}")


def _who(person: str, organisation: str, role: str) -> str:
    return person or organisation or role


def _speaker(found: Statement) -> str:
    return _who(found.speaker.person, found.speaker.organisation, found.speaker.role)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
