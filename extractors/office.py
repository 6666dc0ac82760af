"""Offices that belong to a government though none is printed: whose "health secretary" an article means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.word import whole_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractors.lexicon import Lexicon, Nation

MINISTERIAL = re.compile(
    r"\b(?:minister|secretary of state|under-secretary|permanent secretary"
    r"|(?:cabinet|health|care|social care) secretary)\b"
)
HEALTHY = re.compile(
    r"\b(?:health|care|pharmacy|hospitals?|patient|dental|dentistry|prevention|mental|nhs|maternity|ageing|innovation)\b"
)
BARE = re.compile(
    r"(?:the |junior |cabinet |second )?(?:minister|minister of state|secretary of state|cabinet secretary"
    r"|permanent secretary|(?:parliamentary )?under-secretary(?: of state)?)"
)
PRESIDING = re.compile(r"(?:deputy |mr |madam )*(?:presiding officer|speaker)|(?:dirprwy )?lywydd")
"""Who has the chair of a parliament."""
HEALTH_COMMITTEE = re.compile(r"health (?:select )?committee")
NATIONAL = re.compile(
    r"nhs (?:\w+ )?(?:chief (?:operating|financial|nursing|medical|information|delivery|people|strategy) officer"
    r"|(?:national )?medical director|chief nurse|chair|chairman|chief executive|national director\b.*)"
)
"""An officer of the whole service in England ("NHS Chief Operating Officer")."""
JOINED = re.compile(r",? and |, ")
SHADOWED = re.compile(r"\b(?:shadow|former|ex|prime|first)\b")
LEAST_LEAD = 1.5
"""How many times as often as any other a nation must be hinted at for an unlabelled office to be its own."""


class OfficeReader:
    """Tells ministers' governments; built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._nations = lexicon.nations
        self._hints = tuple(whole_words(nation.hints) for nation in lexicon.nations)
        self._fixed = {body.role: body.organisation for body in lexicon.role_bodies}

    def government_of(self, text: str) -> str:
        """The government whose health ministers an article means when it does not say; empty if several could be.

        The first line of ``text`` is the publisher: a nation's own tells it alone.
        """
        publisher = text.split("\n", 1)[0]
        own = [nation for hints, nation in zip(self._hints, self._nations, strict=True) if hints.search(publisher)]
        if len(own) == 1:
            return own[0].government
        pairs = zip(self._hints, self._nations, strict=True)
        counts = [(len(hints.findall(text)), nation) for hints, nation in pairs]
        counts.sort(key=lambda entry: -entry[0])
        if counts[0][0] and counts[0][0] >= LEAST_LEAD * counts[1][0]:
            return counts[0][1].government
        return self._nations[-1].government if not counts[0][0] else ""

    def house_of(self, printed: str, own: Callable[[], str]) -> str:
        """The parliament that a role in capitals presides over, the one that "the health committee" is of, or nothing.

        A speaker in small letters may be anybody's.
        """
        is_committee = HEALTH_COMMITTEE.fullmatch(printed.lower()) is not None
        if not is_committee and not (printed[:1].isupper() and PRESIDING.fullmatch(printed.lower())):
            return ""
        government = own()
        nation = next((nation for nation in self._nations if nation.government == government), None)
        return "" if nation is None else nation.committee if is_committee else nation.chamber

    def body_of(self, role: str, own: Callable[[], str]) -> str:
        """The body of an office by its (lower-case) words; ``own`` tells the article's own government, if need be."""
        fixed = self._fixed.get(role) or self._fixed.get(JOINED.split(role, maxsplit=1)[0])
        if fixed:
            return fixed
        if NATIONAL.fullmatch(role):
            return self._fixed["nhs chief executive"]
        if not MINISTERIAL.search(role) or SHADOWED.search(role):
            return ""
        labelled = next((nation for nation in self._nations if _is_labelled(nation, role)), None)
        if labelled:
            return labelled.government
        return own() if HEALTHY.search(role) or BARE.fullmatch(role) else ""


def _is_labelled(nation: Nation, role: str) -> bool:
    return any(role.startswith(label + " ") for label in nation.labels)
