"""Whose words a speech, a column or an interview is: title, by-line, author line, announcement, biography, labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractors.records import Document

if TYPE_CHECKING:
    from extractors.records import Speaker
    from extractors.statement import StatementFinder

SPEECH = (
    "I am grateful to be here in Harrogate today. I want to talk about trust, and about who decides.\n\n"
    "When I became a nurse we asked the ward sister, and she asked nobody. I think that we have lost "
    "something.\n\n"
    "My department will give boards three-year budgets. We will stop asking for weekly returns. As "
    "my predecessor Sir Tom Barlowe said, “Returns never cured a patient.”\n\n"
    "So I ask you to judge me on what we stop doing. I know that it will be hard. Thank you."
)
SPOKEN = ("grateful", "ward sister", "three-year", "judge me")
ANSWERS = ("late by an hour", "ever replied", "ward sisters")
FORMS = Path(__file__).resolve().parents[1] / "corpus" / "forms"


def frames(name: str) -> dict[str, Document]:
    """The documents of a file of frames by the name of the form."""
    _, *blocks = (FORMS / f"{name}.txt").read_text(encoding="utf-8").split("\n======\n")
    found = {}
    for block in blocks:
        head, _, text = block.partition("\n---\n")
        facts = {key: value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
        words = text.rstrip("\n").replace("{speech}", SPEECH)
        found[facts["form"]] = Document(
            words, title=facts["title"], byline=facts["byline"], publisher=facts["publisher"]
        )
    return found


SPEECHES, INTERVIEWS = frames("speeches"), frames("interviews")
BYLINES = (
    "Hannah Tarrowby",
    "By Hannah Tarrowby",
    "Rt Hon Hannah Tarrowby MP",
    "The Rt Hon Hannah Tarrowby MP",
    "Hannah Tarrowby MP",
    "Dr Hannah Tarrowby OBE",
    "Cllr Hannah Tarrowby (Lab)",
    "Dame Hannah Tarrowby DBE",
    "Health Secretary Hannah Tarrowby",
    "Chief executive Hannah Tarrowby",
    "Hannah Tarrowby, chief executive",
    "Hannah Tarrowby, Chief Executive, NHS Providers",
    "Hannah Tarrowby | Chief Executive",
    "Hannah Tarrowby - chief executive",
    "Prof. Hannah Tarrowby",
    "Written by Hannah Tarrowby",
    "Author: Hannah Tarrowby",
    "Speech by Hannah Tarrowby",
    "Baroness Hannah Tarrowby",
    "HANNAH TARROWBY",
    "Hannah Tarrowby (chief executive of NHS Providers)",
    "Hannah Tarrowby; Peter Quillwright",
    "Hannah Tarrowby & Peter Quillwright",
    "Hannah Tarrowby with Peter Quillwright",
    "Guest post by Hannah Tarrowby",
    "Hannah Tarrowby\nChief executive, NHS Providers",
    "Speaker: Hannah Tarrowby",
)


def speakers(finder: StatementFinder, document: Document, markers: tuple[str, ...]) -> list[Speaker]:
    """The speakers of the statements that hold one of the markers."""
    found = finder.find(document)
    return [one.speaker for one in found if any(marker in document.text[one.start : one.end] for marker in markers)]


@pytest.mark.parametrize("form", SPEECHES)
def test_a_speech_or_a_column_is_its_authors(finder: StatementFinder, form: str) -> None:
    assert [one.person for one in speakers(finder, SPEECHES[form], SPOKEN)] == ["Hannah Tarrowby"] * len(SPOKEN)


@pytest.mark.parametrize("form", INTERVIEWS)
def test_an_answer_is_whose_it_is_and_a_question_nobodys(finder: StatementFinder, form: str) -> None:
    document = INTERVIEWS[form]
    found = speakers(finder, document, ANSWERS)
    assert [(one.person, one.organisation) for one in found] == [("Hannah Tarrowby", "Weald Valley NHS Trust")] * len(
        ANSWERS
    )
    assert not speakers(finder, document, ("did it start", "did you do"))


@pytest.mark.parametrize("title", ["Why we must decide", "Speech to the annual conference", "Opinion: who decides?"])
@pytest.mark.parametrize("byline", BYLINES)
def test_a_by_line_gives_the_name_alone(finder: StatementFinder, byline: str, title: str) -> None:
    found = speakers(finder, Document(SPEECH, title=title, byline=byline, publisher="NHS Providers"), SPOKEN)
    assert {one.person for one in found} == {"Hannah Tarrowby"}


def test_a_reporters_by_line_speaks_nothing(finder: StatementFinder) -> None:
    text = "Here is what the health secretary, Hannah Tarrowby, said in Harrogate on Monday.\n\n" + SPEECH
    document = Document(text, title="In full: the speech", byline="Peter Quillwright, health editor", publisher="Post")
    assert {one.person for one in speakers(finder, document, SPOKEN)} == {"Hannah Tarrowby"}
