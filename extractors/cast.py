"""The people of one article: introduced once, known again by surname, title, first name or pronoun."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.introduction import LEADING, PARTY_ROLE, IntroductionReader
from extractors.member import Member, in_office, initials_of, merged
from extractors.mention import Mention, MentionKind, Scan
from extractors.name import PEERS
from extractors.recall import Recall
from extractors.records import ActorType
from extractors.role import is_same_role, present
from extractors.vocabulary import CURLY, Vocabulary

if TYPE_CHECKING:
    from datetime import date

    from extractors.body import Bodies

STATE = frozenset({ActorType.GOVERNMENT, ActorType.PARLIAMENT})
COUNCILLORS = frozenset({"cllr", "councillor", "alderman"})


class Cast:
    """The people of an article. ``meet`` every mention, ``restart``, then ``see`` mentions in order."""

    def __init__(self, vocabulary: Vocabulary, bodies: Bodies) -> None:
        self._vocabulary = vocabulary
        self.bodies = bodies
        self._introductions = IntroductionReader(vocabulary, bodies)
        self._members: dict[str, Member] = {}
        self.recall = Recall(vocabulary, self._members)
        self._heard: Counter[tuple[str, str]] = Counter()

    def meet(self, mention: Mention, scan: Scan, text: str) -> str:
        """Learn a body's acronym, or a person with the role and body printed beside; gives the person's name."""
        if mention.kind in (MentionKind.ORGANISATION, MentionKind.BODY):
            self.bodies.meet(mention)
        elif mention.kind is MentionKind.PERSON:
            if not mention.is_partial or mention.title:
                return self._introduce(mention, scan, text)
            name = self.name(mention)
            self.recall.note(name)
            return name
        return ""

    def may_hold(self, name: str, role: Mention) -> bool:
        """Whether the text left a person without a role, so that this one may be it."""
        member = self._members.get(name)
        owner = self.bodies.owner_of_role(role)
        return member is not None and not member.role and member.organisation in {"", owner}

    def is_held(self, role: Mention) -> bool:
        """Whether somebody met so far has this role in its body."""
        return bool(self.holder(role.text.lower(), self.bodies.owner_of_role(role)))

    def give_role(self, name: str, role: Mention) -> None:
        """Give a role that a sentence states to a person without one."""
        member = self._members.get(name)
        if member is None or member.role or role.is_former:
            return
        beside = self._introductions.of_role(role)
        is_open = beside.has_body and not beside.organisation and not member.organisation
        self._members[name] = replace(
            member,
            role=beside.role,
            organisation=member.organisation or beside.organisation,
            kinds=beside.kinds,
            open_at=self.bodies.passed if is_open else -1,
        )

    def give_title(self, name: str, below: tuple[Mention, ...]) -> None:
        """Give a signatory the role and the body that are printed on the line below the name."""
        member = self._members.get(name)
        role = next((found for found in below if found.kind is MentionKind.ROLE), None)
        body = next((found for found in below if found.kind is MentionKind.ORGANISATION), None)
        if role:
            self.give_role(name, role)
        member = self._members.get(name)
        if member and body and not member.organisation:
            self._members[name] = replace(member, organisation=self.bodies.name(body))

    def is_party(self, body: Mention) -> bool:
        """Whether a body is a party."""
        return self.bodies.name(body) in self._vocabulary.party_names

    def give_party(self, name: str, party: str) -> None:
        """Give a member of parliament the party by which the text calls him or her."""
        member = self._members.get(name)
        if member and not member.organisation:
            kinds = member.kinds if STATE & set(member.kinds) else (ActorType.PARLIAMENT,)
            self._members[name] = replace(member, organisation=party, kinds=kinds)

    def give_office(self, name: str, role: str, body: Mention) -> None:
        """Make a person the head of a body that the text says he or she leads."""
        member = self._members.get(name)
        if member and not member.organisation:
            organisation = self.bodies.short_form(body) if body.kind is MentionKind.BODY else self.bodies.name(body)
            self._members[name] = replace(member, role=member.role or role, organisation=organisation)

    def hear(self, name: str, pronoun: str) -> None:
        """Count a pronoun that can only mean this person."""
        self._heard[name, pronoun] += 1

    def restart(self, published_on: date | None) -> None:
        """Begin the second reading: complete office holders from the book, forget what was mentioned last."""
        self.bodies.restart()
        self.recall.restart()
        for name, member in self._members.items():
            self._members[name] = self._completed(member, published_on)

    def _completed(self, member: Member, published_on: date | None) -> Member:
        """A person with what only the whole article tells: the office of the day, the body, the pronoun."""
        offices = self._vocabulary.offices.get(member.name)
        if offices and not member.organisation:
            member = in_office(member, offices, published_on)
        is_partisan = member.organisation in self._vocabulary.party_names
        if member.open_at >= 0 and (not member.organisation or is_partisan):
            organisation = self.bodies.focal(member.kinds, member.open_at) or member.organisation
            member = replace(member, organisation=organisation)
        return member if member.pronoun else replace(member, pronoun=self._pronoun_heard(member.name))

    def see(self, mention: Mention) -> None:
        """Note a mention as passed, for short forms and pronouns that follow."""
        if mention.kind in (MentionKind.ORGANISATION, MentionKind.BODY):
            self.bodies.see(mention)
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
        return kept or self._vocabulary.people.get(mention.text.translate(CURLY), mention.text)

    def called(self, label: str) -> str:
        """Whom a label means that is a first name, a surname or initials of somebody here; empty if unclear."""
        plain = label.strip(" .").lower()
        for fits in (
            lambda name: plain == name.lower(),
            lambda name: plain in {name.lower().split(" ")[0], name.lower().rsplit(" ", 1)[-1]},
            lambda name: label.isupper() and label == initials_of(name),
        ):
            names = [name for name in self._members if fits(name)]
            if len(names) == 1:
                return names[0]
        return ""

    def admit(self, byline: str) -> str:
        """Make a by-line's person known, for the publisher if no other body stands beside the name."""
        words = byline.split(" ")
        while len(words) > 1 and words[0].lower().strip(".") in self._vocabulary.honorifics:
            words = words[1:]
        printed = " ".join(words)
        name = self._vocabulary.people.get(printed.translate(CURLY), printed)
        member = self.member(name)
        self._members[name] = replace(member, organisation=member.organisation or self.bodies.fallback)
        return name

    def adopt(self, role: Mention, owner: str, ahead: tuple[str, ...]) -> str:
        """Give a role of the lead to the first person named after it, if that name comes without one."""
        if role.is_former:
            return ""
        for name in (*ahead[:1], *self.recall.latest):
            member = self._members.get(name)
            if member is None:
                continue
            is_open = not member.organisation and not member.role
            if is_open or (not owner and member.role in LEADING.values()):
                body = owner or member.organisation
                self._members[name] = replace(
                    member, role=present(role.text), organisation=body, kinds=role.actor_kinds
                )
                return name
        return ""

    def named_ahead(self, role: str, ahead: tuple[str, ...]) -> str:
        """Who of those named next holds a (lower-case) role."""
        return next((name for name in ahead if is_same_role(self.member(name).role.lower(), role)), "")

    def holder(self, role: str, owner: str) -> str:
        """Who of those met so far has this (lower-case) role in this body."""
        for name, member in self._members.items():
            is_fit = not owner or not member.organisation or owner == member.organisation
            if is_fit and is_same_role(member.role.lower(), role):
                return name
        return ""

    def _introduce(self, mention: Mention, scan: Scan, text: str) -> str:
        """Add a person, or what is printed beside the name this time to what is known."""
        name = self.name(mention)
        known = self._members.get(name)
        beside = self._introductions.read(mention, scan, text)
        is_open = beside.has_body and not beside.organisation and not (known and known.organisation)
        kinds, role = beside.kinds, beside.role
        if mention.title in COUNCILLORS or (ActorType.LOCAL_GOVERNMENT in kinds and "councillor" in role.lower()):
            kinds, role = (ActorType.LOCAL_GOVERNMENT,), "" if role == PARTY_ROLE else role
            is_open = is_open or not beside.organisation or beside.organisation in self._vocabulary.party_names
        elif mention.title in PEERS and not beside.organisation:
            kinds = (ActorType.PARLIAMENT,)
        printed = Member(
            name=name,
            role=role,
            organisation=beside.organisation,
            kinds=kinds,
            pronoun=self._pronoun(mention),
            title=mention.title,
            is_peer=mention.title in PEERS,
            open_at=self.bodies.passed if is_open else -1,
            bodies=frozenset({beside.organisation, beside.former_body}) - {""},
        )
        if known is None:
            self.recall.add(name)
        self._members[name] = merged(known, printed) if known else printed
        self.recall.note(name)
        return name

    def _pronoun_heard(self, name: str) -> str:
        he, she = self._heard[name, "he"], self._heard[name, "she"]
        return "" if he == she else "he" if he > she else "she"

    def _pronoun(self, mention: Mention) -> str:
        return self.recall.pronoun_of(mention.title) or self.recall.pronoun_of(mention.text.split(" ", 1)[0].lower())
