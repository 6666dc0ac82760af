"""Who wrote or spoke a text that is somebody's own words: by-line, title, author line, announcement, biography."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.paragraph import ParagraphKind

if TYPE_CHECKING:
    from extractors.actor import ActorResolver
    from extractors.mention import Mention
    from extractors.page import Page
    from extractors.records import Speaker

PRESS_OFFICE = re.compile(r"\b(?:press|media|news|communications?|comms)\b", re.IGNORECASE)
"""A by-line of the people who write down what their organisation says."""
STAFF = re.compile(r"\b(?:reporter|correspondent|editor|editorial|newsroom|staff|desk|team)\b", re.IGNORECASE)
"""A by-line of somebody who prints what another said."""
AUTHOR_LINE = re.compile(r"^(?:authors?|speaker|written by|delivered by|words|by|from)\b[: ]*", re.IGNORECASE)
SPEECH = re.compile(
    r"'s (?:speech|address|remarks|statement|keynote)\b"
    r"|\b(?:speech|address|remarks|statement|keynote|lecture)\b.{0,60}\bby\b"
    r"|\b(?:gave|gives|made|makes|delivered|delivers)\b.{0,30}\b(?:speech|address|remarks|statement|keynote|lecture)\b"
    r"|\bspeech\b.{0,30}\bthat\b.{0,60}\b(?:gave|made|delivered)\b",
    re.IGNORECASE,
)
TITLED_SPEECH = re.compile(r"\b(?:speech|address|remarks|keynote|lecture|oral statement)\b", re.IGNORECASE)
SPOKEN = re.compile(
    r"\b(?:speech|keynote|remarks|lecture|check against delivery|transcript|addressed|address (?:given|delivered))\b",
    re.IGNORECASE,
)
"""What tells that a text without a by-line is what somebody said aloud."""
WRITES = re.compile(
    r"\b(?:blog|column|article|comment|opinion|viewpoint|piece|explains|argues|reflects|writes)\b", re.IGNORECASE
)
NAMED = re.compile(r"(?:[Ww]ords )?[Bb]y:? ((?:[A-Z][\w’'-]+ ){1,3}[A-Z][\w’'-]+)")
TOLD_TO = re.compile(r"\bas told to\b", re.IGNORECASE)
ON = re.compile(r", on (?:her|his|their|what|why|how|being|life)\b")
LIFE = frozenset({"is", "was", "writes", "has", "works", "chairs", "leads", "runs"})
HEAD_LINES, LAST_LINES, OPENING, MAX_LINE = 3, 3, 500, 140


def author_of(page: Page, actors: ActorResolver) -> Speaker | None:
    """Whose words a text in the first person is; None where nobody is named as its author."""
    byline = page.document.byline
    is_bodys = PRESS_OFFICE.search(byline) or byline.casefold() == page.document.publisher.casefold()
    if actors.of_publisher() and is_bodys:
        return None  # the body itself: whoever is named in it has a role of his or her own
    is_speech = TITLED_SPEECH.search(page.document.title) is not None
    is_told = TOLD_TO.search(f"{page.document.title}\n{byline}\n{page.document.text}") is not None
    if (person := _on_standfirst(page)) and person.text not in byline:
        return actors.of_byline(person.text)
    is_own = not is_told and not (is_speech and STAFF.search(byline))
    if is_own and (names := actors.cast.authors(byline)):
        return actors.of_byline(names[0])
    if (named := actors.cast.named_in(page.document.title)) and is_speech:
        return actors.of_person(named)
    if printed := _printed_byline(page):
        return actors.of_byline(printed)
    person = _on_author_line(page) or _announced(page) or _told_of(page) or _in_head(page, is_introduced=is_told)
    return actors.of_byline(person.text) if person else None


def _on_standfirst(page: Page) -> Mention | None:
    """Who opens a line like "X, chief executive of Y, on what she would do"."""
    for index in sorted(page.scans)[:HEAD_LINES]:
        people = page.people(index)
        if people and people[0].at == page.paragraphs[index].start and not page.is_own(index):
            return people[0] if ON.search(page.line(index)) and not page.scans[index].verbs else None
    return None


def _printed_byline(page: Page) -> str:
    """The name on a line "By X" at the head of a text whose by-line was not told apart from it."""
    for index in range(min(HEAD_LINES, len(page.paragraphs))):
        line = page.line(index)
        if page.paragraphs[index].kind is ParagraphKind.FURNITURE and (found := NAMED.match(line)):
            return "" if STAFF.search(line) else found[1]
    return ""


def _on_author_line(page: Page) -> Mention | None:
    """Who is named on a line "By X" or "From: the department and X", or on the line below a bare "Author"."""
    is_next = False
    for index, paragraph in enumerate(page.paragraphs):
        people = page.people(index)
        line = page.line(index)
        label = AUTHOR_LINE.match(line)
        if people and (is_next or (label and len(line) <= MAX_LINE and line[-1] not in ".!?:;")):
            return people[-1] if label else people[0]
        is_next = (label is not None and label.end() == len(line)) or (is_next and not people)
        if paragraph.kind is ParagraphKind.BODY and page.is_own(index):
            break
    return None


def _announced(page: Page) -> Mention | None:
    """Who is said to have given the speech ("X gave this speech in Y")."""
    for index, paragraph in enumerate(page.paragraphs):
        people = page.people(index)
        if people and not page.is_own(index) and SPEECH.search(page.masked, paragraph.start, paragraph.end):
            return people[0]
    return None


def _told_of(page: Page) -> Mention | None:
    """Whose life the last lines tell ("X is chief executive of Y.")."""
    for index in sorted(page.scans)[: -LAST_LINES - 1 : -1]:
        people, lowered = page.people(index), page.scans[index].words.lowered
        if not people or page.is_own(index) or people[0].at > page.paragraphs[index].start + 1:
            continue
        if people[0].last < len(lowered) and lowered[people[0].last] in LIFE:
            return people[0]
    return None


def _in_head(page: Page, *, is_introduced: bool) -> Mention | None:
    """The first person named, if that is above the text, or the text is spoken or introduced as somebody's."""
    head = sorted(page.scans)[:HEAD_LINES]
    for index in head:
        if page.people(index) and page.paragraphs[index].kind is not ParagraphKind.BODY:
            return page.people(index)[0]
    is_spoken = is_introduced or SPOKEN.search(f"{page.document.title}\n{page.document.text[:OPENING]}") is not None
    for index in head:
        people = page.people(index)
        if (
            people
            and not page.is_own(index)
            and (is_spoken or WRITES.search(f"{page.document.title}\n{page.line(index)}"))
        ):
            return people[0]
    return None
