"""What statements mean, in the warehouse: which echo the seeds, and which are like one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.warehouse.analyst import correct, statement_of
from tests.warehouse.timeline import PEAKE, TARN, Said, meaning, page, words

if TYPE_CHECKING:
    from tests.warehouse.timeline import Page, Timeline

ECHOES = "SELECT text, seed_text, round(nearness, 2), relation FROM seed_echoes ORDER BY ALL"
NEAR, FAR = 30, 150
"""Degrees from the meaning at 0; their cosines are 0.87 and -0.87."""


def said(number: int, degrees: int, stance: str = "local") -> Said:
    return Said(PEAKE, stance, words(number), meaning=meaning(degrees))


def seed(*statements: Said, name: str = "seed") -> Page:
    return page(name, 1, *statements, is_live=False, kind="seed")


def test_an_echo_is_near_and_its_relation_tells_the_sides(timeline: Timeline) -> None:
    timeline.read(
        seed(said(1, 0), said(2, FAR, "central")),
        page("a", 2, said(3, NEAR), said(4, NEAR, "central"), said(5, NEAR, "balanced"), said(6, FAR + 20, "central")),
        page("b", 3, said(7, 62)),
    )
    assert timeline.echo() == 5
    assert timeline.query(ECHOES) == [
        (words(3), words(1), 0.87, "agrees"),
        (words(4), words(1), 0.87, "opposes"),
        (words(5), words(1), 0.87, "unclear"),
        (words(6), words(2), 0.94, "agrees"),
    ]
    assert timeline.echo() == 0


def test_statements_without_a_side_are_no_echoes_by_meaning(timeline: Timeline) -> None:
    timeline.read(seed(said(1, 0), said(2, 0, "none")), page("a", 2, said(3, 5, "none"), said(5, 55)))
    timeline.echo()
    assert [(text, seed_text) for text, seed_text, *_ in timeline.query(ECHOES)] == [(words(5), words(1))]


def test_a_quotation_is_an_echo_whatever_it_means_as_a_whole(timeline: Timeline) -> None:
    half = Said(TARN, "none", f"{words(1)} {words(7)}", meaning=meaning(FAR))
    timeline.read(seed(said(1, 0)), page("a", 2, half, Said(TARN, "local", words(9), meaning=meaning(FAR))))
    timeline.echo()
    assert timeline.query(ECHOES) == [(half.text, words(1), 1.0, "unclear")]


def test_at_most_three_seed_statements_are_named_the_nearest(timeline: Timeline) -> None:
    timeline.read(seed(*(said(number, 9 * number) for number in range(5))), page("a", 2, said(9, 0)))
    timeline.echo()
    assert [text for _, text, _, _ in timeline.query(f"{ECHOES[:-3]} nearness DESC")] == [words(n) for n in range(3)]


def test_another_seed_is_held_against_all_in_chunks_and_a_changed_one_goes(timeline: Timeline) -> None:
    timeline.read(seed(said(1, 0)), page("a", 2, *(said(number, NEAR) for number in (3, 4, 5))))
    timeline.echo()
    timeline.read(seed(said(2, NEAR), name="other"))
    assert [timeline.echo(2), timeline.echo(2), timeline.echo(2)] == [2, 1, 0]
    assert len(timeline.query(ECHOES)) == 6
    timeline.read(seed(said(8, FAR)))
    assert timeline.echo() == 3
    assert {text for _, text, _, _ in timeline.query(ECHOES)} == {words(2)}


def test_what_an_edit_takes_away_echoes_no_more(timeline: Timeline) -> None:
    timeline.read(seed(said(1, 0)), page("a", 2, said(3, NEAR), said(4, NEAR)))
    timeline.echo()
    timeline.read(page("a", 3, said(4, NEAR)))
    timeline.echo()
    assert [text for text, *_ in timeline.query(ECHOES)] == [words(4)]
    assert timeline.query("SELECT count(*) FROM store.meanings") == [(2,)]
    assert timeline.query("SELECT count(*) FROM store.echoes") == [(1,)]


def test_a_correction_changes_the_relation_at_once(timeline: Timeline) -> None:
    timeline.read(seed(said(1, 0)), page("a", 2, said(3, NEAR)))
    timeline.echo()
    correct(timeline, statement_of(timeline, "a", words(3)), stance="central")
    assert [relation for *_, relation in timeline.query(ECHOES)] == ["opposes"]
    assert timeline.echo() == 1


def test_similar_statements_come_nearest_first_without_the_statement_and_its_copies(timeline: Timeline) -> None:
    timeline.read(
        page("a", 2, said(1, 0), said(2, 70), said(3, NEAR, "central")),
        page("copy", 3, said(1, 0)),
        page("b", 4, said(4, 45)),
        page("copy of b", 5, said(4, 45)),
    )
    key = statement_of(timeline, "a", words(1))
    rows = timeline.query(f"SELECT text, round(nearness, 2), relation, person FROM similar_statements('{key[:9]}')")  # noqa: S608 - its own id
    assert rows == [
        (words(3), 0.87, "opposes", PEAKE.person),
        (words(4), 0.71, "agrees", PEAKE.person),
        (words(2), 0.34, "agrees", PEAKE.person),
    ]
    assert timeline.query("SELECT * FROM similar_statements('nothing begins so')") == []


def test_at_most_fifty_similar_statements_are_shown(timeline: Timeline) -> None:
    timeline.read(page("a", 2, *(said(number, number) for number in range(60))))
    key = statement_of(timeline, "a", words(0))
    assert len(timeline.query(f"SELECT * FROM similar_statements('{key}')")) == 50  # noqa: S608 - its own id
