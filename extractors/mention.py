"""Mentions of possible speakers in a paragraph: people, bodies, roles, collectives, documents, pronouns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from extractors.word import Words

if TYPE_CHECKING:
    from extractors.records import ActorType
    from extractors.vocabulary import VerbPhrase

DEFINITE = frozenset({"the", "its", "his", "her", "their", "this", "our", "my"})
INDEFINITE = frozenset({"a", "an", "one", "another", "some"})


class MentionKind(StrEnum):
    """What a mention may resolve to."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ROLE = "role"
    COLLECTIVE = "collective"
    BODY = "body"
    DOCUMENT = "document"
    PRONOUN = "pronoun"


BODIES = frozenset({MentionKind.ORGANISATION, MentionKind.BODY})
ANIMATE = frozenset({MentionKind.PERSON, MentionKind.ROLE, MentionKind.COLLECTIVE})
NAMELESS_KINDS = frozenset({MentionKind.ROLE, MentionKind.COLLECTIVE})


class Mention(NamedTuple):  # no dataclass: a frozen one of so many fields takes three times as long to build
    """A possible speaker at words [first, last) of a paragraph; ``at`` is its offset in the document.

    ``text`` is the name, the role without its body, or the words as printed; ``owner`` is the body that stands
    with a role or a document ("the union's officer", "director of X"); ``lead`` is the word that determines it,
    ``place`` a name that may be short for its body's ("the chief executive of Mid Weald").
    """

    kind: MentionKind
    first: int
    last: int
    at: int
    text: str
    actor_kinds: tuple[ActorType, ...] = ()
    lead: str = ""
    title: str = ""
    short: str = ""
    is_partial: bool = False
    is_former: bool = False
    has_body: bool = False
    owner: Mention | None = None
    place: str = ""


class Verb(NamedTuple):
    """A reporting verb at words [first, last)."""

    first: int
    last: int
    phrase: VerbPhrase


@dataclass(frozen=True, slots=True)
class Scan:
    """One paragraph read: its words, verbs and mentions, and the mentions by their first word and by their end."""

    words: Words
    verbs: tuple[Verb, ...]
    verb_starts: tuple[int, ...]
    mentions: tuple[Mention, ...]
    mention_starts: tuple[int, ...]
    by_first: dict[int, list[Mention]] = field(default_factory=dict)
    by_last: dict[int, list[Mention]] = field(default_factory=dict)
    openings: dict[tuple[int, int], Mention | None] = field(default_factory=dict)
    """What stretches of words are about, as far as it was asked."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words [first, last) that begin in ``[start, end)`` of the document."""
        return bisect_left(self.words.starts, start), bisect_left(self.words.starts, end)

    def begins_verb(self, index: int) -> bool:
        """Whether a reporting verb begins at a word."""
        place = bisect_left(self.verb_starts, index)
        return place < len(self.verb_starts) and self.verb_starts[place] == index

    def between(self, first: int, last: int) -> tuple[Mention, ...]:
        """The mentions that begin among words [first, last)."""
        return self.mentions[bisect_left(self.mention_starts, first) : bisect_left(self.mention_starts, last)]


def is_lone(mention: Mention) -> bool:
    """Whether a mention is one capitalised word that may or may not be somebody's name."""
    return mention.kind is MentionKind.PERSON and mention.is_partial and not mention.title
