"""Which found statement answers which annotated one, and whether its speaker is the same actor."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from extractors.identity import body_key
from tests.extractors.engine_setup import load_actors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.records import Speaker

TITLES = re.compile(r"^(?:(?:sir|dame|lord|lady|baroness|viscount|dr|prof|professor|mr|mrs|ms|miss|cllr|rt hon) )+")
FORMS = re.compile(
    r"^nhs (?!england|providers|confederation|improvement)"
    r"| (?:university|teaching|hospitals?|nhs|foundation|trust|borough|county|city|district|metropolitan)\b"
)
LEAST_OVERLAP = 0.5
"""Characters that two spans share, as a share of the longer one."""


class Span(Protocol):
    """Anything with offsets into the same text."""

    @property
    def start(self) -> int:
        """Offset of the first character."""
        ...

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        ...


class Annotated(Protocol):
    """An annotated speaker; empty strings for what was not annotated."""

    @property
    def person(self) -> str:
        """Full name."""
        ...

    @property
    def role(self) -> str:
        """Role, or the printed words of a nameless speaker."""
        ...

    @property
    def organisation(self) -> str:
        """Body spoken for."""
        ...


E_ = TypeVar("E_", bound=Span)
F_ = TypeVar("F_", bound=Span)


def match(expected: Sequence[E_], found: Sequence[F_]) -> list[tuple[E_, F_]]:
    """Pairs that overlap enough, one to one, the largest overlap first."""
    pairs = []
    for e, wanted in enumerate(expected):
        for f, given in enumerate(found):
            overlap = min(wanted.end, given.end) - max(wanted.start, given.start)
            if overlap >= LEAST_OVERLAP * max(wanted.end - wanted.start, given.end - given.start):
                pairs.append((overlap, e, f))
    free_e, free_f = set(range(len(expected))), set(range(len(found)))
    matched: list[tuple[int, int]] = []
    for _, e, f in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if e in free_e and f in free_f:
            free_e.remove(e)
            free_f.remove(f)
            matched.append((e, f))
    return [(expected[e], found[f]) for e, f in sorted(matched)]


def is_same_actor(expected: Annotated, speaker: Speaker) -> bool:
    """The same person; where none is named, the same body; and nobody where nobody is named."""
    if expected.person or speaker.person:
        return plain(expected.person) == plain(speaker.person)
    return is_same_body(expected, speaker)


def is_same_body(expected: Annotated, speaker: Speaker) -> bool:
    """Whether the organisation is the same, by the actor book's names."""
    return canonical(expected.organisation) == canonical(speaker.organisation)


def plain(name: str) -> str:
    """A person's name as lower-case words without marks and without a title before it."""
    return TITLES.sub("", re.sub(r"\W+", " ", name.replace("’", "'")).strip().casefold())


def canonical(name: str) -> str:
    """A body's plain name as the actor book has it; of a trust or a council, without the words for its legal form."""
    key = _aliases().get(body_key(name), body_key(name))
    return FORMS.sub("", key).strip() or key


@cache
def _aliases() -> dict[str, str]:
    return {
        body_key(alias): body_key(entry.name)
        for entry in load_actors().organisations
        for alias in (*entry.aliases, entry.name)
    }
