"""Where actors and organisations stand, came from, and differ: the views and macros built on positions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.records import Theme
from tests.warehouse.timeline import AUTONOMY, PEAKE, TARN, UNION, Said, Timeline, page, rule, words
from warehouse.names import BodyRow, ThemeRow, sync_names

MONEY = (*AUTONOMY, Theme.FINANCE)
STAFF = (*AUTONOMY, Theme.WORKFORCE)
CHAIR = replace(PEAKE, person="Rosalind Mary Peake")
VICE = replace(PEAKE, person="Ambrose Lund")
DHSC = "Department of Health and Social Care"
GROUP = "Valley Hospitals Group"


@pytest.fixture
def told(timeline: Timeline) -> Timeline:
    """Three months: Peake local, then central on money; her vice local; Tarn central throughout; a union silent."""
    timeline.read(
        page("a", 1, Said(PEAKE, "local", words(1), STAFF), Said(TARN, "central", words(2), MONEY), is_live=False),
        page("b", 30, Said(CHAIR, "central", words(3), MONEY), Said(UNION, "none", words(4), ())),
        page("c", 60, Said(VICE, "local", words(5)), Said(TARN, "central", words(6))),
        page("d", 61, Said(PEAKE, "central", words(3), MONEY), publisher="Hill Echo"),
    )
    timeline.detect(rule())
    sync_names(timeline.warehouse, [ThemeRow("finance", "Money", "funding")], [BodyRow(DHSC, ("DHSC",))])
    return timeline


def test_history_has_each_position_with_the_one_before_and_no_copies(told: Timeline) -> None:
    rows = told.query(
        "SELECT article_id, actor_name, stance, previous_stance, is_shift, kind, previous_quote FROM stance_history"
        " ORDER BY said_at, actor_name"
    )
    assert rows == [
        ("a", "Ossian Tarn", "central", None, False, "history", None),
        ("a", "Rosalind Mary Peake", "local", None, False, "history", None),
        ("b", "Rosalind Mary Peake", "central", "local", True, "shift", words(1)),
        ("c", "Ambrose Lund", "local", None, False, "first", None),
        ("c", "Ossian Tarn", "central", "central", False, "repeat", words(2)),
    ]


def test_copies_are_marked_and_counted_once(told: Timeline) -> None:
    rows = told.query(
        "SELECT article_id, is_copy, original_id = statement_id FROM statements WHERE publisher = 'Hill Echo'"
        " OR text = (SELECT text FROM statements WHERE publisher = 'Hill Echo') ORDER BY 1"
    )
    assert rows == [("b", False, True), ("d", True, False)]


def test_a_position_counts_changes_and_names_its_source(told: Timeline) -> None:
    rows = told.query(
        "SELECT actor_name, stance, positions, shifts, quote, publisher, since = said_at FROM actor_positions"
        " ORDER BY 1"
    )
    assert rows == [
        ("Ambrose Lund", "local", 1, 0, words(5), "Valley Post", True),
        ("Ossian Tarn", "central", 2, 0, words(6), "Valley Post", False),
        ("Rosalind Mary Peake", "central", 2, 1, words(3), "Valley Post", True),
    ]


def test_sides_by_theme_are_the_latest_on_that_theme(told: Timeline) -> None:
    rows = told.query(
        "SELECT theme, label, actor_name, stance, previous_stance, positions FROM theme_positions ORDER BY ALL"
    )
    assert rows == [
        ("autonomy_control", "autonomy_control", "Ambrose Lund", "local", None, 1),
        ("autonomy_control", "autonomy_control", "Ossian Tarn", "central", None, 2),
        ("autonomy_control", "autonomy_control", "Rosalind Mary Peake", "central", "local", 2),
        ("finance", "Money", "Ossian Tarn", "central", None, 1),
        ("finance", "Money", "Rosalind Mary Peake", "central", None, 1),
        ("workforce", "workforce", "Rosalind Mary Peake", "local", None, 1),
    ]


def test_an_organisation_stands_where_its_latest_voice_does(told: Timeline) -> None:
    rows = told.query(
        "SELECT organisation, stance, previous_stance, said_by, people, statements, aliases FROM organisations"
        " ORDER BY 1"
    )
    assert rows == [
        (DHSC, "central", None, "Ossian Tarn", ["Ossian Tarn"], 2, ["DHSC"]),
        ("Guild of Ward Clerks", None, None, None, [], 1, []),
        (GROUP, "local", "central", "Ambrose Lund", ["Ambrose Lund", "Rosalind Mary Peake", "Rosalind Peake"], 4, []),
    ]


def test_agreements_compare_organisations_theme_by_theme_both_ways_round(told: Timeline) -> None:
    rows = told.query("SELECT * EXCLUDE (actor_type, other_actor_type) FROM agreements ORDER BY 1")
    assert rows == [
        (DHSC, GROUP, 2, 1, 1, ["finance"], ["autonomy_control"], "central", "local", ["DHSC"]),
        (GROUP, DHSC, 2, 1, 1, ["finance"], ["autonomy_control"], "local", "central", []),
    ]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("mary", [("Rosalind Mary Peake", "central")]),
        ("ROSALIND PEAKE", [("Rosalind Mary Peake", "central")]),
        ("dhsc", [("Ossian Tarn", "central")]),
        ("valley hospitals", [("Ambrose Lund", "local"), ("Rosalind Mary Peake", "central")]),
        ("ward clerks", [("Guild of Ward Clerks", "none")]),
        ("nobody", []),
    ],
)
def test_stance_of_finds_by_any_name(told: Timeline, name: str, found: list[tuple[str, str]]) -> None:
    assert told.query(f"SELECT actor_name, stance FROM stance_of('{name}')") == found  # noqa: S608 - its own name


@pytest.mark.parametrize(
    ("name", "found"), [("peake", ["a", "b"]), ("hospitals group", ["a", "b", "c"]), ("DHSC", ["a", "c"]), ("x y", [])]
)
def test_a_timeline_has_history_and_news_in_order(told: Timeline, name: str, found: list[str]) -> None:
    rows = told.query(f"SELECT url FROM stance_timeline('{name}')")  # noqa: S608 - its own name
    assert [url.rpartition("/")[2] for (url,) in rows] == found


def test_comparing_two_shows_each_theme_with_both_words(told: Timeline) -> None:
    rows = told.query(
        "SELECT theme, stance_a, stance_b, relation, said_by_a, quote_a, quote_b, since_b = said_at_b"
        " FROM compare('Valley', 'tarn')"
    )
    assert rows == [
        ("autonomy_control", "local", "central", "opposes", "Ambrose Lund", words(5), words(6), False),
        ("finance", "central", "central", "agrees", "Rosalind Mary Peake", words(3), words(2), True),
        ("workforce", "local", None, None, "Rosalind Mary Peake", words(1), None, None),
    ]


def test_names_follow_the_configuration(told: Timeline) -> None:
    sync_names(told.warehouse, [ThemeRow("finance", "Funds", "funding")], [BodyRow(GROUP, ("VHG",))])
    assert told.query("FROM themes") == [("finance", "Funds", "funding")]
    assert [name for (name,) in told.query("SELECT actor_name FROM stance_of('vhg')")] == [
        "Ambrose Lund",
        "Rosalind Mary Peake",
    ]
    assert told.query("FROM stance_of('dhsc')") == []
