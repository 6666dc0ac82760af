"""In which circle the shipped knowledge places a name."""

from __future__ import annotations

import itertools
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.persona import PersonaReader, persona_id
from extractors.records import ActorType, Speaker

if TYPE_CHECKING:
    from extractors.statement import StatementFinder

A = ActorType


@pytest.fixture(scope="session")
def reader(finder: StatementFinder) -> PersonaReader:
    return finder.personas


CIRCLES = [
    ("Jim Fenwick", "Monitor", A.NATIONAL_BODY, "nhs england"),
    ("Jim Fenwick", "NHS Improvement", A.NATIONAL_BODY, "nhs england"),
    ("Jim Fenwick", "NHS England", A.NATIONAL_BODY, "nhs england"),
    ("Jim Fenwick", "Mid Weald ICB", A.LOCAL_NHS, "mid weald"),
    ("Jim Fenwick", "Mid Weald Integrated Care System", A.LOCAL_NHS, "mid weald"),
    ("Jim Fenwick", "The Mid Weald University Hospitals NHS Foundation Trust", A.LOCAL_NHS, "mid weald"),
    ("Jim Fenwick", "Mid and North Weald", A.OTHER, "mid north weald"),
    ("Jim Fenwick", "University Hospital Trust", A.LOCAL_NHS, "university hospital trust"),
    ("Jim Fenwick", "University of Weald", A.THINK_TANK, "university of weald"),
    ("Jim Fenwick", "Labour Party", A.PARLIAMENT, "state"),
    ("Jim Fenwick", "Health and Social Care Committee", A.PARLIAMENT, "state"),
    ("Jim Fenwick", "Department of Health and Social Care", A.GOVERNMENT, "state"),
    ("Jim Fenwick", "", A.PARLIAMENT, "state"),
    ("Jim Fenwick", "", A.OTHER, ""),
    ("Boris Johnson", "", A.OTHER, "known"),
    ("Boris Johnson", "UK Government", A.GOVERNMENT, "known"),
    ("Boris Johnson", "Conservative Party", A.PARLIAMENT, "known"),
    ("Boris Johnson", "Health and Social Care Committee", A.PARLIAMENT, "known"),
    ("boris johnson", "Greater London Authority", A.LOCAL_GOVERNMENT, "known"),
    ("Boris Johnson", "Mid Weald ICB", A.LOCAL_NHS, "mid weald"),
]


@pytest.mark.parametrize(("person", "body", "kind", "scope"), CIRCLES)
def test_circles(reader: PersonaReader, person: str, body: str, kind: ActorType, scope: str) -> None:
    persona = reader.read(Speaker(person, "role", body, kind))
    assert persona is not None
    assert (persona.name, persona.scope, persona.ties) == (person, scope, ())


def test_other_bodies_of_the_article_are_ties(reader: PersonaReader) -> None:
    bodies = ("Labour Party", "Mid Weald ICB", "Mid Weald ICS", "NHS Providers")
    persona = reader.read(Speaker("Jim Fenwick", "chair", "Mid Weald Trust", A.LOCAL_NHS, bodies))
    assert persona is not None
    assert (persona.scope, persona.ties) == ("mid weald", ("state", "nhs alliance"))


def test_a_former_body_places_a_name_that_has_no_other(reader: PersonaReader) -> None:
    persona = reader.read(Speaker("Jim Fenwick", "former chair", "", A.OTHER, ("Mid Weald ICB", "Monitor")))
    assert persona is not None
    assert (persona.scope, persona.ties) == ("mid weald", ("nhs england",))


def test_a_guessed_body_places_a_name_until_one_is_printed(reader: PersonaReader) -> None:
    speaker = Speaker("Jim Fenwick", "chair", "Mid Weald ICB", A.LOCAL_NHS, is_guessed=True)
    guessed = reader.read(speaker)
    printed = reader.read(replace(speaker, bodies=("Monitor",)))
    minister = reader.read(replace(speaker, organisation="", actor_type=A.GOVERNMENT))
    found = [(one.scope, one.ties) for one in (guessed, printed, minister) if one]
    assert found == [("~mid weald", ()), ("nhs england", ()), ("state", ())]


def test_an_organisation_is_a_persona_and_a_crowd_is_none(reader: PersonaReader) -> None:
    body = reader.read(Speaker("", "spokesperson", "NHS Providers", A.MEMBERSHIP_BODY))
    assert body is not None
    assert (body.name, body.scope, body.ties) == ("NHS Providers", "organisation", ())
    assert reader.read(Speaker("", "trust leaders", "", A.LOCAL_NHS)) is None


@pytest.mark.parametrize(
    ("name", "first_names", "surname"),
    [
        ("Jim Fenwick", ("jim", "james"), "fenwick"),
        ("J. R. Fenwick", ("j", "r"), "fenwick"),
        ("Lord Darzi of Denham", ("lord",), "darzi"),
        ("Fenwick", (), "fenwick"),
    ],
)
def test_parts_of_a_name(reader: PersonaReader, name: str, first_names: tuple[str, ...], surname: str) -> None:
    persona = reader.read(Speaker(name, "", "", A.OTHER))
    assert persona is not None
    assert persona.first_names[:1] == first_names[:1]
    assert persona.surname == surname
    if name == "Jim Fenwick":
        assert persona.first_names == first_names


def test_the_reader_can_be_pickled(reader: PersonaReader) -> None:
    speaker = Speaker("Jim Fenwick", "", "Monitor", A.NATIONAL_BODY)
    assert pickle.loads(pickle.dumps(reader)).read(speaker) == reader.read(speaker)  # noqa: S301 - our own


def test_ids_tell_names_and_circles_apart_and_no_case() -> None:
    pairs = list(
        itertools.product(("jim fenwick", "rose fenwick"), ("", "known", "state", "organisation", "mid weald"))
    )
    assert len({persona_id(*pair) for pair in pairs}) == len(pairs)
    assert persona_id("Jim FENWICK", "known") == persona_id("jim fenwick", "known")


@given(
    st.text(max_size=40), st.text(max_size=40), st.sampled_from(ActorType), st.lists(st.text(max_size=20), max_size=3)
)
def test_any_words_have_one_circle(
    reader: PersonaReader, person: str, body: str, kind: ActorType, bodies: list[str]
) -> None:
    persona = reader.read(Speaker(person, "", body, kind, tuple(bodies)))
    assert (persona is None) == (not person and not body)
    if persona:
        assert persona.scope not in persona.ties
        assert "" not in persona.ties
        assert len(set(persona.ties)) == len(persona.ties)
