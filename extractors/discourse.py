"""First reading of an article: who is who, from introductions, from sentences about people, from pronouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.mention import BODIES, DEFINITE, INDEFINITE, Mention, MentionKind, Scan
from extractors.opening import opening_mention
from extractors.paragraph import ParagraphKind
from extractors.posts import STATING, PostReader
from extractors.records import ActorType
from extractors.role import NAMELESS, VOICES

if TYPE_CHECKING:
    from extractors.cast import Cast
    from extractors.page import Page
    from extractors.sentence import Sentence

PRONOUNS = {
    "he": "he",
    "his": "he",
    "him": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}
OTHERS = frozenset({"his", "her", "their", "its"})
"""What makes a role somebody else's ("her deputy said")."""
HEARD = frozenset(PRONOUNS)
MAX_UNCLAIMED, PLAINLY_MORE = 60, 1.5
PENDING_SENTENCES, LEAD_PARAGRAPHS = 3, 4


class FirstReading:
    """Reads an article once for its cast; ``read`` leaves the cast ready for the second reading."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self._page = page
        self._cast = cast
        self._posts = PostReader(cast)
        self._about = ""  # whom the sentence before was about
        self._is_lead = True
        self._unclaimed: list[Mention] = []  # roles with their body that stood without a name
        self._alone = ""  # the only person whom a pronoun can mean here
        self._pending: tuple[Mention, int] | None = None  # a role whose holder may be named next

    def read(self) -> None:
        """Meet everybody."""
        for place, index in enumerate(sorted(self._page.scans)):
            self._is_lead = place < LEAD_PARAGRAPHS
            if self._page.paragraphs[index].kind is ParagraphKind.HEADING:
                self._head(self._page.scans[index])
                self._about = self._alone = ""
                continue
            for sentence in self._page.sentences[index]:
                self._sentence(self._page.scans[index], sentence)
        self._bridge()
        self._cast.restart(self._page.document.published_on, is_record=self._page.is_record)

    def _head(self, scan: Scan) -> None:
        """Read a heading; one that is all the name of a body says whose the section below it is."""
        count = len(scan.words.starts)
        self._meet(scan, 0, count)
        whole = (found for found in scan.by_first.get(0, ()) if found.last == count)
        name = next((found for found in whole if found.kind is MentionKind.ORGANISATION), None)
        self._cast.bodies.headed = self._cast.bodies.name(name) if name else ""

    def _sentence(self, scan: Scan, sentence: Sentence) -> None:
        first, last = scan.span(sentence.start, sentence.end)
        self._cast.bodies.begin_sentence()
        people = self._meet(scan, first, last)
        subject = opening_mention(scan, self._page.masked, first, last)
        self._relate(scan, subject, (first, last), people)
        is_pronoun = subject is not None and subject.kind is MentionKind.PRONOUN
        self._hear_pronouns(scan, (first, last), [self._about] if is_pronoun and self._about else people)
        if is_pronoun:
            return
        if subject and subject.kind is MentionKind.PERSON:
            self._about = self._cast.name(subject)
        elif people or subject:
            self._about = people[0] if len(people) == 1 else ""

    def _meet(self, scan: Scan, first: int, last: int) -> list[str]:
        """Meet the mentions among words [first, last); the people among them in order, each once."""
        people: dict[str, None] = {}
        for mention in scan.between(first, last):
            name = self._cast.meet(mention, scan, self._page.document.text)
            if name:
                people[name] = None
        return list(people)

    def _relate(self, scan: Scan, subject: Mention | None, span: tuple[int, int], people: list[str]) -> None:
        """Roles that a sentence gives: "X … is now chair of Y", "Y is led by X", "The chair of Y …" beside X."""
        if self._pending:
            self._pending = self._settle(people)
        self._posts.read(scan, span, people, self._about)
        self._speaking(scan, span, people)
        if subject is None:
            return
        if subject.kind in (MentionKind.PERSON, MentionKind.PRONOUN):
            name = self._cast.name(subject) if subject.kind is MentionKind.PERSON else self._about
            if name:
                self._posts.of_person(name, scan, subject, span)
        elif subject.kind in BODIES:
            if subject.lead == "the" and self._about and self._cast.is_party_name(self._cast.bodies.name(subject)):
                self._cast.give_party(self._about, subject.text)
            self._cast.bodies.see_topic(subject)
            self._posts.publications(scan, subject, span)
            self._posts.appointed(scan, subject, span)
        elif subject.kind is MentionKind.DOCUMENT:
            self._cast.bodies.see_topic(subject)
        elif subject.kind is MentionKind.ROLE and _is_open_role(scan, subject):
            self._relate_role(scan, subject, people)

    def _speaking(self, scan: Scan, span: tuple[int, int], people: list[str]) -> None:
        """Who "the trust's chair" is that speaks where somebody was named just before without a role."""
        if not self._about or any(name != self._about for name in people):
            return
        opening = next((one for one in scan.by_first.get(span[0], ()) if one.kind is MentionKind.ROLE), None)
        if opening and opening.lead in INDEFINITE and self._cast.may_hold(self._about, opening):
            behind = next((one for one in scan.between(opening.last, span[1]) if one.kind is MentionKind.PRONOUN), None)
            is_apart = behind is not None and not scan.words.is_glued[behind.first - 1]
            if is_apart and behind and behind.text in {"he", "she"}:
                self._cast.give_role(self._about, opening)  # "A porter, he says …"
        for role in scan.between(*span):
            if role.kind is not MentionKind.ROLE or role.lead in OTHERS or not _is_open_role(scan, role):
                continue
            if (
                _heads_clause(scan, role, span[0])
                and self._cast.may_hold(self._about, role)
                and not self._cast.is_held(role)
            ):
                self._cast.give_role(self._about, role)

    def _relate_role(self, scan: Scan, role: Mention, people: list[str]) -> None:
        """Whose a role is that opens a sentence without its holder's name: told there, before or behind."""
        holder = self._identified(scan, role)
        is_other = scan.words.lowered[role.first + 2 : role.first + 3] == ["'s"]  # "the town's MP"
        if not holder and not is_other and self._about and self._cast.may_hold(self._about, role):
            holder = self._about
        if holder:
            self._cast.give_role(holder, role)
        if holder or self._cast.is_held(role):
            return
        if not people:
            self._pending = (role, PENDING_SENTENCES if self._is_lead else 1)
        is_owned = role.owner is not None or ActorType.GOVERNMENT in role.actor_kinds
        if is_owned and len(self._unclaimed) < MAX_UNCLAIMED:
            self._unclaimed.append(role)

    def _identified(self, scan: Scan, role: Mention) -> str:
        """Who "The chair is X" says holds a role."""
        if role.last + 1 >= len(scan.words.lowered) or scan.words.lowered[role.last] not in STATING:
            return ""
        people = [one for one in scan.by_first.get(role.last + 1, ()) if one.kind is MentionKind.PERSON]
        return self._cast.name(people[0]) if people else ""

    def _bridge(self) -> None:
        """Where one person recurs without a role and one role stands without a name, they belong together.

        Of several people a minister is the one whom the text names most often.
        """
        people = self._cast.recurring()
        open_role = next((role for role in self._unclaimed if not self._cast.is_held(role)), None)
        if open_role is None or not people:
            return
        is_clear = len(people) == 1 or (
            ActorType.GOVERNMENT in open_role.actor_kinds
            and self._cast.recall.count(people[0]) >= PLAINLY_MORE * self._cast.recall.count(people[1])
        )
        if is_clear:
            self._cast.give_role(people[0], open_role)

    def _settle(self, people: list[str]) -> tuple[Mention, int] | None:
        """Give the pending role to the first person named behind it, if the text names none for that person."""
        if self._pending is None:
            return None
        role, left = self._pending
        if not people:
            return (role, left - 1) if left > 1 else None
        if self._cast.may_hold(people[0], role) and not self._cast.is_held(role):
            self._cast.give_role(people[0], role)
        return None

    def _hear_pronouns(self, scan: Scan, span: tuple[int, int], people: list[str]) -> None:
        """Count he and she for the only person that they can mean."""
        if people:
            self._alone = people[0] if len(people) == 1 and self._alone in {"", people[0]} else ""
            if len(people) == 1 and not self._alone:
                self._alone = people[0]
        if not self._alone:
            return
        words = scan.words.lowered[span[0] : span[1]]
        if HEARD.isdisjoint(words):
            return
        for word in words:
            if word in PRONOUNS:
                self._cast.hear(self._alone, PRONOUNS[word])


def _heads_clause(scan: Scan, role: Mention, first: int) -> bool:
    """Whether a role is the subject of a verb of saying that begins its sentence or stands behind a quotation."""
    glued = scan.words.is_glued
    if scan.begins_verb(role.last):
        return role.first == first or not glued[role.first - 1]
    is_inverted = role.first > first and scan.begins_verb(role.first - 1)
    return is_inverted and (role.first - 1 == first or not glued[role.first - 2])


def _is_open_role(scan: Scan, role: Mention) -> bool:
    """Whether a definite role stands without the name of its holder beside it."""
    if role.is_former or role.lead in INDEFINITE or (role.lead not in DEFINITE and role.owner is None):
        return False
    if role.text.lower().endswith(VOICES + NAMELESS):
        return False
    beside = scan.by_first.get(role.last, ())
    return not any(found.kind is MentionKind.PERSON for found in beside)
