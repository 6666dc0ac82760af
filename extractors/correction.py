"""What an analyst says of a speaker, put the way the engine would put it: names, bodies and offices by the book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.name import bare_name
from extractors.records import ActorType, Speaker
from extractors.word import name_words

if TYPE_CHECKING:
    from datetime import date

    from extractors.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """What is given of the right speaker: None leaves a field alone, an empty string clears it."""

    person: str | None = None
    organisation: str | None = None
    role: str | None = None
    actor_type: ActorType | None = None


def person_called(printed: str, vocabulary: Vocabulary) -> str:
    """A person's name as it is kept: without titles and letters, by the book's name for who is in it."""
    words = printed.split()
    whole = " ".join(words)
    if whole in vocabulary.people:
        return vocabulary.people[whole]
    name = " ".join(bare_name(words, vocabulary.honorifics)).strip(" ,")
    known = {alias.casefold(): person for alias, person in vocabulary.people.items()}
    return vocabulary.people.get(name) or known.get(name.casefold(), name)


def body_called(printed: str, vocabulary: Vocabulary) -> str:
    """A body's canonical name; one that the book does not know keeps the given words."""
    words = name_words(printed)
    lowered = tuple(word.lower() for word in words)
    bare = lowered[1:] if lowered[:1] == ("the",) else lowered
    known = vocabulary.aliases.get(words) or vocabulary.lowered_aliases.get(bare)
    return known.name if known else " ".join(printed.split())


def corrected_speaker(
    was: Speaker, change: SpeakerChange, vocabulary: Vocabulary, on: date | None, elsewhere: Speaker | None
) -> Speaker:
    """The speaker that a statement has after ``change``.

    A person for whom no organisation is given speaks for the one she has ``elsewhere`` (in another statement), else for
    that of her office on the day by the book, else for that of ``was``: a name that was only misread keeps it.
    """
    person = was.person if change.person is None else person_called(change.person, vocabulary)
    is_other = bool(person) and person != was.person
    known = (elsewhere or _in_office(person, vocabulary, on)) if is_other else None
    organisation = (known or was).organisation
    if change.organisation is not None:
        organisation = body_called(change.organisation, vocabulary)
    base = known if known and known.organisation == organisation else was
    role = base.role
    if is_other and base is was and organisation != was.organisation:
        role = ""  # somebody else, elsewhere: the role printed belongs to neither
    return Speaker(
        person=person,
        role=role if change.role is None else " ".join(change.role.split()),
        organisation=organisation,
        actor_type=change.actor_type or _kind(base, organisation, vocabulary),
    )


def _kind(base: Speaker, organisation: str, vocabulary: Vocabulary) -> ActorType:
    if organisation == base.organisation:
        return base.actor_type
    return vocabulary.kind_of_body(organisation) if organisation else ActorType.OTHER


def _in_office(person: str, vocabulary: Vocabulary, on: date | None) -> Speaker | None:
    """A person of the book in the office that she held on a day; on no day, in her last."""
    offices = vocabulary.offices.get(person, ())
    held = [
        office
        for office in offices
        if on is None or ((office.since is None or office.since <= on) and (office.until is None or on < office.until))
    ]
    if not held:
        return None
    office = held[-1]
    return Speaker(person, office.role, office.organisation, vocabulary.kind_of_body(office.organisation))


def nobody(was: Speaker) -> Speaker:
    """The speaker as somebody whom nobody knows: only the printed role stays."""
    return replace(was, person="", organisation="", bodies=())
