"""Corrections for those who work on the engine: as labelled data, and as a regression test that can be run."""

from __future__ import annotations

import itertools
import json
import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from extractors.records import Document, Stance
from flows.config_file import ConfigError
from flows.engine_loading import load_engine
from flows.settings import locate
from warehouse.reading import select_corrected_labels, select_correction_cases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extractors.records import Analysis, Statement
    from warehouse.reading import CorrectionCase

BATCH = "corrections"
LEAST_OVERLAP = 0.5
"""Characters that an expected and a found statement share, as a share of the longer one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A statement as an analyst has it: offsets, and the fields given, by name."""

    start: int
    end: int
    fields: tuple[tuple[str, Any], ...]
    is_must: bool


def export_labels() -> str:
    """The corrected sides that hold, a line each, in the shape of extractors/model/data."""
    labels = select_corrected_labels(locate().warehouse)
    return _lines(
        {
            "text": label.text,
            "before": label.before,
            "title": label.title,
            "stance": label.stance,
            "themes": label.themes,
            "topic": BATCH,
            "batch": BATCH,
        }
        for label in labels
    )


def export_cases() -> str:
    """The corrections that hold, a line an article with its text, for `stancewatch corrections check`."""
    cases = select_correction_cases(locate().warehouse)
    by_article = itertools.groupby(cases, key=lambda case: case.article_id)
    return _lines(_case(list(group)) for _, group in by_article)


def _case(cases: list[CorrectionCase]) -> dict[str, Any]:
    first = cases[0]
    return {
        "id": first.article_id,
        "title": first.title,
        "byline": first.byline,
        "published": first.published_on.isoformat() if first.published_on else None,
        "publisher": first.publisher,
        "text": first.article,
        "url": first.url,
        "statements": [_statement(case) for case in cases],
    }


def _statement(case: CorrectionCase) -> dict[str, Any]:
    said = {
        "stance": case.stance,
        "person": case.person,
        "role": case.role,
        "organisation": case.organisation,
        "actor_type": case.actor_type,
        "themes": case.themes,
    }
    given = {name: value for name, value in said.items() if value is not None}
    return {"start": case.start, "end": case.end, **given, "must": False}


def _lines(records: Iterator[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def check_cases(file: Path) -> int:
    """Run the engine on exported cases and print what it gets right; returns the exit status: 1 if it misses a must.

    Raises:
        ConfigError: a line is no case.
    """
    engine = load_engine(locate())
    right = total = missed = 0
    for case_id, document, expected in _read(file):
        analysis = engine.analyse(document)
        for each in expected:
            wrong = _wrong(each, analysis)
            total, right, missed = total + 1, right + (not wrong), missed + (bool(wrong) and each.is_must)
            mark = "ok  " if not wrong else "MUST" if each.is_must else "miss"
            sys.stdout.write(f"{mark} {case_id} {each.start}-{each.end}{f': {wrong}' if wrong else ''}\n")
    sys.stdout.write(f"{right} of {total} right; {missed} missed that must be right\n")
    return 1 if missed else 0


def _read(file: Path) -> Iterator[tuple[str, Document, list[Expected]]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            published = date.fromisoformat(raw["published"][:10]) if raw.get("published") else None
            title, byline, publisher, url = (
                str(raw.get(name) or "") for name in ("title", "byline", "publisher", "url")
            )
            document = Document(raw["text"], title, byline, publisher, published, url)
            case = str(raw["id"]), document, [_expected(each) for each in raw["statements"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            text = f"{file}:{number}: no case ({type(error).__name__}: {error}); write {{id, text, statements, …}}"
            raise ConfigError(text) from None
        yield case


def _expected(raw: dict[str, Any]) -> Expected:
    fields = ("stance", "person", "role", "organisation", "actor_type", "themes")
    given = tuple((name, raw[name]) for name in fields if name in raw)
    return Expected(int(raw["start"]), int(raw["end"]), given, bool(raw.get("must")))


def _wrong(expected: Expected, analysis: Analysis) -> str:
    """What the engine gets wrong of a statement, in words; empty if nothing."""
    found = max(analysis.statements, key=lambda each: _overlap(expected, each), default=None)
    if found is None or _overlap(expected, found) < LEAST_OVERLAP:
        is_right = expected.fields == (("stance", Stance.NONE),)  # nothing said, nothing found
        return "" if is_right else "no statement found there"
    has = {
        "stance": found.label.stance,
        "person": found.speaker.person,
        "role": found.speaker.role,
        "organisation": found.speaker.organisation,
        "actor_type": found.speaker.actor_type,
    }
    told = [f"{name} is {has[name]!s}, not {value}" for name, value in expected.fields if has.get(name, value) != value]
    themes = dict(expected.fields).get("themes")
    if themes is not None and set(themes) != set(found.themes):
        told.append(f"themes are {', '.join(found.themes) or 'none'}, not {', '.join(themes) or 'none'}")
    return "; ".join(told)


def _overlap(expected: Expected, found: Statement) -> float:
    shared = min(expected.end, found.end) - max(expected.start, found.start)
    return max(shared, 0) / max(expected.end - expected.start, found.end - found.start)
