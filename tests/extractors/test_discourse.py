"""Who is who and whose words these are, across a whole article: first reading, turns, letters, lists, grounds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from extractors.records import ActorType, Document, QuoteKind
from tests.corpus.marked import MarkError, load_cases, read_case
from tests.corpus.score import HELDOUT, STRUCTURE

if TYPE_CHECKING:
    from pathlib import Path

    from extractors.records import Passage
    from extractors.statement import StatementFinder


def found(finder: StatementFinder, text: str, *, title: str = "", publisher: str = "") -> list[Passage]:
    return list(finder.find(Document(text, title=title, publisher=publisher)))


def who(passages: list[Passage]) -> list[tuple[str, str, str]]:
    return [(entry.speaker.person, entry.speaker.role, entry.speaker.organisation) for entry in passages]


# --- the first reading: what is told later holds from the start -----------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        "Ottavia Brandreth is chair of Mid Wessel Hospitals NHS Trust.",
        "Ottavia Brandreth, who chairs Mid Wessel Hospitals NHS Trust, left early.",
        "Mid Wessel Hospitals NHS Trust, chaired by Ottavia Brandreth, met on Monday.",
        "The hall was full. Ottavia Brandreth (chair, Mid Wessel Hospitals NHS Trust) took the stage.",
    ],
)
def test_a_body_told_behind_the_words_holds_for_them(finder: StatementFinder, told: str) -> None:
    passages = found(finder, f"“It is late,” said Ottavia Brandreth.\n\n{told}")
    assert (passages[0].speaker.person, passages[0].speaker.organisation) == (
        "Ottavia Brandreth",
        "Mid Wessel Hospitals NHS Trust",
    )


def test_a_lead_without_a_name_is_the_person_named_next(finder: StatementFinder) -> None:
    text = (
        "The chief executive of a large hospital trust has said that the plan is thin.\n\n"
        "Tobias Wrenfield, chief executive of Ashmoor Hospitals NHS Foundation Trust, told the board that it was late."
    )
    assert {person for person, _, _ in who(found(finder, text))} == {"Tobias Wrenfield"}


@pytest.mark.parametrize(
    ("words", "organisation"),
    [
        ("its East Moorland regional director, Declan Tarrow,", "Royal College of Nursing"),
        ("Royal College of Nursing’s Pay and Conditions lead, Declan Tarrow,", "Royal College of Nursing"),
        ("its director, retired nurse Declan Tarrow,", "Royal College of Nursing"),
    ],
)
def test_a_possessed_role_with_capitals(finder: StatementFinder, words: str, organisation: str) -> None:
    text = f"The Royal College of Nursing is cross. {words[0].upper()}{words[1:]} said: “Nobody asked us for it.”"
    assert ("Declan Tarrow", organisation) in {(person, body) for person, _, body in who(found(finder, text))}


def test_a_heading_that_is_a_body_says_whose_officer_follows(finder: StatementFinder) -> None:
    text = (
        "Royal College of Nursing\n\nThe college called the plan thin.\n\nPatients Association\n\n"
        "Chief executive Esme Tarrow gave it a warmer welcome. “For too long nobody knew,” she said."
    )
    assert who(found(finder, text))[-1][::2] == ("Esme Tarrow", "Patients Association")


@pytest.mark.parametrize(
    ("role", "government"),
    [
        ("Scotland’s health secretary", "Scottish Government"),
        ("The Welsh health secretary", "Welsh Government"),
        ("The UK health secretary", "Department of Health and Social Care"),
    ],
)
def test_whose_minister_a_health_secretary_is(finder: StatementFinder, role: str, government: str) -> None:
    passages = found(finder, f"{role}, Kirsty Tarrow, told reporters that there were no plans to follow.")
    assert [entry.speaker.organisation for entry in passages] == [government]


def test_an_office_of_the_day_completes_a_name(finder: StatementFinder) -> None:
    passage = finder.find(Document("Mr Hancock said the plan was late.", published_on=date(2020, 5, 1)))[0]
    assert passage.speaker.person.endswith("Hancock")


# --- who is meant by a role ------------------------------------------------------------------------------------------


def test_a_loose_word_means_the_best_candidate_and_says_why(finder: StatementFinder) -> None:
    text = (
        "Tobias Wrenfield, chief executive of Ashmoor Hospitals NHS Foundation Trust, said the plan was late.\n\n"
        "Cllr Maud Pellow, leader of Ashmoor Council, said it was not.\n\nThe trust boss said it was thin."
    )
    passages = found(finder, text)
    assert [entry.speaker.person for entry in passages] == ["Tobias Wrenfield", "Maud Pellow", "Tobias Wrenfield"]
    assert "Tobias Wrenfield" in passages[-1].grounds
    assert "+" in passages[-1].grounds


def test_a_role_nobody_here_can_hold_stays_without_a_name(finder: StatementFinder) -> None:
    text = "Cllr Maud Pellow, leader of Ashmoor Council, said it was late.\n\nA ward sister said it was thin."
    assert found(finder, text)[-1].speaker.person == ""


def test_every_passage_has_its_grounds(finder: StatementFinder) -> None:
    passages = [entry for case in load_cases(STRUCTURE)[::4] for entry in finder.find(case.document)]
    assert len(passages) > 300
    assert [entry for entry in passages if not entry.grounds] == []


# --- quotations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "behind",
    [
        "Unison’s head of health, Carol Tarrow, told the Commons health committee on Tuesday.",
        "Carol Tarrow, of Unison, told every new councillor who came to see her, usually over a first sandwich.",
        "says estates director Carol Tarrow of Unison.",
    ],
)
def test_a_whole_quotation_that_comes_first_is_the_statement(finder: StatementFinder, behind: str) -> None:
    text = f"“Our members find out in July,” {behind}"
    passages = found(finder, text)
    assert [(text[entry.start : entry.end], entry.quote_kind) for entry in passages] == [
        ("Our members find out in July,", QuoteKind.DIRECT)
    ]
    assert passages[0].speaker.person == "Carol Tarrow"


def test_a_quotation_whose_speaker_no_word_list_knows_is_kept(finder: StatementFinder) -> None:
    text = (
        "Terence Tarrow, 79, was in the hall.\n\n“My wife does not drive and the bus has gone,” the ex-haulier sighed."
    )
    assert [entry.speaker.person for entry in found(finder, text)] == ["Terence Tarrow"]


# --- turns, letters, lists -------------------------------------------------------------------------------------------


def test_turns_of_a_record_are_their_speakers(finder: StatementFinder) -> None:
    text = (
        "Q31 Chair: Was it late?\n\nDame Ottavia Brandreth: It was late, and I have said so to the Treasury twice.\n\n"
        "Q32 Maud Pellow: Who was told?\n\nDame Ottavia Brandreth: Everybody who had asked to be told about it."
    )
    passages = found(finder, text, publisher="House of Commons", title="Oral evidence: hospital buildings")
    answers = [text[entry.start : entry.end] for entry in passages if entry.speaker.person == "Ottavia Brandreth"]
    assert answers == [
        "It was late, and I have said so to the Treasury twice.",
        "Everybody who had asked to be told about it.",
    ]


def test_a_letter_of_one_is_the_signatorys_and_of_several_is_nobodys_alone(finder: StatementFinder) -> None:
    body = "Dear Secretary of State,\n\nWe write because our boards have been asked for the same figures twice."
    one = f"{body}\n\nYours sincerely,\n\nMaud Pellow\nChair, Patients of Ashmoor"
    both = f"{one}\n\nDeclan Tarrow\nDirector, Ashmoor Carers\n\nEsme Orrin\nChief executive, Ashmoor Mind"
    assert {entry.speaker.person for entry in found(finder, one, title="An open letter")} == {"Maud Pellow"}
    joint = found(finder, both, title="An open letter")
    assert {(entry.speaker.person, entry.speaker.role) for entry in joint} == {("", "signatories")}


@pytest.mark.parametrize("bullet", ["• ", "1. ", "- ", ""])
def test_items_of_a_list_are_positions_of_who_announced_it(finder: StatementFinder, bullet: str) -> None:
    asks = ["give each place a vote on changes that affect it", "publish what was changed because of what people said"]
    text = "The Patients Association is calling on ministers to:\n\n" + "\n\n".join(bullet + ask for ask in asks)
    passages = found(finder, text + "\n\nThe report is out today.")
    items = [entry for entry in passages if entry.quote_kind is QuoteKind.POSITION]
    assert [text[entry.start : entry.end] for entry in items][-2:] == asks
    assert {entry.speaker.organisation for entry in items} == {"Patients Association"}


def test_a_list_goes_on_behind_however(finder: StatementFinder) -> None:
    text = (
        "The CQC found that:\n\n• the board did not hear of it for a year\n\n• nobody kept count of the falls\n\n"
        "However:\n\n• the stroke team had put its own house in order"
    )
    passages = found(finder, text, publisher="Care Quality Commission")
    assert len([entry for entry in passages if entry.quote_kind is QuoteKind.POSITION]) == 3


def test_we_is_the_publisher_where_it_can_speak(finder: StatementFinder) -> None:
    text = "We believe that people who use a service should be in the room before options are drawn up."
    [passage] = found(finder, text, publisher="Healthwatch Ashmoor")
    assert (passage.speaker.organisation, passage.speaker.actor_type) == (
        "Healthwatch Ashmoor",
        ActorType.PATIENT_VOLUNTARY,
    )
    assert found(finder, text, publisher="The Ashmoor Courier") == []


# --- the marked corpus -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [STRUCTURE, HELDOUT], ids=["seen", "set aside"])
def test_every_marked_text_can_be_read(folder: Path) -> None:
    cases = load_cases(folder)
    assert len(cases) >= 80
    assert sum(bool(case.expected) for case in cases) >= 0.95 * len(cases)
    for case in cases:
        assert all(0 <= entry.start < entry.end <= len(case.document.text) for entry in case.expected)


def test_an_unclosed_mark_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.mark"
    path.write_text(
        "title: T\nstyle: x\ndifficulty: plain\nA = X Y |  |  | other\n---\n[[A.d: It is late.", encoding="utf-8"
    )
    with pytest.raises(MarkError, match=r"broken\.mark"):
        read_case(path)
