"""An article for the terminal: statements in colour with speaker, side and the words that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from extractors.records import Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.records import Analysis, Document

SIGNS = {Stance.LOCAL: "▲", Stance.CENTRAL: "▼", Stance.BALANCED: "◆", Stance.NONE: "·"}
_COLOURS = {Stance.LOCAL: "green", Stance.CENTRAL: "magenta", Stance.BALANCED: "yellow", Stance.NONE: "bright_black"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is stored of a statement beside itself; ``own`` is what the machine said, if an analyst corrected it."""

    statement_id: str
    own: str
    is_asked_for: bool


def marked_article(document: Document, analysis: Analysis, marks: Sequence[Mark] = ()) -> str:
    """The text with each statement bracketed and explained below it, then the actors and themes.

    ``marks`` are those of the statements, in their order, if they are stored.
    """
    text = Text()
    if document.title:
        text.append(document.title + "\n\n", "bold")
    position = 0
    for number, statement in enumerate(analysis.statements, start=1):
        text.append(_clean(document.text[position : statement.start]))
        _append_statement(text, document, statement, number)
        position = statement.end
    text.append(_clean(document.text[position:]).rstrip() + "\n\n")
    for number, statement in enumerate(analysis.statements, start=1):
        _append_note(text, statement, number)
        if marks:
            _append_mark(text, marks[number - 1])
    for actor in analysis.actors:
        who = ", ".join(filter(None, [actor.person, actor.organisation]))
        text.append(f"{SIGNS[actor.stance]} {who} ({actor.actor_type}): {actor.stance}\n", _COLOURS[actor.stance])
    text.append(f"themes: {', '.join(analysis.themes) or 'none'}\n\n")
    if marks:
        shown = next((mark for mark in marks if mark.is_asked_for), marks[0])
        text.append(
            f"Wrong? stancewatch correct {shown.statement_id} --stance local|central|balanced|none --speaker NAME\n\n"
        )
    console = Console(soft_wrap=True)
    with console.capture() as capture:
        console.print(text, end="")
    return capture.get()


def _append_statement(text: Text, document: Document, statement: Statement, number: int) -> None:
    colour = _COLOURS[statement.label.stance]
    evidence = slice(statement.label.evidence_start, statement.label.evidence_end)
    text.append("⟦", colour)
    if statement.label.stance is Stance.NONE:
        text.append(_clean(statement.text), colour)
    else:
        text.append(_clean(document.text[statement.start : evidence.start]), colour)
        text.append(_clean(document.text[evidence]), f"bold underline {colour}")
        text.append(_clean(document.text[evidence.stop : statement.end]), colour)
    text.append(f"⟧{number}", colour)


def _append_note(text: Text, statement: Statement, number: int) -> None:
    speaker, label = statement.speaker, statement.label
    who = ", ".join(filter(None, [speaker.person, speaker.role, speaker.organisation])) or "nobody named"
    themes = f" [{', '.join(statement.themes)}]" if statement.themes else ""
    text.append(f"{number:>3} {SIGNS[label.stance]} {who}: ", "bold")
    text.append(f"{label.stance} {label.score:+.2f} ({label.confidence:.0%}), {statement.quote_kind}{themes}\n")
    if statement.grounds:
        text.append(f"      {statement.grounds}\n", "dim")


def _append_mark(text: Text, mark: Mark) -> None:
    text.append("    → " if mark.is_asked_for else "      ", "bold")
    text.append(f"statement {mark.statement_id}", "dim")
    text.append(f", corrected by an analyst; the machine said: {mark.own}\n" if mark.own else "\n", "dim")


def _clean(text: str) -> str:
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
