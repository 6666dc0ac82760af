"""A trace on the terminal: times in one column, steps indented by what they belong to; or as JSON."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from flows.trace_steps import Step, Tone, Trace, clock_time
from flows.wording import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS: Final = {Tone.DONE: "✓", Tone.STOPPED: "✗", Tone.HELD: "!", Tone.PLAIN: "·"}
_COLOURS: Final = {Tone.DONE: "green", Tone.STOPPED: "red", Tone.HELD: "yellow", Tone.PLAIN: ""}
_TIME_WIDTH: Final = 16
_LEAST_WIDTH: Final = 40


def as_text(trace: Trace) -> str:
    """The picture, ending with the verdict; colour only where a terminal shows it."""
    console = Console(highlight=False, soft_wrap=True)
    width = max(console.width, _TIME_WIDTH + _LEAST_WIDTH)
    text = Text()
    if trace.title:
        text.append(clean_line(trace.title, 300) + "\n", "bold")
    where = " · ".join(
        filter(None, [clean_line(trace.url, 500), f"{trace.kind} {trace.id}" if trace.id != trace.url else ""])
    )
    text.append(where.strip(" ·") + "\n")
    text.append(f"{'London time':<{_TIME_WIDTH}}\n\n", "dim")
    for step in trace.steps:
        _append(text, step, width)
    text.append(
        "\n" + "\n".join(textwrap.wrap(trace.verdict, width, break_long_words=False, break_on_hyphens=False)) + "\n",
        "bold",
    )
    with console.capture() as capture:
        console.print(text, end="")
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


def _append(text: Text, step: Step, width: int) -> None:
    margin = "  " * step.depth
    room = max(width - _TIME_WIDTH - 4 - len(margin), _LEAST_WIDTH // 2)
    first, *more = list(_lines(step.words, room)) or [""]
    colour = _COLOURS[step.tone]
    text.append(f"{clock_time(step.at):<{_TIME_WIDTH}}  {margin}")
    text.append(SIGNS[step.tone], colour)
    text.append(f" {first}\n", "bold" if step.depth == 0 else "")
    for line in more:
        text.append(f"{'':<{_TIME_WIDTH + 4}}{margin}{line}\n", "bold" if step.depth == 0 else "")


def _lines(words: str, room: int) -> Iterator[str]:
    """Lines that break between words, never within an address."""
    yield from textwrap.wrap(words, room, break_long_words=False, break_on_hyphens=False)


def as_json(trace: Trace) -> str:
    """The same for programs: one object."""
    steps = [
        {
            "at": step.at.isoformat() if step.at else None,
            "depth": step.depth,
            "stage": step.stage,
            "state": step.tone,
            "words": step.words,
            "id": step.id or None,
        }
        for step in trace.steps
    ]
    record = {
        "kind": trace.kind,
        "id": trace.id or None,
        "title": trace.title,
        "url": trace.url,
        "is_known": trace.is_known,
        "is_told": trace.is_told,
        "verdict": trace.verdict,
        "steps": steps,
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
