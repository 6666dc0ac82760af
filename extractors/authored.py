"""Texts in which an author speaks: columns, blogs, speeches, signed letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.author import STAFF, TITLED_SPEECH, author_of
from extractors.mention import Mention, MentionKind
from extractors.page import Page, Voice
from extractors.paragraph import ParagraphKind
from extractors.records import ActorType, QuoteKind, Speaker
from extractors.sentence import MASK
from extractors.turns import read_questions, read_turns

if TYPE_CHECKING:
    from extractors.actor import ActorResolver
    from extractors.lexicon import Lexicon

TITLE_KINDS = frozenset({MentionKind.ROLE, MentionKind.ORGANISATION})
STRONG_MARK = r"^(?:{marks})\s*[:|–-]|[/ ](?:{marks})s?/"
"""Where a mark of opinion at the head of a title or in an address makes the by-line speak."""
SALUTATION = re.compile(r"(?:Dear [A-Z][^,.:\n]{1,60}|(?:SIR|Sir|Madam|MADAM))\s*(?:,|–|—|-|:|$)\s*")
CLOSING = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly|ever)|(?:kind|best|warm) (?:regards|wishes)|signed)\b", re.IGNORECASE
)
TITLED = re.compile(
    r"^(?:by )?(?:Cllr|Councillor|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Dr|Rt Hon)\b|\bMP\b"
    r"|,.*\b(?:chief|chair|chairman|professor|director|leader|president|secretary|head|fellow|minister|mayor|GP|nurse)\b",
    re.IGNORECASE,
)
"""A by-line that no reporter has: of somebody with an office, who writes on his or her own account."""
SIGNATORIES = "signatories"
MAX_SIGNATURE, LEAST_JOINT = 140, 3
WRITTEN = frozenset({ParagraphKind.BODY, ParagraphKind.ITEM})
LEAST_SHARE, LEAST_SHARE_OF_OPINION = 0.4, 0.15
"""Share of paragraphs in the first person that makes a text its author's."""
MOST_QUOTED = 0.4
"""Share of quoted words beyond which a text in the first person is an interview, and not its writer's own view."""
OWN_TITLE = re.compile(r"(?:Why |How |What |When )?(?:My|Our|I|We|my|our|we)\b")
"""A title in the first person, not in quotation marks ("My week with the commissioner")."""
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
        if letters := _read_letters_page(page, actors):
            return letters
        labelled = read_turns(page, actors)
        if labelled:
            return self._with_author(page, actors, labelled)
        if has_lead:
            return {}
        return read_questions(page, actors) or _read_letters(page, actors) or self._read_author(page, actors)

    def _with_author(self, page: Page, actors: ActorResolver, labelled: dict[int, Voice]) -> dict[int, Voice]:
        """Labelled turns in a speech: what stands before the first label is the speaker's."""
        if not TITLED_SPEECH.search(page.document.title):
            return labelled
        first = min(labelled)
        author = self._read_author(page, actors)
        return {index: voice for index, voice in author.items() if index < first} | labelled

    def _read_author(self, page: Page, actors: ActorResolver) -> dict[int, Voice]:
        """The author's paragraphs, less what is said about the author in the third person."""
        author = author_of(page, actors) if self._has_author(page) else None
        if author is None:
            return {}
        if author.person and not author.role and (role := _own_role(page)):
            actors.cast.give_role(author.person, role)
            author = actors.of_person(author.person)
        surname = author.person.rsplit(" ", 1)[-1]
        return {
            index: Voice(paragraph.start, author, QuoteKind.AUTHORED)
            for index, paragraph in enumerate(page.paragraphs)
            if paragraph.kind in WRITTEN and (page.is_own(index) or surname not in page.line(index))
        }

    @staticmethod
    def _quoted(page: Page, written: list[int]) -> float:
        """Share of the characters of these paragraphs that others are quoted with."""
        spans = [(page.paragraphs[index].start, page.paragraphs[index].end) for index in written]
        whole = sum(end - start for start, end in spans)
        return sum(page.masked.count(MASK, start, end) for start, end in spans) / max(whole, 1)

    def _has_author(self, page: Page) -> bool:
        """Whether the text is marked as opinion, or enough of it is in the first person."""
        document = page.document
        if document.byline and (self._strong.search(document.title) or self._strong.search(document.url)):
            return True
        if any(paragraph.kind is ParagraphKind.CLOCK for paragraph in page.paragraphs):
            return False
        written = [index for index, paragraph in enumerate(page.paragraphs) if paragraph.kind in WRITTEN]
        if self._quoted(page, written) > MOST_QUOTED:
            return False
        own = sum(1 for index in written if page.is_own(index))
        heads = " ".join((document.title, document.url.replace("/", " "), document.text[:HEAD]))
        if own and TITLED.search(document.byline) and not STAFF.search(document.byline):
            return True
        is_opinion = self._opinion.search(heads) is not None or OWN_TITLE.match(document.title) is not None
        share = LEAST_SHARE_OF_OPINION if is_opinion else LEAST_SHARE
        least = LEAST_OWN_OF_OPINION if is_opinion else LEAST_OWN
        return own >= max(min(least, len(written)), 1) and own >= share * len(written)


def _read_letters(page: Page, actors: ActorResolver) -> dict[int, Voice]:
    """Signed letters: a short block with a name ends each; at least two, or one behind a salutation.

    Several names in a row sign one letter together: what it says is the signatories', who have no single name.
    """
    found: dict[int, Voice] = {}
    run: list[int] = []
    signed = 0
    index, count = 0, len(page.paragraphs)
    while index < count:
        speakers, end = _signatures(page, actors, index) if run else ([], index)
        if speakers:
            signed += 1
            speaker = speakers[0] if len(speakers) < LEAST_JOINT else Speaker("", SIGNATORIES, "", ActorType.OTHER)
            found |= {at: _letter_voice(page, at, speaker) for at in run}
            run = []
            index = end
            continue
        if SALUTATION.fullmatch(page.line(index)):
            run = []
        elif page.paragraphs[index].kind in WRITTEN and not CLOSING.match(page.line(index)):
            run.append(index)
        index += 1
    is_letter = "letter" in page.document.title.lower() or any(
        SALUTATION.match(page.line(index)) for index in range(count)
    )
    return found if signed >= LEAST_LETTERS or (signed and is_letter) else {}


def _read_letters_page(page: Page, actors: ActorResolver) -> dict[int, Voice]:
    """Several letters, each with a salutation and another signatory: the names are signatures there, no labels."""
    greeted = sum(SALUTATION.match(page.line(index)) is not None for index in range(len(page.paragraphs)))
    if greeted < LEAST_LETTERS:
        return {}
    letters = _read_letters(page, actors)
    return letters if len({voice.speaker for voice in letters.values()}) == greeted else {}


def _own_role(page: Page) -> Mention | None:
    """What an author says to be: "I have been a GP for 22 years", "As a nurse, I"."""
    for index in sorted(page.scans):
        scan = page.scans[index]
        for role in scan.mentions:
            is_own = role.lead in {"a", "an"} or role.owner is not None
            if role.kind is MentionKind.ROLE and is_own and not role.is_former:
                before = scan.words.lowered[max(role.first - 3, 0) : role.first]
                last = max(role.last, role.owner.last if role.owner else 0)
                behind = scan.words.lowered[last : last + 1]
                if before[-1:] == ["i'm"] or before[-2:] == ["i", "am"] or before[-3:] == ["i", "have", "been"]:
                    return role
                if before[-2:] == ["i've", "been"] or (before[-1:] == ["as"] and behind == ["i"]):
                    return role
    return None


def _letter_voice(page: Page, index: int, speaker: Speaker) -> Voice:
    """A paragraph of a letter, its salutation left out; the items of a list are asks."""
    paragraph = page.paragraphs[index]
    salutation = SALUTATION.match(page.line(index))
    kind = QuoteKind.POSITION if paragraph.kind is ParagraphKind.ITEM else QuoteKind.AUTHORED
    return Voice(paragraph.start + (salutation.end() if salutation else 0), speaker, kind)


def _signatures(page: Page, actors: ActorResolver, index: int) -> tuple[list[Speaker], int]:
    """The signatories of short blocks in a row from ``index`` on, and where the row ends.

    A block is a name with its title and body, or the name alone with both on the line below.
    """
    speakers: list[Speaker] = []
    at = index
    while at < len(page.paragraphs) and (speaker := _signature(page, actors, at)):
        speakers.append(speaker)
        at += 1 + _is_title_line(page, at + 1)
    return speakers, at


def _is_title_line(page: Page, index: int) -> bool:
    """Whether a short line without a name tells the role or the body of who signed above it."""
    scan = page.scans.get(index)
    if scan is None or page.people(index) or len(page.line(index)) > MAX_SIGNATURE or page.line(index)[-1] in ".!?:;":
        return False
    return any(found.kind in TITLE_KINDS for found in scan.mentions)


def _signature(page: Page, actors: ActorResolver, index: int) -> Speaker | None:
    """The signatory of a short block that begins with a name, nothing but its title before it."""
    people, line = page.people(index), page.line(index)
    if (
        not people
        or len(line) > MAX_SIGNATURE
        or line[-1] in ".!?:;”’\"'"
        or people[0].at > page.paragraphs[index].start + 12
    ):
        return None
    scan = page.scans[index]
    if people[0].first > 1 or (scan.verbs and scan.verbs[0].first < people[0].last + 1):
        return None
    if _is_title_line(page, index + 1):
        actors.cast.give_title(actors.cast.name(people[0]), page.scans[index + 1].mentions)
    return actors.resolve(people[0], None, people[0].text, None)
