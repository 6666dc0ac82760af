"""Near-copies are found by an index of word runs; what it finds is what the rule finds that compares all with all."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from extractors.identity import shingles, words_key
from extractors.records import ActorType, Speaker
from tests.warehouse.namesakes import HILL, VALLEY, merge
from tests.warehouse.timeline import PEAKE, TARN, Page, Said, Timeline, at, page, read_one_by_one, words

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTE = "Leave the choice of wards with the boards who know this valley, then hold them to what they promised us."
NEARLY = "Leave the choice of wards with the boards that know this valley, and hold them to what they promised us."
FARTHER = "Leave the choice of wards with the boards that know this dale, and hold them to all that they promised us."
STEMS = [f"{stem}{number}" for stem in ("ward", "board", "trust", "power", "staff") for number in range(12)]
BODIES = ("Valley Hospitals Group", "Hill Quarry Union", "Moor Trust", "")
NAMES = ("Rosalind Peake", "Ossian Tarn", "Edda Fell")


@dataclass(frozen=True, slots=True)
class Known:
    """A stored statement with what the rule looks at; ``place`` is its batch, then its place within."""

    statement_id: str
    actor_id: str | None
    organisation: str
    key: str
    runs: frozenset[int]
    batch: int
    place: tuple[Any, ...]
    original_id: str


def test_all_that_the_rule_finds_is_found(timeline: Timeline) -> None:
    """Quotations cut, edited, extended and used again, over four runs; compared with each earlier statement in turn."""
    pick = random.Random(6)  # noqa: S311 - the same words at each run
    quotations = invented_quotations(pick)
    batches = [[invented_page(pick, f"p{run}-{number}", quotations) for number in range(15)] for run in range(4)]
    for pages in batches:
        timeline.read(*pages)
    known = stored_statements(timeline)
    expected = originals(known)
    copies = [one for one in known if expected[one.statement_id] != one.statement_id]
    assert len(known) == 180
    assert 60 < len(copies) < 150
    assert {one.statement_id: one.original_id for one in known} == expected


def invented_quotations(pick: random.Random) -> Iterator[str]:
    """Without end: new words, and old ones cut, mended, led in, led out, or as they were."""
    said: list[list[str]] = []
    while True:
        text = [pick.choice(STEMS) for _ in range(pick.randint(3, 30))]
        if said and pick.random() < 0.7:
            text = list(pick.choice(said))
            way, length = pick.randrange(5), len(text)
            if way == 0:
                start = pick.randrange(length)
                text = text[start : start + pick.randint(3, 12)]
            elif way == 1:
                for _ in range(pick.randint(1, 3)):
                    text[pick.randrange(length)] = pick.choice(STEMS)
            elif way in {2, 3}:
                more = [pick.choice(STEMS) for _ in range(pick.randint(1, 25))]
                text = more + text if way == 2 else text + more
        said.append(text)
        yield " ".join(text)


def invented_page(pick: random.Random, article_id: str, quotations: Iterator[str]) -> Page:
    said = []
    for _ in range(3):
        number = pick.randrange(len(NAMES))
        name = pick.choice((NAMES[number], ""))
        body = BODIES[number] if name else pick.choice(BODIES)
        said.append(Said(Speaker(name, "chair", body, ActorType.LOCAL_NHS), "local", next(quotations)))
    seen = at(pick.randint(1, 9), pick.randrange(24))
    return Page(article_id, tuple(said), at(pick.randint(1, 9)), seen, is_live=pick.random() < 0.8)


def stored_statements(timeline: Timeline) -> list[Known]:
    rows = timeline.query(
        "SELECT statement_id, actor_id, organisation, s.text, a.is_live, a.first_seen_at, a.published_at, article_id,"
        " start_char, original_id FROM store.statements AS s JOIN store.articles AS a USING (article_id)"
    )
    return [
        Known(row[0], row[1], row[2], words_key(row[3]), frozenset(shingles(row[3])), int(row[7][1]), row[4:9], row[9])
        for row in rows
    ]


def originals(known: list[Known]) -> dict[str, str]:
    """Statement -> the one that it repeats, or itself, by comparing each with each that came before it."""
    found: dict[str, str] = {}
    for one in sorted(known, key=lambda each: (each.batch, each.place)):
        earlier = [
            other for other in known if (other.batch, other.place) < (one.batch, one.place) and is_copy(one, other)
        ]
        first = min(earlier, key=lambda each: each.place, default=None)
        found[one.statement_id] = found[first.statement_id] if first else one.statement_id
    return found


def is_copy(one: Known, other: Known) -> bool:
    is_same_actor = one.actor_id is not None and one.actor_id == other.actor_id
    is_same_voice = is_same_actor or (one.organisation != "" and one.organisation == other.organisation)
    common, least = len(one.runs & other.runs), min(len(one.runs), len(other.runs))
    return (
        (one.key == other.key and (len(one.runs) >= 4 or is_same_actor))
        or (is_same_voice and least >= 4 and common >= 0.6 * least)
        or (is_same_actor and len(one.runs) in {2, 3} and common == len(one.runs))
    )


def test_a_copy_of_a_copy_is_one_of_the_first_however_they_come(timeline: Timeline) -> None:
    """The third has too little of the first to be a copy of it, but is one of the second."""
    pages = [
        page(f"p{number}", number, Said(PEAKE, "local", text), publisher=f"Outlet {number}")
        for number, text in enumerate((QUOTE, NEARLY, FARTHER), start=1)
    ]
    timeline.read(*pages)
    assert {event.sources for event in timeline.events()} == {("Outlet 1", "Outlet 2", "Outlet 3")}
    assert [event.kind for event in timeline.events()] == ["first", "repeat", "repeat"]


@pytest.mark.parametrize(
    ("scrap", "who", "kind"),
    [
        ("hold them to what they", PEAKE, "repeat"),
        ("choice of wards with", PEAKE, "repeat"),
        ("hold them to what we", PEAKE, "shift"),
        ("hold them to", PEAKE, "shift"),
        ("hold them to what they", TARN, "first"),
        ("hold them to what they", replace(PEAKE, person=""), "first"),
    ],
)
def test_a_scrap_of_what_the_same_actor_said_is_old_words(
    timeline: Timeline, scrap: str, who: Speaker, kind: str
) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", QUOTE)))
    timeline.read(page("b", 2, Said(who, "central", scrap)))
    assert list(timeline.kinds("b").values()) == [kind]


def test_a_scrap_does_not_make_old_words_of_a_later_speech_around_it(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", "hold them to what they")))
    timeline.read(page("b", 2, Said(PEAKE, "central", QUOTE)))
    assert timeline.kinds("b") == {"Rosalind Peake": "shift"}


def test_words_said_for_another_body_are_found_where_one_actor_said_both(timeline: Timeline) -> None:
    read_one_by_one(timeline, [page("a", 1, Said(VALLEY, "local", QUOTE)), page("b", 2, Said(HILL, "local", words(2)))])
    merge(timeline, "Rosalind Peake (Valley NHS Trust)", "Rosalind Peake (Hill Quarry Union)")
    timeline.detect()
    timeline.read(page("c", 3, Said(HILL, "central", NEARLY)))
    assert timeline.kinds("c") == {"Rosalind Peake": "repeat"}
    assert timeline.query("SELECT count(DISTINCT original_id) FROM store.statements") == [(2,)]


def test_words_that_a_new_engine_gives_to_another_body_are_found_as_that_bodys(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", QUOTE)))
    moved = replace(TARN, person="Edda Fell")
    timeline.pages["a"] = replace(timeline.pages["a"], found=(Said(moved, "local", QUOTE),))
    timeline.analyse("engine-2")
    timeline.detect()
    timeline.pages["b"] = page("b", 2, Said(TARN, "central", NEARLY))
    timeline.store(timeline.pages["b"])
    timeline.analyse("engine-2")
    timeline.detect()
    assert timeline.kinds("b") == {"Ossian Tarn": "repeat"}


def test_runs_of_words_are_kept_once_a_statement(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", QUOTE), Said(TARN, "central", words(3))))
    once = timeline.table("store.word_runs")
    timeline.analyse("engine-2")
    timeline.detect()
    assert timeline.table("store.word_runs") == once
    assert len(once) == sum(len(set(shingles(text))) for text in (QUOTE, words(3)))
