"""A batch is decided as if its articles had come one by one, in whatever order its rows are stored."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.records import Theme
from tests.depth import tries
from tests.warehouse.timeline import (
    AUTONOMY,
    PEAKE,
    TARN,
    UNION,
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

Drawn = tuple[list[Said], int, int, bool, str]
"""What was said, the day of publication, days until it was first seen, whether it is news, the outlet."""

NUMBERS = st.integers(0, 5)
SAYINGS = st.builds(
    Said,
    st.sampled_from([PEAKE, TARN, UNION]),
    st.sampled_from(["local", "local", "central", "central", "balanced", "none"]),
    NUMBERS.map(words),
    st.sampled_from([AUTONOMY, (*AUTONOMY, Theme.FINANCE), (*AUTONOMY, Theme.WORKFORCE)]),
    st.sampled_from([0.4, 0.7, 0.9]),
)
PAGES = st.lists(
    st.tuples(
        st.lists(SAYINGS, min_size=1, max_size=3),
        st.integers(1, 6),
        st.integers(0, 4),
        st.booleans(),
        st.sampled_from(["Valley Post", "Hill Gazette"]),
    ),
    min_size=2,
    max_size=6,
)


def build(drawn: list[Drawn]) -> list[Page]:
    """Pages in the order of coming: history, then by when they were first seen, published, and by id."""
    pages = [
        page(
            f"p{number}",
            day,
            *(replace(each, text=f"{each.text} {each.speaker.person}") for each in said),
            first_seen_at=at(day + lag, 12),
            is_live=is_live,
            publisher=publisher,
        )
        for number, (said, day, lag, is_live, publisher) in enumerate(drawn)
    ]
    return sorted(pages, key=lambda p: (p.is_live, p.seen_at, p.published_at, p.article_id))


@settings(max_examples=tries(3), suppress_health_check=[HealthCheck.too_slow])
@given(PAGES, st.randoms(use_true_random=False))
def test_one_by_one_in_chunks_or_all_at_once(drawn: list[Drawn], shuffle: random.Random) -> None:
    pages = build(drawn)
    with tempfile.TemporaryDirectory() as folder:
        with open_timeline(Path(folder), "one") as one:
            read_one_by_one(one, pages)
            expected, positions = one.events(), held(one)
        with open_timeline(Path(folder), "batch") as batch:
            batch.read(*shuffle.sample(pages, len(pages)))
            assert batch.events() == expected
            assert held(batch) == positions
        with open_timeline(Path(folder), "chunks") as chunks:
            half = len(pages) // 2
            chunks.read(*pages[:half])
            chunks.read(*reversed(pages[half:]))
            assert chunks.events() == expected


def held(timeline: Timeline) -> list[tuple[object, ...]]:
    """Where everybody stands, and on what words."""
    return timeline.query("SELECT * FROM actor_positions ORDER BY actor_id")


def test_a_batch_of_one_actor_is_a_chain(timeline: Timeline) -> None:
    stances = ("local", "local", "central", "central", "balanced", "local")
    pages = [page(f"p{n}", n + 1, Said(PEAKE, stance, words(n))) for n, stance in enumerate(stances)]
    timeline.read(*reversed(pages))
    assert [(event.kind, event.previous_stance) for event in timeline.events()] == [
        ("first", None),
        ("repeat", "local"),
        ("shift", "local"),
        ("repeat", "central"),
        ("shift", "central"),
        ("shift", "balanced"),
    ]


def test_a_batch_with_a_late_arrival(timeline: Timeline) -> None:
    timeline.read(
        page("new", 10, Said(PEAKE, "local", words(1))),
        page("late", 5, Said(PEAKE, "central", words(2)), first_seen_at=at(12)),
        page("next", 11, Said(PEAKE, "local", words(3))),
    )
    assert [(event.article_id, event.kind) for event in timeline.events()] == [
        ("late", "repeat"),
        ("new", "first"),
        ("next", "repeat"),
    ]


def test_pages_of_one_moment_have_one_order(timeline: Timeline) -> None:
    pages = [page(f"p{n}", 1, Said(PEAKE, "local", words(n))) for n in range(5)]
    timeline.read(*reversed(pages))
    assert [event.kind for event in timeline.events()] == ["first", "repeat", "repeat", "repeat", "repeat"]


def test_two_warehouses_of_the_same_input_agree(tmp_path: Path) -> None:
    pages = [page(f"p{n}", n + 1, Said(PEAKE, stance, words(n))) for n, stance in enumerate(("local", "central"))]
    found = []
    for name, order in (("one", pages), ("two", pages[::-1])):
        with open_timeline(tmp_path, name) as timeline:
            timeline.read(*order)
            ids = "SELECT event_id, statement_id, article_id FROM stance_events ORDER BY ALL"
            found.append(
                (timeline.query(ids), timeline.query("SELECT statement_id, actor_id FROM statements ORDER BY ALL"))
            )
    assert found[0] == found[1]
