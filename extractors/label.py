"""Labels that name the speaker of what follows: Hansard, questions and answers, interviews of bare questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.mention import Mention, MentionKind
from extractors.page import Page, Voice
from extractors.paragraph import ParagraphKind
from extractors.records import QuoteKind, Speaker

if TYPE_CHECKING:
    from extractors.actor import ActorResolver

LABEL = re.compile(r"([A-Z][^:\n\"“”?!]{0,140}?):[ \u00a0]+(?=\S)")
QUESTION_LABELS = frozenset({"q", "question", "interviewer"})
ANSWER_LABELS = frozenset({"a", "answer"})
OPENING = frozenset("“\"‘'")
MAX_LABEL, MAX_LABEL_WORDS, MAX_QUESTION, MAX_TITLE = 160, 18, 240, 18
LEAST_LABELS, LEAST_OF_ONE_NAME = 2, 3
"""Labels that make a text a labelled one, if they name different speakers, and if they all name one."""
LEAST_OWN, LEAST_NAMED = 0.6, 0.5
"""Share of an interview's answers in the first person, and share of a label that is its name."""


def read_labels(page: Page, actors: ActorResolver) -> dict[int, Voice]:
    """Paragraph index -> voice, for texts in which labels name the speakers; empty for others."""
    found: dict[int, Voice] = {}
    names: set[str] = set()
    answering = _first_named(page, actors)
    current: Voice | None = None
    lines = labels = since = 0
    for index, paragraph in enumerate(page.paragraphs):
        if paragraph.kind in (ParagraphKind.HEADING, ParagraphKind.CLOCK):
            current = _name_line(page, actors, index)
            lines += current is not None
            since = index if current else since
        if paragraph.kind is not ParagraphKind.BODY:
            continue
        label = LABEL.match(page.masked, paragraph.start, min(paragraph.end, paragraph.start + MAX_LABEL))
        voice = _labelled(page, actors, index, label, answering) if label else None
        if voice and label:
            names.add(label[1])
            labels += 1
            found[index] = current = voice
        elif current:
            found[index] = Voice(paragraph.start, current.speaker, current.kind)
    is_by_line = lines >= LEAST_LABELS and bool(found) and max(found) > since
    is_by_label = labels >= LEAST_LABELS and (len(names) > 1 or labels >= LEAST_OF_ONE_NAME)
    return found if is_by_line or is_by_label else {}


def read_questions(page: Page, actors: ActorResolver) -> dict[int, Voice]:
    """Paragraph index -> voice, for an interview printed as bare questions and answers in the first person."""
    found: dict[int, Voice] = {}
    answering = _first_named(page, actors)
    asked = own = 0
    for index, paragraph in enumerate(page.paragraphs):
        if _is_question(page, index):
            asked += 1
            found[index] = Voice(paragraph.start, None, QuoteKind.DIRECT)
        elif asked and paragraph.kind is ParagraphKind.BODY:
            own += page.is_own(index)
            found[index] = Voice(paragraph.start, answering, QuoteKind.DIRECT)
    answers = len(found) - asked
    is_other = answering is not None and answering.person not in page.document.byline
    is_interview = asked >= LEAST_LABELS and answers >= asked and own >= LEAST_OWN * answers
    return found if is_other and is_interview else {}


def _first_named(page: Page, actors: ActorResolver) -> Speaker | None:
    person = page.first_person_named()
    return actors.resolve(person, None, person.text, None) if person else None


def _is_question(page: Page, index: int) -> bool:
    if page.paragraphs[index].kind not in (ParagraphKind.HEADING, ParagraphKind.BODY):
        return False
    line = page.line(index)
    return line.endswith("?") and len(line) < MAX_QUESTION and line[0] not in OPENING


def _name_line(page: Page, actors: ActorResolver, index: int) -> Voice | None:
    """A line of its own that names who speaks next: "X (Place) (Party)", or an office with the name in brackets."""
    line, people = page.line(index), page.people(index)
    if not people or line.startswith("["):
        return None
    start = page.paragraphs[index].start
    plain = line.split("(")[0].strip()
    person = people[0] if people[0].at - start < max(len(plain), 1) else people[-1]
    is_name = plain.endswith(person.text) and len(plain) - len(person.text) < MAX_TITLE
    if not is_name and not line.endswith(f"({person.text})"):
        return None
    return Voice(start, actors.resolve(person, None, person.text, None), QuoteKind.AUTHORED)


def _labelled(
    page: Page, actors: ActorResolver, index: int, label: re.Match[str], answering: Speaker | None
) -> Voice | None:
    plain = label[1].strip().lower()
    if plain in QUESTION_LABELS:
        return Voice(label.end(), None, QuoteKind.DIRECT)
    if plain in ANSWER_LABELS:
        return Voice(label.end(), answering, QuoteKind.DIRECT) if answering else None
    person = _person_of_label(page, index, label) or _office_of_label(page, index, label)
    if person is None or page.document.text[label.end()] in OPENING:
        return None
    return Voice(label.end(), actors.of_label(person), QuoteKind.AUTHORED)


def _office_of_label(page: Page, index: int, label: re.Match[str]) -> Mention | None:
    """The office that is all of a label ("Chair", "The Minister")."""
    scan = page.scans[index]
    roles = (found for found in scan.by_first.get(0, ()) if found.kind is MentionKind.ROLE)
    return next((role for role in roles if scan.words.ends[role.last - 1] == label.end(1)), None)


def _person_of_label(page: Page, index: int, label: re.Match[str]) -> Mention | None:
    """The person whom a label names before its brackets, or in them behind an office."""
    scan = page.scans[index]
    if label[1].count(" ") >= MAX_LABEL_WORDS or (scan.verbs and scan.words.starts[scan.verbs[0].first] < label.end()):
        return None
    people = [
        found
        for found in scan.mentions
        if found.kind is MentionKind.PERSON and found.at < label.end() and (not found.is_partial or found.title)
    ]
    if not people:
        return None
    plain, bracket, _ = label[1].partition("(")
    person = next((found for found in people if found.at < label.start() + len(plain)), people[0])
    is_name = len(person.text) + len(person.title) >= LEAST_NAMED * len(plain.strip())
    return person if is_name or bracket else None
