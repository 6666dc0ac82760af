"""From an article's text to attributed passages with exact spans: the structural half of the analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.actor import ActorResolver
from extractors.attribution import CueReader
from extractors.author import TITLED_SPEECH
from extractors.authored import VoiceReader
from extractors.body import Bodies
from extractors.byline import as_prose
from extractors.cast import Cast
from extractors.discourse import FirstReading
from extractors.mention import MentionKind
from extractors.page import Page, is_record_of
from extractors.paragraph import ParagraphKind, ParagraphReader
from extractors.passage import trimmed
from extractors.persona import PersonaReader
from extractors.pullquote import set_pull_quotes_aside
from extractors.quotation import close_cut_short, find_quotations
from extractors.reading import Reading
from extractors.scan import MentionReader
from extractors.sentence import SentenceReader, mask_quoted
from extractors.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractors.lexicon import Lexicon
    from extractors.mention import Mention, Scan
    from extractors.records import ActorBook, Document, Passage

READ = frozenset({ParagraphKind.BODY, ParagraphKind.ITEM, ParagraphKind.HEADING})


class StatementFinder:
    """Finds who says what; all tables and expressions are built here, once, and the object can be pickled."""

    def __init__(self, lexicon: Lexicon, actors: ActorBook) -> None:
        self._vocabulary = Vocabulary(lexicon, actors)
        self.personas = PersonaReader(self._vocabulary)
        self._paragraphs = ParagraphReader(lexicon)
        self._mentions = MentionReader(self._vocabulary, lexicon)
        self._voices = VoiceReader(lexicon)
        self._sentences = SentenceReader(lexicon.abbreviations)
        self._cues = CueReader(self._vocabulary)

    def find(self, document: Document) -> tuple[Passage, ...]:
        """Attributed passages, sorted by start, without overlap; offsets count characters of ``document.text``."""
        text = document.text
        paragraphs = set_pull_quotes_aside(text, self._paragraphs.read(text, document.title))
        quotations = {
            index: find_quotations(text, paragraph.start, paragraph.end)
            for index, paragraph in enumerate(paragraphs)
            if paragraph.kind in READ
        }
        close_cut_short(text, [paragraphs[index].start for index in quotations], quotations)
        masked = mask_quoted(text, [quotation for index in sorted(quotations) for quotation in quotations[index]])
        scans = {
            index: self._mentions.read(text, masked, paragraphs[index].start, paragraphs[index].end)
            for index in quotations
        }
        sentences = {
            index: self._sentences.read(masked, paragraphs[index].start, paragraphs[index].end, quotations[index])
            for index in quotations
        }
        page = Page(document, masked, paragraphs, scans, sentences, is_record_of(document))
        actors = self._meet(page)
        reading = Reading(self._cues, page, quotations, actors)
        voices = self._voices.read(page, actors, has_lead=reading.has_unmarked_lead())
        passages = (trimmed(text, passage) for passage in reading.read(voices))
        return tuple(passage for passage in passages if passage)

    def _meet(self, page: Page) -> ActorResolver:
        """First reading: who is who in the whole article, so that the lead can be told from what follows."""
        publisher = self._vocabulary.body_named(page.document.publisher)
        outlet = "" if publisher else page.document.publisher
        text = f"{page.document.publisher}\n{page.document.title}\n{page.document.text}"
        cast = Cast(self._vocabulary, Bodies(self._vocabulary, publisher, text, outlet))
        FirstReading(page, cast).read()
        if TITLED_SPEECH.search(page.document.title):
            self._read_line(page.document.title, cast.meet)  # the text may never name the speaker
        if page.document.byline:
            self._read_line(as_prose(page.document.byline), cast.note_author)
        return ActorResolver(self._vocabulary, cast)

    def _read_line(self, line: str, meet: Callable[[Mention, Scan, str], object]) -> None:
        """Have the cast meet whom a line that is no part of the text names."""
        scan = self._mentions.read(line, mask_quoted(line, []), 0, len(line))
        for mention in scan.mentions:
            if mention.kind is MentionKind.PERSON and not mention.is_partial:
                meet(mention, scan, line)
