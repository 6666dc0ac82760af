"""The people of one article: introduced once, known again by surname, title, first name or pronoun."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.body import RECENT, Bodies
from extractors.introduction import LEADING, PARTY_ROLE, IntroductionReader, present
from extractors.mention import Mention, MentionKind, Scan
from extractors.records import ActorType, Office
from extractors.vocabulary import CURLY, TAIL_OF_ROLE, Vocabulary

if TYPE_CHECKING:
    from datetime import date

PEERS = frozenset({"lord", "baroness", "viscount", "lady", "baron"})
COUNCILLORS = frozenset({"cllr", "councillor", "alderman"})


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the article as first introduced; empty strings for what was never printed."""

    name: str
    role: str = ""
    organisation: str = ""
    kinds: tuple[ActorType, ...] = ()
    pronoun: str = ""


class Cast:
    """The people of an article. ``meet`` every paragraph, ``restart``, then ``see`` mentions in order."""

    def __init__(self, vocabulary: Vocabulary, bodies: Bodies) -> None:
        self._vocabulary = vocabulary
        self.bodies = bodies
        self._introductions = IntroductionReader(vocabulary, bodies)
        self._members: dict[str, Member] = {}
        self._by_surname: dict[str, list[str]] = {}
        self._passed: list[str] = []

    def meet(self, scan: Scan, text: str) -> None:
        """Learn the paragraph's acronyms and people, with the role and body printed beside each."""
        for mention in scan.mentions:
            if mention.kind is MentionKind.ORGANISATION:
                self.bodies.meet(mention)
            elif mention.kind is MentionKind.PERSON:
                if mention.is_partial and not mention.title:
                    self._pass(self.name(mention))
                else:
                    self._introduce(mention, scan, text)

    def restart(self, published_on: date | None) -> None:
        """Begin the second reading: complete office holders from the book, forget what was mentioned last."""
        for name, member in self._members.items():
            offices = self._vocabulary.offices.get(name)
            if offices and not member.organisation:
                self._members[name] = _in_office(member, offices, published_on)
        self.bodies.restart()
        self._passed.clear()

    def see(self, mention: Mention) -> None:
        """Note a mention as passed, for short forms and pronouns that follow."""
        if mention.kind in (MentionKind.ORGANISATION, MentionKind.BODY):
            self.bodies.see(mention)
        elif mention.kind is MentionKind.PERSON:
            self._pass(self.name(mention))

    def member(self, name: str) -> Member:
        """The person kept under a name, or a stranger of that name."""
        return self._members.get(name) or Member(name)

    def name(self, mention: Mention) -> str:
        """The name under which a person is kept: canonical, or as printed; empty if a part names nobody."""
        if mention.is_partial:
            return self._known_part(mention.text.lower()) or (mention.text if mention.title else "")
        for name in self._by_surname.get(_surname(mention.text), ()):
            if name.endswith(" " + mention.text):
                return name
        return self._vocabulary.people.get(mention.text.translate(CURLY), mention.text)

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
        for name in (*ahead[:1], *self._passed[-1:]):
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
        """The person of the article who holds a role, the one mentioned last if there are several."""
        for name in reversed([*list(self._members)[:RECENT], *self._passed[-RECENT:]]):
            member = self.member(name)
            is_fit = not owner or not member.organisation or owner == member.organisation
            if is_fit and is_same_role(member.role.lower(), role):
                return name
        return ""

    def by_pronoun(self, pronoun: str, last: str) -> str:
        """The person whom "he" or "she" means: the last speaker, else the one mentioned last, if it may be."""
        for name in (last, *reversed(self._passed[-RECENT:])):
            member = self._members.get(name)
            if member and member.pronoun in {"", pronoun}:
                return name
        return ""

    def _pass(self, name: str) -> None:
        if name:
            self._passed.append(name)

    def _introduce(self, mention: Mention, scan: Scan, text: str) -> None:
        name = self.name(mention)
        known = self._members.get(name)
        beside = self._introductions.read(mention, scan, text)
        organisation = beside.organisation
        if beside.has_body and not organisation and not (known and known.organisation):
            organisation = self.bodies.last()
        kinds, role = beside.kinds, beside.role
        if mention.title in COUNCILLORS:
            kinds, role = (ActorType.LOCAL_GOVERNMENT,), "" if role == PARTY_ROLE else role
        elif mention.title in PEERS and not organisation:
            kinds = (ActorType.PARLIAMENT,)
        if known is None:
            self._by_surname.setdefault(_surname(name), []).append(name)
            self._members[name] = Member(name, role, organisation, kinds, self._pronoun(mention))
        else:
            self._members[name] = Member(
                name,
                known.role or role,
                known.organisation or organisation,
                kinds if role and not known.role else known.kinds,
                known.pronoun or self._pronoun(mention),
            )
        self._pass(name)

    def _known_part(self, part: str) -> str:
        """Whom a surname or a first name means: of several, the one mentioned last."""
        names = self._by_surname.get(part)
        recent = self._passed[-RECENT:]
        if names:
            return next((name for name in reversed(recent) if name in names), names[-1])
        for name in reversed(recent):
            first = name.split(" ", 1)[0].lower()
            if part == first or part in self._vocabulary.short_names.get(first, ()):
                return name
        return ""

    def _pronoun(self, mention: Mention) -> str:
        for word in (mention.title, mention.text.split(" ", 1)[0].lower()):
            if word in self._vocabulary.masculine:
                return "he"
            if word in self._vocabulary.feminine:
                return "she"
        return ""


def _in_office(member: Member, offices: tuple[Office, ...], on: date | None) -> Member:
    """The member with the office of the day: a printed role chooses it, without one the day must be known."""
    held = [office for office in offices if on is None or _is_held(office, on)]
    if member.role:
        held = [office for office in held if is_same_role(office.role.lower(), member.role.lower())]
    elif on is None:
        return member
    if not held or "former" in member.role.lower():
        return member
    return replace(member, role=member.role or held[0].role, organisation=held[0].organisation)


def _is_held(office: Office, on: date) -> bool:
    return (office.since is None or office.since <= on) and (office.until is None or on < office.until)


def _surname(name: str) -> str:
    return name.rsplit(" ", 1)[-1].lower()


def is_same_role(one: str, other: str) -> bool:
    """Whether two lower-case roles may be one: alike, one the end of the other, or one without its "of"."""
    if not one or not other:
        return False
    if one == other or one.endswith(" " + other) or other.endswith(" " + one):
        return True
    core, other_core = TAIL_OF_ROLE.split(one)[0], TAIL_OF_ROLE.split(other)[0]
    return core == other_core and (core == one or other_core == other)
