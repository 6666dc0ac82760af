"""Reading an article from top to bottom, paragraph by paragraph: whose words each holds."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.direct import OPENING, direct_span, hull, quoted_length
from extractors.floor import Floor
from extractors.paragraph import Paragraph, ParagraphKind
from extractors.passage import Piece, is_same_actor, join
from extractors.records import ActorType, Passage, QuoteKind, Speaker
from extractors.testimony import FLOATING_SHARE, TestimonyReader

if TYPE_CHECKING:
    from extractors.actor import ActorResolver
    from extractors.attribution import CueReader
    from extractors.page import Page, Voice
    from extractors.quotation import Quotation
    from extractors.sentence import Sentence

VOICED = "the author, or whom a label names"
FINDINGS = re.compile(
    r"\b(?:findings|recommendations|recommends|demands|asks|calls|points|priorities|conclusions|pledges|commitments"
    r"|proposals|proposed|plan would"
    r"|(?:tests|rules|principles|conditions) (?:are|state|require|include)|states?|says?)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"(?:our |its |the |key |main |full |summary of )*(?:recommendations|asks|demands|proposals):?", re.IGNORECASE
)
"""A heading over a list of what a report asks for."""
MAX_RESUMED = 16
"""Characters of a line that goes on with the list before it ("However:", "And that:")."""


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
                self._unmarked = None
                self._list = self._floor.reporter if ASKS.fullmatch(self._page.line(index)) else None
                self._floor.see(index, paragraph.end)
            elif index not in voices and self._is_item(paragraph) and not self._is_numbered(paragraph):
                passages += self._item(paragraph)
            elif paragraph.kind in (ParagraphKind.BODY, ParagraphKind.ITEM):
                passages += join(self._paragraph(index, paragraph, voices.get(index)))
        return passages

    def _is_item(self, paragraph: Paragraph) -> bool:
        """A marked item, or in an open list a paragraph that goes on in lower case."""
        if paragraph.kind is ParagraphKind.ITEM:
            return True
        is_body = paragraph.kind is ParagraphKind.BODY
        return is_body and self._list is not None and self._page.document.text[paragraph.start].islower()

    def _is_numbered(self, paragraph: Paragraph) -> bool:
        """Whether an item of nobody's list is a sentence of its own, as in minutes; headlines in bullets are none."""
        line = self._page.document.text[paragraph.start : paragraph.end]
        is_sentence = line.rstrip("”’\"'").endswith((".", "!", "?", ":"))
        return is_sentence and self._list is None and self._unmarked is None

    def _item(self, paragraph: Paragraph) -> list[Passage]:
        speaker = self._list or self._unmarked
        self._lead = None
        return (
            [Passage(paragraph.start, paragraph.end, speaker, QuoteKind.POSITION, "item of a list")] if speaker else []
        )

    # --- one paragraph ----------------------------------------------------------------------------------------

    def _paragraph(self, index: int, paragraph: Paragraph, voice: Voice | None) -> list[Piece]:
        self._floor.topic = None
        quotations = self._quotations[index]
        sentences = self._page.sentences[index]
        before, self._list = self._list, None
        lead, self._lead = self._lead, None
        if voice:
            return self._voiced(index, voice, sentences, lead)
        is_quoted = bool(quotations) and quotations[0].start - paragraph.start <= 1
        if lead and not is_quoted and not quotations:
            self._unmarked = lead
        elif lead and is_quoted:
            self._floor.give(lead)
        if self._unmarked and self._goes_on_unmarked(index, paragraph, is_first=lead is not None):
            self._floor.give(self._unmarked)
            return [Piece(paragraph.start, paragraph.end, self._unmarked, QuoteKind.DIRECT, "announced before a colon")]
        self._unmarked = None
        pieces: list[Piece] = []
        for sentence in sentences:
            self._testimony.read(index, sentence, pieces)
        self._note_lead(index, paragraph, pieces)
        if before and paragraph.end - paragraph.start <= MAX_RESUMED and self._page.line(index).endswith(":"):
            self._list = before
        return pieces

    def _goes_on_unmarked(self, index: int, paragraph: Paragraph, *, is_first: bool) -> bool:
        if self._quotations[index] and not is_first:
            return False
        if self._page.document.text[paragraph.end - 1] == ":":
            return False
        if is_first or self._page.is_own(index):
            return True
        return self._floor.cue_of(index, paragraph.start, paragraph.end) is None and self._is_resumed(index)

    def _is_resumed(self, index: int) -> bool:
        """Whether the first person comes back before anything else speaks: else a government goes on with its own text.

        Other bodies end their releases with what somebody says.
        """
        if self._floor.publisher is None or self._floor.publisher.actor_type is not ActorType.GOVERNMENT:
            return True
        for at in range(index + 1, len(self._page.paragraphs)):
            if self._page.paragraphs[at].kind is not ParagraphKind.BODY or self._quotations[at]:
                return False
            if self._page.is_own(at):
                return True
            if self._page.document.text[self._page.paragraphs[at].end - 1] == ":":
                return False
        return False

    def _note_lead(self, index: int, paragraph: Paragraph, pieces: list[Piece]) -> None:
        """A paragraph that ends in a colon announces the quotation or the list that follows; it states nothing."""
        if self._page.document.text[paragraph.end - 1] != ":" or not pieces:
            return
        is_told = FINDINGS.search(self._page.line(index)) is not None
        told = self._floor.asking(index) if is_told else self._floor.publisher
        speaker = pieces[-1].speaker or self._subject_of(index, pieces[-1]) or told
        following = next(
            (
                entry
                for entry in self._page.paragraphs[index + 1 : index + 5]
                if entry.kind in (ParagraphKind.BODY, ParagraphKind.ITEM)
            ),
            None,
        )
        if following is None or speaker is None:
            return
        last = pieces[-1]
        pieces[-1] = Piece(last.start, last.end, None, last.kind)
        if following.kind is ParagraphKind.ITEM or self._page.document.text[following.start].islower():
            is_attributed = last.speaker or self._floor.cue_of(index, last.start, last.end)
            self._list = speaker if is_attributed else (told or speaker) if is_told else None
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

    def _voiced(self, index: int, voice: Voice, sentences: list[Sentence], lead: Speaker | None) -> list[Piece]:
        """An author's paragraph; whom the author quotes directly by name has a statement of his or her own."""
        quotations = self._quotations[index]
        if lead and quotations and quotations[0].start - voice.start <= 1 and _is_all_quoted(sentences):
            return [Piece(*hull(quotations), lead, QuoteKind.DIRECT, "announced before a colon")]
        pieces: list[Piece] = []
        for sentence in sentences:
            start = max(sentence.start, voice.start)
            if start >= sentence.end:
                continue
            if self._page.masked[start] == "[" and self._page.masked[start : sentence.end].rstrip().endswith("]"):
                pieces.append(Piece(start, sentence.end, None, voice.kind))
                continue
            other = self._quoted_by(index, voice, sentence, pieces)
            pieces.append(other or Piece(start, sentence.end, voice.speaker, voice.kind, VOICED))
            if other is None:
                self._floor.follow_narration(index, sentence)
            self._floor.see(index, sentence.end)
        self._note_quotation(index, voice, sentences)
        return pieces

    def _note_quotation(self, index: int, voice: Voice, sentences: list[Sentence]) -> None:
        """An author's paragraph that ends in "X told me:", "X stunned us:" announces another's words."""
        last = sentences[-1] if sentences else None
        if last is None or self._page.document.text[last.end - 1] != ":" or voice.speaker is None:
            return
        attributed = self._floor.cue_of(index, last.start, last.end)
        speaker = attributed.speaker if attributed else self._floor.about(index, last.start, last.end)
        if speaker and speaker.person and not is_same_actor(speaker, voice.speaker):
            self._lead = speaker

    def _quoted_by(self, index: int, voice: Voice, sentence: Sentence, pieces: list[Piece]) -> Piece | None:
        """What somebody else is quoted as saying in an author's paragraph."""
        if not sentence.quotations or voice.speaker is None:
            return None
        before = pieces[-1] if pieces and pieces[-1].kind is QuoteKind.DIRECT else None
        attributed = self._floor.cue_of(index, sentence.start, sentence.end)
        if attributed is None:
            is_floating = quoted_length(sentence) >= FLOATING_SHARE * (sentence.end - sentence.start - 2)
            return Piece(*hull(sentence.quotations), before.speaker, before.kind) if before and is_floating else None
        span = direct_span(sentence, attributed.cue, self._page.scans[index], self._page)
        if span is None or not attributed.speaker.person or is_same_actor(attributed.speaker, voice.speaker):
            return None
        self._floor.attribute(attributed.speaker)
        return Piece(*span, attributed.speaker, QuoteKind.DIRECT, attributed.grounds)


def _is_all_quoted(sentences: list[Sentence]) -> bool:
    """Whether a paragraph is a quotation, and nothing of the author's own."""
    whole = sentences[-1].end - sentences[0].start
    return sum(map(quoted_length, sentences)) >= FLOATING_SHARE * (whole - 2)
