"""What the board is made of: the newest, bounded, with its words and what it differs from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from extractors.records import Theme
from tests.warehouse.timeline import (
    AUTONOMY,
    CROWD,
    PEAKE,
    TARN,
    UNION,
    Said,
    Timeline,
    at,
    meaning,
    open_timeline,
    page,
    words,
)
from warehouse.board import Board, BoardLimits, read_board
from warehouse.database import WarehouseError
from warehouse.published import publish

if TYPE_CHECKING:
    from pathlib import Path


def board(timeline: Timeline, **limits: int) -> Board:
    publish(timeline.warehouse)
    return read_board(timeline.warehouse.path, limits=BoardLimits(**limits))


def test_the_board_shows_positions_events_and_what_they_differ_from(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        timeline.read(page("old", 1, Said(PEAKE, "local", words(1)), is_live=False))
        timeline.read(page("new", 9, Said(PEAKE, "central", words(2)), Said(CROWD, "local", words(3))))
        timeline.read(page("copy", 10, Said(PEAKE, "central", words(2)), publisher="Marsh Echo"))
        shown = board(timeline)
    assert [(row.kind, row.stance, row.score, row.quote) for row in shown.positions] == [
        ("shift", "central", -0.8, words(2)),
        ("history", "local", 0.8, words(1)),
    ]
    (actor,) = shown.actors
    assert (actor.person, actor.stance, actor.previous_stance, actor.since) == (
        "Rosalind Peake",
        "central",
        "local",
        at(9),
    )
    (event,) = shown.events
    assert (event.kind, event.actor_id, event.quote, event.said_at) == ("shift", actor.actor_id, words(2), at(9))
    assert (event.previous_quote, event.previous_at, event.previous_url) == (
        words(1),
        at(1),
        "https://post.example/old",
    )
    assert event.sources == ("Marsh Echo", "Valley Post")
    counts = shown.counts
    assert (counts.articles, counts.statements, counts.sided, counts.actors, counts.positions) == (3, 4, 4, 1, 2)
    assert (counts.first_at, counts.last_at) == (at(1), at(10))


def test_an_event_has_the_themes_of_all_that_was_said_there(tmp_path: Path) -> None:
    sure = Said(PEAKE, "local", words(2))
    other = Said(PEAKE, "local", words(3), (*AUTONOMY, Theme.FINANCE), confidence=0.7)
    with open_timeline(tmp_path) as timeline:
        timeline.read(page("old", 1, Said(PEAKE, "local", words(1))))
        timeline.read(page("new", 9, sure, other))
        shown = board(timeline)
        ((themes,),) = timeline.query("SELECT themes FROM main.stance_events WHERE kind = 'theme'")
    event = shown.events[0]
    assert (event.quote, event.new_themes) == (words(2), ("finance",))
    assert event.themes == tuple(themes) == ("autonomy_control", "finance")


def test_of_what_was_found_together_the_newest_comes_first(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        days = (3, 1, 4, 2)
        timeline.read(
            *(page(f"p{day}", day, Said(replace(PEAKE, person=f"A. No{day}"), "local", words(day))) for day in days)
        )
        shown = board(timeline, events=3)
    assert [row.said_at for row in shown.events] == [at(4), at(3), at(2)]
    assert {row.actor_id for row in shown.events} <= {actor.actor_id for actor in shown.actors}


def test_a_month_is_one_of_londons(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        midnight = at(30, 23) + timedelta(minutes=1)
        timeline.read(replace(page("embargo", 30, Said(PEAKE, "local", words(1))), published_at=midnight))
        timeline.read(replace(page("winter", 30, Said(PEAKE, "local", words(2))), published_at=at(214, 23)))
        shown = board(timeline)
    assert [row.month.isoformat() for row in shown.tallies] == ["2026-07-01", "2026-12-01"]


def test_a_position_names_whom_the_actor_spoke_for_then(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        timeline.read(
            page("a", 1, Said(PEAKE, "local", words(1)), Said(UNION, "local", words(2), confidence=0.7)),
        )
        shown = board(timeline)
    assert [row.organisation for row in shown.positions] == [UNION.organisation, PEAKE.organisation]


def test_each_list_is_bounded_and_holds_the_newest(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        timeline.read(
            page("a", 1, Said(PEAKE, "local", words(1))),
            page("b", 2, Said(TARN, "central", words(2))),
            page("c", 3, Said(UNION, "local", words(3))),
        )
        shown = board(timeline, positions=1, events=2, actors=1, characters=5)
        all_of_it = board(timeline)
    assert [row.said_at for row in shown.positions] == [at(3)]
    assert len(shown.events) == 2
    assert all(len(row.quote) == 5 for row in shown.positions)
    assert all(len(row.quote) == 5 for row in shown.events)
    assert shown.counts == all_of_it.counts
    assert {row.actor_id for row in shown.events} == {actor.actor_id for actor in shown.actors}
    assert len(shown.actors) < len(all_of_it.actors) == 3


def test_everybody_among_the_positions_is_among_as_many_actors(tmp_path: Path) -> None:
    speakers = (PEAKE, TARN, UNION)
    with open_timeline(tmp_path) as timeline:
        timeline.read(
            page("same", 1, *(Said(each, "local", words(n)) for n, each in enumerate(speakers)), is_live=False)
        )
        for most in (1, 2, 3):
            shown = board(timeline, positions=most, actors=most)
            assert {row.actor_id for row in shown.positions} == {actor.actor_id for actor in shown.actors}
            assert len(shown.positions) == most


def test_only_what_was_said_since_a_day_is_in_it(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "local", words(1))), page("b", 40, Said(TARN, "central", words(2))))
        publish(timeline.warehouse)
        shown = read_board(timeline.warehouse.path, at(40))
    assert [row.said_at for row in shown.positions] == [row.said_at for row in shown.events] == [at(40)]
    assert [row.month.isoformat() for row in shown.tallies] == ["2026-07-01"]
    assert (shown.counts.positions, len(shown.actors)) == (2, 2)


@pytest.mark.parametrize(("limits", "named"), [({}, "ABC"), ({"publishers": 2}, "AB"), ({"tallies": 1}, "A")])
def test_the_busiest_outlets_are_counted_by_name_and_all_are_counted(
    tmp_path: Path, limits: dict[str, int], named: str
) -> None:
    outlets = "AAABBC"
    with open_timeline(tmp_path) as timeline:
        timeline.read(
            *(page(f"p{n}", n + 1, Said(PEAKE, "local", words(n)), publisher=name) for n, name in enumerate(outlets))
        )
        shown = board(timeline, **limits)
    counted = Counter({row.publisher: row.statements for row in shown.tallies})
    assert counted.total() == len(outlets)
    assert {name for name in counted if name} == set(named)


def test_echoes_name_a_statement_of_a_seed(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        seed = Said(PEAKE, "local", words(1), meaning=meaning(0))
        timeline.read(page("seed", 1, seed, kind="seed", is_live=False))
        timeline.read(page("new", 9, Said(TARN, "central", words(1, 7), meaning=meaning(20))))
        timeline.echo()
        shown = board(timeline)
    (first,), (echo,) = shown.seed_statements, shown.echoes
    assert echo.seed_statement_id == first.statement_id
    assert (first.title, first.text, first.stance) == ("Title of seed", words(1), "local")
    assert (echo.text, echo.relation, echo.said_at) == (words(1, 7), "opposes", at(9))
    assert echo.original_id == echo.statement_id


def test_a_published_file_of_an_older_version_is_said_in_a_line(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        timeline.warehouse._connection.execute("DROP VIEW main.feed_health")
        with pytest.raises(WarehouseError, match="publish anew"):
            board(timeline)
