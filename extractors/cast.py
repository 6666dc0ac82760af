"""The people of one article: introduced once, known again by surname, title, first name or pronoun."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from extractors.beside import word_behind
from extractors.byline import names_in
from extractors.clause import STREETS
from extractors.completion import completed, in_chair
from extractors.introduction import IntroductionReader
from extractors.leading import LEADING
from extractors.member import Member, merged
from extractors.mention import BODIES, DEFINITE, INDEFINITE, Mention, MentionKind, Scan
from extractors.moves import bodies_of_move
from extractors.name import PEERS, SEATS
from extractors.recall import Recall
from extractors.records import STATE, ActorType
from extractors.role import is_same_role, present
from extractors.standing import standing_of

if TYPE_CHECKING:
    from datetime import date

    from extractors.body import Bodies
    from extractors.vocabulary import Vocabulary

PLAINLY = 6
"""Pronouns in excess of the others that outweigh what a first name tells."""
MAX_HOLDERS = 200
"""People, the ones met last, among whom the holder of a role is looked for; keeps hostile texts linear."""


class Cast:
    """The people of an article. ``meet`` every mention, ``restart``, then ``see`` mentions in order."""

    def __init__(self, vocabulary: Vocabulary, bodies: Bodies) -> None:
        self._vocabulary = vocabulary
        self.bodies = bodies
        self._introductions = IntroductionReader(vocabulary, bodies)
        self._members: dict[str, Member] = {}
        self.recall = Recall(vocabulary, self._members)
        self._authors: dict[str, Member] = {}
        self._heard: Counter[tuple[str, str]] = Counter()

    def meet(self, mention: Mention, scan: Scan, text: str) -> str:
        """Learn a body's acronym, or a person with the role and body printed beside; gives the person's name."""
        if mention.kind in BODIES:
            self.bodies.meet(mention)
        elif mention.kind is MentionKind.DOCUMENT and (mention.owner or mention.lead in {"its", "their"}):
            self.bodies.note_issuer(mention)
        elif mention.kind is MentionKind.PERSON and not self._is_place(mention, scan):
            if not mention.is_partial or mention.title:
                return self._introduce(mention, scan, text)
            name = self.name(mention)
            if self._is_unplaced(name, mention, word_behind(mention, scan, text)):
                return self._introduce(mention, scan, text)  # "Leila, a staff nurse at Y"
            self.recall.note(name)
            return name
        return ""

    def _is_unplaced(self, name: str, mention: Mention, behind: str) -> bool:
        """Whether the word behind a comma tells of a part of a name: of somebody without a role, or a first name."""
        if name in self._members:
            return behind in DEFINITE | INDEFINITE | {"who"} and not self._members[name].role
        part = mention.text.lower()
        is_told = behind in INDEFINITE | {"from", "who"} or behind.isdigit()
        return is_told and part in self._vocabulary.first_names and not self.recall.has_first(part)

    def _is_place(self, mention: Mention, scan: Scan) -> bool:
        """Whether an untitled name behind "of" or "from" is no known person's: a place, or a body."""
        before = scan.words.lowered[mention.first - 1] if mention.first else ""
        is_street = before in {"on", "in", "at"} and mention.text.rsplit(" ", 1)[-1].lower() in STREETS
        if not (is_street or before in {"of", "from"}) or mention.title:
            return False
        first = mention.text.split(" ", 1)[0].lower()
        return first not in self._vocabulary.first_names and self.name(mention) not in self._members

    def body_called(self, mention: Mention) -> str:
        """The body that is called by its place alone ("Mid Kent said …"), where capitals are no person's name."""
        first = mention.text.split(" ", 1)[0].lower()
        if mention.title or first in self._vocabulary.first_names or " " not in mention.text:
            return ""
        return self.bodies.of_place(mention.text, ())

    def is_alone(self, name: str) -> bool:
        """Whether nobody else is named in the article."""
        return name in self._members and len(self._members) == 1

    def knows(self, name: str) -> bool:
        """Whether somebody of that name was met."""
        return name in self._members

    def may_hold(self, name: str, role: Mention) -> bool:
        """Whether the text left a person without a role, so that this one may be it."""
        member = self._members.get(name)
        owner = self.bodies.owner_of_role(role)
        if member is None or member.role or (owner and member.organisation not in {"", owner}):
            return False
        told = set(member.kinds) - {ActorType.OTHER}  # no councillor is a minister
        return not (told and STATE & set(role.actor_kinds) and not STATE & told)

    def is_held(self, role: Mention) -> bool:
        """Whether somebody met so far has this role in its body."""
        owner, said = self.bodies.owner_of_role(role), role.text.lower()
        return any(
            is_same_role(member.role.lower(), said) and owner in {member.organisation, ""}
            for member in islice(reversed(self._members.values()), MAX_HOLDERS)
            if member.organisation or not owner
        )

    def recurring(self) -> list[str]:
        """People whom the text names again without ever printing a role or a body beside them, the most named first."""
        bare = (
            name
            for name, member in self._members.items()
            if self.recall.count(name) > 1 and not member.role and not member.organisation and not member.kinds
        )
        return sorted(bare, key=lambda name: -self.recall.count(name))

    def give_role(self, name: str, role: Mention) -> None:
        """Give a role that a sentence states to a person without one."""
        member = self._members.get(name)
        if member is None or (member.role and member.role not in SEATS):
            return
        if role.is_former:
            is_public = role.text.lower().startswith("retired ") and not (member.kinds or member.organisation)
            self._members[name] = replace(member, kinds=(ActorType.PATIENT_VOLUNTARY,)) if is_public else member
            return
        beside = self._introductions.of_role(role)
        is_open = beside.has_body and not beside.organisation and not member.organisation
        is_plain = set(beside.kinds) <= {ActorType.OTHER}
        self._members[name] = replace(
            member,
            role=beside.role,
            organisation=member.organisation or beside.organisation,
            kinds=member.kinds if is_plain and member.kinds else beside.kinds,
            open_at=self.bodies.passed if is_open else -1,
            place=beside.place,
        )

    def give_title(self, name: str, below: tuple[Mention, ...]) -> None:
        """Give a signatory the role and the body that are printed on the line below the name."""
        role = next((found for found in below if found.kind is MentionKind.ROLE), None)
        body = next((found for found in below if found.kind is MentionKind.ORGANISATION), None)
        if role:
            self.give_role(name, role)
        if body and (member := self._members.get(name)) and not member.organisation:
            self._members[name] = replace(member, organisation=self.bodies.name(body))

    def is_party_name(self, name: str) -> bool:
        """Whether a name is a party's."""
        return name in self._vocabulary.party_names

    def give_party(self, name: str, party: str) -> None:
        """Give a member of parliament the party by which the text calls him or her."""
        if (member := self._members.get(name)) and not member.organisation:
            kinds = member.kinds if STATE & set(member.kinds) else (ActorType.PARLIAMENT,)
            self._members[name] = replace(member, organisation=party, kinds=kinds)

    def give_office(self, name: str, role: str, body: Mention) -> None:
        """Make a person the head of a body that the text says he or she leads."""
        if (member := self._members.get(name)) and not member.organisation:
            organisation = self.bodies.short_form(body) if body.kind is MentionKind.BODY else self.bodies.name(body)
            self._members[name] = replace(member, role=member.role or role, organisation=organisation)

    def note_body(self, name: str, body: str) -> None:
        """Note a body that the text tells somebody is or was of."""
        if body and (member := self._members.get(name)):
            self._members[name] = replace(member, bodies=member.bodies | {body})

    def hear(self, name: str, pronoun: str) -> None:
        """Count a pronoun that can only mean this person."""
        self._heard[name, pronoun] += 1

    def restart(self, published_on: date | None, *, is_record: bool = False) -> None:
        """Begin the second reading: complete office holders from the book, forget what was mentioned last."""
        self.bodies.restart()
        self.recall.restart()
        for name, member in self._members.items():
            committee = self.bodies.first_named("Committee") if is_record else ""
            whole = completed(in_chair(member, committee), self._vocabulary, self.bodies, published_on)
            self._members[name] = replace(whole, pronoun=self._pronoun_heard(whole))

    def see(self, mention: Mention) -> None:
        """Note a mention as passed, for short forms and pronouns that follow."""
        if mention.kind in BODIES:
            self.bodies.see(mention)
        elif mention.kind is MentionKind.DOCUMENT and (mention.owner or mention.lead in {"its", "their"}):
            self.bodies.note_issuer(mention)
        elif mention.kind is MentionKind.PERSON:
            self.recall.note(self.name(mention))

    def member(self, name: str) -> Member:
        """The person kept under a name, or a stranger of that name."""
        return self._members.get(name) or Member(name)

    def name(self, mention: Mention) -> str:
        """The name under which a person is kept: canonical, or as printed; empty if a part names nobody."""
        if mention.is_partial:
            known = self.recall.by_part(mention.text.split(" of ")[0].lower(), mention.title)
            if known or not mention.title:
                return known
            return f"{mention.title.capitalize()} {mention.text}" if mention.title in PEERS else mention.text
        kept = self.recall.full_name(mention.text)
        return kept or self._vocabulary.person_named(mention.text)

    def named_in(self, title: str) -> str:
        """Who of the article's people is named in its title, in full; empty if nobody is."""
        return next((name for name in self._members if " " in name and name in title), "")

    def admit(self, printed: str) -> str:
        """Make an author known, for the publisher if no other body stands beside the name."""
        name = self._vocabulary.person_named(printed)
        member = self._members.get(name) or self._authors.get(name) or Member(name)
        if member.role in SEATS and self.bodies.kind_of(self.bodies.fallback) is ActorType.GOVERNMENT:
            member = replace(member, role="", kinds=())  # whoever speaks for a government speaks as its minister
        self._members[name] = replace(member, organisation=member.organisation or self.bodies.fallback)
        self.recall.admit(name)
        return name

    def note_author(self, mention: Mention, scan: Scan, text: str) -> None:
        """Remember what a by-line prints beside a name, should it turn out to be the author's."""
        beside = self._introductions.read(mention, scan, text)
        name = self._vocabulary.person_named(mention.text)
        self._authors[name] = Member(name, beside.role, beside.organisation, beside.kinds, self._pronoun(mention))

    def authors(self, byline: str) -> tuple[str, ...]:
        """The people named in a by-line."""
        return names_in(byline, self._vocabulary)

    def adopt(self, role: Mention, owner: str, ahead: tuple[str, ...]) -> str:
        """Give a role of the lead to the first person named after it, if that name comes without one."""
        if role.is_former:
            return ""
        for name in (*ahead[:1], *self.recall.latest):
            member = self._members.get(name)
            if member is None:
                continue
            is_open = not member.organisation and not member.role
            if is_open or (not owner and not member.organisation and member.role in LEADING.values()):
                body = owner or member.organisation
                self._members[name] = replace(
                    member, role=present(role.text), organisation=body, kinds=role.actor_kinds
                )
                return name
        return ""

    def named_ahead(self, role: str, ahead: tuple[str, ...]) -> str:
        """Who of those named next holds a (lower-case) role."""
        return next((name for name in ahead if is_same_role(self.member(name).role.lower(), role)), "")

    def _introduce(self, mention: Mention, scan: Scan, text: str) -> str:
        """Add a person, or what is printed beside the name this time to what is known."""
        name = self.name(mention) or mention.text
        known = self._members.get(name)
        beside = self._introductions.read(mention, scan, text)
        is_open = beside.has_body and not beside.organisation and not (known and known.organisation)
        standing = standing_of(mention, beside, self._vocabulary, text, scan.words.ends[mention.last - 1])
        is_open = (is_open or standing.is_open) and (known is not None or not mention.is_partial or mention.title != "")
        guess = self.bodies.beside(standing.kinds) if is_open and not beside.organisation and not beside.place else ""
        printed = Member(
            name=name,
            role=standing.role,
            organisation=beside.organisation or guess,
            kinds=standing.kinds,
            pronoun=self._pronoun(mention),
            title=mention.title,
            is_peer=mention.title in PEERS,
            open_at=self.bodies.passed if is_open else -1,
            place=beside.place,
            bodies=(bodies_of_move(mention, scan, text, self.bodies) | {beside.organisation, beside.former_body})
            - {""},
            is_guessed=guess != "",
        )
        if known is None:
            self.recall.add(name)
        self._members[name] = merged(known, printed) if known else printed
        if told := self.recall.pronoun_of(mention.title):
            self._members[name] = replace(self._members[name], pronoun=told)
        self.recall.note(name)
        self.bodies.of_named_last = self._members[name].organisation
        return name

    def _pronoun_heard(self, member: Member) -> str:
        """The pronoun that a title or a name tells, unless the text plainly says the other."""
        he, she = self._heard[member.name, "he"], self._heard[member.name, "she"]
        heard = "" if he == she else "he" if he > she else "she"
        is_plain = abs(he - she) >= PLAINLY and not self.recall.pronoun_of(member.title)
        return heard if is_plain or not member.pronoun else member.pronoun

    def _pronoun(self, mention: Mention) -> str:
        return self.recall.pronoun_of(mention.title) or self.recall.pronoun_of(mention.text.split(" ", 1)[0].lower())
