"""Pieces of a paragraph with their speaker, and how adjoining pieces of one speaker become one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.records import Passage, QuoteKind, Speaker


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that one sentence gives: attributed, or narration (``speaker`` None) that parts statements."""

    start: int
    end: int
    speaker: Speaker | None
    kind: QuoteKind
    grounds: str = ""
    is_lead: bool = False
    """Whether it only says on what somebody is about to be quoted ("told MPs why she would vote for it")."""


def join(pieces: list[Piece]) -> list[Passage]:
    """One uninterrupted run by one actor is one statement; its kind is that of its longest piece."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        if runs and _is_same_run(runs[-1][-1], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [_passage(run, run[-1].speaker) for run in runs if run[-1].speaker is not None]


def _passage(run: list[Piece], speaker: Speaker | None) -> Passage:
    if speaker is None:
        raise AssertionError("a run of narration is no passage")
    longest = max(run, key=lambda piece: piece.end - piece.start)
    grounds = next((piece.grounds for piece in run if piece.grounds), "")
    return Passage(run[0].start, run[-1].end, speaker, longest.kind, grounds)


def _is_same_run(before: Piece, after: Piece) -> bool:
    return before.speaker is not None and after.speaker is not None and is_same_actor(before.speaker, after.speaker)


def is_same_actor(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers are one actor: by person, else by organisation, else by the printed words."""
    if one.person or other.person:
        return one.person == other.person
    if one.organisation or other.organisation:
        return one.organisation == other.organisation
    return one.role.lower() == other.role.lower()


def trimmed(text: str, passage: Passage) -> Passage | None:
    """The passage without white space and list punctuation at its ends; None where nothing is left."""
    start, end = passage.start, passage.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if (start, end) == (passage.start, passage.end):
        return passage if start < end else None
    return replace(passage, start=start, end=end) if start < end else None
