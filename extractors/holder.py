"""Whom "the trust boss" or "the Labour peer" means: the people of the article scored, the best one or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.leading import LEADING
from extractors.mention import DEFINITE, Mention
from extractors.records import STATE, ActorType
from extractors.role import GENERIC, head_of, is_loosely, is_same_role

if TYPE_CHECKING:
    from extractors.cast import Cast
    from extractors.member import Member

SAME_ROLE, LOOSE_ROLE, OTHER_ROLE = 3.0, 2.0, -2.0
SAME_BODY, OTHER_BODY = 1.5, -3.0
DEFINITE_WORD, OPEN_ROLE, SAME_KIND, OTHER_KIND = 0.5, 0.5, 0.5, -2.0
CALLED = {"prof": "professor", "professor": "professor", "dr": "doctor"}
"""What somebody may be called after whose title alone is printed."""
HEADING = frozenset(LEADING.values())
"""Roles that only a verb tells ("who has run the trust"): the text may call their holder by another."""
LEAST = 2.0
"""A candidate below this score is not taken; the role then stands without a name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may hold a role, with the score and what it is made of."""

    name: str
    score: float
    reasons: tuple[str, ...]


def best_holder(cast: Cast, role: Mention, owner: str, last: str, *, is_lead: bool) -> Candidate | None:
    """The person of the article whom a role without a name means, or None where nobody scores enough.

    ``owner`` is the body that the role stands with, ``last`` the name of who spoke last; in the lead of an article
    somebody named later may be meant.
    """
    sought = _sought(role, "" if cast.is_party_name(owner) else owner)
    best: Candidate | None = None
    for name, nearness, why in cast.recall.by_nearness(last, is_lead=is_lead):
        if best and nearness < 0:
            break  # whoever is named only later is meant where nobody before may be
        member = cast.member(name)
        kinds = {*member.kinds, cast.bodies.kind_of(member.organisation)} if member.organisation else set(member.kinds)
        candidate = _scored(member, kinds - {ActorType.OTHER}, sought, (nearness, why))
        if candidate.score >= LEAST and (best is None or candidate.score > best.score):
            best = candidate
    return best


@dataclass(frozen=True, slots=True)
class _Sought:
    """The role whose holder is looked for: what it says, told once for all candidates; ``said`` is lower-case."""

    role: Mention
    said: str
    head: str
    owner: str
    kinds: frozenset[ActorType]


def _sought(role: Mention, owner: str) -> _Sought:
    said = role.text.lower()
    return _Sought(role, said, head_of(said), owner, frozenset(role.actor_kinds) - {ActorType.OTHER})


def _is_peer(head: str, member: Member) -> bool:
    return head == "peer" and member.is_peer


def _scored(member: Member, theirs: set[ActorType], sought: _Sought, nearness: tuple[float, str]) -> Candidate:
    role, head, held = sought.role, sought.head, member.role.lower() or CALLED.get(member.title, "")
    parts = [nearness]
    if is_same_role(held, sought.said):
        parts.append((SAME_ROLE, f"is {held}"))
    elif is_loosely(head, held) or (held in HEADING and is_loosely(held, sought.said)) or _is_peer(head, member):
        parts.append((LOOSE_ROLE, f"is {held or 'a peer'}"))
    elif held and head not in GENERIC and not role.is_former:
        parts.append((OTHER_ROLE, f"is {held}"))
    elif not held:
        parts.append((OPEN_ROLE, "has no role yet"))
    if role.lead in DEFINITE:
        parts.append((DEFINITE_WORD, f"“{role.lead}”"))
    if sought.owner and member.organisation and not role.is_former:
        fits = sought.owner == member.organisation
        parts.append((SAME_BODY if fits else OTHER_BODY, f"is of {member.organisation}"))
    if sought.kinds and theirs and not role.is_former:
        fits = bool(sought.kinds & theirs) or (sought.kinds <= STATE and theirs <= STATE)
        parts.append((SAME_KIND if fits else OTHER_KIND, "kind of actor"))
    total = sum([score for score, _ in parts])
    # most candidates are dropped: only one that may be taken is told reasons
    reasons = tuple(f"{reason} {score:+}" for score, reason in parts) if total >= LEAST else ()
    return Candidate(member.name, total, reasons)
