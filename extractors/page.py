"""One document as the later stages see it, and the voices that speak whole paragraphs of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.mention import Mention, MentionKind, Scan
from extractors.paragraph import Paragraph
from extractors.records import Document, QuoteKind, Speaker
from extractors.sentence import Sentence
from extractors.word import whole_words

RECORD = re.compile(
    r"hansard|oral evidence|senedd|house of (?:commons|lords)|official report|record of proceedings|committee: oral"
    r"|^(?:\w+ ){1,8}committee\b|parliament|assembly",
    re.IGNORECASE,
)
FIRST_PERSON = whole_words(("I", "we", "We", "my", "My", "me", "our", "Our", "us"))


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a whole paragraph, from ``start`` on; ``speaker`` None for an interviewer, who is no actor."""

    start: int
    speaker: Speaker | None
    kind: QuoteKind


def is_record_of(document: Document) -> bool:
    """Whether a document is a record of a parliament or of one of its committees."""
    return RECORD.search(f"{document.publisher} {document.title}") is not None


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its paragraphs; ``masked`` has quoted words blanked.

    ``scans`` and ``sentences`` have an entry for each paragraph that is read.
    """

    document: Document
    masked: str
    paragraphs: tuple[Paragraph, ...]
    scans: dict[int, Scan]
    sentences: dict[int, list[Sentence]]
    is_record: bool
    """Whether this is a record of a parliament or of one of its committees."""

    def line(self, index: int) -> str:
        """The text of a paragraph."""
        paragraph = self.paragraphs[index]
        return self.document.text[paragraph.start : paragraph.end]

    def is_own(self, index: int) -> bool:
        """Whether a paragraph speaks in the first person outside quotation marks."""
        paragraph = self.paragraphs[index]
        return FIRST_PERSON.search(self.masked, paragraph.start, paragraph.end) is not None

    def people(self, index: int) -> list[Mention]:
        """Full names in a paragraph, in order."""
        scan = self.scans.get(index)
        mentions = scan.mentions if scan else ()
        return [found for found in mentions if found.kind is MentionKind.PERSON and not found.is_partial]
