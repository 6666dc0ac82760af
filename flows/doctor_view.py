"""What `stancewatch doctor` found, as text for a terminal, a line each for a log, or JSON."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from flows.finding import Level
from flows.wording import clean_line, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.finding import Finding

_MARKS: Final = {Level.OK: "ok    ", Level.LOOK: "look  ", Level.BROKEN: "broken"}
_COLOURS: Final = {Level.OK: "\x1b[32m", Level.LOOK: "\x1b[33m", Level.BROKEN: "\x1b[1;31m"}
_PLAIN: Final = "\x1b[0m"
_NAME_WIDTH: Final = 18
_LEAST_WIDTH: Final = 50
_LONGEST: Final = 600


def as_json(parts: Mapping[str, Sequence[Finding]], worst: Level) -> str:
    """An object: the worst level, and all findings with the part that each belongs to."""
    findings = [{"part": part, **asdict(finding)} for part, found in parts.items() for finding in found]
    return json.dumps({"level": worst, "findings": findings}, ensure_ascii=False, indent=1) + "\n"


def as_text(parts: Mapping[str, Sequence[Finding]], width: int = 0) -> str:
    """By part, within ``width`` columns and in colour; a line each where it is 0, as logs like it."""
    lines = list(_wrapped(parts, max(width, _LEAST_WIDTH)) if width else _plain(parts))
    levels = [finding.level for found in parts.values() for finding in found]
    broken, looks = levels.count(Level.BROKEN), levels.count(Level.LOOK)
    end = f"{count_words(len(levels), 'thing', 'things')} looked at: {broken} broken, {looks} to look at"
    return "\n".join([*lines, *([""] if width else []), end]) + "\n"


def _plain(parts: Mapping[str, Sequence[Finding]]) -> Iterator[str]:
    for part, found in parts.items():
        for finding in found:
            mend = f"; {finding.mend}" if finding.mend else ""
            told = clean_line(f"{part}: {finding.what}: {finding.words}{mend}", _LONGEST)
            yield f"{_MARKS[finding.level]} {told}"


def _wrapped(parts: Mapping[str, Sequence[Finding]], width: int) -> Iterator[str]:
    for part, found in parts.items():
        yield f"\x1b[1m{part}{_PLAIN}"
        for finding in found:
            mark = f"{_COLOURS[finding.level]}{_MARKS[finding.level]}{_PLAIN}"
            margin = len(_MARKS[finding.level]) + 4
            name = clean_line(finding.what, 60)
            room = width - margin - _NAME_WIDTH
            first, *more = textwrap.wrap(clean_line(finding.words, _LONGEST), room, break_on_hyphens=False) or [""]
            gap = " " * (margin + _NAME_WIDTH)
            if len(name) < _NAME_WIDTH:
                yield f"  {mark}  {name:<{_NAME_WIDTH}}{first}"
            else:
                yield f"  {mark}  {name}"
                yield gap + first
            yield from (gap + line for line in more)
            if finding.mend:
                mend = textwrap.wrap(clean_line(finding.mend, _LONGEST), room - 2, break_on_hyphens=False)
                yield from (f"{gap}{'→ ' if not number else '  '}{line}" for number, line in enumerate(mend))
