"""Speakers of labels that somebody gave: names as people write them, made what the engine makes of printed ones."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.name import PEERS, bare_name
from extractors.persona import PersonaReader
from extractors.records import ActorType, Speaker
from extractors.vocabulary import Vocabulary
from extractors.word import CURLY, name_words

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon
    from extractors.records import ActorBook, Persona

SHORT = re.compile(r"\s*\([A-Z][A-Za-z&]{1,9}\)$")
"""The acronym in brackets behind a body's name."""
ANY_CIRCLE = ""


class GivenSpeakers:
    """Reads the actors of given labels; built once from the engine's knowledge."""

    def __init__(self, lexicon: Lexicon, actors: ActorBook) -> None:
        self._vocabulary = Vocabulary(lexicon, actors)
        self._personas = PersonaReader(self._vocabulary)

    def read(self, person: str, role: str, organisation: str, kind: ActorType | None) -> Speaker:
        """The speaker with canonical names; without a ``kind`` the one that the body, the office or the role tells."""
        who, body = self._person(person), self._body(organisation)
        return Speaker(who, " ".join(role.split()), body, kind or self._kind(who, role, body))

    def persona(self, speaker: Speaker) -> Persona | None:
        """The persona of a speaker: a given name is one person, in whatever role and body, and may be split by hand."""
        persona = self._personas.read(speaker)
        if persona is None or not speaker.person or persona.scope == ANY_CIRCLE:
            return persona
        return replace(persona, ties=(*persona.ties, ANY_CIRCLE))

    def _person(self, written: str) -> str:
        """A name without titles before it and letters behind it, by the book where it is in it."""
        words = written.replace(",", " ").split()
        bare = bare_name(words, self._vocabulary.honorifics)
        for known in (" ".join(words), " ".join(bare)):
            if (name := self._vocabulary.person_named(known)) != known:
                return name
        is_peer = len(bare) == 1 and len(words) > 1 and words[-2].casefold() in PEERS
        return " ".join(words[-2:] if is_peer else bare)

    def _body(self, written: str) -> str:
        """A body's canonical name; one that is not in the book stays as it is written."""
        name = " ".join(written.translate(CURLY).split())
        for form in (name, SHORT.sub("", name)):
            words = name_words(form)
            if known := self._vocabulary.aliases.get(words[1:] if words[:1] == ("the",) else words):
                return known.name
        return name

    def _kind(self, person: str, role: str, body: str) -> ActorType:
        if body:
            return self._vocabulary.kind_of_body(body)
        if offices := self._vocabulary.offices.get(person):
            return self._vocabulary.kind_of_body(offices[-1].organisation)
        return (None if person else self._vocabulary.kind_of_words(role)) or ActorType.OTHER
