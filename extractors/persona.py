"""In which circle a name is placed: what tells one Jane Smith from another, and one from herself in another role."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from extractors.identity import body_key, content_id
from extractors.records import STATE, ActorType, Persona, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.records import Organisation
    from extractors.vocabulary import Vocabulary

KNOWN, IN_OFFICE, ORGANISATION = "known", "state", "organisation"
"""Scopes that are no body's: a person of the book, a politician, and an organisation that speaks itself."""
GUESSED = "~"
"""Before a circle where no article places the name: the body was the one that the text was about."""
GENERIC = frozenset((
    "the", "of", "and", "for", "in", "at", "nhs", "foundation", "trust", "trusts", "university", "teaching",
    "hospital", "hospitals", "healthcare", "board", "boards", "integrated", "care", "system", "systems",
    "partnership", "partnerships", "group", "health", "service", "services",
))  # fmt: skip
"""Words that a local body gains, loses and changes while its place stays ("Mid Weald ICB", "Mid Weald ICS")."""

_PLAIN = str.maketrans(
    {"-": " ", "\u2010": " ", "\u2011": " ", "\u2013": " ", "'": "", "\u2019": "", "\u2018": "", "`": ""}
)


def name_key(name: str) -> str:
    """A name in plain lower case, the same whatever a house does with accents, hyphens and apostrophes."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(bare.translate(_PLAIN).casefold().split())


def persona_id(name: str, scope: str) -> str:
    """Identifier of a name in a scope; that of an organisation, or of a name without a body, is the plain name's."""
    return content_id(scope or "person", name_key(name))


class PersonaReader:
    """Places speakers; built once from the engine's knowledge, and can be pickled."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._heirs = _heirs(vocabulary.organisations.values())
        self._offices = {
            name_key(name): frozenset(self._heir(office.organisation) for office in offices)
            for name, offices in vocabulary.offices.items()
        }

    def read(self, speaker: Speaker) -> Persona | None:
        """The persona of a speaker, or None for somebody nameless."""
        if not speaker.person:
            name = speaker.organisation
            return Persona(name, ORGANISATION, (), "", ()) if name else None
        name = speaker.person
        scopes = [self._scope(name, body, self._vocabulary.kind_of_body(body)) for body in speaker.bodies]
        own = self._scope(name, speaker.organisation, speaker.actor_type)
        is_guess = speaker.is_guessed and own not in {"", KNOWN, IN_OFFICE}
        scopes = scopes or [GUESSED + own] if is_guess else [own, *scopes]
        first, *others = dict.fromkeys(filter(None, scopes)) or ("",)  # a former body places a name that has no other
        given, surname = self._parts(name)
        return Persona(name, first, tuple(others), surname, given)

    def _scope(self, name: str, body: str, kind: ActorType) -> str:
        offices = self._offices.get(name_key(name))
        if offices is not None and self._is_in_office(offices, body, kind):
            return KNOWN
        if kind in STATE or body in self._vocabulary.party_names:
            return IN_OFFICE
        return self._place(body, kind)

    def _is_in_office(self, offices: frozenset[str], body: str, kind: ActorType) -> bool:
        """Whether this may be the person of the book: in an office, in a party, or a politician there and here."""
        if not body or body in self._vocabulary.party_names or self._heir(body) in offices:
            return True
        return kind in STATE and any(self._vocabulary.kind_of_body(held) in STATE for held in offices)

    def _place(self, body: str, kind: ActorType) -> str:
        """A body in plain words, by its last heir; a local one by what its kind of body is not called."""
        heir = self._heir(body)
        key, told = body_key(heir), self._vocabulary.kind_of_body(heir)
        if ActorType.LOCAL_NHS not in {kind, told} and told is not ActorType.OTHER:
            return key
        return " ".join(word for word in key.split() if word not in GENERIC) or key

    def _heir(self, body: str) -> str:
        """The body that a body became in the end, by the book."""
        passed = {body}
        while (heir := self._heirs.get(body)) and heir not in passed:
            passed.add(heir)
            body = heir
        return body

    def _parts(self, name: str) -> tuple[tuple[str, ...], str]:
        """The first name with those that it may stand for, and the surname, in lower case."""
        words = name_key(name.split(" of ", maxsplit=1)[0]).replace(".", "").split()
        return ((words[0], *self._vocabulary.full_names.get(words[0], ())) if len(words) > 1 else ()), (words or [""])[
            -1
        ]


def _heirs(organisations: Iterable[Organisation]) -> dict[str, str]:
    """Predecessor -> heir."""
    return {earlier: heir.name for heir in organisations for earlier in heir.predecessors}
