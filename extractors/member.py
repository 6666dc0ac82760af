"""A person of an article: what was printed beside the name, and what the calendar of offices adds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.name import SEATS
from extractors.records import ActorType
from extractors.role import is_same_role

if TYPE_CHECKING:
    from datetime import date

    from extractors.records import Office


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the article as first introduced; empty strings for what was never printed."""

    name: str
    role: str = ""
    organisation: str = ""
    kinds: tuple[ActorType, ...] = ()
    pronoun: str = ""
    title: str = ""
    is_peer: bool = False
    open_at: int = -1
    """Where the role's body is still to be told: behind how many mentions of bodies; -1 where it is printed."""
    place: str = ""
    """A name that may be short for the body of the role ("chair of Mid Weald")."""
    bodies: frozenset[str] = frozenset()
    """All bodies printed beside the name, present and former."""
    is_guessed: bool = False
    """Whether the organisation is printed nowhere beside the name, but only what the article is about there."""


def merged(one: Member, other: Member) -> Member:
    """One person of two entries: what the first leaves open comes from the other, and an office outdoes a seat."""
    is_told = bool(other.role) and (not one.role or (one.role in SEATS and other.role not in SEATS))
    return replace(
        one,
        role=other.role if is_told else one.role,
        organisation=(is_told and other.organisation) or one.organisation or other.organisation,
        kinds=other.kinds if is_told else one.kinds,
        title=one.title or other.title,
        pronoun=one.pronoun or other.pronoun,
        is_peer=one.is_peer or other.is_peer,
        open_at=other.open_at if other.open_at >= 0 else one.open_at,
        place=one.place or other.place,
        bodies=one.bodies | other.bodies,
        is_guessed=one.is_guessed or other.is_guessed,
    )


def initials_of(name: str) -> str:
    """The capital initials of a name's words ("KO"), each part of a double name counted ("TBS")."""
    return "".join(part[0] for word in name.split() for part in word.split("-") if part[:1].isupper())


def in_office(member: Member, offices: tuple[Office, ...], on: date | None) -> Member:
    """The member with the office of the day: a printed role chooses it, without one the day must be known."""
    held = [office for office in offices if on is None or _is_held(office, on)]
    if member.role:
        held = [office for office in held if is_same_role(office.role.lower(), member.role.lower())]
    elif on is None:
        return member
    if not held or "former" in member.role.lower():
        return member
    return replace(member, role=member.role or held[0].role, organisation=held[0].organisation)


def _is_held(office: Office, on: date) -> bool:
    return (office.since is None or office.since <= on) and (office.until is None or on < office.until)


def surname_of(name: str) -> str:
    """The last word of a name in lower case, a peer's territory aside."""
    return name.split(" of ", maxsplit=1)[0].rsplit(" ", 1)[-1].lower()
