"""Texts in which a label or a by-line speaks: columns, blogs, speeches, letters, Hansard, questions and answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.mention import MentionKind, Scan
from extractors.paragraph import Paragraph, ParagraphKind
from extractors.records import Document, QuoteKind, Speaker

if TYPE_CHECKING:
    from extractors.actor import ActorResolver
    from extractors.lexicon import Lexicon

FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|me|our|Our|us|I've|I'm|I'd|I'll|we've|we're|We've|We're)\b")
LABEL = re.compile(r"([A-Z][^:\n\"“”?!]{0,140}?):[ \u00a0]+(?=\S)")
QUESTION_LABELS = frozenset({"q", "question", "interviewer"})
ANSWER_LABELS = frozenset({"a", "answer"})
BYLINE = re.compile(r"^\s*(?:by|from|words by|written by)\s+", re.IGNORECASE)
AUTHOR_LINE = re.compile(r"^(?:authors?|written by|words|by)$", re.IGNORECASE)
SPEECH = re.compile(
    r"'s (?:speech|address|remarks|statement|keynote)\b|\b(?:speech|address|remarks|statement|keynote)\b.{0,60}\bby\b|\b(?:speech|address|remarks|statement|keynote)\b.{0,40}\bby\b",
    re.IGNORECASE,
)
LEAST_SHARE, LEAST_SHARE_OF_OPINION = 0.4, 0.15
MAX_LABEL_WORDS, MAX_QUESTION, MAX_TITLE = 18, 240, 18
STRONG_MARK = r"^(?:{marks})\s*[:|–-]|[/ ](?:{marks})s?/"
"""Where a mark of opinion at the head of a title or in an address makes the by-line speak."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a whole paragraph, from ``start`` on; ``speaker`` None for an interviewer, who is no actor."""

    start: int
    speaker: Speaker | None
    kind: QuoteKind


@dataclass(frozen=True, slots=True)
class Page:
    """One document as the later stages see it; ``scans`` has an entry for every paragraph that was read."""

    document: Document
    masked: str
    paragraphs: tuple[Paragraph, ...]
    scans: dict[int, Scan]


class VoiceReader:
    """Finds the paragraphs that belong to a label or an author."""

    def __init__(self, lexicon: Lexicon) -> None:
        marks = "|".join(re.escape(mark) for mark in lexicon.opinion_marks)
        self._strong = re.compile(STRONG_MARK.format(marks=marks), re.IGNORECASE)
        self._opinion = re.compile(rf"\b(?:{marks})\b", re.IGNORECASE)

    def read(self, page: Page, actors: ActorResolver, *, has_lead: bool) -> dict[int, Voice]:
        """Paragraph index -> voice. ``has_lead``: the text has unmarked speech behind "X said:", so no author."""
        labelled = self._labels(page, actors)
        if labelled:
            return labelled
        if has_lead:
            return {}
        questions = self._questions(page, actors)
        if questions:
            return questions
        letters = self._letters(page, actors)
        if letters:
            return letters
        if not self._is_first_person(page):
            return {}
        author = self._author(page, actors)
        if author is None:
            return {}
        return self._from_first_person(page, author)

    # --- labels -----------------------------------------------------------------------------------------------

    def _labels(self, page: Page, actors: ActorResolver) -> dict[int, Voice]:
        found: dict[int, Voice] = {}
        names: set[str] = set()
        interviewee = self._interviewee(page, actors)
        current: Voice | None = None
        lines = since = 0
        for index, paragraph in enumerate(page.paragraphs):
            if paragraph.kind in (ParagraphKind.HEADING, ParagraphKind.CLOCK):
                current = self._name_line(page, actors, index)
                if current:
                    names.add(current.speaker.person if current.speaker else "")
                    lines += 1
                    since = index
            if paragraph.kind is not ParagraphKind.BODY:
                continue
            label = LABEL.match(page.masked, paragraph.start, min(paragraph.end, paragraph.start + 160))
            voice = self._labelled(page, actors, index, label, interviewee) if label else None
            if voice:
                names.add(label[1] if label else "")
                current = voice
                found[index] = voice
            elif current:
                found[index] = Voice(paragraph.start, current.speaker, current.kind)
        labels = sum(1 for index in found if found[index].start > page.paragraphs[index].start)
        if lines >= 2 and found and max(found) > since:
            return found
        return found if labels >= 2 and (len(names) >= 2 or labels >= 3) else {}

    @staticmethod
    def _name_line(page: Page, actors: ActorResolver, index: int) -> Voice | None:
        """A line of its own that names who speaks next: "X (Place) (Party)", or an office with the name in brackets."""
        scan = page.scans.get(index)
        paragraph = page.paragraphs[index]
        line = page.document.text[paragraph.start : paragraph.end]
        people = (
            [found for found in scan.mentions if found.kind is MentionKind.PERSON and not found.is_partial]
            if scan
            else []
        )
        if not people or line.startswith("["):
            return None
        plain = line.split("(")[0].strip()
        person = people[0] if people[0].at - paragraph.start < max(len(plain), 1) else people[-1]
        is_name = plain.endswith(person.text) and len(plain) - len(person.text) < MAX_TITLE
        is_office = line.endswith(f"({person.text})")
        if not is_name and not is_office:
            return None
        return Voice(paragraph.start, actors.resolve(person, None, person.text, None), QuoteKind.AUTHORED)

    def _interviewee(self, page: Page, actors: ActorResolver) -> Speaker | None:
        for index in sorted(page.scans):
            for mention in page.scans[index].mentions:
                if mention.kind is MentionKind.PERSON and not mention.is_partial:
                    return actors.resolve(mention, None, mention.text, None)
        return None

    def _labelled(
        self, page: Page, actors: ActorResolver, index: int, label: re.Match[str], interviewee: Speaker | None
    ) -> Voice | None:
        plain = label[1].strip().lower()
        if plain in QUESTION_LABELS:
            return Voice(label.end(), None, QuoteKind.DIRECT)
        if plain in ANSWER_LABELS:
            return Voice(label.end(), interviewee, QuoteKind.DIRECT) if interviewee else None
        if label[1].count(" ") >= MAX_LABEL_WORDS:
            return None
        scan = page.scans[index]
        people = [
            mention
            for mention in scan.mentions
            if mention.kind is MentionKind.PERSON
            and mention.at < label.end()
            and (not mention.is_partial or mention.title)
        ]
        if not people or any(scan.words.starts[verb.first] < label.end() for verb in scan.verbs):
            return None
        bracket = label[1].find("(") if "(" in label[1] else len(label[1])
        person = next((found for found in people if found.at < label.start() + bracket), people[0])
        covers = len(person.text) + len(person.title) >= 0.5 * len(label[1].split("(")[0].strip()) or "(" in label[1]
        if not covers:
            return None
        text = page.document.text
        if text[label.end()] in "“\"‘'":
            return None
        return Voice(label.end(), actors.resolve(person, None, person.text, None), QuoteKind.AUTHORED)

    def _questions(self, page: Page, actors: ActorResolver) -> dict[int, Voice]:
        """An interview printed as bare questions and answers in the first person."""
        found: dict[int, Voice] = {}
        interviewee = self._interviewee(page, actors)
        asked = own = 0
        for index, paragraph in enumerate(page.paragraphs):
            line = page.document.text[paragraph.start : paragraph.end]
            if paragraph.kind in (ParagraphKind.HEADING, ParagraphKind.BODY) and line.endswith("?") and len(line) < MAX_QUESTION and line[0] not in '“"‘':  # fmt: skip
                asked += 1
                found[index] = Voice(paragraph.start, None, QuoteKind.DIRECT)
            elif asked and paragraph.kind is ParagraphKind.BODY:
                own += bool(FIRST_PERSON.search(page.masked, paragraph.start, paragraph.end))
                found[index] = Voice(paragraph.start, interviewee, QuoteKind.DIRECT)
        answers = len(found) - asked
        is_own = interviewee is not None and interviewee.person not in page.document.byline
        return found if is_own and asked >= 2 and answers >= asked and own >= 0.6 * answers else {}

    # --- letters ----------------------------------------------------------------------------------------------

    def _letters(self, page: Page, actors: ActorResolver) -> dict[int, Voice]:
        """Signed letters: a short block with a name ends each; at least two, or one behind a salutation."""
        found: dict[int, Voice] = {}
        run: list[int] = []
        signatures = 0
        for index, paragraph in enumerate(page.paragraphs):
            if paragraph.kind is ParagraphKind.HEADING and (speaker := self._signature(page, actors, index)) and run:
                signatures += 1
                for at in run:
                    found[at] = Voice(page.paragraphs[at].start, speaker, QuoteKind.AUTHORED)
                run = []
            elif paragraph.kind is ParagraphKind.BODY:
                run.append(index)
        opened = any(
            page.document.text.startswith(("Dear ", "Sir,", "Sir –"), paragraph.start) for paragraph in page.paragraphs
        )
        is_titled = "letter" in page.document.title.lower()
        return found if signatures >= 2 or (signatures and (opened or is_titled)) else {}

    @staticmethod
    def _signature(page: Page, actors: ActorResolver, index: int) -> Speaker | None:
        scan = page.scans.get(index)
        if scan is None or not scan.mentions:
            return None
        people = [mention for mention in scan.mentions if mention.kind is MentionKind.PERSON and not mention.is_partial]
        begins = bool(people) and people[0].first <= 1 and scan.words.is_glued[people[0].last - 1] is False
        return actors.resolve(people[0], None, people[0].text, None) if begins else None

    # --- columns, blogs, speeches -----------------------------------------------------------------------------

    def _is_first_person(self, page: Page) -> bool:
        bodies = [entry for entry in page.paragraphs if entry.kind in (ParagraphKind.BODY, ParagraphKind.ITEM)]
        own = sum(1 for entry in bodies if FIRST_PERSON.search(page.masked, entry.start, entry.end))
        document = page.document
        if document.byline and (self._strong.search(document.title) or self._strong.search(document.url)):
            return True
        heads = " ".join((document.title, document.url.replace("/", " "), document.text[:200]))
        least = LEAST_SHARE_OF_OPINION if self._opinion.search(heads) else LEAST_SHARE
        if any(entry.kind is ParagraphKind.CLOCK for entry in page.paragraphs):
            return False
        return own >= min(2 if least < LEAST_SHARE else 3, len(bodies)) and own >= least * len(bodies)

    def _author(self, page: Page, actors: ActorResolver) -> Speaker | None:
        """The by-line, an author line, the speech's title or lead, or the first person named on the page."""
        byline = BYLINE.sub("", page.document.byline).split(",")[0].split(" and ")[0].strip()
        if byline:
            return actors.of_byline(byline)
        is_next = False
        for index, paragraph in enumerate(page.paragraphs):
            line = page.document.text[paragraph.start : paragraph.end]
            scan = page.scans.get(index)
            people = (
                [found for found in scan.mentions if found.kind is MentionKind.PERSON and not found.is_partial]
                if scan
                else []
            )
            if people and (is_next or SPEECH.search(page.masked, paragraph.start, paragraph.end)):
                return actors.of_byline(people[0].text)
            is_next = bool(AUTHOR_LINE.match(line)) or (is_next and not people)
        return self._interviewee(page, actors)

    @staticmethod
    def _from_first_person(page: Page, author: Speaker) -> dict[int, Voice]:
        """The author's paragraphs, less a third-person line about the author at either end."""
        found: dict[int, Voice] = {}
        surname = author.person.rsplit(" ", 1)[-1]
        for index, paragraph in enumerate(page.paragraphs):
            if paragraph.kind not in (ParagraphKind.BODY, ParagraphKind.ITEM):
                continue
            is_about = surname and surname in page.masked[paragraph.start : paragraph.end]
            if is_about and not FIRST_PERSON.search(page.masked, paragraph.start, paragraph.end):
                continue
            found[index] = Voice(paragraph.start, author, QuoteKind.AUTHORED)
        return found
