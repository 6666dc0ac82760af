"""Cues: which verb reports, and who is its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extractors.attribution import CueReader
from extractors.scan import MentionReader
from extractors.vocabulary import Vocabulary

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon
    from extractors.records import ActorBook


@pytest.fixture(scope="module")
def readers(lexicon: Lexicon, actors: ActorBook) -> tuple[MentionReader, CueReader]:
    vocabulary = Vocabulary(lexicon, actors)
    return MentionReader(vocabulary, lexicon), CueReader(vocabulary)


def subjects(readers: tuple[MentionReader, CueReader], text: str) -> list[str]:
    mentions, cues = readers
    masked = text.replace("’", "'")
    scan = mentions.read(text, masked, 0, len(text))
    return [cue.subject.text for cue in cues.read(scan, masked, 0, len(scan.words.starts))]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Tessa Quill said the plan was thin.", "Tessa Quill"),
        ("Tessa Quill, chair of Ashmoor ICB, has warned that it is late.", "Tessa Quill"),
        ("Tessa Quill, who chairs Ashmoor ICB, told MPs it was late.", "Tessa Quill"),
        ("The chair of Ashmoor ICB, Tessa Quill, said it was late.", "Tessa Quill"),
        ("Speaking in Leeds alongside Piers Thack, Tessa Quill argued that it was late.", "Tessa Quill"),
        ("The plan is late, says Tessa Quill of the Kingsmere Forum.", "Tessa Quill"),
        ("The plan is late, according to NHS England.", "NHS England"),
        ("Labour MP Tessa Quill MP asked ministers to think again.", "Tessa Quill"),
        ("Council leader Tessa Quill (Con) said it was late.", "Tessa Quill"),
        ("In a letter to ministers, trust leaders say that it is late.", "trust leaders"),
        ("The union is calling for a rethink.", "union"),
        ("In a statement, the board of Ashmoor ICB said it was late.", "board"),
        ("Ms Quill doesn’t expect a reply.", "Quill"),
    ],
)
def test_the_subject_is_found(readers: tuple[MentionReader, CueReader], text: str, subject: str) -> None:
    assert subjects(readers, text)[:1] == [subject]


@pytest.mark.parametrize(
    "text",
    [
        "Bids were rejected by NHS England in May.",
        "The trust was told to wait.",
        "Delegates met in Cardiff to compare notes on reform.",
        "The plan that ministers say will work was published.",
        "It comes as the chancellor Tessa Quill announced a new fund.",
        "The claims of the trust were withdrawn.",
        "Nobody knows what people in Powys felt.",
    ],
)
def test_narration_has_no_cue(readers: tuple[MentionReader, CueReader], text: str) -> None:
    assert subjects(readers, text) == []
