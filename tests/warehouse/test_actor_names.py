"""Short, initial, titled and bare names are one person's where they can be nobody else's, in any order of arrival."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from extractors.records import ActorType, Speaker
from tests.depth import spread
from tests.warehouse.namesakes import BARE, HILL, VALLEY, groups, said, split
from tests.warehouse.timeline import Timeline, open_timeline, page, read_one_by_one

if TYPE_CHECKING:
    from pathlib import Path


def named(name: str, speaker: Speaker = VALLEY) -> Speaker:
    return replace(speaker, person=name)


MP = replace(BARE, role="peer", actor_type=ActorType.PARLIAMENT)
SAME_BODY = [
    ((named("Bev Peake"), named("Beverley Peake")), [["p0", "p1"]]),
    ((named("R Peake"), named("Rosalind Peake")), [["p0", "p1"]]),
    ((named("R. J. Peake"), named("Rosalind Peake"), named("Robert Peake")), [["p0"], ["p1"], ["p2"]]),
    ((named("Peake"), named("Rosalind Peake")), [["p0", "p1"]]),
    ((named("Peake"), named("Rosalind Peake"), named("Robert Peake")), [["p0"], ["p1"], ["p2"]]),
    ((named("Lord Peake", MP), named("Desmond Peake", MP)), [["p0", "p1"]]),
    ((named("Lord Peake", MP), named("Desmond Peake", MP), named("Ann Peake", MP)), [["p0"], ["p1"], ["p2"]]),
]
GUESS = replace(VALLEY, is_guessed=True)
ADRIFT = [
    ((GUESS, HILL), [["p0", "p1"]]),
    ((GUESS, VALLEY, HILL), [["p0", "p1"], ["p2"]]),
    ((GUESS, BARE), [["p0", "p1"]]),
    ((GUESS, replace(HILL, is_guessed=True)), [["p0"], ["p1"]]),
    ((GUESS, HILL, named("Rosalind Peake", replace(VALLEY, organisation="Moor Union"))), [["p0"], ["p1"], ["p2"]]),
    ((named("Bev Peake", GUESS), named("Beverley Peake")), [["p0", "p1"]]),
    ((named("Nat Peake", BARE), named("Nathaniel Peake")), [["p0", "p1"]]),
    ((named("R Peake", BARE), named("Rosalind Peake")), [["p0", "p1"]]),
    ((named("Nat Peake", BARE), named("Nathaniel Peake", BARE)), [["p0", "p1"]]),
    ((named("Nat Peake", BARE), named("Nathaniel Peake"), named("Natalie Peake", HILL)), [["p0"], ["p1"], ["p2"]]),
    ((named("Nat Peake", BARE), named("Nathaniel Peake", BARE), named("Natalie Peake")), [["p0"], ["p1"], ["p2"]]),
    ((named("Nat Peake", BARE), named("Nathaniel Peake"), named("Nathaniel Peake", HILL)), [["p0"], ["p1"], ["p2"]]),
    ((named("Nat Peake", BARE), named("Nat Peake"), named("Nathaniel Peake", HILL)), [["p0", "p1"], ["p2"]]),
    ((named("Peake", BARE), named("Rosalind Peake")), [["p0"], ["p1"]]),
    ((named("Nat Peake", BARE), named("Nathaniel Tarn")), [["p0"], ["p1"]]),
]


@pytest.mark.parametrize(("speakers", "together"), spread(SAME_BODY + ADRIFT, 6))
def test_a_name_that_fits_one_person_only_is_that_persons(
    tmp_path: Path, speakers: tuple[Speaker, ...], together: list[list[str]]
) -> None:
    pages = [page(f"p{n}", n + 1, said(who, n)) for n, who in enumerate(speakers)]
    for number, order in enumerate(spread(itertools.permutations(pages), 2)):
        with open_timeline(tmp_path, str(number)) as timeline:
            read_one_by_one(timeline, order)
            assert groups(timeline) == together


def test_a_name_that_fits_is_nobodys_once_it_fits_two(timeline: Timeline) -> None:
    timeline.read(page("a", 1, said(named("Nathaniel Peake"), 1)), page("b", 2, said(named("Nat Peake", BARE), 2)))
    assert groups(timeline) == [["a", "b"]]
    timeline.read(page("c", 3, said(named("Natalie Peake", HILL), 3)))
    assert groups(timeline) == [["a"], ["b"], ["c"]]


def test_what_an_analyst_splits_stays_split_though_the_name_fits(timeline: Timeline) -> None:
    timeline.read(page("a", 1, said(named("Nathaniel Peake"), 1)), page("b", 2, said(named("Nat Peake", BARE), 2)))
    split(timeline, "Nathaniel Peake (Valley NHS Trust)", "Nat Peake")
    timeline.read(page("c", 3, said(named("Nat Peake", BARE), 3)))
    assert groups(timeline) == [["a"], ["b", "c"]]
