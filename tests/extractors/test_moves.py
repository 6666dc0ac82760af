"""Changes of job and nicknames in print: what ties one article's person to the same one elsewhere."""

from __future__ import annotations

import functools

import pytest

from extractors.records import Document, Speaker
from extractors.statement import StatementFinder
from tests.extractors.engine_setup import load_actors, load_lexicon

TRUST, OTHER = "Calder Vale Hospitals NHS Trust", "Mid Weald ICB"


@functools.cache
def finder() -> StatementFinder:
    return StatementFinder(load_lexicon(), load_actors())


def speaker(text: str) -> Speaker:
    """Who says the first statement of a text."""
    return finder().find(Document(text))[0].speaker


def bodies(text: str) -> set[str]:
    found = speaker(text)
    assert found.person == "Rupinder Sandhu"
    return {found.organisation, *found.bodies} - {""}


@pytest.mark.parametrize(
    "move",
    [
        f"Rupinder Sandhu is to leave {TRUST} after five years to become {OTHER}'s chair.",
        f"Dr Rupinder Sandhu, who left {TRUST} in May to lead {OTHER}, met members on Friday.",
        f"Rupinder Sandhu will join {OTHER} from {TRUST} next month.",
        f"Rupinder Sandhu has moved from {TRUST} to {OTHER}.",
        f"Rupinder Sandhu, until last Friday chief executive of {TRUST}, has joined {OTHER} as director of policy.",
        f"Rupinder Sandhu, chief executive of {TRUST}, is to join {OTHER} in May.",
        f"Rupinder Sandhu is busy. Until last month she was finance director of {TRUST}. She is now chair of {OTHER}.",
    ],
)
def test_a_move_ties_both_bodies_to_the_person(move: str) -> None:
    assert bodies(f"{move}\n\n“Boards must be free to choose,” Dr Sandhu wrote to staff.") == {TRUST, OTHER}


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        (f"In her first interview since joining {OTHER}, Dr Rupinder Sandhu said boards must be free.", {OTHER}),
        (f"“Boards must be free,” said Dr Rupinder Sandhu, who ran {TRUST} until May.", {TRUST}),
        (f"Rupinder Sandhu, chair of {OTHER}, said it was time to leave {TRUST} alone.", {OTHER}),
        (f"“Boards must be free,” said Rupinder Sandhu. Staff left {TRUST} in May.", set()),
        (f"“Boards must be free,” said Rupinder Sandhu, chair of {OTHER}. She left early. {TRUST} pays.", {OTHER}),
        (f"Rupinder Sandhu, previously chair of {OTHER}, told {TRUST} that boards must be free.", {OTHER}),
        (f"Rupinder Sandhu, chair of {OTHER}, said that it was to join {TRUST} by force.", {OTHER}),
        (
            f"Rupinder Sandhu, chair of {OTHER}, met Ann Hale, who has left {TRUST}. “Boards must be free,” she said.",
            {OTHER},
        ),
    ],
)
def test_only_what_is_told_of_the_person_is_tied(text: str, tied: set[str]) -> None:
    assert bodies(text) == tied


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Dr Oluwafemi ‘Femi’ Adeyinka", "Oluwafemi Adeyinka"),
        ('Margaret "Meg" Tarn', "Margaret Tarn"),
        ("Margaret “Meg” Tarn", "Margaret Tarn"),
        ("Niamh O’Neill", "Niamh O’Neill"),
        ("Rosalind D'Arcy-Tarn", "Rosalind D'Arcy-Tarn"),
    ],
)
def test_a_nickname_inside_a_name_is_no_part_of_it(printed: str, name: str) -> None:
    assert speaker(f"“Leave it to us,” said {printed}, chair of {OTHER}.").person == name
    assert speaker(f"{printed}, chair of {OTHER}, said that boards must be free.").person == name


def test_a_title_with_the_full_first_name_means_the_one_called_by_the_short_one() -> None:
    text = f"Phil Garstang has chaired his last meeting of {OTHER}.\n\nSir Philip said that boards must be free."
    assert speaker(text).person == "Phil Garstang"
