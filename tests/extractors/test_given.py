"""Names as people write them in labels: what the engine makes of the same names in print."""

from __future__ import annotations

import functools

import pytest

from extractors.given import GivenSpeakers
from extractors.records import ActorType
from tests.extractors.engine_setup import load_actors, load_lexicon


@functools.cache
def speakers() -> GivenSpeakers:
    return GivenSpeakers(load_lexicon(), load_actors())


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Sir Jim Mackey", "James Mackey"),
        ("Jim Mackey", "James Mackey"),
        ("Dame Rosalind Peake DBE", "Rosalind Peake"),
        ("Rt Hon Rosalind Peake, MP", "Rosalind Peake"),
        ("Professor  Dr. Rosalind Peake", "Rosalind Peake"),
        ("Lord Darzi", "Ara Darzi"),
        ("Lord Tarn", "Lord Tarn"),
        ("Dr Tarn", "Tarn"),
        ("", ""),
    ],
)
def test_people(written: str, canonical: str) -> None:
    assert speakers().read(written, "", "", None).person == canonical


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("NHSE", "NHS England"),
        ("the Confed", "NHS Confederation"),
        ("DHSC", "Department of Health and Social Care"),
        ("The King’s Fund", "King's Fund"),
        ("British Medical Association (BMA)", "British Medical Association"),
        ("Guild of Ward Clerks", "Guild of Ward Clerks"),
        ("Guild  of Ward Clerks (GWC)", "Guild of Ward Clerks (GWC)"),
    ],
)
def test_bodies(written: str, canonical: str) -> None:
    assert speakers().read("", "", written, None).organisation == canonical


@pytest.mark.parametrize(
    ("person", "role", "organisation", "kind"),
    [
        ("", "", "NHSE", ActorType.NATIONAL_BODY),
        ("Rosalind Peake", "chair", "Mid Weald ICB", ActorType.LOCAL_NHS),
        ("James Mackey", "", "", ActorType.NATIONAL_BODY),
        ("Rosalind Peake", "", "", ActorType.OTHER),
        ("", "a source at the trust", "", ActorType.LOCAL_NHS),
        ("", "", "", ActorType.OTHER),
    ],
)
def test_kinds_where_none_is_given(person: str, role: str, organisation: str, kind: ActorType) -> None:
    assert speakers().read(person, role, organisation, None).actor_type is kind
    assert speakers().read(person, role, organisation, ActorType.PARLIAMENT).actor_type is ActorType.PARLIAMENT


def test_a_given_name_is_one_person_in_whatever_body_and_the_nameless_are_nobody() -> None:
    names = speakers()
    chair = names.persona(names.read("Rosalind Peake", "chair", "Mid Weald ICB", None))
    leader = names.persona(names.read("Dame Rosalind Peake", "leader", "Weald Council", None))
    assert chair is not None
    assert leader is not None
    assert chair.scope != leader.scope
    assert "" in chair.ties
    assert "" in leader.ties
    body = names.persona(names.read("", "", "Confed", None))
    assert body is not None
    assert (body.name, body.ties) == ("NHS Confederation", ())
    assert names.persona(names.read("", "trust leaders", "", None)) is None
