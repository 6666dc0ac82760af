"""One person is one actor through changes of role; namesakes are two until an article joins them."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.records import ActorType, Speaker
from tests.depth import spread, tries
from tests.warehouse.namesakes import BARE, BOTH, HILL, NAMESAKES, VALLEY, groups, kinds, merge, said, state
from tests.warehouse.timeline import (
    AUTONOMY,
    PEAKE,
    TARN,
    Page,
    Said,
    Timeline,
    at,
    open_timeline,
    page,
    read_one_by_one,
    words,
)

if TYPE_CHECKING:
    import random


@pytest.mark.parametrize(
    "later",
    [
        replace(PEAKE, role="chief executive"),
        replace(PEAKE, organisation="the valley hospitals university NHS foundation trust"),
        replace(PEAKE, role="", organisation="", actor_type=ActorType.OTHER),
    ],
)
def test_a_change_of_role_or_of_the_bodys_name_is_one_actor(timeline: Timeline, later: Speaker) -> None:
    timeline.read(page("a", 1, said(PEAKE, 1, "central")))
    timeline.read(page("b", 2, said(later, 2)))
    assert groups(timeline) == [["a", "b"]]
    assert kinds(timeline) == ["first", "shift"]
    assert timeline.query("SELECT role, organisation FROM statements WHERE article_id = 'b'") == [
        (later.role, later.organisation)
    ]


def test_a_politician_is_one_through_office_party_and_committee(timeline: Timeline) -> None:
    party = Speaker("Ossian Tarn", "MP", "Labour Party", ActorType.PARLIAMENT)
    committee = Speaker("Ossian Tarn", "chair", "Health and Social Care Committee", ActorType.PARLIAMENT)
    timeline.read(*(page(f"p{n}", n + 1, said(who, n)) for n, who in enumerate((TARN, party, committee))))
    assert groups(timeline) == [["p0", "p1", "p2"]]


def test_namesakes_stay_two_and_are_doubted(timeline: Timeline) -> None:
    timeline.read(*NAMESAKES)
    assert groups(timeline) == [["a"], ["b"]]
    assert kinds(timeline) == ["first", "first"]
    assert timeline.query("SELECT organisation, is_doubtful, doubt FROM actors ORDER BY 1") == [
        ("Hill Quarry Union", True, "another actor has this name"),
        ("Valley NHS Trust", True, "another actor has this name"),
    ]


def test_like_names_of_one_organisation_are_doubted(timeline: Timeline) -> None:
    names = ("James Peake", "J. R. Peake", "Jane Peake", "James Tarn")
    timeline.read(*(page(f"p{n}", 1, said(replace(PEAKE, person=name), n)) for n, name in enumerate(names)))
    assert timeline.query("SELECT person, doubt FROM actors WHERE is_doubtful ORDER BY 1") == [
        (name, "a like name in the same organisation") for name in sorted(names[:3])
    ]
    timeline.read(page("q", 2, said(replace(PEAKE, person="Jane Tarn"), 9)))
    assert timeline.query("SELECT count(*) FROM actors WHERE is_doubtful") == [(3,)]


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (("Margaret Peake", "Maggie Peake", "Meg Peake"), [["p0", "p1", "p2"]]),
        (("Philip Peake", "Phil Peake", "James Peake"), [["p0", "p1"], ["p2"]]),
        (("Samuel Peake", "Sam Peake", "Samantha Peake"), [["p0"], ["p1"], ["p2"]]),
        (("Oluwafemi Peake", "Femi Peake"), [["p0", "p1"]]),
        (("Elizabeth Peake", "Beth Peake", "Ann Peake"), [["p0", "p1"], ["p2"]]),
        (("Ann Peake", "Joann Peake"), [["p0"], ["p1"]]),
        (("Siân O’Dell-Peake", "Sian O'Dell Peake", "SIÂN O'DELL-PEAKE"), [["p0", "p1", "p2"]]),
    ],
)
def test_short_names_of_one_body_are_one_person_in_any_order(
    tmp_path: Path, names: tuple[str, ...], together: list[list[str]]
) -> None:
    pages = [page(f"p{n}", n + 1, said(replace(PEAKE, person=name), n)) for n, name in enumerate(names)]
    for number, order in enumerate(spread(itertools.permutations(pages), 2)):
        with open_timeline(tmp_path, str(number)) as timeline:
            read_one_by_one(timeline, order)
            assert groups(timeline) == together


def test_short_names_in_two_bodies_are_two_people_until_an_article_prints_both(timeline: Timeline) -> None:
    maggie = replace(PEAKE, person="Maggie Peake", organisation="Hill Trust")
    margaret = replace(PEAKE, person="Margaret Peake")
    timeline.read(page("a", 1, said(maggie, 1)), page("b", 2, said(margaret, 2)))
    assert groups(timeline) == [["a"], ["b"]]
    timeline.read(page("c", 3, said(replace(margaret, bodies=("Hill Trust",)), 3)))
    assert groups(timeline) == [["a", "b", "c"]]


def test_an_event_names_a_person_by_the_fullest_name(timeline: Timeline) -> None:
    for number, name in enumerate(("Maggie Peake", "Margaret Peake")):
        timeline.read(page(f"p{number}", number + 1, said(replace(PEAKE, person=name), number)))
    assert {event.who for event in timeline.events()} == {"Margaret Peake"}
    assert timeline.query("SELECT person FROM statements ORDER BY 1") == [("Maggie Peake",), ("Margaret Peake",)]


def test_an_article_that_prints_both_bodies_joins_them_whenever_it_comes(tmp_path: Path) -> None:
    pages = (*NAMESAKES, page("tie", 3, said(BOTH, 3)), page("bare", 4, said(BARE, 4)))
    found = []
    for number, order in enumerate(spread(itertools.permutations(range(4)), 3)):
        with open_timeline(tmp_path, str(number)) as timeline:
            for index in order:
                timeline.store(pages[index])
                timeline.analyse()
            timeline.detect(now=at(60))
            assert groups(timeline) == [["a", "b", "bare", "tie"]]
            found.append(state(timeline))
    assert all(each == found[0] for each in found)


def test_read_one_by_one_the_history_is_told_as_if_they_had_been_one_all_along(tmp_path: Path) -> None:
    tie = page("tie", 1, Said(BOTH, "none", words(3)), first_seen_at=at(1, 1))
    found = []
    for name, order in (("first", (tie, *NAMESAKES)), ("last", (*NAMESAKES, tie))):
        with open_timeline(tmp_path, name) as timeline:
            for each in order:
                timeline.read(each)
            found.append(state(timeline))
            assert kinds(timeline) == ["first", "shift"]
    assert found[0] == found[1]


def test_a_name_without_a_body_belongs_to_nobody_once_there_are_namesakes(timeline: Timeline) -> None:
    timeline.read(NAMESAKES[0], page("c", 3, said(BARE, 3)))
    assert groups(timeline) == [["a", "c"]]
    timeline.read(NAMESAKES[1])
    assert groups(timeline) == [["a"], ["b"], ["c"]]
    merge(timeline, "Rosalind Peake (Valley NHS Trust)", "Rosalind Peake (Hill Quarry Union)")
    timeline.detect()
    assert groups(timeline) == [["a", "b", "c"]]


def test_a_tie_that_an_edit_takes_away_holds_no_more(timeline: Timeline) -> None:
    tie = page("tie", 3, said(BOTH, 3))
    timeline.read(*NAMESAKES, tie)
    timeline.read(replace(tie, said=(said(VALLEY, 3),), opening="It rained.", fetched_at=at(5)))
    assert groups(timeline) == [["a", "tie"], ["b"]]
    assert kinds(timeline) == ["first", "first", "shift"]


def test_a_page_with_a_name_in_two_circles_sums_them(timeline: Timeline) -> None:
    timeline.read(Page("a", (said(BOTH, 1), said(HILL, 2, "central")), at(1)))
    assert [(event.kind, event.stance) for event in timeline.events()] == [("first", "balanced")]
    assert tuple(timeline.query("SELECT themes FROM store.positions")[0][0]) == AUTONOMY


SPEAKERS = [
    replace(VALLEY, organisation=body, bodies=tuple(bodies))
    for body, bodies in itertools.product(("", "Valley", "Hill", "Moor"), ([], ["Hill"], ["Moor", "Fen"]))
]
PAGES = st.lists(st.lists(st.sampled_from(SPEAKERS), min_size=1, max_size=2), min_size=2, max_size=6)


@settings(max_examples=tries(2), suppress_health_check=[HealthCheck.too_slow])
@given(PAGES, st.randoms(use_true_random=False))
def test_whoever_is_who_does_not_depend_on_the_order(drawn: list[list[Speaker]], shuffle: random.Random) -> None:
    pages = [
        page(f"p{number}", number + 1, *(said(who, 9 * number + place) for place, who in enumerate(speakers)))
        for number, speakers in enumerate(drawn)
    ]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, order in (("one", pages), ("two", shuffle.sample(pages, len(pages)))):
            with open_timeline(Path(folder), name) as timeline:
                for each in order:
                    timeline.read(each)
                found.append(state(timeline)[:3])
        with open_timeline(Path(folder), "batch") as timeline:
            timeline.read(*pages)
            found.append(state(timeline)[:3])
    assert found[0] == found[1] == found[2]
