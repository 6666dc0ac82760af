"""The words that attribution is read from: the shape of config/language.yml, and how its verbs are inflected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractors.records import ActorType

VOWELS = "aeiou"


class VerbForm(StrEnum):
    """Which form of a verb stands in the text; what may precede it depends on that."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


@dataclass(frozen=True, slots=True)
class IrregularVerb:
    """A verb whose forms are not spelt by rule; an empty form is the regular one."""

    base: str
    past: str
    participle: str
    third: str = ""
    ing: str = ""


@dataclass(frozen=True, slots=True)
class Honorifics:
    """Titles before a name, lower case, by what they tell of the person."""

    masculine: tuple[str, ...]
    feminine: tuple[str, ...]
    neutral: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words or phrases that point to one kind of actor."""

    kind: ActorType
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Role nouns of one kind; with ``has_body`` their holder speaks for the body that was named last."""

    kind: ActorType
    has_body: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyNoun:
    """A common noun that stands for an organisation named before ("the union"), and the kinds it may mean."""

    noun: str
    kinds: tuple[ActorType, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A party label as printed beside a name, and the party's name."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class ShortName:
    """A first name and what its bearers are called."""

    name: str
    shorts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleBody:
    """The body to which a role belongs even if no body is printed beside it."""

    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Opposition:
    """The party of the shadow ministers from ``since`` (inclusive) to ``until`` (exclusive; None: still)."""

    party: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Nation:
    """A government with ministers for health: what they are labelled, what hints at them.

    ``chamber`` is the parliament that it answers to, ``committee`` that one's committee for health.
    """

    government: str
    chamber: str
    committee: str
    labels: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """config/language.yml, field for key; all words lower case unless they are names."""

    speech_verbs: tuple[str, ...]
    position_verbs: tuple[str, ...]
    inverting_verbs: tuple[str, ...]
    frame_verbs: tuple[str, ...]
    catenatives: tuple[str, ...]
    public_clauses: tuple[str, ...]
    view_nouns: tuple[str, ...]
    troubling_verbs: tuple[str, ...]
    quoting_verbs: tuple[str, ...]
    wishing_verbs: tuple[str, ...]
    silent_phrases: tuple[str, ...]
    irregular_verbs: tuple[IrregularVerb, ...]
    noun_like_verbs: tuple[str, ...]
    adverbs: tuple[str, ...]
    honorifics: Honorifics
    roles: tuple[RoleGroup, ...]
    role_modifiers: tuple[str, ...]
    collectives: tuple[WordGroup, ...]
    bodies: tuple[BodyNoun, ...]
    federations: tuple[str, ...]
    families: tuple[str, ...]
    body_descriptions: tuple[WordGroup, ...]
    name_openers: tuple[WordGroup, ...]
    name_keywords: tuple[WordGroup, ...]
    documents: tuple[str, ...]
    parties: tuple[Party, ...]
    oppositions: tuple[Opposition, ...]
    kind_words: tuple[WordGroup, ...]
    nations: tuple[Nation, ...]
    role_bodies: tuple[RoleBody, ...]
    furniture_ends: tuple[str, ...]
    furniture_lines: tuple[str, ...]
    caption_marks: tuple[str, ...]
    abbreviations: tuple[str, ...]
    not_names: tuple[str, ...]
    name_particles: tuple[str, ...]
    masculine_names: tuple[str, ...]
    feminine_names: tuple[str, ...]
    unisex_names: tuple[str, ...]
    opinion_marks: tuple[str, ...]
    short_names: tuple[ShortName, ...]


def inflections(base: str, irregular: IrregularVerb | None = None) -> tuple[tuple[str, VerbForm], ...]:
    """All forms of a verb with what each is; the past comes before a participle spelt alike."""
    past = irregular.past if irregular else ""
    participle = irregular.participle if irregular else ""
    third = irregular.third if irregular else ""
    ing = irregular.ing if irregular else ""
    forms = (
        (base, VerbForm.BASE),
        (third or _with_s(base), VerbForm.THIRD),
        (past or _with_ed(base), VerbForm.PAST),
        (participle or past or _with_ed(base), VerbForm.PARTICIPLE),
        (ing or _with_ing(base), VerbForm.ING),
    )
    unique = dict(reversed(forms))
    if past == base:
        unique[base] = VerbForm.PAST
    if base == "be":
        unique |= {"are": VerbForm.THIRD, "were": VerbForm.PAST}
    return tuple(unique.items())


def _with_s(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ies"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base + "s"


def _with_ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ied"
    return base + "ed"


def _with_ing(base: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + "ing"


def full_names(listed: tuple[ShortName, ...]) -> dict[str, tuple[str, ...]]:
    """Short form -> the first names that it may stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in listed:
        for short in entry.shorts:
            found[short] = (*found.get(short, ()), entry.name)
    return found
