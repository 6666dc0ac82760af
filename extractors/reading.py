"""Reading an article from top to bottom: who has the floor, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.attribution import CueReader
from extractors.direct import OPENING, Attributed, direct_span, has_content, hull, quoted_length
from extractors.mention import Mention, MentionKind, Scan
from extractors.paragraph import Paragraph, ParagraphKind
from extractors.passage import Piece, is_same_actor, join
from extractors.records import Passage, QuoteKind, Speaker
from extractors.sentence import Sentence, SentenceReader
from extractors.vocabulary import VerbClass

if TYPE_CHECKING:
    from extractors.actor import ActorResolver
    from extractors.page import Page, Voice
    from extractors.quotation import Quotation

FLOATING_SHARE = 0.75
CONTINUED = re.compile(
    r"(?:These|Those|Such|They|This|That|It) "
    r"(?:would|could|should|will|must|include|includes|included|means|meant|ranged?)\b"
)
LEAD, AHEAD, AHEAD_MENTIONS = 1, 3, 40
"""Up to this body paragraph a role may come before its holder's name, which is looked for so far ahead."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The readers that a reading uses."""

    sentences: SentenceReader
    cues: CueReader


class Reading:
    """One pass over one article; keeps the last speaker and what a lead-in has announced."""

    def __init__(
        self, tools: Tools, page: Page, quotations: dict[int, tuple[Quotation, ...]], actors: ActorResolver
    ) -> None:
        self._tools = tools
        self._page = page
        self._quotations = quotations
        self._actors = actors
        self._last: Speaker | None = None
        self._lead: Speaker | None = None  # whose words the next paragraph holds
        self._unmarked: Speaker | None = None  # who goes on without quotation marks
        self._list: Speaker | None = None  # whose asks the items are
        self._subject: Speaker | None = None
        self._crowd: Speaker | None = None  # the many whom "they" may mean
        self._seen, self._seen_in = 0, -1
        self._bodies = [i for i, paragraph in enumerate(page.paragraphs) if paragraph.kind is ParagraphKind.BODY]

    def has_unmarked_lead(self) -> bool:
        """Whether some "X said:" is followed by a paragraph without quotation marks."""
        text = self._page.document.text
        for here, following in pairwise(self._bodies):
            paragraph, after = self._page.paragraphs[here], self._page.paragraphs[following]
            if text[paragraph.end - 1] == ":" and text[after.start] not in OPENING and self._page.scans[here].verbs:
                return True
        return False

    def read(self, voices: dict[int, Voice]) -> list[Passage]:
        """All passages in order."""
        passages: list[Passage] = []
        for index, paragraph in enumerate(self._page.paragraphs):
            if paragraph.kind is ParagraphKind.CLOCK:
                self._last = self._lead = self._unmarked = self._list = None
            elif paragraph.kind is ParagraphKind.HEADING:
                self._unmarked = self._list = None
                self._see(index, paragraph.end)
            elif paragraph.kind is ParagraphKind.ITEM and index not in voices:
                passages += self._item(paragraph)
            elif paragraph.kind in (ParagraphKind.BODY, ParagraphKind.ITEM):
                passages += join(self._paragraph(index, paragraph, voices.get(index)))
        return passages

    def _see(self, index: int, until: int) -> None:
        """Pass the paragraph's mentions up to an offset, each once."""
        mentions = self._page.scans[index].mentions
        seen = self._seen if self._seen_in == index else 0
        while seen < len(mentions) and mentions[seen].at < until:
            self._actors.cast.see(mentions[seen])
            seen += 1
        self._seen, self._seen_in = seen, index

    def _item(self, paragraph: Paragraph) -> list[Passage]:
        speaker = self._list or self._unmarked
        self._lead = None
        return [Passage(paragraph.start, paragraph.end, speaker, QuoteKind.POSITION)] if speaker else []

    # --- one paragraph ----------------------------------------------------------------------------------------

    def _paragraph(self, index: int, paragraph: Paragraph, voice: Voice | None) -> list[Piece]:
        quotations = self._quotations[index]
        sentences = self._tools.sentences.read(self._page.masked, paragraph.start, paragraph.end, quotations)
        self._list = None
        if voice:
            return self._voiced(index, voice, sentences)
        lead, self._lead = self._lead, None
        is_quoted = bool(quotations) and quotations[0].start - paragraph.start <= 1
        if lead and not is_quoted and not quotations:
            self._unmarked = lead
        elif lead and is_quoted:
            self._last = lead
        if self._unmarked and self._goes_on_unmarked(index, paragraph, is_first=lead is not None):
            self._last = self._unmarked
            return [Piece(paragraph.start, paragraph.end, self._unmarked, QuoteKind.DIRECT)]
        self._unmarked = None
        pieces: list[Piece] = []
        for sentence in sentences:
            self._sentence(index, sentence, pieces)
        self._note_lead(index, paragraph, pieces)
        return pieces

    def _goes_on_unmarked(self, index: int, paragraph: Paragraph, *, is_first: bool) -> bool:
        if self._quotations[index] and not is_first:
            return False
        if self._page.document.text[paragraph.end - 1] == ":":
            return False
        return is_first or self._cue_of(index, paragraph.start, paragraph.end) is None or bool(self._page.is_own(index))

    def _note_lead(self, index: int, paragraph: Paragraph, pieces: list[Piece]) -> None:
        """A paragraph that ends in a colon announces the quotation or the list that follows; it states nothing."""
        if self._page.document.text[paragraph.end - 1] != ":" or not pieces:
            return
        speaker = pieces[-1].speaker or self._subject
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
            self._list = speaker if last.speaker else None
        else:
            self._lead = speaker

    def _voiced(self, index: int, voice: Voice, sentences: list[Sentence]) -> list[Piece]:
        """An author's paragraph; whom the author quotes directly by name has a statement of his or her own."""
        pieces: list[Piece] = []
        for sentence in sentences:
            start = max(sentence.start, voice.start)
            if start >= sentence.end:
                continue
            attributed = self._cue_of(index, sentence.start, sentence.end) if sentence.quotations else None
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
        self._last = voice.speaker
        return pieces

    # --- one sentence -----------------------------------------------------------------------------------------

    def _sentence(self, index: int, sentence: Sentence, pieces: list[Piece]) -> None:
        scan = self._page.scans[index]
        attributed = self._cue_of(index, sentence.start, sentence.end)
        if attributed:
            self._attribute(sentence, attributed, scan, pieces)
            self._split(index, sentence, attributed, pieces)
        else:
            self._unattributed(index, sentence, pieces)
        self._see(index, sentence.end)
        self._see_topic(scan, sentence)

    def _see_topic(self, scan: Scan, sentence: Sentence) -> None:
        """A body that begins its sentence is what a following "it" means."""
        for mention in scan.by_first.get(bisect_left(scan.words.starts, sentence.start), ()):
            if mention.kind in (MentionKind.ORGANISATION, MentionKind.BODY):
                self._actors.cast.see(mention)

    def _attribute(self, sentence: Sentence, attributed: Attributed, scan: Scan, pieces: list[Piece]) -> None:
        speaker, cue = attributed.speaker, attributed.cue
        if cue.verb_class is VerbClass.SILENT:
            pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))
            return
        self._subject, self._crowd = speaker, None
        direct = direct_span(sentence, cue, scan, self._page.masked)
        if direct:
            pieces.append(Piece(*direct, speaker, QuoteKind.DIRECT))
        elif cue.verb_class is VerbClass.FRAME and not sentence.quotations:
            pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))
        elif has_content(sentence, cue, scan):
            is_position = cue.verb_class is VerbClass.POSITION and speaker.organisation and not speaker.person
            kind = QuoteKind.POSITION if is_position else QuoteKind.INDIRECT
            pieces.append(Piece(sentence.start, sentence.end, speaker, kind))
        elif pieces and not pieces[-1].speaker and pieces[-1].kind is QuoteKind.DIRECT:
            pieces[-1] = Piece(pieces[-1].start, pieces[-1].end, speaker, QuoteKind.DIRECT)
        elif not pieces or pieces[-1].speaker != speaker:
            pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))
        self._last = speaker

    def _unattributed(self, index: int, sentence: Sentence, pieces: list[Piece]) -> None:
        before = pieces[-1] if pieces else None
        quoted = quoted_length(sentence)
        if quoted and quoted >= FLOATING_SHARE * (sentence.end - sentence.start - 2):
            speaker = before.speaker if before and before.speaker else self._last
            pieces.append(Piece(*hull(sentence.quotations), speaker, QuoteKind.DIRECT))
            return
        if (
            before
            and before.speaker
            and before.kind is QuoteKind.INDIRECT
            and CONTINUED.match(self._page.masked, sentence.start, sentence.end)
        ):
            pieces.append(Piece(sentence.start, sentence.end, before.speaker, QuoteKind.INDIRECT))
            return
        pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))
        self._follow_narration(index, sentence)

    def _follow_narration(self, index: int, sentence: Sentence) -> None:
        """Narration that begins with a person gives that person the floor for a quotation that floats behind it."""
        scan = self._page.scans[index]
        first = bisect_left(scan.words.starts, sentence.start)
        found = max(scan.by_first.get(first, ()), key=lambda mention: mention.last, default=None)
        if found and found.kind is MentionKind.COLLECTIVE:
            self._crowd = self._resolve(index, found)
        if found and found.kind is MentionKind.ROLE and found.last not in scan.by_first:
            speaker = self._resolve(index, found)
            self._last = speaker if speaker and speaker.person else self._last
            return
        if found and found.kind is not MentionKind.PERSON:
            found = next(
                (other for other in scan.by_first.get(found.last, ()) if other.kind is MentionKind.PERSON), None
            )
        if found:
            self._last = self._resolve(index, found) or self._last

    def _split(self, index: int, sentence: Sentence, attributed: Attributed, pieces: list[Piece]) -> None:
        """A second speaker behind ", but" or ", while" has the rest of the sentence."""
        if not pieces or pieces[-1].speaker is None or pieces[-1].kind is QuoteKind.DIRECT:
            return
        words = self._page.scans[index].words
        first, last = bisect_left(words.starts, sentence.start), bisect_left(words.starts, sentence.end)
        cue = self._tools.cues.second(self._page.scans[index], self._page.masked, (first, last), attributed.cue)
        speaker = self._resolve(index, cue.subject) if cue else None
        if cue and speaker and not is_same_actor(speaker, attributed.speaker):
            whole, conjunction = pieces[-1], cue.subject.first - 1
            pieces[-1] = Piece(whole.start, words.ends[conjunction - 1], whole.speaker, whole.kind)
            pieces.append(Piece(words.starts[conjunction], whole.end, speaker, QuoteKind.INDIRECT))
            self._last = speaker

    # --- speakers ---------------------------------------------------------------------------------------------

    def _cue_of(self, index: int, start: int, end: int) -> Attributed | None:
        scan = self._page.scans[index]
        if not scan.mentions:
            return None
        first, last = bisect_left(scan.words.starts, start), bisect_left(scan.words.starts, end)
        for cue in self._tools.cues.read(scan, self._page.masked, first, last):
            speaker = self._resolve(index, cue.subject)
            if speaker:
                return Attributed(cue, speaker)
        return None

    def _resolve(self, index: int, mention: Mention) -> Speaker | None:
        if mention.text == "they" and self._crowd:
            return self._crowd
        words = self._page.scans[index].words
        printed = self._page.document.text[mention.at : words.ends[mention.last - 1]]
        ahead = self._names_ahead(index) if mention.kind is MentionKind.ROLE else None
        return self._actors.resolve(mention, self._last, printed, ahead)

    def _names_ahead(self, index: int) -> tuple[str, ...] | None:
        """People named in the paragraphs that follow a lead; None beyond it."""
        at = bisect_left(self._bodies, index)
        if at > LEAD:
            return None
        return tuple(
            mention.text
            for body in self._bodies[at : at + AHEAD]
            for mention in self._page.scans[body].mentions[:AHEAD_MENTIONS]
            if mention.kind is MentionKind.PERSON and not mention.is_partial
        )
