"""What a statement says as numbers: the shipped artefact, and what must make no difference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from extractors.heads import ModelError
from extractors.meaning_reader import MeaningReader, nameless
from extractors.records import Document
from flows.engine_loading import load_engine
from flows.settings import Places
from tests.extractors.engine_setup import CONFIG
from warehouse.meanings import LEAST_NEARNESS

if TYPE_CHECKING:
    from extractors.meaning import Meaning

AUTONOMY = "Local leaders must be trusted to decide how their hospitals are run."
AGAIN = "The people in charge on the ground should make the decisions about services, not ministers."
PARKING = "The car park at the hospital will be closed for repairs until March."


@pytest.fixture(scope="module")
def reader() -> MeaningReader:
    return load_engine(Places(CONFIG, CONFIG, CONFIG)).meanings


def cosine(one: Meaning, other: Meaning) -> float:
    product = sum(a * b for a, b in zip(one.numbers, other.numbers, strict=True))
    return product / math.hypot(*one.numbers) / math.hypot(*other.numbers)


def unlike(one: Meaning, other: Meaning) -> int:
    return sum(((a ^ b) & (2**64 - 1)).bit_count() for a, b in zip(one.bits, other.bits, strict=True))


def test_the_same_in_other_words_is_nearer_than_something_else(reader: MeaningReader) -> None:
    one, again, parking = map(reader.read, (AUTONOMY, AGAIN, PARKING))
    assert cosine(one, again) > 2 * abs(cosine(one, parking))
    assert cosine(one, again) > LEAST_NEARNESS
    assert unlike(one, again) < unlike(one, parking)


def test_who_says_it_makes_no_difference(reader: MeaningReader) -> None:
    one, other = (f"We should be left alone, said {name}." for name in ("Rosalind Peake", "Ossian Tarn"))
    assert reader.read(one) == reader.read(other)


@pytest.mark.parametrize("text", ["", "?", "Yes.", "\u4e2d", "trust " * 2000])
def test_any_text_has_a_meaning(reader: MeaningReader, text: str) -> None:
    read = reader.read(text)
    assert len(read.numbers) == 64
    assert max(map(abs, read.numbers)) == 127
    assert all(-(2**63) <= word < 2**63 for word in read.bits)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The NHS in Kelsby must change, said Orla Venning.", "The NHS in must change, said"),
        (
            "\u201cTrust us.\u201d Whitehall must let go of things.",
            "\u201cTrust us.\u201d Whitehall must let go of things.",
        ),
        ("We met Orla Venning.", "We met Orla Venning."),
    ],
)
def test_names_are_left_out_where_enough_stays(text: str, left: str) -> None:
    assert nameless(text) == left


def test_statements_with_a_side_or_a_theme_get_a_meaning_and_no_others(reader: MeaningReader) -> None:
    engine = load_engine(Places(CONFIG, CONFIG, CONFIG))
    told = {"Rosalind Peake": AUTONOMY, "Ossian Tarn": "The scan of her knee showed a torn ligament,"}
    text = "\n\n".join(f"\u201c{words}\u201d said {who}." for who, words in told.items())
    first, second = engine.analyse(Document(text)).statements
    assert first.meaning == reader.read(first.text)
    assert second.meaning is None


def test_bytes_of_something_else_are_refused(reader: MeaningReader) -> None:
    with pytest.raises(ModelError, match=r"meanings\.bin"):
        MeaningReader.from_bytes(b"something else", reader._encoder)
