"""What a title, a party or an age beside a name tells of a person besides the role printed there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.name import PEERS
from extractors.records import ActorType
from extractors.told import PARTY_ROLE, Introduction

if TYPE_CHECKING:
    from extractors.mention import Mention
    from extractors.vocabulary import Vocabulary

AGED = re.compile(
    r",? (?:\(?(?:aged )?\d{2}\)?[,. ]"
    r"|whose (?:late |baby |own )?(?:son|daughter|mother|father|wife|husband|partner|baby)\b"
    r"|a retired [a-z]+(?: [a-z]+)?[,.]"
    r"|(?:from|of) (?:[A-Z][\w'’-]+ ?){1,3}(?: in [A-Z]\w+)?,"
    r"|one of the (?:protesters|marchers|patients|residents|campaigners|crowd)\b)"
)
"""What newspapers print behind the name of somebody who speaks as a patient, a relative or a neighbour."""
RETIRED = re.compile(r"\b[Rr]etired [a-z]+(?: [a-z]+)? $")
DOCTORS = frozenset({"dr", "prof", "professor", "sir", "dame"})
BY_TITLE = {
    "sister": ActorType.LOCAL_NHS,
    "prof": ActorType.THINK_TANK,
    "professor": ActorType.THINK_TANK,
}
"""What a title tells of somebody of whom nothing else is told."""
OF_COUNCILS = ("director of", "cabinet member", "executive member", "portfolio holder")
COUNCILLORS = frozenset({"cllr", "coun", "councillor", "alderman"})


BEFORE = 40
"""Characters before a name in which "retired miner" is looked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Role and kinds of a person as introduced; ``is_open`` where a councillor's council is still to be told."""

    role: str
    kinds: tuple[ActorType, ...]
    is_open: bool = False


def standing_of(mention: Mention, beside: Introduction, known: Vocabulary, text: str, behind: int) -> Standing:
    """The standing of the person whose name ends at offset ``behind`` of ``text``."""
    parties = known.party_names
    role, kinds, body = beside.role, beside.kinds, beside.organisation
    is_elected = "councillor" in role.lower() or body in parties or body.endswith(("Committee", "Panel"))
    if mention.title in COUNCILLORS or (ActorType.LOCAL_GOVERNMENT in kinds and is_elected):
        role = "" if role == PARTY_ROLE else role
        return Standing(role, (ActorType.LOCAL_GOVERNMENT,), is_open=not body or is_elected)
    if ActorType.LOCAL_GOVERNMENT in kinds and not body and role.lower().startswith(OF_COUNCILS):
        return Standing(role, kinds, is_open=True)
    if mention.title in PEERS:
        role = "peer" if role == PARTY_ROLE else role
        return Standing(role, kinds if body or ActorType.GOVERNMENT in kinds else (ActorType.PARLIAMENT,))
    if mention.title in BY_TITLE and not (kinds or body):
        return Standing(role, (BY_TITLE[mention.title],))
    if not (kinds or body or mention.title in DOCTORS) and _is_of_public(mention, known, text, behind):
        return Standing(role, (ActorType.PATIENT_VOLUNTARY,))
    return Standing(role, kinds)


def _is_of_public(mention: Mention, known: Vocabulary, text: str, behind: int) -> bool:
    """Whether what is printed around a name tells of a member of the public."""
    if AGED.match(text, behind) or RETIRED.search(text[max(mention.at - BEFORE, 0) : mention.at]):
        return True
    return known.public_clause.match(text, behind) is not None
