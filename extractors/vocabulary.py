"""Lexicon and actor book compiled for look-up: phrases by their first word, names by theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from extractors.body_name import capitalised
from extractors.lexicon import IrregularVerb, Lexicon, RoleGroup, VerbForm, full_names, inflections
from extractors.office import OfficeReader
from extractors.records import ActorBook, ActorType, Organisation
from extractors.role import TAIL_OF_ROLE
from extractors.word import CURLY, name_words, sizes_by_first, whole_words

MAX_KINDS = 4096
"""Names, and descriptions, whose kind is remembered from one article to the next."""


class VerbClass(StrEnum):
    """What a reporting verb does with what follows it."""

    SPEECH = "speech"
    POSITION = "position"
    FRAME = "frame"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class VerbPhrase:
    """One inflected form of a reporting verb or phrase, as lower-case words."""

    words: tuple[str, ...]
    verb_class: VerbClass
    form: VerbForm
    is_noun_like: bool
    is_quoting: bool
    is_wishing: bool


class NounClass(StrEnum):
    """What a common noun phrase may stand for as a speaker."""

    ROLE = "role"
    COLLECTIVE = "collective"
    BODY = "body"
    DOCUMENT = "document"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase of the lexicon as lower-case words, with the kinds of actor it points to."""

    words: tuple[str, ...]
    noun_class: NounClass
    kinds: tuple[ActorType, ...]
    has_body: bool = False


Phrase = TypeVar("Phrase", bound=VerbPhrase | NounPhrase)


class Vocabulary:
    """Look-up tables, built once; holds only tuples, dicts and compiled patterns, so it can be pickled."""

    def __init__(self, lexicon: Lexicon, actors: ActorBook) -> None:
        self._read_words(lexicon)
        self._read_people(lexicon, actors)
        self._read_kinds(lexicon, actors)
        self._read_bodies(lexicon, actors)

    def _read_words(self, lexicon: Lexicon) -> None:
        """Verbs, nouns and the small words of attribution."""
        self.verbs = _verb_table(lexicon)
        self.lone_verbs = _of_one_word(self.verbs)
        self.long_verbs = _by_second_word(self.verbs)
        self.nouns = _noun_table(lexicon)
        self.lone_nouns = _of_one_word(self.nouns)
        self.long_nouns = _by_second_word(self.nouns)
        self.heads = frozenset(self.verbs) | frozenset(self.nouns)
        irregulars = {verb.base: verb for verb in lexicon.irregular_verbs}
        self.inverting = frozenset(
            spelling for base in lexicon.inverting_verbs for spelling, _ in inflections(base, irregulars.get(base))
        )
        self.not_names = frozenset(lexicon.not_names)
        self.particles = frozenset(lexicon.name_particles) - {"of"}
        self.adverbs = frozenset(lexicon.adverbs)
        self.public_clause = re.compile(rf",? (?:who )?(?:{'|'.join(lexicon.public_clauses)})\b")
        self.view_nouns = frozenset(lexicon.view_nouns)
        self.troubling = frozenset(spelling for verb in lexicon.troubling_verbs for spelling, _ in inflections(verb))
        self.documents = frozenset(words.split()[-1] for words in lexicon.documents)
        self.modifiers = frozenset(lexicon.role_modifiers)
        phrases = [phrase for group in lexicon.roles for phrase in group.words]
        self.role_heads = frozenset(TAIL_OF_ROLE.split(phrase)[0].split()[-1] for phrase in phrases)
        public = {ActorType.LOCAL_NHS, ActorType.PATIENT_VOLUNTARY}
        titles = [
            phrase for group in lexicon.roles if group.has_body or group.kind not in public for phrase in group.words
        ]
        self.title_heads = frozenset(TAIL_OF_ROLE.split(title)[0].split()[-1] for title in titles) - {"general"}
        self.role_words = frozenset(word for phrase in phrases for word in phrase.split()) | self.modifiers

    def _read_people(self, lexicon: Lexicon, actors: ActorBook) -> None:
        """First names, titles and the people of the book."""
        self.masculine = frozenset(lexicon.masculine_names) | frozenset(lexicon.honorifics.masculine)
        self.feminine = frozenset(lexicon.feminine_names) | frozenset(lexicon.honorifics.feminine)
        self.first_names = frozenset().union(lexicon.masculine_names, lexicon.feminine_names, lexicon.unisex_names)
        spoken = lexicon.honorifics
        self.honorifics = frozenset(spoken.masculine + spoken.feminine + spoken.neutral)
        self.short_names = {entry.name: frozenset(entry.shorts) for entry in lexicon.short_names}
        self.full_names = full_names(lexicon.short_names)
        self.offices = {person.name: person.offices for person in actors.people}
        self.people = {
            alias.translate(CURLY): person.name for person in actors.people for alias in (person.name, *person.aliases)
        }

    def _read_kinds(self, lexicon: Lexicon, actors: ActorBook) -> None:
        """What tells the kind of a body or of somebody nameless."""
        self.offices_of_state = OfficeReader(lexicon)
        self.oppositions = lexicon.oppositions
        self.keywords = {word.split()[-1].lower() for group in lexicon.name_keywords for word in group.words}
        self.opening_words = frozenset(words.split()[0] for group in lexicon.name_openers for words in group.words)
        self.openers = {tuple(words.split()): group.kind for group in lexicon.name_openers for words in group.words}
        self.families = frozenset(lexicon.families)
        self.federations = frozenset(lexicon.federations)
        self.described = {word: group.kind for group in lexicon.body_descriptions for word in group.words}
        self._kinds: dict[str, ActorType] = {}
        self._told: dict[str, ActorType | None] = {}
        kinds = [(word, group.kind) for group in lexicon.name_keywords for word in group.words]
        self._keyword_kinds = sorted(kinds, key=lambda entry: (-entry[0].count(" "), -len(entry[0])))
        self._kind_words = tuple((whole_words(group.words), group.kind) for group in lexicon.kind_words)
        self._patterns = tuple((re.compile(entry.pattern), entry.kind) for entry in actors.patterns)

    def _read_bodies(self, lexicon: Lexicon, actors: ActorBook) -> None:
        """The bodies of the book and the parties, by all their names."""
        self.organisations = {entry.name: entry for entry in actors.organisations}
        party_names = _parties(lexicon)
        self.organisations |= {entry.name: entry for entry in party_names if entry.name not in self.organisations}
        self.aliases = _alias_table((*actors.organisations, *party_names))
        self.alias_sizes = sizes_by_first(self.aliases)
        names = [name for entry in actors.organisations for name in (entry.name, *entry.aliases)]
        self.listing = frozenset(name_words(name) for name in names if "," in name)
        self.lowered_aliases = {
            tuple(word.lower() for word in words): found for words, found in self.aliases.items() if len(words) > 1
        }
        self.lowered_sizes = sizes_by_first(words[::-1] for words in self.lowered_aliases)
        self.parties = {party.label.lower(): self.body_named(party.name) or party.name for party in lexicon.parties}
        self.party_names = frozenset(self.parties.values())

    def person_named(self, printed: str) -> str:
        """The canonical name of a person of the book; any other name as printed."""
        return self.people.get(printed if printed.isascii() else printed.translate(CURLY), printed)

    def body_noun(self, role: str) -> NounPhrase | None:
        """The noun of a body inside a role ("committee" in "committee chair")."""
        words = tuple(role.lower().split()[:-1])
        for at, word in enumerate(words):
            for noun in self.nouns.get(word, ()):
                if noun.noun_class is NounClass.BODY and words[at : at + len(noun.words)] == noun.words:
                    return noun
        return None

    def kind_of_words(self, description: str) -> ActorType | None:
        """The kind that a nameless speaker's description tells ("a source at the trust"), by its last telling word."""
        lowered = description.lower()
        if lowered not in self._told:
            if len(self._told) > MAX_KINDS:
                self._told.clear()
            self._told[lowered] = self._find_told(lowered)
        return self._told[lowered]

    def _find_told(self, lowered: str) -> ActorType | None:
        told = [
            (found.end(), found.end() - found.start(), kind)
            for pattern, kind in self._kind_words
            for found in pattern.finditer(lowered)
        ]
        return max(told, key=lambda one: one[:2])[2] if told else None

    def body_named(self, publisher: str) -> str:
        """A publisher that is a body and can speak, by its canonical name; empty for an outlet."""
        known = self.aliases.get(name_words(publisher))
        if known:
            return known.name
        return publisher if any(pattern.search(publisher) for pattern, _ in self._patterns) else ""

    def kind_of_body(self, name: str) -> ActorType:
        """The kind of a body by the book, else by a pattern, else by the keyword in its name."""
        kind = self._kinds.get(name)
        if kind is None:
            if len(self._kinds) > MAX_KINDS:
                self._kinds.clear()
            kind = self._kinds[name] = self._find_kind(name)
        return kind

    def _find_kind(self, name: str) -> ActorType:
        known = self.organisations.get(name)
        if known:
            return known.kind
        for words, kind in self.openers.items():
            if tuple(name.split()[: len(words)]) == words:
                return kind
        written = capitalised(name)  # some print "Kent Weald integrated care board"
        for pattern, kind in self._patterns:
            if pattern.search(name) or pattern.search(written):
                return kind
        if name.startswith("NHS "):
            return ActorType.LOCAL_NHS
        padded = f" {name} "
        for word, kind in self._keyword_kinds:
            if f" {word} " in padded:
                return kind
        return self._kind_of_noun(name.rsplit(" ", 1)[-1])

    def _kind_of_noun(self, word: str) -> ActorType:
        """The kind that a common noun at the end of a name tells ("the North Wolds partnership")."""
        nouns = (noun for noun in self.nouns.get(word, ()) if noun.noun_class is NounClass.BODY and noun.kinds)
        return next((noun.kinds[0] for noun in nouns), ActorType.OTHER)


def _verb_table(lexicon: Lexicon) -> dict[str, tuple[VerbPhrase, ...]]:
    irregulars = {verb.base: verb for verb in lexicon.irregular_verbs}
    table: dict[str, dict[tuple[str, ...], VerbPhrase]] = {}
    for verb_class, bases in (
        (VerbClass.FRAME, lexicon.frame_verbs),
        (VerbClass.POSITION, lexicon.position_verbs),
        (VerbClass.SPEECH, lexicon.speech_verbs),
        (VerbClass.SILENT, lexicon.silent_phrases),
    ):
        for base in bases:
            for phrase in _phrases(base, verb_class, irregulars, lexicon):
                table.setdefault(phrase.words[0], {})[phrase.words] = phrase
    return {
        first: tuple(sorted(found.values(), key=lambda phrase: -len(phrase.words))) for first, found in table.items()
    }


def _of_one_word(phrases: dict[str, tuple[Phrase, ...]]) -> dict[str, Phrase]:
    """The phrases of one word; of several that are spelt alike, the first."""
    lone = ((first, phrase) for first, found in phrases.items() for phrase in reversed(found) if len(phrase.words) == 1)
    return dict(lone)


def _by_second_word(phrases: dict[str, tuple[Phrase, ...]]) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """The phrases of several words by their first two, the longest first."""
    table: dict[str, dict[str, tuple[Phrase, ...]]] = {}
    for first, found in phrases.items():
        for phrase in found:
            if len(phrase.words) > 1:
                row = table.setdefault(first, {})
                row[phrase.words[1]] = (*row.get(phrase.words[1], ()), phrase)
    return table


def _phrases(
    base: str, verb_class: VerbClass, irregulars: dict[str, IrregularVerb], lexicon: Lexicon
) -> list[VerbPhrase]:
    first, *rest = base.split()
    is_quoting, is_wishing = base in lexicon.quoting_verbs, first in lexicon.wishing_verbs
    return [
        VerbPhrase((spelling, *rest), verb_class, form, base in lexicon.noun_like_verbs, is_quoting, is_wishing)
        for spelling, form in inflections(first, irregulars.get(first))
    ]


def _noun_table(lexicon: Lexicon) -> dict[str, tuple[NounPhrase, ...]]:
    entries = [_role_phrase(group, words) for group in lexicon.roles for words in group.words]
    entries += [
        NounPhrase(tuple(words.split()), NounClass.COLLECTIVE, (group.kind,))
        for group in lexicon.collectives
        for words in group.words
    ]
    entries += [NounPhrase(tuple(body.noun.split()), NounClass.BODY, body.kinds) for body in lexicon.bodies]
    entries += [NounPhrase(tuple(words.split()), NounClass.DOCUMENT, ()) for words in lexicon.documents]
    entries += [NounPhrase((word,), NounClass.PRONOUN, ()) for word in ("he", "she", "they", "it", "we")]
    table: dict[str, list[NounPhrase]] = {}
    for entry in entries:
        table.setdefault(entry.words[0], []).append(entry)
    return {first: tuple(sorted(found, key=lambda noun: -len(noun.words))) for first, found in table.items()}


def _role_phrase(group: RoleGroup, words: str) -> NounPhrase:
    return NounPhrase(tuple(words.split()), NounClass.ROLE, (group.kind,), group.has_body)


def _parties(lexicon: Lexicon) -> tuple[Organisation, ...]:
    """Parties as bodies; what else than their names they are called in running text, the actor book says."""
    return tuple({party.name: Organisation(party.name, ActorType.PARLIAMENT) for party in lexicon.parties}.values())


def _alias_table(organisations: tuple[Organisation, ...]) -> dict[tuple[str, ...], Organisation]:
    """Words of a printed name -> the body; a leading "The" may be missing in print."""
    table: dict[tuple[str, ...], Organisation] = {}
    for organisation in organisations:
        for alias in (organisation.name, *organisation.aliases):
            words = name_words(alias)
            if words:
                table.setdefault(words, organisation)
    return table
