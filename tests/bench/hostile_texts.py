"""The structure engine's time grows with the length of a text, whatever the text is made of."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pytest

from extractors.records import Document
from extractors.statement import StatementFinder
from tests.extractors.engine_setup import load_actors, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

FINDER = StatementFinder(load_lexicon(), load_actors())
SIZE, TIMES, RUNS = 8_000, 4, 2
MOST_TIMES = 6
"""Linear time is 4; what grows with the square of the text takes 16 times as long."""


def name(number: int) -> str:
    """A word for each number, in lower case."""
    letters = ""
    while number >= 0:
        letters += "abcdefghij"[number % 10]
        number = number // 10 - 1
    return letters


HOSTILE: dict[str, Callable[[int], str]] = {
    "marks": lambda _: "“a ‘b ” ’ \" ' said X, ",
    "marks that open": lambda _: "“ ",
    "one sentence without end": lambda _: "the trust said it was well and ",
    "one paragraph": lambda _: "The trust said it was well. ",
    "he said": lambda _: "He said.\n\n",
    "brackets": lambda _: "Jane Doe (Lab) (a) (",
    "bullets": lambda _: "• We want more of it now\n",
    "lines": lambda _: "we want it\n",
    "new people": lambda at: f"Jo Q{name(at)}, chair of the Z{name(at)} Trust, said it was well.\n\n",
    "one surname": lambda at: f"Q{name(at)} Smith said Ms Smith was well. ",
    "peers": lambda at: f"Lord Q{name(at)} and Q{name(at)} Smith said. ",
    "new bodies": lambda at: f"The Z{name(at)} Trust said that the union was late. ",
    "acronyms": lambda at: f"{name(at).upper()} said. ",
    "sources": lambda at: f"A source close to the X{name(at)} trust said no. ",
    "one sentence of people": lambda at: f"Jo Q{name(at)} and Al Z{name(at)} no. ",
    "labels": lambda at: f"Jo Q{name(at)}: yes it is.\n\n",
    "roles without a name": lambda at: f"The chair of the Z{name(at)} Trust was led by Jo Q{name(at)}. ",
}


def document(unit: Callable[[int], str], size: int) -> Document:
    shortest = min(len(unit(0)), len(unit(1)))
    return Document("".join(unit(at) for at in range(size // shortest + 1))[:size])


def seconds(unit: Callable[[int], str], size: int) -> float:
    read = document(unit, size)
    runs = []
    gc.disable()  # what other tests have left in memory is walked through now and then, and counts to no text
    try:
        for _ in range(RUNS):
            begun = time.process_time()
            FINDER.find(read)
            runs.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(runs)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_text_of_four_times_the_length_takes_no_more_than_six_times_as_long(unit: Callable[[int], str]) -> None:
    assert seconds(unit, TIMES * SIZE) < MOST_TIMES * seconds(unit, SIZE)
