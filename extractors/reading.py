"""Reading an article from top to bottom, paragraph by paragraph: whose words each holds."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.direct import OPENING, direct_span
from extractors.floor import Floor
from extractors.paragraph import Paragraph, ParagraphKind
from extractors.passage import Piece, is_same_actor, join
from extractors.records import Passage, QuoteKind, Speaker
from extractors.testimony import TestimonyReader

if TYPE_CHECKING:
    from extractors.actor import ActorResolver
    from extractors.attribution import CueReader
    from extractors.page import Page, Voice
    from extractors.quotation import Quotation
    from extractors.sentence import Sentence

FINDINGS = re.compile(
    r"\b(?:findings|recommendations|recommends|demands|asks|calls|priorities|conclusions)\b", re.IGNORECASE
)


class Reading:
    """One pass over one article; keeps the last speaker and what a lead-in has announced."""

    def __init__(
        self, cues: CueReader, page: Page, quotations: dict[int, tuple[Quotation, ...]], actors: ActorResolver
    ) -> None:
        self._page = page
        self._quotations = quotations
        self._floor = Floor(cues, page, actors)
        self._testimony = TestimonyReader(cues, page, self._floor)
        self._lead: Speaker | None = None  # whose words the next paragraph holds
        self._unmarked: Speaker | None = None  # who goes on without quotation marks
        self._list: Speaker | None = None  # whose asks the items are

    def has_unmarked_lead(self) -> bool:
        """Whether some "X said:" is followed by a paragraph without quotation marks."""
        text, paragraphs = self._page.document.text, self._page.paragraphs
        for index, (paragraph, after) in enumerate(pairwise(paragraphs)):
            if paragraph.kind is not ParagraphKind.BODY:
                continue
            if text[paragraph.end - 1] != ":" or after.kind is not ParagraphKind.BODY or text[after.start] in OPENING:
                continue
            if self._page.scans[index].verbs and not self._page.is_own(index):
                return True
        return False

    def read(self, voices: dict[int, Voice]) -> list[Passage]:
        """All passages in order."""
        passages: list[Passage] = []
        for index, paragraph in enumerate(self._page.paragraphs):
            if paragraph.kind is ParagraphKind.CLOCK:
                self._lead = self._unmarked = self._list = None
                self._floor.clear()
            elif paragraph.kind is ParagraphKind.HEADING:
                self._unmarked = self._list = None
                self._floor.see(index, paragraph.end)
            elif paragraph.kind is ParagraphKind.ITEM and index not in voices:
                passages += self._item(paragraph)
            elif paragraph.kind in (ParagraphKind.BODY, ParagraphKind.ITEM):
                passages += join(self._paragraph(index, paragraph, voices.get(index)))
        return passages

    def _item(self, paragraph: Paragraph) -> list[Passage]:
        speaker = self._list or self._unmarked
        self._lead = None
        return [Passage(paragraph.start, paragraph.end, speaker, QuoteKind.POSITION)] if speaker else []

    # --- one paragraph ----------------------------------------------------------------------------------------

    def _paragraph(self, index: int, paragraph: Paragraph, voice: Voice | None) -> list[Piece]:
        self._floor.topic = None
        quotations = self._quotations[index]
        sentences = self._page.sentences[index]
        self._list = None
        if voice:
            return self._voiced(index, voice, sentences)
        lead, self._lead = self._lead, None
        is_quoted = bool(quotations) and quotations[0].start - paragraph.start <= 1
        if lead and not is_quoted and not quotations:
            self._unmarked = lead
        elif lead and is_quoted:
            self._floor.give(lead)
        if self._unmarked and self._goes_on_unmarked(index, paragraph, is_first=lead is not None):
            self._floor.give(self._unmarked)
            return [Piece(paragraph.start, paragraph.end, self._unmarked, QuoteKind.DIRECT)]
        self._unmarked = None
        pieces: list[Piece] = []
        for sentence in sentences:
            self._testimony.read(index, sentence, pieces)
        self._note_lead(index, paragraph, pieces)
        return pieces

    def _goes_on_unmarked(self, index: int, paragraph: Paragraph, *, is_first: bool) -> bool:
        if self._quotations[index] and not is_first:
            return False
        if self._page.document.text[paragraph.end - 1] == ":":
            return False
        return (
            is_first
            or self._floor.cue_of(index, paragraph.start, paragraph.end) is None
            or bool(self._page.is_own(index))
        )

    def _note_lead(self, index: int, paragraph: Paragraph, pieces: list[Piece]) -> None:
        """A paragraph that ends in a colon announces the quotation or the list that follows; it states nothing."""
        if self._page.document.text[paragraph.end - 1] != ":" or not pieces:
            return
        speaker = pieces[-1].speaker or self._subject_of(index, pieces[-1])
        following = next(
            (
                entry
                for entry in self._page.paragraphs[index + 1 :][:4]
                if entry.kind in (ParagraphKind.BODY, ParagraphKind.ITEM)
            ),
            None,
        )
        if following is None or speaker is None:
            return
        last = pieces[-1]
        pieces[-1] = Piece(last.start, last.end, None, last.kind)
        if following.kind is ParagraphKind.ITEM:
            is_attributed = last.speaker or self._floor.cue_of(index, last.start, last.end)
            self._list = speaker if is_attributed or FINDINGS.search(self._page.line(index)) else None
        else:
            self._lead = speaker

    def _subject_of(self, index: int, piece: Piece) -> Speaker | None:
        """Who is about to speak behind a line that ends in a colon without saying so."""
        attributed = self._floor.cue_of(index, piece.start, piece.end)
        return (
            attributed.speaker
            if attributed
            else self._floor.about(index, piece.start, piece.end) or self._floor.subject
        )

    def _voiced(self, index: int, voice: Voice, sentences: list[Sentence]) -> list[Piece]:
        """An author's paragraph; whom the author quotes directly by name has a statement of his or her own."""
        pieces: list[Piece] = []
        for sentence in sentences:
            start = max(sentence.start, voice.start)
            if start >= sentence.end:
                continue
            attributed = self._floor.cue_of(index, sentence.start, sentence.end) if sentence.quotations else None
            direct = (
                direct_span(sentence, attributed.cue, self._page.scans[index], self._page.masked)
                if attributed
                else None
            )
            if (
                direct
                and attributed
                and voice.speaker
                and attributed.speaker.person
                and not is_same_actor(attributed.speaker, voice.speaker)
            ):
                pieces.append(Piece(*direct, attributed.speaker, QuoteKind.DIRECT))
            else:
                pieces.append(Piece(start, sentence.end, voice.speaker, voice.kind))
        self._floor.give(voice.speaker)
        return pieces
