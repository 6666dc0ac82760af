"""What the engine says of people who are to stay forgotten: config/actors.yml may name them to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.records import Analysis

if TYPE_CHECKING:
    from extractors.masking import Masker
    from extractors.records import Statement
    from flows.jobs import Rejected


def masked(masker: Masker | None, result: Analysis | Rejected) -> Analysis | Rejected:
    """The result with the names of its speakers under their masks; as it is where nobody is forgotten."""
    if masker is None or not isinstance(result, Analysis):
        return result
    return replace(result, statements=tuple(_masked(masker, statement) for statement in result.statements))


def _masked(masker: Masker, statement: Statement) -> Statement:
    """The statement of a speaker under the mask; the persona is made of it, so that no id is made of the name."""
    speaker, persona = statement.speaker, statement.persona
    (person,), _ = masker.mask([speaker.person])
    if person == speaker.person or persona is None:
        return statement
    order = masker.owner([speaker.person])
    if order is None:
        return statement
    hidden = replace(
        persona,
        name=masker.mask_all(order, persona.name),
        surname=masker.mask_all(order, persona.surname),
        first_names=tuple(masker.mask_all(order, each) for each in persona.first_names),
    )
    return replace(statement, speaker=replace(speaker, person=person), persona=hidden)
