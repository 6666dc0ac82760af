"""What an introduction tells of a person."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import ActorType

PARTY_ROLE = "MP"


@dataclass(frozen=True, slots=True)
class Introduction:
    """Role and body beside a name; empty strings for what is not printed; ``place`` may be short for the body.

    With ``has_body`` the role is one whose holder speaks for a body, though none stands beside it; ``former_body`` is
    that of an office given up.
    """

    role: str = ""
    organisation: str = ""
    kinds: tuple[ActorType, ...] = ()
    has_body: bool = False
    is_former: bool = False
    former_body: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        """Whether anything is told."""
        return self != NOTHING


NOTHING = Introduction()
