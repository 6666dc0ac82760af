"""Texts in which an author speaks: columns, blogs, speeches, signed letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.label import read_labels, read_questions
from extractors.page import Page, Voice
from extractors.paragraph import ParagraphKind
from extractors.records import QuoteKind, Speaker

if TYPE_CHECKING:
    from extractors.actor import ActorResolver
    from extractors.lexicon import Lexicon

BYLINE = re.compile(r"^\s*(?:by|from|words by|written by)\s+", re.IGNORECASE)
AUTHOR_LINE = re.compile(r"^(?:authors?|written by|words|by)$", re.IGNORECASE)
SPEECH = re.compile(
    r"'s (?:speech|address|remarks|statement|keynote)\b"
    r"|\b(?:speech|address|remarks|statement|keynote)\b.{0,60}\bby\b",
    re.IGNORECASE,
)
STRONG_MARK = r"^(?:{marks})\s*[:|–-]|[/ ](?:{marks})s?/"
"""Where a mark of opinion at the head of a title or in an address makes the by-line speak."""
SALUTATIONS = ("Dear ", "Sir,", "Sir –")
WRITTEN = frozenset({ParagraphKind.BODY, ParagraphKind.ITEM})
LEAST_SHARE, LEAST_SHARE_OF_OPINION = 0.4, 0.15
"""Share of paragraphs in the first person that makes a text its author's."""
LEAST_OWN, LEAST_OWN_OF_OPINION, LEAST_LETTERS = 3, 2, 2
HEAD = 200


class VoiceReader:
    """Finds the paragraphs that belong to a label or an author."""

    def __init__(self, lexicon: Lexicon) -> None:
        marks = "|".join(re.escape(mark) for mark in lexicon.opinion_marks)
        self._strong = re.compile(STRONG_MARK.format(marks=marks), re.IGNORECASE)
        self._opinion = re.compile(rf"\b(?:{marks})\b", re.IGNORECASE)

    def read(self, page: Page, actors: ActorResolver, *, has_lead: bool) -> dict[int, Voice]:
        """Paragraph index -> voice. ``has_lead``: the text has unmarked speech behind "X said:", so no author."""
        labelled = read_labels(page, actors)
        if labelled or has_lead:
            return labelled
        return read_questions(page, actors) or _read_letters(page, actors) or self._read_author(page, actors)

    def _read_author(self, page: Page, actors: ActorResolver) -> dict[int, Voice]:
        """The author's paragraphs, less what is said about the author in the third person."""
        author = _author(page, actors) if self._has_author(page) else None
        if author is None:
            return {}
        surname = author.person.rsplit(" ", 1)[-1]
        return {
            index: Voice(paragraph.start, author, QuoteKind.AUTHORED)
            for index, paragraph in enumerate(page.paragraphs)
            if paragraph.kind in WRITTEN and (page.is_own(index) or surname not in page.line(index))
        }

    def _has_author(self, page: Page) -> bool:
        """Whether the text is marked as opinion, or enough of it is in the first person."""
        document = page.document
        if document.byline and (self._strong.search(document.title) or self._strong.search(document.url)):
            return True
        if any(paragraph.kind is ParagraphKind.CLOCK for paragraph in page.paragraphs):
            return False
        written = [index for index, paragraph in enumerate(page.paragraphs) if paragraph.kind in WRITTEN]
        own = sum(1 for index in written if page.is_own(index))
        heads = " ".join((document.title, document.url.replace("/", " "), document.text[:HEAD]))
        is_opinion = self._opinion.search(heads) is not None
        share = LEAST_SHARE_OF_OPINION if is_opinion else LEAST_SHARE
        least = LEAST_OWN_OF_OPINION if is_opinion else LEAST_OWN
        return own >= max(min(least, len(written)), 1) and own >= share * len(written)


def _author(page: Page, actors: ActorResolver) -> Speaker | None:
    """The by-line, an author line, the speech's title or lead, or the first person named on the page."""
    byline = BYLINE.sub("", page.document.byline).split(",")[0].split(" and ")[0].strip()
    if byline:
        return actors.of_byline(byline)
    is_next = False
    for index, paragraph in enumerate(page.paragraphs):
        people = page.people(index)
        if people and (is_next or SPEECH.search(page.masked, paragraph.start, paragraph.end)):
            return actors.of_byline(people[0].text)
        is_next = bool(AUTHOR_LINE.match(page.line(index))) or (is_next and not people)
    person = page.first_person_named()
    return actors.resolve(person, None, person.text, None) if person else None


def _read_letters(page: Page, actors: ActorResolver) -> dict[int, Voice]:
    """Signed letters: a short block with a name ends each; at least two, or one behind a salutation."""
    found: dict[int, Voice] = {}
    run: list[int] = []
    signatures = 0
    for index, paragraph in enumerate(page.paragraphs):
        speaker = _signature(page, actors, index) if paragraph.kind is ParagraphKind.HEADING and run else None
        if speaker:
            signatures += 1
            found |= {at: Voice(page.paragraphs[at].start, speaker, QuoteKind.AUTHORED) for at in run}
            run = []
        elif paragraph.kind is ParagraphKind.BODY:
            run.append(index)
    is_letter = "letter" in page.document.title.lower() or any(
        page.document.text.startswith(SALUTATIONS, paragraph.start) for paragraph in page.paragraphs
    )
    return found if signatures >= LEAST_LETTERS or (signatures and is_letter) else {}


def _signature(page: Page, actors: ActorResolver, index: int) -> Speaker | None:
    """The signatory of a short block that begins with a name, nothing but its title before it."""
    people = page.people(index)
    if not people or people[0].first > 1 or page.scans[index].words.is_glued[people[0].last - 1]:
        return None
    return actors.resolve(people[0], None, people[0].text, None)
