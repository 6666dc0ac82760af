"""What only the whole article tells of a person: the office of the day, the body of a bare role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.body_name import may_name_body
from extractors.member import Member, in_office
from extractors.records import ActorType
from extractors.role import TAIL_OF_ROLE

if TYPE_CHECKING:
    from datetime import date

    from extractors.body import Bodies
    from extractors.vocabulary import Vocabulary

CHAIRS = frozenset({"chair", "chairman", "chairwoman", "convener", "deputy convener", "vice-chair"})


def in_chair(member: Member, committee: str) -> Member:
    """In the record of a committee a chair without a body is the committee's."""
    if not committee or member.organisation not in {"", committee} or member.role.lower() not in CHAIRS:
        return member
    return replace(member, organisation=committee, kinds=(ActorType.PARLIAMENT,), open_at=-1)


def completed(member: Member, vocabulary: Vocabulary, bodies: Bodies, published_on: date | None) -> Member:
    """A person with the office held on the day of publication, and the body that a role was left open for."""
    member = replace(member, organisation=bodies.longer.get(member.organisation, member.organisation))
    offices = vocabulary.offices.get(member.name)
    if offices and not member.organisation:
        member = in_office(member, offices, published_on)
    is_partisan = member.organisation in vocabulary.party_names
    is_partisan = is_partisan or (member.open_at >= 0 and member.organisation.endswith(("Committee", "Panel")))
    if member.place and (not member.organisation or is_partisan):
        placed = bodies.of_place(member.place, member.kinds)
        if not placed and member.open_at >= 0 and may_name_body(member.place):
            placed = member.place
        core = TAIL_OF_ROLE.split(member.role)[0] if placed else member.role
        member = replace(member, organisation=placed or member.organisation, role=core)
    is_open = member.open_at >= 0 and (not member.organisation or is_partisan)
    if is_open and (focal := bodies.focal(member.kinds, member.open_at)):
        member = replace(member, organisation=focal, is_guessed=focal != bodies.fallback)
    if member.role.lower() == "mayor" and not member.organisation:
        authority = bodies.first_named("Combined Authority")
        member = replace(member, organisation=authority, is_guessed=authority not in {"", bodies.fallback})
    if "shadow" in member.role.lower() and not member.organisation:
        member = replace(member, organisation=bodies.opposition(published_on))
    return member
