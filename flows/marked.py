"""An article for the terminal: statements in colour with speaker, side and the words that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from extractors.records import Stance, Statement

if TYPE_CHECKING:
    from extractors.records import Analysis, Document

SIGNS = {Stance.LOCAL: "▲", Stance.CENTRAL: "▼", Stance.BALANCED: "◆", Stance.NONE: "·"}
_COLOURS = {Stance.LOCAL: "green", Stance.CENTRAL: "magenta", Stance.BALANCED: "yellow", Stance.NONE: "bright_black"}


def marked_article(document: Document, analysis: Analysis) -> str:
    """The text with each statement bracketed and explained below its paragraph, then the actors and themes."""
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
    for actor in analysis.actors:
        who = ", ".join(filter(None, [actor.person, actor.organisation]))
        text.append(f"{SIGNS[actor.stance]} {who} ({actor.actor_type}): {actor.stance}\n", _COLOURS[actor.stance])
    text.append(f"themes: {', '.join(analysis.themes) or 'none'}\n\n")
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


def _clean(text: str) -> str:
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
