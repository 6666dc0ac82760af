"""The finder as a whole: the annotated corpus, the seed documents, hostile texts."""

from __future__ import annotations

import pickle
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.records import ActorBook, Document, Passage, QuoteKind
from extractors.statement import StatementFinder
from tests.corpus.marked import Case, load_cases
from tests.corpus.score import HELDOUT, STRUCTURE, score, total
from tests.depth import tries
from tests.extractors.engine_setup import load_actors, load_lexicon

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
CASES = load_cases(STRUCTURE)
FINDER = StatementFinder(load_lexicon(), load_actors())
LEAST_F1, LEAST_SPEAKERS, LEAST_KINDS = 0.90, 0.87, 0.80
PIECES = st.sampled_from(
    ["“", "”", "‘", "’", '"', "'", " said ", "Jane Doe", ", chair of Ashmoor ICB,", "\n\n", "\n", ". ", ":", "• ",
     "he added ", "The union", "NHS England", "(", ")", "according to ", "Q: ", "A: ", "Dr ", "?", "we ", "I ",
     "9.20am", "Related News", " – ", "it is late", "…", "\u00a0", "’s ", "MP", "Lab", "1. ", " and ", "of the "]
)  # fmt: skip


def find(text: str) -> tuple[Passage, ...]:
    return FINDER.find(Document(text))


# --- the corpus -----------------------------------------------------------------------------------------------------


def test_the_corpus_is_large_varied_and_half_of_it_set_aside() -> None:
    aside = load_cases(HELDOUT)
    assert len(CASES) + len(aside) >= 150
    assert len(aside) >= 75
    assert {case.style for case in aside} <= {case.style for case in CASES}
    assert len({case.style for case in aside}) >= 14


@pytest.mark.parametrize("case", [*CASES, *load_cases(HELDOUT)], ids=lambda case: case.name)
def test_annotated_statements_lie_inside_one_paragraph(case: Case) -> None:
    for expected in case.expected:
        words = case.document.text[expected.start : expected.end]
        assert words == words.strip()
        assert "\n\n" not in words


def test_statements_and_speakers_of_the_corpus() -> None:
    whole = total(score(FINDER, case)[0] for case in CASES)
    assert whole.f1 >= LEAST_F1
    assert whole.share("speaker") >= LEAST_SPEAKERS
    assert whole.share("kind") >= LEAST_KINDS


# --- the seeds: facts only ------------------------------------------------------------------------------------------


def seed(number: str) -> tuple[str, tuple[Passage, ...]]:
    paths = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not paths:
        pytest.skip("the seed documents are not beside this checkout (../shared/seeds)")
    text = paths[0].read_text(encoding="utf-8")
    return text, find(text)


def actors_of(passages: tuple[Passage, ...]) -> Counter[tuple[str, str]]:
    return Counter((passage.speaker.person, passage.speaker.organisation) for passage in passages)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", {("James Mackey", "NHS England"): 11}),
        (
            "001",
            {
                ("", "NHS Confederation"): 6,
                ("Niall Dickson", "NHS Confederation"): 3,
                ("Jane Milligan", "East London Health and Care Partnership"): 1,
                ("Andrew Cash", "South Yorkshire and Bassetlaw Integrated Care System"): 2,
                ("Wendy Saviour", "Nottingham and Nottinghamshire ICS"): 2,
            },
        ),
        ("002", {("Rob Webster", "NHS Confederation"): 5}),
        (
            "003",
            {
                ("Andrew Goodall", "NHS Wales"): 2,
                ("Malcolm Summers", "NHS Scotland"): 2,
                ("Stephen Dorrell", "NHS Confederation"): 2,
            },
        ),
        ("004", {("Chris Hopson", "NHS Providers"): 12}),
    ],
)
def test_every_statement_of_a_seed_is_found_and_none_invented(
    number: str, expected: dict[tuple[str, str], int]
) -> None:
    _, passages = seed(number)
    assert actors_of(passages) == expected


def test_the_list_of_asks_is_four_positions() -> None:
    text, passages = seed("001")
    items = [passage for passage in passages if passage.quote_kind is QuoteKind.POSITION and not passage.speaker.person]
    marks = [text[: passage.start].rstrip().rsplit(None, 1)[-1] for passage in items]
    assert [mark for mark in marks if mark.rstrip(".") in {"i", "ii", "iii", "iv"}] == ["i.", "ii.", "iii.", "iv."]


@pytest.mark.parametrize(
    ("number", "marker"), [("003", "Related News"), ("001", "Leave a Reply"), ("002", "Share this")]
)
def test_nothing_behind_the_end_of_a_seed(number: str, marker: str) -> None:
    text, passages = seed(number)
    assert max(passage.end for passage in passages) < text.index(marker)


# --- hostile texts --------------------------------------------------------------------------------------------------


def assert_sound(text: str) -> None:
    passages = find(text)
    assert all(0 <= passage.start < passage.end <= len(text) for passage in passages)
    assert all(one.end <= other.start for one, other in pairwise(passages))


@settings(max_examples=tries(150))
@given(st.lists(PIECES, max_size=60))
def test_any_mixture_of_marks_cues_and_names_is_sound(pieces: list[str]) -> None:
    assert_sound("".join(pieces))


@settings(max_examples=tries(100))
@given(st.text(max_size=300))
def test_any_text_is_sound(text: str) -> None:
    assert_sound(text)


HOSTILE = {
    "ten thousand marks": "“a ‘b ” ’ \" ' said X, ",
    "one paragraph": "The trust said it was well. ",
    "pronouns": "He said he said she said ",
    "capitals": "Aaa Bbb ",
    "names and commas": "Jane Doe, chair of X, ",
    "labels": "Jane Doe: yes it is.\n\n",
    "floating quotations": "“We want more,” said Jane Doe, chair of the Trust.\n\n",
    "items": "- a\n",
    "spaces": "     ",
    "words that join": "Trust of the ",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        document = Document((unit * (size // len(unit) + 1))[:size])
        begun = time.process_time()
        FINDER.find(document)
        return time.process_time() - begun

    small, large = min(seconds(30_000) for _ in range(2)), seconds(120_000)
    assert large < 12 * small + 0.1


def test_the_finder_is_deterministic_and_survives_pickling(lexicon: Lexicon, actors: ActorBook) -> None:
    copied = pickle.loads(pickle.dumps(StatementFinder(lexicon, actors)))  # noqa: S301  # our own bytes
    for case in CASES:
        assert copied.find(case.document) == FINDER.find(case.document)


def test_an_empty_text_states_nothing() -> None:
    assert find("") == ()
