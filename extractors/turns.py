"""Labels that name who speaks next: Hansard, committees, interviews, podcasts, questions and answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.member import initials_of
from extractors.mention import Mention, MentionKind
from extractors.page import Page, Voice
from extractors.paragraph import ParagraphKind
from extractors.records import ActorType, QuoteKind, Speaker

if TYPE_CHECKING:
    from extractors.actor import ActorResolver

LABEL = re.compile(r"(?:Q ?\d+[.:]?\s+)?([A-Z][^:\n\"“”?!\x01]{0,140}?) *:[ \u00a0]+(?=\S)")
LEADING = re.compile(r"(?:q ?\d+[.:]?)? ?(?:the)?")
TIME = re.compile(r"\s*\(?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: ?[ap]m)?\)?$")
BRACKET = re.compile(r"\s*\(([^()]*)\)$")
BRACKETS = re.compile(r"(?:\([^()]{1,60}\) ?){1,3}")
PROCEDURE = re.compile(
    r"(?:question (?:again proposed|put)"
    r"|(?:the )?(?:sitting|meeting|committee|house|debate) (?:stood )?(?:suspended|adjourned|resumed)"
    r"|the witness(?:es)? withdrew"
    r"|amendments? \S+.{0,40} (?:withdrawn|moved|agreed|negatived)|clauses? \S+.{0,30} (?:agreed|disagreed)|bill read"
    r"|motion (?:agreed|by leave)|resolved|ordered|.{0,30}rose at)\b",
    re.IGNORECASE,
)
NAME = r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3})"
HOST = re.compile(
    rf"\b(?:presenter|presented by|host|hosted by|interviewer|interview(?:ed)? by|words|as told to)\b\W{{1,3}}{NAME}"
    rf"|\b{NAME} (?:talks to|speaks to|talked to|meets|met|interviews|asks|asked)\b",
    re.IGNORECASE,
)
HOSTING = (
    "presente",
    "host",
    "interview",
    "words",
    "told to",
    "talks to",
    "speaks to",
    "talked to",
    "meets",
    "met",
    "asks",
)
QUESTION_LABELS = frozenset({"q", "question", "interviewer", "presenter", "host"})
ANSWER_LABELS = frozenset({"a", "answer"})
QUOTED = frozenset('“”"')
OPENING = frozenset("“\"‘'")
MAX_LABEL, MAX_LABEL_WORDS, MAX_QUESTION, MAX_LINE, MAX_INITIALS = 170, 18, 260, 160, 4
LEAST_LABELS, LEAST_OF_ONE_NAME = 2, 3
"""Labels that make a text a labelled one, if they name different speakers, and if they all name one."""
MOST, FEW = 0.7, 0.25
"""Share of turns that are questions: of somebody who only asks at least, of those who answer at most."""
LEAST_OWN, LEAST_NAMED = 0.6, 0.5
"""Share of an interview's answers in the first person, and share of a label that is its name."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """Somebody named as the next to speak; ``start`` is where the words begin, -1 for a line of its own."""

    key: str
    start: int
    speaker: Speaker | None


def read_turns(page: Page, actors: ActorResolver) -> dict[int, Voice]:
    """Paragraph index -> voice, for texts in which labels name the speakers; empty for others."""
    return _TurnReader(page, actors).read()


class _TurnReader:
    def __init__(self, page: Page, actors: ActorResolver) -> None:
        self._page = page
        self._actors = actors
        self._answering = first_named(page, actors)

    def read(self) -> dict[int, Voice]:
        found: dict[int, Voice] = {}
        turns: list[_Turn] = []
        keys: list[str] = []
        lines = 0
        current: _Turn | None = None
        for index, paragraph in enumerate(self._page.paragraphs):
            if paragraph.kind in (ParagraphKind.FURNITURE, ParagraphKind.PULL):
                continue
            turn = self._inline(index) or self._line(index)
            if turn:
                turns.append(turn)
                keys.append(turn.key)
                lines += turn.start < 0
                current = turn
                if turn.start >= 0:
                    found[index] = Voice(turn.start, turn.speaker, QuoteKind.AUTHORED)
            elif current and BRACKETS.fullmatch(self._page.line(index)):
                continue
            elif paragraph.kind in (ParagraphKind.HEADING, ParagraphKind.CLOCK):
                current = current if paragraph.kind is ParagraphKind.CLOCK else None
            elif current and not self._is_aside(index):
                found[index] = Voice(paragraph.start, current.speaker, QuoteKind.AUTHORED)
        asking = self._asking(found)
        found = {at: replace(voice, speaker=None) if voice.speaker in asking else voice for at, voice in found.items()}
        named = {(turn.speaker.person, turn.speaker.role) if turn.speaker else ("", "") for turn in turns}
        several = len(set(keys)) > 1 and len(named) > 1
        is_labelled = len(keys) >= LEAST_LABELS and (several or len(keys) >= LEAST_OF_ONE_NAME)
        if self._page.is_record and len(keys) == 1 and not lines:
            return found  # a speech of one member
        return found if is_labelled and (several or lines < len(keys)) else {}

    def _asking(self, found: dict[int, Voice]) -> list[Speaker]:
        """Outside a parliament, the one speaker who asks nearly always, where the others nearly always answer."""
        if self._page.is_record:
            return []
        asked: dict[Speaker, list[bool]] = {}
        for index, voice in found.items():
            if voice.speaker:
                asked.setdefault(voice.speaker, []).append(self._page.line(index).rstrip("*_”’\"'").endswith("?"))
        hosts = [one for one, ends in asked.items() if len(ends) >= LEAST_LABELS and sum(ends) >= MOST * len(ends)]
        answers = [ends for one, ends in asked.items() if one not in hosts]
        is_plain = bool(answers) and all(sum(ends) <= FEW * len(ends) for ends in answers)
        return hosts if len(hosts) == 1 and is_plain else []

    def _is_aside(self, index: int) -> bool:
        line = self._page.line(index)
        return (line.startswith("[") and line.endswith("]")) or PROCEDURE.match(line) is not None

    # --- labels -------------------------------------------------------------------------------------------------

    def _inline(self, index: int) -> _Turn | None:
        """A label at the head of the words it announces ("X (Place) (Lab): …", "Q12 Chair: …", "KO: …")."""
        paragraph = self._page.paragraphs[index]
        end = min(paragraph.end, paragraph.start + MAX_LABEL)
        has_colon = self._page.masked.find(":", paragraph.start, end) >= 0
        label = LABEL.match(self._page.masked, paragraph.start, end) if has_colon else None
        if label is None or self._page.document.text[label.end()] in OPENING or self._has_verb(index, label.end()):
            return None
        plain = label[1].strip()
        key = plain.lower()
        if key in QUESTION_LABELS or self._is_publishers(plain):
            return _Turn(key, label.end(), None)
        if key in ANSWER_LABELS:
            return _Turn(key, label.end(), self._answering) if self._answering else None
        if self._is_host(plain):
            return _Turn(key, label.end(), None)
        speaker = self._in_record(self._speaker(index, plain, label.end(1)))
        if speaker is None:
            return None
        return _Turn(key, label.end(), None if speaker.person in self._hosts else speaker)

    def _line(self, index: int) -> _Turn | None:
        """A line of its own: "X MS (Party) 15:48:03", "Lord X (Con)", "The Minister (X)"; speech must follow."""
        paragraph, line = self._page.paragraphs[index], self._page.line(index)
        if len(line) > MAX_LINE or line[-1] in ".!?:…," or line.startswith("[") or not self._is_followed(index):
            return None
        if BRACKETS.fullmatch(line) or not QUOTED.isdisjoint(line) or self._has_verb(index, paragraph.end):
            return None
        plain = TIME.sub("", line)
        speaker = self._in_record(self._speaker(index, plain, paragraph.start + len(plain)))
        is_label = speaker is not None and (speaker.person or self._page.is_record)  # elsewhere offices sign letters
        return _Turn(plain.lower(), -1, speaker) if is_label else None

    def _is_followed(self, index: int) -> bool:
        behind = self._page.paragraphs[index + 1 : index + 2]
        if behind and BRACKETS.fullmatch(self._page.line(index + 1)):
            behind = self._page.paragraphs[index + 2 : index + 3]
        return bool(behind) and behind[0].kind in (ParagraphKind.BODY, ParagraphKind.ITEM)

    def _has_verb(self, index: int, until: int) -> bool:
        scan = self._page.scans.get(index)
        return bool(scan and scan.verbs and scan.words.starts[scan.verbs[0].first] < until)

    def _speaker(self, index: int, label: str, end: int) -> Speaker | None:
        """Whom a label that ends at offset ``end`` names; None where it is no label."""
        scan = self._page.scans.get(index)
        if scan is None or label.count(" ") >= MAX_LABEL_WORDS:
            return None
        known = self._actors.cast.recall.called(label)
        if known:
            return self._actors.of_person(known)
        start = self._page.paragraphs[index].start
        people = [found for found in scan.mentions if found.kind is MentionKind.PERSON and found.at < end]
        named = next((found for found in people if _is_name_of(found, label, found.at - start)), None)
        if named:
            return self._actors.resolve(named, None, named.text, None)
        return self._office(index, label, end)

    def _in_record(self, speaker: Speaker | None) -> Speaker | None:
        """In a record of parliament, a chair without a body is the committee's, and who has none is a member."""
        if (
            speaker is None
            or not self._page.is_record
            or not (
                (speaker.role == "Chair" and not speaker.person)
                or (not speaker.organisation and speaker.actor_type is ActorType.OTHER)
            )
        ):
            return speaker
        committee = self._committee if "chair" in speaker.role.lower() else ""
        return replace(speaker, organisation=committee, actor_type=ActorType.PARLIAMENT)

    @property
    def _committee(self) -> str:
        """The committee whose record this is: the first named, else who publishes it."""
        publisher = self._page.document.publisher
        return self._actors.cast.bodies.first_named("Committee") or (publisher if "Committee" in publisher else "")

    def _office(self, index: int, label: str, end: int) -> Speaker | None:
        """The office that is all of a label ("Chair", "The Minister", "The Lord Bishop of X")."""
        scan = self._page.scans[index]
        for role in scan.mentions:
            if role.kind is not MentionKind.ROLE:
                continue
            before = self._page.masked[self._page.paragraphs[index].start : scan.words.starts[role.first]]
            behind = self._page.masked[scan.words.ends[role.last - 1] : end].strip()
            if LEADING.fullmatch(before.strip().lower()) and (not behind or behind[0] in "(,"):
                return self._actors.of_label(role, label)
        return None

    # --- who asks -----------------------------------------------------------------------------------------------

    @cached_property
    def _hosts(self) -> frozenset[str]:
        """Names of those who only ask: the by-line's, or the host's; nobody in a record of parliament."""
        document = self._page.document
        if self._page.is_record:
            return frozenset()
        names = set(self._actors.cast.authors(document.byline))
        head = document.text[:2000]
        lowered = head.lower()  # most texts have no host: plain words are looked for before the expression
        found = HOST.findall(head) if any(word in lowered for word in HOSTING) else ()
        hosts = {name for pair in found for name in pair if name[:1].isupper() and name.istitle()}
        return frozenset(names | hosts)

    def _is_publishers(self, label: str) -> bool:
        """Whether a label is the outlet's own name or its initials: it only asks."""
        publisher = self._page.document.publisher
        return bool(publisher) and (label.lower() == publisher.lower() or label == initials_of(publisher) != "")

    def _is_host(self, label: str) -> bool:
        """Whether a label is a part of the name of somebody who only asks, or its initials."""
        plain = label.lower()
        return any(
            plain in {*name.lower().split(" "), name.lower()} or label == initials_of(name) for name in self._hosts
        )


def _is_name_of(found: Mention, label: str, offset: int) -> bool:
    """Whether a person is what a label is about: named at its head, or in brackets behind an office."""
    if found.is_partial and not found.title:
        return offset == 0 and found.text == label
    plain = BRACKET.sub("", BRACKET.sub("", label))
    if offset >= len(plain):
        return label[:offset].endswith("(")
    at = max(plain.replace("’", "'").find(found.text), offset)
    head = plain[: max(offset, 0)]
    rest = plain[at + len(found.text) :].strip()
    is_named = len(found.text) + len(found.title) >= LEAST_NAMED * len(plain.strip())
    return (is_named or rest[:1] in {",", ""} or rest.split(" ")[0].rstrip(",").isupper()) and " " not in head.strip()


def first_named(page: Page, actors: ActorResolver) -> Speaker | None:
    """The first person that the page names, the by-line's aside."""
    people = (person for index in sorted(page.scans) for person in page.people(index))
    person = next((one for one in people if one.text not in page.document.byline), None)
    return actors.resolve(person, None, person.text, None) if person else None


def read_questions(page: Page, actors: ActorResolver) -> dict[int, Voice]:
    """Paragraph index -> voice, for an interview printed as bare questions and answers in the first person."""
    found: dict[int, Voice] = {}
    answering = first_named(page, actors)
    asked = own = 0
    for index, paragraph in enumerate(page.paragraphs):
        if _is_question(page, index):
            asked += 1
            found[index] = Voice(paragraph.start, None, QuoteKind.DIRECT)
        elif asked and paragraph.kind is ParagraphKind.BODY:
            own += page.is_own(index)
            found[index] = Voice(paragraph.start, answering, QuoteKind.AUTHORED)
    answers = len(found) - asked
    is_other = answering is not None and answering.person not in page.document.byline
    is_interview = asked >= LEAST_LABELS and answers >= asked and own >= LEAST_OWN * answers
    return found if is_other and is_interview else {}


def _is_question(page: Page, index: int) -> bool:
    if page.paragraphs[index].kind not in (ParagraphKind.HEADING, ParagraphKind.BODY):
        return False
    line = page.line(index)
    return line.rstrip("”’\"'").endswith("?") and len(line) < MAX_QUESTION and line[0] not in OPENING
