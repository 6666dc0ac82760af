"""What `stancewatch correct`, `corrections` and `review` do: an analyst's word, and the history told anew by it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractors.clauses import sentence_before
from extractors.correction import SpeakerChange, corrected_speaker, nobody, person_called
from extractors.identity import content_id
from extractors.persona import PersonaReader
from extractors.records import ActorType, Speaker, Stance, Theme
from flows.actor_commands import count, decision_of
from flows.analyse import detect_stances, persona_rows
from flows.correction_report import Change, speaker_of, tell_correction, tell_speaker
from flows.engine_loading import load_vocabulary
from flows.pipeline import publish_snapshot
from flows.run import WAIT_SECONDS, open_run
from flows.settings import load_settings
from warehouse.corrections import (
    CorrectionRow,
    NothingToCorrectError,
    StandingStatement,
    decide_reviews,
    find_speaker,
    find_statement,
    record_correction,
    select_told_otherwise,
    sum_sides,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.run import Run
    from warehouse.actors import PersonaRow


@dataclass(frozen=True, slots=True)
class Wish:
    """What an analyst says of a statement; None leaves a field alone."""

    stance: Stance | None = None
    speaker: SpeakerChange = field(default_factory=SpeakerChange)
    is_nobody: bool = False
    themes: tuple[Theme, ...] | None = None
    note: str = ""


def correct_statement(key: str, wish: Wish) -> list[str]:
    """Put an analyst's word on a statement and tell the history anew; returns what changed, a line each.

    Raises:
        NothingToCorrectError: all of it stands so already.
        CorrectionError: the reference leads to no statement or to several.
    """
    return asyncio.run(_correct(key, wish))


def undo_corrections(key: str, note: str) -> list[str]:
    """Let the machine's label of a statement hold again, and tell the history anew; returns what changed.

    Raises:
        NothingToCorrectError: nobody corrected it.
        CorrectionError: the reference leads to no statement or to several.
    """
    return asyncio.run(_undo(key, note))


def settle_reviews(keys: Sequence[str], decision: str, note: str) -> str:
    """Accept or dismiss alerts that wait for an analyst; returns what was done, in one line.

    Raises:
        CorrectionError: an id means nothing that waits, or several.
    """
    return asyncio.run(_settle_reviews(keys, decision, note))


async def _correct(key: str, wish: Wish) -> list[str]:
    async with open_run(load_settings(), "correct", wait_seconds=WAIT_SECONDS) as run:
        statement = find_statement(run.warehouse, key)
        row, personas = _correction(run, statement, wish)
        return await _record(run, statement, row, personas)


async def _undo(key: str, note: str) -> list[str]:
    async with open_run(load_settings(), "correct", wait_seconds=WAIT_SECONDS) as run:
        statement = find_statement(run.warehouse, key)
        if not statement.corrected:
            raise NothingToCorrectError(f"nobody corrected statement {statement.statement_id}; nothing to undo")
        return await _record(run, statement, _blank_row(run, statement, "undo", note), [])


async def _settle_reviews(keys: Sequence[str], decision: str, note: str) -> str:
    async with open_run(load_settings(), "review", wait_seconds=WAIT_SECONDS) as run:
        alerts = decide_reviews(run.warehouse, keys, decision, decision_of(run, note))
        await publish_snapshot(run)
    what = "go out with the next run" if decision == "accept" else "will not be sent"
    return f"{count(alerts, 'alert')} {decision}ed: they {what}"


async def _record(
    run: Run, statement: StandingStatement, row: CorrectionRow, personas: Sequence[PersonaRow]
) -> list[str]:
    """Keep what is said, tell the history anew, publish it, and say what changed."""
    corrected = record_correction(run.warehouse, row, personas)
    await detect_stances(run)
    await publish_snapshot(run)
    now = find_statement(run.warehouse, statement.statement_id)
    actors = [each.actor_id for each in (now, statement) if each.actor_id]
    sides = sum_sides(run.warehouse, statement.article_id, actors)
    told = select_told_otherwise(run.warehouse, run.run_id)
    return tell_correction(Change(statement, now), sides, corrected, told)


def _correction(run: Run, statement: StandingStatement, wish: Wish) -> tuple[CorrectionRow, list[PersonaRow]]:
    """What a wish says of a statement, without what stands so already.

    Raises:
        NothingToCorrectError: nothing is left.
    """
    was, wish = speaker_of(statement), _under_mask(run, wish)
    speaker = _right_speaker(run, statement, was, wish)
    row = _blank_row(run, statement, "correct", wish.note)
    personas: list[PersonaRow] = []
    is_confirmed = statement.corrected and statement.confidence == 1
    if wish.stance is not None and (wish.stance != statement.stance or not is_confirmed):
        row = replace(row, stance=wish.stance)
    if wish.themes is not None and set(wish.themes) != set(statement.themes):
        row = replace(row, themes=tuple(dict.fromkeys(wish.themes)))
    if speaker.role != was.role:
        row = replace(row, role=speaker.role)
    if _identity(speaker) != _identity(was):
        row, personas = _with_speaker(run, row, speaker)
    if row == _blank_row(run, statement, "correct", wish.note):
        told = f"{statement.stance}, {tell_speaker(was)}"
        raise NothingToCorrectError(
            f"statement {statement.statement_id} stands so already ({told}); nothing to correct"
        )
    said = [str(row.stance), str(row.themes), str(row.role), *map(str, _identity(speaker))]
    return replace(row, correction_id=content_id(row.correction_id, *said)), personas


def _under_mask(run: Run, wish: Wish) -> Wish:
    """The wish as it may be stored: a speaker who is to stay forgotten is called by the mask."""
    if run.warehouse.masker is None or not wish.speaker.person:
        return wish
    (person,), _ = run.warehouse.masker.mask([wish.speaker.person])
    return replace(wish, speaker=replace(wish.speaker, person=person))


def _right_speaker(run: Run, statement: StandingStatement, was: Speaker, wish: Wish) -> Speaker:
    if wish.speaker == SpeakerChange() and not wish.is_nobody:
        return was
    vocabulary = load_vocabulary(run.settings.places)
    elsewhere = None
    if wish.speaker.person:
        person = person_called(wish.speaker.person, vocabulary)
        if found := find_speaker(run.warehouse, statement, person):
            elsewhere = Speaker(person, found.role, found.organisation, ActorType(found.actor_type))
    speaker = corrected_speaker(was, wish.speaker, vocabulary, statement.published_on, elsewhere)
    return nobody(speaker) if wish.is_nobody else speaker


def _with_speaker(run: Run, row: CorrectionRow, speaker: Speaker) -> tuple[CorrectionRow, list[PersonaRow]]:
    persona = PersonaReader(load_vocabulary(run.settings.places)).read(speaker)
    personas = persona_rows(persona) if persona else []
    row = replace(
        row,
        person=speaker.person,
        organisation=speaker.organisation,
        actor_type=speaker.actor_type,
        persona_id=personas[0].persona_id if personas else None,
    )
    return row, personas[:1]


def _blank_row(run: Run, statement: StandingStatement, kind: str, note: str) -> CorrectionRow:
    by = decision_of(run, note)
    before = sentence_before(statement.article, statement.start_char) if statement.is_current else ""
    key = content_id(kind, statement.statement_id, by.at.isoformat())
    return CorrectionRow(key, kind, statement.statement_id, before, by.by, by.at, by.note)


def _identity(speaker: Speaker) -> tuple[str, str, ActorType]:
    return speaker.person, speaker.organisation, speaker.actor_type
