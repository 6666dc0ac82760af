"""Forms in which the press names who speaks: each line of ``forms/`` is one, and a new one is one more line."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractors.records import ActorType, Document
from tests.corpus.matching import canonical

if TYPE_CHECKING:
    from extractors.records import Speaker
    from extractors.statement import StatementFinder

FORMS = Path(__file__).resolve().parents[1] / "corpus" / "forms"
PERSON = "Hannah Tarrowby"
BODIES = {
    "Weald Valley NHS Foundation Trust": "the trust",
    "Royal College of Midwives": "the college",
    "Weald Valley Integrated Care Board": "the board",
}
ROLES = ("chief executive", "director of strategy")
ABOUT = "The plan was published on Monday by the Department of Health and Social Care. NHS England was silent."
BEHIND = "The debate goes on. The British Medical Association is to meet next week."
ITEMS = "• give boards three-year budgets\n\n• abolish the weekly return\n\n• let places set their own targets"
NAMING = (
    "Peter Quillwright, chief executive of {}, said: “It is time.”",
    "“It is time,” said Peter Quillwright of {}.",
    "In a statement, {} said it was time to act.",
)
WITH_ARTICLE = (
    *("Royal College", "British", "Society", "Association", "Faculty", "Institute", "University of", "London "),
    *("Centre", "Foundation for", "Care Commission", "Independent", "All-Party", "National Association"),
)


def lines(name: str) -> list[str]:
    """The lines of a file of forms, its comments left out."""
    text = (FORMS / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def speakers(finder: StatementFinder, text: str, marker: str, *, publisher: str = "Daily Courant") -> list[Speaker]:
    """The speakers of the statements that hold a marker."""
    passages = finder.find(Document(text, title="The plan", publisher=publisher))
    return [one.speaker for one in passages if marker in text[one.start : one.end]]


@pytest.mark.parametrize("form", lines("introductions"))
def test_a_person_is_introduced_with_role_and_body(finder: StatementFinder, form: str) -> None:
    for (body, short), role in itertools.product(BODIES.items(), ROLES):
        sentence = form.replace("{P}", PERSON).replace("{R^}", role[0].upper() + role[1:]).replace("{R}", role)
        sentence = sentence.replace("{B}", body).replace("{S}", short.capitalize()).replace("{s}", short)
        found = speakers(finder, f"{ABOUT}\n\n{sentence}\n\n{BEHIND}", "time")
        assert [(one.person, canonical(one.organisation)) for one in found] == [(PERSON, canonical(body))], sentence


@pytest.mark.parametrize("form", lines("people"))
def test_what_is_printed_beside_a_name_tells_whom_somebody_speaks_for(finder: StatementFinder, form: str) -> None:
    sentence, _, wanted = form.partition(" => ")
    organisation, _, kind = wanted.partition("/")
    sentence = sentence.replace("{P}", PERSON).replace("{L}", "Oakhurst")
    before = "The plan for hospitals was published on Monday. NHS England said nothing."
    text = f"{before}\n\n{sentence}\n\nThe debate goes on in England."
    found = speakers(finder, text, "time")
    assert [canonical(one.organisation) for one in found] == [canonical(organisation)]
    assert found[0].person in {PERSON, "Lord Oakhurst", "Baroness Oakhurst"}
    assert kind in {"", found[0].actor_type}


@pytest.mark.parametrize("publisher", ["Daily Courant", "The King's Fund"])
@pytest.mark.parametrize("form", lines("report_lists"))
def test_the_recommendations_of_a_report_are_its_issuers(finder: StatementFinder, form: str, publisher: str) -> None:
    lead = "The King’s Fund has published a report on the burden of reporting."
    other = f"{PERSON}, director of policy at NHS Providers, said: “We hear this every year.”"
    about = "The report was published on Tuesday. It draws on 40 talks."
    text = f"{lead}\n\n{other}\n\n{about}\n\n{form}\n\n{ITEMS}\n\nMinisters will reply in May."
    for marker in ("three-year", "weekly return", "own targets"):
        assert [one.organisation for one in speakers(finder, text, marker, publisher=publisher)] == ["King's Fund"]


@pytest.mark.parametrize("publisher", ["Daily Courant", "Royal College of Midwives"])
@pytest.mark.parametrize("form", lines("asking_lists"))
def test_the_asks_of_a_body_are_its_own(finder: StatementFinder, form: str, publisher: str) -> None:
    lead = "The Royal College of Midwives (RCM) has attacked the government over staffing."
    officer = f"{PERSON}, general secretary of the college, said: “We hear this every year.”"
    other = "NHS England said that it would publish a plan."
    text = f"{lead}\n\n{officer}\n\n{other}\n\n{form}\n\n{ITEMS}\n\nThe debate is on Monday."
    for marker in ("three-year", "weekly return", "own targets"):
        found = [one.organisation for one in speakers(finder, text, marker, publisher=publisher)]
        assert found == ["Royal College of Midwives"]


@pytest.mark.parametrize("name", lines("bodies"))
def test_a_body_that_no_book_lists_is_known_by_its_whole_name(finder: StatementFinder, name: str) -> None:
    printed = f"the {name}" if name.startswith(WITH_ARTICLE) else name
    for form in NAMING:
        found = speakers(
            finder, f"The plan was published on Monday.\n\n{form.format(printed)}\n\nThe debate goes on.", "time"
        )
        assert [canonical(one.organisation) for one in found] == [canonical(name.replace("’", "'"))], form


SAID = "trusts were being asked to do two things at once"


@pytest.mark.parametrize("verb", lines("verbs"))
def test_a_verb_of_saying_attributes_what_follows(finder: StatementFinder, verb: str) -> None:
    told = f"{PERSON}, chief executive of NHS Providers, {verb} {SAID}."
    text = f"The plan was published on Monday.\n\n{told}\n\nThe debate goes on."
    assert [one.person for one in speakers(finder, text, "two things")] == [PERSON]


@pytest.mark.parametrize("form", lines("indirect"))
def test_what_is_told_without_quotation_marks_is_somebodys(finder: StatementFinder, form: str) -> None:
    is_again = re.search(r"\b(?:she|her)\b", form, re.IGNORECASE) is not None
    before = f"{PERSON}, chief executive of NHS Providers, said: “It is late.”\n\n" if is_again else ""
    told = form.replace("{P}", PERSON).replace("{T^}", SAID.capitalize()).replace("{T}", SAID)
    text = f"The plan was published on Monday.\n\n{before}{told}\n\nThe debate goes on."
    assert [one.person for one in speakers(finder, text, "two things")] == [PERSON]


@pytest.mark.parametrize("form", lines("voices"))
def test_bodies_and_the_nameless_speak(finder: StatementFinder, form: str) -> None:
    told, _, wanted = form.partition(" =>")
    told = told.replace("{T^}", SAID.capitalize()).replace("{T}", SAID)
    text = f"The plan was published on Monday.\n\n{told}\n\nThe debate goes on in Westminster."
    found = speakers(finder, text, "two things")
    if wanted.strip() == "!":
        assert not found
    else:
        assert [(one.person, canonical(one.organisation)) for one in found] == [("", canonical(wanted.strip()))]


@pytest.mark.parametrize("form", lines("public"))
def test_members_of_the_public_speak_for_themselves(finder: StatementFinder, form: str) -> None:
    text = f"A ward at Stourmouth General Hospital is to close.\n\n{form.replace('{P}', PERSON)}\n\nThe debate goes on."
    found = speakers(finder, text, "is time")
    assert [(one.person, one.organisation, one.actor_type) for one in found] == [
        (PERSON, "", ActorType.PATIENT_VOLUNTARY)
    ]


PEOPLE = {
    "A": "Hannah Tarrowby, chief executive of Weald Valley NHS Trust, said: “The returns are late.”",
    "B": "Peter Quillwright, leader of Stourmouth City Council, said: “The buses are late.”",
    "C": "Ruth Orlebar, the Labour MP for Stourmouth, said: “The trains are late.”",
    "D": "Dr Anil Mehrotra, a GP in Stourmouth, said: “The letters are late.”",
    "E": "The health secretary, Simon Harcrow, said: “The plan is late.”",
}
ABOUT_BODIES = {
    "W": "Weald Valley Hospitals NHS Foundation Trust is to close a ward.",
    "I": "Stour and Weald Integrated Care Board (ICB) has backed the plan.",
    "C": "Stourmouth City Council has objected.",
    "U": "Unison is balloting its members.",
    "N": "NHS England has been told.",
    "R": "The Royal College of Midwives (RCM) is worried.",
    "D": "The Department of Health and Social Care is silent.",
    "K": "The King’s Fund has written a report.",
    "V": "The charity Open Door runs a helpline.",
    "F": "NHS Providers speaks for trusts.",
}


def retold(before: list[str], words: str) -> str:
    """A short article in which somebody introduced before speaks again."""
    paragraphs = ["The plan was published on Monday.", *before, *words.split(" ¶ "), "The debate goes on."]
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize("line", lines("again"))
def test_somebody_named_again_is_known(finder: StatementFinder, line: str) -> None:
    before, wanted, words = line.split(" | ", 2)
    text = retold([PEOPLE[letter] for letter in before], words)
    assert [one.person for one in speakers(finder, text, "time")] == [wanted]


@pytest.mark.parametrize("line", lines("bodies_again"))
def test_a_body_named_again_is_known(finder: StatementFinder, line: str) -> None:
    before, wanted, words = line.split(" | ", 2)
    text = retold([ABOUT_BODIES[letter] for letter in before], words)
    found = [one for marker in ("It is time", "is time to", "was time to") for one in speakers(finder, text, marker)]
    assert [(one.person, canonical(one.organisation)) for one in found] == [("", canonical(wanted))]


MET_BEFORE = {
    "C": ("Stourmouth City Council", "Stourmouth City Council has objected to the closure."),
    "P": ("Public Accounts Committee", "The Public Accounts Committee met on Tuesday."),
    "W": ("Weald Valley NHS Foundation Trust", "Weald Valley NHS Foundation Trust is to close a ward."),
    "I": ("Stour and Weald Integrated Care Board", "Stour and Weald Integrated Care Board (ICB) backs the closure."),
    "U": ("UNISON", "Unison is balloting its members at the hospital."),
    "R": ("Royal College of Midwives", "The Royal College of Midwives (RCM) published its verdict."),
    "K": ("King's Fund", "The King’s Fund has published a report."),
    "V": ("Open Door", "The charity Open Door runs a helpline."),
    "N": ("NHS England", "NHS England was told in May."),
    "Q": ("Care Quality Commission", "The Care Quality Commission (CQC) inspected the ward in March."),
    "H": ("Health and Social Care Committee", "The Commons health and social care committee is looking into it."),
}


@pytest.mark.parametrize("line", lines("short_forms"))
def test_a_short_form_beside_a_name_is_the_body_named_before(finder: StatementFinder, line: str) -> None:
    before, meant, sentence = line.split(" ", 2)
    text = retold([MET_BEFORE[letter][1] for letter in before], sentence.replace("{P}", PERSON).replace("'", "’"))
    found = speakers(finder, text, "is time")
    wanted = (PERSON, canonical(MET_BEFORE[meant][0]))
    assert [(one.person, canonical(one.organisation)) for one in found] == [wanted]
