"""What one sentence says and whose words they are: pieces of a paragraph, attributed or narration."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.direct import Attributed, comes_first, direct_span, has_content, hull, quoted_length
from extractors.passage import Piece, is_same_actor
from extractors.records import QuoteKind, Speaker
from extractors.vocabulary import VerbClass

if TYPE_CHECKING:
    from extractors.attribution import Cue, CueReader
    from extractors.floor import Floor
    from extractors.mention import Scan
    from extractors.page import Page
    from extractors.sentence import Sentence

FLOATING_SHARE = 0.75
"""From this share of a sentence on, quoted words without a cue are the statement."""
NO_CUE = "no cue"
MAX_UNKNOWN_CUE = 60
"""Characters behind a whole quotation that may say who said it in words that nobody knows ("the ex-postman said")."""
NO_COMMENT = re.compile(
    r"\b(?:not|never|declined to|refused to|unable to|no|inappropriate to)\s+(?:\w+\s+)?comment\b"
    r"|\b(?:did|would|could|does|has) not (?:say|elaborate|disclose|reveal|respond)\b"
)
AFTERTHOUGHT = re.compile(r"\b(?:but|and|though|although)\b(?:\W+\w+){0,2}\W*\Z")
"""What stands before words of silence where something was told first ("said it would act but would not say")."""
ASKING = frozenset({"how", "why", "what"})
MAX_TOLD = 4
"""Words behind a verb up to the question that somebody is quoted on ("told the House why")."""
CONTINUED = re.compile(
    r"(?:These|Those|Such|They|This|That|It) "
    r"(?:would|could|should|will|must|include|includes|included|means|meant|ranged?)\b"
)


class TestimonyReader:
    """Reads the sentences of one article in order and appends what each gives."""

    def __init__(self, cues: CueReader, page: Page, floor: Floor) -> None:
        self._cues = cues
        self._page = page
        self._floor = floor

    def read(self, index: int, sentence: Sentence, pieces: list[Piece]) -> None:
        """Append the pieces of a sentence of paragraph ``index`` to those before it in the paragraph."""
        scan = self._page.scans[index]
        self._floor.begin_sentence()
        attributed = self._floor.cue_of(index, sentence.start, sentence.end)
        if attributed:
            self._attribute(sentence, attributed, scan, pieces)
            self._split(index, sentence, attributed, pieces)
        else:
            self._unattributed(index, sentence, pieces)
        self._floor.see(index, sentence.end)
        self._floor.see_topic(scan, sentence)

    def _attribute(self, sentence: Sentence, attributed: Attributed, scan: Scan, pieces: list[Piece]) -> None:
        speaker, cue = attributed.speaker, attributed.cue
        if cue.verb_class is VerbClass.SILENT or _declines(self._page.masked, sentence, cue, scan):
            pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))
            return
        self._floor.attribute(speaker)
        if (
            cue.is_of_before
            and pieces
            and pieces[-1].kind is QuoteKind.DIRECT
            and pieces[-1].grounds.startswith(NO_CUE)
        ):
            pieces[-1] = replace(pieces[-1], speaker=speaker, grounds=attributed.grounds)
            pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))
            return
        direct = direct_span(sentence, cue, scan, self._page)
        if direct:
            _set_lead_aside(pieces, speaker)
            pieces.append(Piece(*direct, speaker, QuoteKind.DIRECT, attributed.grounds))
        elif cue.verb_class is VerbClass.FRAME and not sentence.quotations:
            pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))
        elif has_content(sentence, cue, scan):
            is_position = cue.verb_class is VerbClass.POSITION and speaker.organisation and not speaker.person
            kind = QuoteKind.POSITION if is_position else QuoteKind.INDIRECT
            is_lead = not sentence.quotations and _leads(scan, cue)
            pieces.append(Piece(sentence.start, sentence.end, speaker, kind, attributed.grounds, is_lead))
        elif pieces and not pieces[-1].speaker and pieces[-1].kind is QuoteKind.DIRECT:
            pieces[-1] = Piece(pieces[-1].start, pieces[-1].end, speaker, QuoteKind.DIRECT, attributed.grounds)
        elif not pieces or pieces[-1].speaker != speaker:
            pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))

    def _unattributed(self, index: int, sentence: Sentence, pieces: list[Piece]) -> None:
        before = pieces[-1] if pieces else None
        quoted = quoted_length(sentence)
        announced = self._announced(index, sentence) if quoted else None
        if announced:
            pieces.append(Piece(*hull(sentence.quotations), announced, QuoteKind.DIRECT, "named before the colon"))
            self._floor.attribute(announced)
            return
        if quoted and self._is_floating(sentence, quoted):
            speaker = before.speaker if before and before.speaker else self._floor.topic or self._floor.last
            grounds = (
                f"{NO_CUE}: whom the narration is about"
                if self._floor.topic
                else f"{NO_CUE}: goes on from the last speaker"
            )
            pieces.append(Piece(*hull(sentence.quotations), speaker, QuoteKind.DIRECT, grounds))
            self._floor.give(speaker)
            return
        if (
            before
            and before.speaker
            and before.kind is QuoteKind.INDIRECT
            and CONTINUED.match(self._page.masked, sentence.start, sentence.end)
        ):
            pieces.append(Piece(sentence.start, sentence.end, before.speaker, QuoteKind.INDIRECT, before.grounds))
            return
        pieces.append(Piece(sentence.start, sentence.end, None, QuoteKind.INDIRECT))
        self._floor.follow_narration(index, sentence)

    def _is_floating(self, sentence: Sentence, quoted: int) -> bool:
        """Whether the quoted words are the statement though nobody known is said to say them."""
        if quoted >= FLOATING_SHARE * (sentence.end - sentence.start - 2):
            return True
        room = sentence.end - sentence.quotations[0].end
        return comes_first(sentence, self._page.document.text) and room <= MAX_UNKNOWN_CUE

    def _announced(self, index: int, sentence: Sentence) -> Speaker | None:
        """Who is named before a colon that the quotation follows though no verb of saying stands there."""
        start = sentence.quotations[0].start - 1
        if not self._page.masked[sentence.start : start].rstrip().endswith(":"):
            return None
        return self._floor.announced(index, sentence.start, start)

    def _split(self, index: int, sentence: Sentence, attributed: Attributed, pieces: list[Piece]) -> None:
        """A second speaker behind ", but" or ", while" has the rest of the sentence."""
        if not pieces or pieces[-1].speaker is None or pieces[-1].kind is QuoteKind.DIRECT:
            return
        words = self._page.scans[index].words
        first, last = self._page.scans[index].span(sentence.start, sentence.end)
        second = self._cues.second(self._page.scans[index], self._page.masked, (first, last), attributed.cue)
        if second is None:
            return
        speaker = self._floor.resolve(index, second[0].subject)
        if speaker and not is_same_actor(speaker, attributed.speaker):
            whole, conjunction = pieces[-1], second[1]
            pieces[-1] = Piece(whole.start, words.ends[conjunction - 1], whole.speaker, whole.kind, whole.grounds)
            pieces.append(
                Piece(
                    words.starts[conjunction],
                    whole.end,
                    speaker,
                    QuoteKind.INDIRECT,
                    "a second clause with its own verb",
                )
            )
            self._floor.give(speaker)


def _leads(scan: Scan, cue: Cue) -> bool:
    """Whether a question stands behind a verb for what was said: "set out how …", "told MPs why …", "asked what …"."""
    behind = scan.words.lowered[cue.last : cue.last + MAX_TOLD]
    at = next((at for at, word in enumerate(behind) if word in ASKING), -1)
    return at >= 0 and all(scan.words.is_glued[cue.last - 1 : cue.last + at])


def _set_lead_aside(pieces: list[Piece], speaker: Speaker) -> None:
    """What only led to a quotation is narration: the statement is what is quoted."""
    if pieces and pieces[-1].is_lead and pieces[-1].speaker and is_same_actor(pieces[-1].speaker, speaker):
        pieces[-1] = replace(pieces[-1], speaker=None)


def _declines(masked: str, sentence: Sentence, cue: Cue, scan: Scan) -> bool:
    """Whether a sentence says that somebody says nothing, and nothing else: before it with a "but", or behind it.

    Its plain words are looked for first, as that is quick.
    """
    start, end = sentence.start, sentence.end
    if masked.find("comment", start, end) < 0 and masked.find(" not ", start, end) < 0:
        return False
    found = NO_COMMENT.search(masked, start, end)
    if found is None or found.end() <= scan.words.starts[cue.first]:
        return False
    return AFTERTHOUGHT.search(masked, scan.words.ends[cue.last - 1], found.start()) is None
