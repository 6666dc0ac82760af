"""The engine from the command line: pages to articles, texts to analyses, both for people and for programs."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from extractors.article import NoArticle
from extractors.linked import extract_linked
from extractors.records import Document
from flows.cli_text import TextFormat
from flows.engine_loading import load_engine
from flows.marked import marked_article
from flows.settings import locate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extractors.records import Analysis


@dataclass(frozen=True, slots=True)
class Input:
    """A document to analyse and the id it came with."""

    id: str
    document: Document


def extract_files(files: list[Path], url: str, *, is_lines: bool) -> int:
    """Print each page's article as JSON; returns the exit status: 1 if no file could be read."""
    records = []
    failed = 0
    for file in files:
        try:
            record = _extract(file, url)
        except (OSError, NoArticle, EOFError, zlib.error) as error:
            failed += 1
            sys.stderr.write(f"stancewatch: {file}: {getattr(error, 'strerror', None) or error}\n")
            continue
        if is_lines:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        records.append(record)
    if not is_lines:
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
    return 1 if failed == len(files) else 0


def _extract(file: Path, url: str) -> dict[str, Any]:
    body = file.read_bytes()
    page = extract_linked(gzip.decompress(body) if file.suffix == ".gz" else body, url=url)
    return {
        "file": str(file),
        "title": page.title,
        "byline": page.byline,
        "published": page.published_at.isoformat() if page.published_at else None,
        "publisher": page.publisher,
        "language": page.language,
        "text": page.text,
    }


def analyse_file(file: Path, form: TextFormat) -> int:
    """Print the analysis of each article in ``file``; returns the exit status: 1 if nothing could be analysed."""
    body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    engine = load_engine(locate())
    is_lines = file.suffix == ".jsonl"
    printed: list[dict[str, Any]] = []
    done = 0
    for item in _inputs(body, file, is_lines=is_lines):
        analysis = engine.analyse(item.document)
        done += 1
        if form is TextFormat.TEXT:
            sys.stdout.write(marked_article(item.document, analysis))
        elif form is TextFormat.JSONL:
            sys.stdout.write(json.dumps(analysis_record(item.id, analysis), ensure_ascii=False) + "\n")
        else:
            printed.append(analysis_record(item.id, analysis))
    if form is TextFormat.JSON:
        shown: Any = printed if is_lines else printed[0]
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
    return 0 if done else 1


def _inputs(body: bytes, file: Path, *, is_lines: bool) -> Iterator[Input]:
    if not is_lines:
        text = body.decode("utf-8", "replace").replace("\r\n", "\n")
        yield Input(file.stem if str(file) != "-" else "-", Document(text))
        return
    for number, line in enumerate(body.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            document = Document(
                text=record["text"],
                title=record.get("title") or "",
                byline=record.get("byline") or "",
                publisher=record.get("publisher") or "",
                published_on=_day(record.get("published")),
                url=record.get("url") or "",
            )
            yield Input(str(record.get("id") or number), document)
        except (ValueError, KeyError, AttributeError, TypeError):
            sys.stderr.write(f'stancewatch: {file}:{number}: must be {{"id": …, "text": …, …}}, one object a line\n')


def _day(written: str | None) -> date | None:
    """The day of an ISO 8601 date or time; a date that cannot be read is no reason to lose the text."""
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def analysis_record(item_id: str, analysis: Analysis) -> dict[str, Any]:
    """An analysis as the command line's contract has it; offsets count characters of the given text."""
    return {
        "id": item_id,
        "statements": [
            {
                "start": s.start,
                "end": s.end,
                "text": s.text,
                "person": s.speaker.person,
                "role": s.speaker.role,
                "organisation": s.speaker.organisation,
                "actor_type": s.speaker.actor_type,
                "quote_kind": s.quote_kind,
                "stance": s.label.stance,
                "stance_score": s.label.score,
                "confidence": s.label.confidence,
                "evidence": [s.label.evidence_start, s.label.evidence_end],
                "themes": list(s.themes),
            }
            for s in analysis.statements
        ],
        "actors": [
            {"person": a.person, "organisation": a.organisation, "actor_type": a.actor_type, "stance": a.stance}
            for a in analysis.actors
        ],
        "themes": list(analysis.themes),
    }
