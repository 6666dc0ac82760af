"""Speakers: names, roles and bodies resolved inside one article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from extractors.records import ActorBook, ActorType, Document, KnownPerson, Office, Speaker
from extractors.statement import StatementFinder

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon


def speakers(finder: StatementFinder, text: str, published_on: date | None = None) -> list[Speaker]:
    return [passage.speaker for passage in finder.find(Document(text, published_on=published_on))]


INTRODUCED = "Sir Tobias Wrenfield, chief executive of Ashmoor Hospitals NHS Foundation Trust, said the plan was thin."


@pytest.mark.parametrize(
    "later",
    [
        "Wrenfield said it was late.",
        "Mr Wrenfield said it was late.",
        "Sir Tobias said it was late.",
        "He added that it was late.",
        "The chief executive said it was late.",
        "“It is late,” he went on.",
        "“It is late and it is thin. Nobody asked us for it.”",
    ],
)
def test_later_mentions_are_the_same_person(finder: StatementFinder, later: str) -> None:
    first, second = speakers(finder, f"{INTRODUCED}\n\n{later}")
    assert first == second
    assert first == Speaker(
        "Tobias Wrenfield", "chief executive", "Ashmoor Hospitals NHS Foundation Trust", ActorType.LOCAL_NHS
    )


def test_a_short_first_name_resolves(finder: StatementFinder) -> None:
    found = speakers(finder, "Sir James Tallow of the King’s Fund said it was late.\n\nSir Jim said it was thin.")
    assert {speaker.person for speaker in found} == {"James Tallow"}


def test_pronouns_respect_what_is_known_of_a_person(finder: StatementFinder) -> None:
    text = "Dame Helen Marl said it was late.\n\nMr David Orrin said it was not.\n\nShe said it was thin."
    assert [speaker.person for speaker in speakers(finder, text)] == ["Helen Marl", "David Orrin", "Helen Marl"]


def test_acronyms_and_short_forms_of_a_body(finder: StatementFinder) -> None:
    text = (
        "The Society of Ward Clerks (SWC) said it was late.\n\nThe SWC said it was thin.\n\n"
        "The society warned that it was dear."
    )
    assert {speaker.organisation for speaker in speakers(finder, text)} == {"Society of Ward Clerks"}


@pytest.mark.parametrize(
    ("text", "organisation", "kind"),
    [
        ("The Confed said it was late, the NHS Confederation’s board having met.", "NHS Confederation", "membership"),
        ("A Department of Health spokesperson said it was late.", "Department of Health and Social Care", "government"),
        ("RCN Scotland warned that it was late.", "Royal College of Nursing", "union"),
        ("North Fenland Integrated Care Board said it was late.", "North Fenland Integrated Care Board", "local_nhs"),
        ("Ludbury Council said it was late.", "Ludbury Council", "local_government"),
        ("The government’s guidance states that it is late.", "UK Government", "government"),
    ],
)
def test_bodies_speak_under_their_canonical_name(
    finder: StatementFinder, text: str, organisation: str, kind: str
) -> None:
    (speaker,) = speakers(finder, text)
    assert (speaker.person, speaker.organisation) == ("", organisation)
    assert speaker.actor_type.value.startswith(kind)


@pytest.mark.parametrize(
    ("text", "printed", "kind"),
    [
        ("Trust leaders fear that it is late.", "Trust leaders", ActorType.LOCAL_NHS),
        ("A senior NHS source said it was late.", "A senior NHS source", ActorType.OTHER),
        ("One ICB chief executive told us it was late.", "One ICB chief executive", ActorType.LOCAL_NHS),
        ("Campaigners say that it is late.", "Campaigners", ActorType.PATIENT_VOLUNTARY),
        ("A former trust chair said it was late.", "A former trust chair", ActorType.OTHER),
    ],
)
def test_the_nameless_keep_their_words_and_get_no_identity(
    finder: StatementFinder, text: str, printed: str, kind: ActorType
) -> None:
    assert speakers(finder, text) == [Speaker("", printed, "", kind)]


def test_a_former_office_holder_does_not_speak_for_the_office(finder: StatementFinder) -> None:
    (speaker,) = speakers(finder, "Former NHS England chief executive Piers Thack said it was late.")
    assert (speaker.person, speaker.organisation) == ("Piers Thack", "")


def test_a_role_in_the_lead_is_the_person_named_next(finder: StatementFinder) -> None:
    text = "A hospital chief executive has warned of delays.\n\n" + INTRODUCED
    assert {speaker.person for speaker in speakers(finder, text)} == {"Tobias Wrenfield"}


def test_a_known_office_holder_has_the_office_of_the_day(lexicon: Lexicon, actors: ActorBook) -> None:
    office = Office("care minister", "Department of Health and Social Care", date(2018, 7, 9), date(2021, 6, 26))
    book = replace(actors, people=(KnownPerson("Osbert Quillfeather", offices=(office,)),))
    finder = StatementFinder(lexicon, book)
    (then,) = speakers(finder, "Osbert Quillfeather said it was late.", date(2020, 6, 1))
    assert (then.role, then.organisation) == (office.role, office.organisation)
    (later,) = speakers(finder, "Osbert Quillfeather said it was late.", date(2023, 6, 1))
    assert later.organisation == ""


@pytest.mark.parametrize("letters", ["MP", "OBE", "PhD", "KC", "FRCP", "Esq", "MD FRCGP"])
def test_letters_behind_a_name_do_not_part_it_from_its_role(finder: StatementFinder, letters: str) -> None:
    text = f"Maud Pellow {letters}, chair of Ashmoor Hospitals NHS Foundation Trust, said it was late."
    assert [(speaker.person, speaker.organisation) for speaker in speakers(finder, text)] == [
        ("Maud Pellow", "Ashmoor Hospitals NHS Foundation Trust")
    ]
