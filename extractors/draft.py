"""A paragraph while its mentions are gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.mention import Mention, MentionKind
from extractors.word import Words

BETWEEN = frozenset(
    {
        "the",
        "its",
        "neighbouring",
        "nearby",
        "new",
        "newly",
        "formed",
        "now",
        "former",
        "old",
        "proposed",
        "merged",
        "local",
        "national",
        "uk",
    }
    | {"campaign", "pressure", "patient", "patients", "lobby", "health", "group", "charity", "think", "tank", "union"}
    | {
        "body",
        "trade",
        "membership",
        "giant",
        "firm",
        "consultancy",
        "network",
        "law",
        "software",
        "outsourcing",
        "management",
        "accountancy",
        "tech",
        "patients'",
        "industry",
        "private",
        "influential",
    }
)
"""Words that may stand between "of" and the name of a body."""
MAX_BETWEEN = 3


@dataclass(slots=True)
class Draft:
    """A paragraph while its mentions are gathered: what begins and ends where, and which words are names."""

    words: Words
    text: str
    mentions: dict[int, list[Mention]] = field(default_factory=dict)  # by their first words
    taken: set[int] = field(default_factory=set)
    body_first: dict[int, Mention] = field(default_factory=dict)
    body_last: dict[int, Mention] = field(default_factory=dict)
    person_first: set[int] = field(default_factory=set)
    person_last: dict[int, Mention] = field(default_factory=dict)
    verb_first: set[int] = field(default_factory=set)

    def add_body(self, mention: Mention) -> None:
        """Keep a body, so that roles and documents may lean on it."""
        self.body_first[mention.first] = mention
        self.body_last[mention.last] = mention
        self.add(mention)

    def add(self, mention: Mention) -> None:
        """Keep a mention."""
        self.mentions.setdefault(mention.first, []).append(mention)

    def drop(self, first: int, last: int) -> None:
        """Forget what begins among words [first, last)."""
        for at in range(first, last):
            self.mentions.pop(at, None)

    def drop_people(self, first: int, last: int) -> None:
        """Forget the people whose names begin among words [first, last)."""
        self.person_first.difference_update(range(first, last))
        for at in range(first, last):
            if at in self.mentions:
                self.mentions[at] = [one for one in self.mentions[at] if one.kind is not MentionKind.PERSON]

    def before(self, index: int) -> str:
        """The lower-case word right before word ``index``; empty behind punctuation."""
        return self.words.lowered[index - 1] if index and self.words.is_glued[index - 1] else ""

    def printed(self, first: int, last: int) -> str:
        """Words [first, last) as the document prints them."""
        return self.text[self.words.starts[first] : self.words.ends[last - 1]]

    def body_behind(self, index: int) -> Mention | None:
        """The body that begins behind word ``index``; an article or "the new", "campaign group" may stand between."""
        lowered, glued = self.words.lowered, self.words.is_glued
        for at in range(index + 1, min(index + 2 + MAX_BETWEEN, len(lowered))):
            if found := self.body_first.get(at):
                return self._named(found)
            if not glued[at] or lowered[at] not in BETWEEN:
                return None
        return None

    def _named(self, body: Mention) -> Mention:
        """Of "the campaign group X" the X; any other body as it is."""
        last = body.last
        while last < len(self.words.lowered) and self.words.lowered[last] in BETWEEN and self.words.is_glued[last - 1]:
            last += 1
        name = self.body_first.get(last) if body.kind is MentionKind.BODY and self.words.is_glued[last - 1] else None
        return name if name and name.kind is MentionKind.ORGANISATION else body
