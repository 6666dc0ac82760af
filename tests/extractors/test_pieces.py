"""Who speaks in short whole pieces: each block of ``forms/pieces.txt`` is one, and a new one is one more block."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractors.records import Document
from tests.corpus.matching import canonical

if TYPE_CHECKING:
    from extractors.statement import StatementFinder

FORMS = Path(__file__).resolve().parents[1] / "corpus" / "forms"
NOBODY, NAMELESS = "-", "?"


def pieces() -> dict[str, tuple[Document, tuple[tuple[str, str], ...]]]:
    """Name -> document, and for words of it whose they are: a person's, a body's, nobody's, somebody nameless's."""
    _, *blocks = (FORMS / "pieces.txt").read_text(encoding="utf-8").split("\n======\n")
    found = {}
    for block in blocks:
        head, _, text = block.partition("\n---\n")
        facts = [(key, value.strip()) for key, _, value in (line.partition(":") for line in head.splitlines())]
        one = dict(facts)
        said = tuple((*map(str.strip, value.split("=>")),)[:2] for key, value in facts if key == "says")
        document = Document(
            text.rstrip("\n"), title=one["title"], byline=one.get("byline", ""), publisher=one.get("publisher", "")
        )
        found[one["form"]] = (document, tuple((words, who) for words, who in said))
    return found


PIECES = pieces()


@pytest.mark.parametrize("form", PIECES)
def test_words_are_whose_they_are(finder: StatementFinder, form: str) -> None:
    document, said = PIECES[form]
    passages = finder.find(document)
    for words, who in said:
        assert words in document.text, words
        found = [one.speaker for one in passages if words in document.text[one.start : one.end]]
        names = [canonical(one.person or one.organisation) or NAMELESS for one in found] or [NOBODY]
        assert names == [who if who in {NOBODY, NAMELESS} else canonical(who)], words
