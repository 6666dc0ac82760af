"""What an analyst says of a speaker, put as the engine puts it."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.correction import SpeakerChange, body_called, corrected_speaker, nobody, person_called
from extractors.records import ActorBook, ActorType, KnownPerson, Office, Organisation, Speaker
from extractors.vocabulary import Vocabulary
from tests.extractors.engine_setup import load_lexicon

HEALTH = Organisation("Department of Health and Social Care", ActorType.GOVERNMENT, ("DHSC", "Department of Health"))
CLERKS = Organisation("Guild of Ward Clerks", ActorType.UNION_PROFESSIONAL, ("GWC",))
TARN = KnownPerson(
    "Ossian Tarn",
    ("Ozzie Tarn", "Lord Tarn"),
    (
        Office("general secretary", CLERKS.name, until=date(2020, 1, 1)),
        Office("minister", HEALTH.name, since=date(2020, 1, 1)),
    ),
)
BOOK = Vocabulary(load_lexicon(), ActorBook((HEALTH, CLERKS), (), (TARN,)))
WAS = Speaker("Rosalind Peake", "chair", "Valley NHS Foundation Trust", ActorType.LOCAL_NHS)
DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Sir Ozzie  Tarn", "Ossian Tarn"),
        ("ossian tarn", "Ossian Tarn"),
        ("Lord Tarn", "Ossian Tarn"),
        ("Dr Rosalind Peake OBE", "Rosalind Peake"),
        ("The Rt Hon Rosalind Peake MP,", "Rosalind Peake"),
        ("Peake", "Peake"),
        ("", ""),
    ],
)
def test_persons_lose_titles_and_letters_and_go_by_the_books_name(printed: str, name: str) -> None:
    assert person_called(printed, BOOK) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("DHSC", HEALTH.name),
        ("the department of health", HEALTH.name),
        ("Moor  Parish Council", "Moor Parish Council"),
        ("", ""),
    ],
)
def test_bodies_go_by_the_books_name(printed: str, name: str) -> None:
    assert body_called(printed, BOOK) == name


def changed(elsewhere: Speaker | None = None, on: date | None = DAY, was: Speaker = WAS, **given: str) -> Speaker:
    kind = given.pop("actor_type", None)
    change = SpeakerChange(**given, actor_type=ActorType(kind) if kind else None)
    return corrected_speaker(was, change, BOOK, on, elsewhere)


def test_a_person_of_the_book_speaks_for_the_office_of_the_day() -> None:
    assert changed(person="Ozzie Tarn") == Speaker("Ossian Tarn", "minister", HEALTH.name, ActorType.GOVERNMENT)
    then = changed(person="Ozzie Tarn", on=date(2018, 1, 1))
    assert then == Speaker("Ossian Tarn", "general secretary", CLERKS.name, ActorType.UNION_PROFESSIONAL)


def test_what_another_statement_shows_of_her_goes_before_the_book() -> None:
    elsewhere = Speaker("Ossian Tarn", "peer", "House of Lords", ActorType.PARLIAMENT)
    assert changed(elsewhere, person="Ossian Tarn") == elsewhere
    given = changed(elsewhere, person="Ossian Tarn", organisation="GWC")
    assert given == Speaker("Ossian Tarn", "", CLERKS.name, ActorType.UNION_PROFESSIONAL)


def test_a_name_that_was_misread_keeps_its_role_and_body() -> None:
    assert changed(person="Rosalind Peak") == Speaker("Rosalind Peak", WAS.role, WAS.organisation, WAS.actor_type)


def test_another_body_brings_its_kind_and_a_given_kind_stays() -> None:
    assert changed(organisation="GWC").actor_type is ActorType.UNION_PROFESSIONAL
    assert changed(organisation="GWC", actor_type="other").actor_type is ActorType.OTHER
    assert changed(organisation="GWC").role == "chair"
    assert changed(organisation="").actor_type is ActorType.OTHER


def test_an_empty_name_leaves_the_body_to_speak() -> None:
    assert changed(person="") == Speaker("", "chair", WAS.organisation, WAS.actor_type)
    assert changed(role=" vice  chair ").role == "vice chair"


def test_nobody_keeps_the_printed_role_only() -> None:
    assert nobody(WAS) == Speaker("", "chair", "", ActorType.LOCAL_NHS)
