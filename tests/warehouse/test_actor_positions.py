"""Where an actor stands, since when, and where it stood before."""

from __future__ import annotations

from dataclasses import replace

from tests.warehouse.timeline import PEAKE, TARN, Page, Said, Timeline, at, page, words

LOCAL, CENTRAL, BALANCED, NONE = "local", "central", "balanced", "none"


SEQUENCES: list[tuple[list[str], str, int, str | None]] = [
    ([LOCAL], LOCAL, 1, None),
    ([LOCAL, LOCAL], LOCAL, 1, None),
    ([LOCAL, CENTRAL], CENTRAL, 2, LOCAL),
    ([LOCAL, LOCAL, CENTRAL, CENTRAL], CENTRAL, 3, LOCAL),
    ([LOCAL, LOCAL, CENTRAL, CENTRAL, LOCAL], LOCAL, 5, CENTRAL),
    ([LOCAL, CENTRAL, LOCAL, LOCAL], LOCAL, 3, CENTRAL),
    ([LOCAL, CENTRAL, BALANCED], BALANCED, 3, CENTRAL),
    ([BALANCED, LOCAL, LOCAL, LOCAL, NONE], LOCAL, 2, BALANCED),
    ([CENTRAL, NONE, CENTRAL], CENTRAL, 1, None),
]
"""Stances on the days of June, and where the actor stands then, since which day, and where before."""


def test_sequences_of_stances(timeline: Timeline) -> None:
    pages, expected = [], []
    for number, (stances, stance, since, before) in enumerate(SEQUENCES):
        speaker = replace(PEAKE, person=f"Speaker Number{number}")
        for day, each in enumerate(stances, start=1):
            pages.append(page(f"{number}-{day}", day, Said(speaker, each, words(10 * number + day))))
        last = max(day for day, each in enumerate(stances, start=1) if each != NONE)
        place = (at(since), before, len(stances), at(len(stances)), f"https://post.example/{number}-{last}")
        expected.append((speaker.person, "Valley Hospitals Group", "local_nhs", stance, *place))
    timeline.read(*pages)
    assert expected == timeline.query(
        "SELECT person, organisation, actor_type, stance, since, previous_stance, statements, last_published_at, url"
        " FROM actor_positions ORDER BY person"
    )


def test_each_actor_has_one_row(timeline: Timeline) -> None:
    timeline.read(
        *(page(f"p{n}", n + 1, Said(PEAKE, LOCAL, words(n)), Said(TARN, CENTRAL, words(n + 9))) for n in range(3))
    )
    assert timeline.query("SELECT person, stance FROM actor_positions ORDER BY person") == [
        ("Ossian Tarn", "central"),
        ("Rosalind Peake", "local"),
    ]


def test_who_never_took_a_side_has_no_position(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, NONE, words(1)), Said(TARN, LOCAL, words(2), confidence=0.4)))
    assert timeline.query("SELECT * FROM actor_positions") == []


def test_a_page_without_a_date_stands_where_it_was_first_seen(timeline: Timeline) -> None:
    timeline.read(Page("a", (Said(PEAKE, LOCAL, words(1)),), None, first_seen_at=at(3)))
    assert timeline.query("SELECT since, last_published_at FROM actor_positions") == [(at(3), None)]
    for view in ("actor_positions", "actors", "organisations"):
        assert timeline.query(f"SELECT last_said_at FROM {view}") == [(at(3),)]  # noqa: S608 - views of ours


def test_who_is_edited_out_of_a_page_still_stands_where_he_stood(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, LOCAL, words(1))))
    timeline.read(page("a", 1, Said(TARN, CENTRAL, words(2)), fetched_at=at(2)))
    assert timeline.query(
        "SELECT person, stance, since, statements, last_published_at FROM actor_positions ORDER BY 1"
    ) == [
        ("Ossian Tarn", "central", at(1), 1, at(1)),
        ("Rosalind Peake", "local", at(1), 0, at(1)),
    ]
