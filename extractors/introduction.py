"""What is printed beside a person's name: the role, the body, the party."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.beside import MAX_RELATIVE, capitals, gap, is_next_persons, is_speaking_for, present_office, with_body
from extractors.clause import COPULAS, ClauseReader
from extractors.closed_words import ARTICLES, BE_FORMS, CONJUNCTIONS, PREPOSITIONS, RELATIVES, SUBORDINATORS
from extractors.leading import LEADING_NOW
from extractors.member import initials_of
from extractors.mention import Mention, MentionKind, Scan
from extractors.name import POSTNOMINALS, SEATS
from extractors.nearby import body_nearby
from extractors.records import ActorType
from extractors.subject import CALLING
from extractors.told import NOTHING, PARTY_ROLE, Introduction

if TYPE_CHECKING:
    from extractors.body import Bodies
    from extractors.vocabulary import Vocabulary

UNTOLD = frozenset({ActorType.OTHER})
"""Kinds of role that do not tell by themselves for whom somebody speaks."""
BYGONE = frozenset({"formerly", "previously", "once"})
BRACKETED, PARTS = re.compile(r"(?:\*\*|__)?,?[ \n]{1,3}\(([^()\n]{1,60})\)"), re.compile(r"[,;/]")
JOINTS, PLURAL_OWNER = frozenset({" ", "\u00a0", ", ", " ("}), frozenset({"' ", "’ "})
LETTERS_GAP, MAX_GAP, MAX_NAME, MAX_PLACE, MAX_PLAIN = 2, 4, 5, 6, 2
PLACE_LINKS = frozenset({"and", "of", "'s"})


class IntroductionReader:
    """Reads the surroundings of names in one article."""

    def __init__(self, vocabulary: Vocabulary, bodies: Bodies) -> None:
        self._vocabulary = vocabulary
        self._bodies = bodies
        self._clauses = ClauseReader(vocabulary, bodies)
        self.of_role = self._clauses.of_role

    def read(self, mention: Mention, scan: Scan, text: str) -> Introduction:
        """Role and body after a name, before it, or owning it ("Labour's X"); an office held now goes first."""
        after = self._after(mention, scan, text)
        before = self._before(mention, scan, text)
        if after.role == PARTY_ROLE and ActorType.LOCAL_GOVERNMENT in before.kinds:
            after = NOTHING
        first, second = (before, after) if before.role and not before.is_former else (after, before)
        if self._is_council(before.organisation) and after.organisation in self._vocabulary.party_names:
            first = replace(after, organisation=before.organisation, kinds=(ActorType.LOCAL_GOVERNMENT,))
        if not first.role and not first.organisation:
            first, second = second, first
        organisation = first.organisation or ("" if second.is_former else second.organisation)
        role, kinds = first.role or second.role, first.kinds or second.kinds
        former_body = first.former_body or second.former_body
        place = first.place or second.place
        is_open = not organisation and not first.is_former and not second.is_former and not place
        body = body_nearby(mention, scan, text, is_told=not set(kinds) <= UNTOLD) if is_open else None
        organisation = self._bodies.name(body) if body else organisation
        return Introduction(role, organisation, kinds, first.has_body, first.is_former, former_body, place)

    def _is_council(self, body: str) -> bool:
        return bool(body) and self._bodies.kind_of(body) is ActorType.LOCAL_GOVERNMENT

    def _before(self, mention: Mention, scan: Scan, text: str) -> Introduction:
        """What stands before a name: its owner, a body that it speaks for, a role, a party."""
        first, words = mention.first, scan.words
        if not first:
            return NOTHING
        between = gap(words, first, text)
        is_owned = words.lowered[first - 1] == "'s"
        bodies = [one for one in scan.by_last.get(first - is_owned, ()) if one.kind is MentionKind.ORGANISATION]
        is_for = between == ", " and bool(bodies) and is_speaking_for(bodies[-1], words)
        if is_owned or is_for or between in PLURAL_OWNER:
            return Introduction(organisation=self._bodies.name(bodies[-1])) if bodies else NOTHING
        role = self._role_before(first, between, scan, text) if between in JOINTS else None
        party = self._clauses.partisan(bodies[-1]) if bodies and between == " " else None
        return role or party or NOTHING

    def _role_before(self, first: int, between: str, scan: Scan, text: str) -> Introduction | None:
        """The role that ends right before word ``first``; set off by a comma it has to begin its phrase."""
        end, last = first, min(first + MAX_NAME, len(scan.words.starts))
        while end < last and scan.words.is_capital[end] and scan.words.is_glued[end - 1]:
            end += 1
        for calling in CALLING:
            if tuple(scan.words.lowered[first - len(calling) : first]) == calling and between == " ":
                first -= len(calling)
        for found in scan.by_last.get(first, ()):
            is_own = found.lead or found.owner or found.place
            is_headed = is_own or not found.first or not scan.words.is_glued[found.first - 1]
            if found.kind is MentionKind.ROLE and (between != ", " or (is_headed and not self._is_listed(end, scan))):
                now = present_office(self._headed(found, scan, text), scan)
                former_body = "" if now is found else self.of_role(found).former_body
                return replace(self.of_role(now), former_body=former_body)
        return None

    @staticmethod
    def _is_listed(end: int, scan: Scan) -> bool:
        """Whether a name that ends before word ``end`` goes on with another ("X and Y say")."""
        words = scan.words
        return end + 1 < len(words.starts) and words.lowered[end] == "and" and words.is_capital[end + 1]

    @staticmethod
    def _headed(role: Mention, scan: Scan, text: str) -> Mention:
        """Of "its founder, retired bus driver X", the founder."""
        if role.owner or role.lead or not role.first or scan.words.is_glued[role.first - 1]:
            return role
        is_set_off = gap(scan.words, role.first, text) == ", "
        before = (one for one in scan.by_last.get(role.first, ()) if one.kind is MentionKind.ROLE and is_set_off)
        return next((one for one in before if one.owner or one.lead == "its"), role)

    def _after(self, mention: Mention, scan: Scan, text: str) -> Introduction:
        """What follows a name: letters and a party first ("MP (Place) (Lab)"), then a role, a clause or a body."""
        index, party = self._past_letters(mention, scan, text)
        found = self._set_off(index, scan, text)
        if not party.role:
            return found
        if not found.role or found.is_former:
            return replace(party, organisation=party.organisation or found.organisation)
        return replace(found, organisation=found.organisation or self._party_of(found, party))

    @staticmethod
    def _party_of(office: Introduction, party: Introduction) -> str:
        """The party, for an office that is one of parliament and has no body."""
        return party.organisation if set(office.kinds) <= {ActorType.PARLIAMENT} and not office.has_body else ""

    def _past_letters(self, mention: Mention, scan: Scan, text: str) -> tuple[int, Introduction]:
        """Past "MP", "OBE", "(Place) (Lab)": the next word, and the seat in parliament that they tell of."""
        words, count, index = scan.words, len(scan.words.starts), mention.last
        seat = NOTHING
        while index < count and words.printed[index] in POSTNOMINALS and len(gap(words, index, text)) <= LETTERS_GAP:
            if words.printed[index] in SEATS:
                seat = Introduction(PARTY_ROLE, "", (ActorType.PARLIAMENT,))
            index += 1
        end, is_seat = words.ends[index - 1], False
        if seat.role and words.lowered[index : index + 1] == ["for"] and index + 1 < count:
            end = words.ends[index + len(capitals(index + 1, scan).split(" "))]  # "MP for X (Lab)"
        while bracket := BRACKETED.match(text, end):
            party = next((found for part in PARTS.split(bracket[1]) if (found := self._party(part))), "")
            office = self._office_in(scan, bracket.start(1), bracket.end(1))
            if office.role or (office.organisation and not party):
                return index, office
            if bracket[1] == initials_of(mention.text) or seat.role:
                is_seat = True  # initials, or the seat of a member ("X MP (Place), the Committee's Chair")
            if party:
                seat, is_seat = Introduction(PARTY_ROLE, party, (ActorType.PARLIAMENT,)), True
            end = bracket.end()
        while is_seat and index < count and words.starts[index] < end:
            index += 1
        return index, seat

    def _office_in(self, scan: Scan, start: int, end: int) -> Introduction:
        """The office or the body that is all of a bracket behind a name ("X (Cabinet Secretary for Health) (Lab)")."""
        first, last = scan.span(start, end)
        for found in scan.by_first.get(first, ()):
            if found.kind is MentionKind.ROLE and found.last >= last - 1:
                return self.of_role(found)
            if found.kind is MentionKind.ORGANISATION and found.last >= last and " " in found.text:
                return Introduction(organisation=self._bodies.name(found))
        return NOTHING

    def _party(self, label: str) -> str:
        plain = label.strip().lower()
        return self._vocabulary.parties.get(plain) or self._vocabulary.parties.get(plain.removeprefix("welsh "), "")

    def _set_off(self, index: int, scan: Scan, text: str) -> Introduction:
        """A role, a clause or a body that is set off behind a name, from word ``index`` on."""
        words, clauses = scan.words, self._clauses
        while index < len(words.starts) and words.lowered[index].isdigit() and not words.is_glued[index]:
            index += 1  # an age
        if index >= len(words.starts):
            return NOTHING
        between, lowered = gap(words, index, text), words.lowered[index]
        if between.strip(" )\u00a0") not in {"", ",", "–", "-", "—", "("} or len(between) > MAX_GAP:
            return NOTHING
        if lowered == "who":
            leading = clauses.leading(index + 1, scan)
            return leading if leading.role or leading.organisation else clauses.in_clause(index + 1, scan)
        if lowered in LEADING_NOW or lowered in {"has", "had"}:
            return clauses.leading(index, scan)
        if lowered in {"of", "from", "at", "for"}:
            found = clauses.body_from(index + 1, scan, is_home=lowered == "from")
            return found or self._behind_home(index + 1, scan, text)
        party = clauses.party_at(index + 1, scan) if lowered in {"a", "an", "the"} else None
        is_bygone = lowered in BYGONE and "now" in words.lowered[index : index + MAX_RELATIVE]
        alone = self._body_alone(index, scan, text)
        return (
            alone or party or self._role_behind(words.lowered.index("now", index) if is_bygone else index, scan, text)
        )

    def _behind_home(self, index: int, scan: Scan, text: str) -> Introduction:
        """What follows where somebody is from ("X, from Leeds, who is chair of Y")."""
        words = scan.words
        while index + 1 < len(words.starts) and words.is_capital[index]:
            index += 1
            if not words.is_glued[index - 1]:
                return self._set_off(index, scan, text) if words.lowered[index] == "who" else NOTHING
        return NOTHING

    def _body_alone(self, index: int, scan: Scan, text: str) -> Introduction:
        """A body that stands alone behind a name: "X (Y)", "X, Y: …", "X, Y, said"."""
        for found in scan.by_first.get(index, ()):
            end = scan.words.ends[found.last - 1]
            is_bracketed = text[end : end + 1] == ")"
            is_closed = text[end : end + 1] == ":" or (text[end : end + 1] == "," and scan.begins_verb(found.last))
            if found.kind is MentionKind.ORGANISATION and (is_bracketed or is_closed):
                return Introduction(organisation=self._bodies.name(found))
        return NOTHING

    def _role_behind(self, index: int, scan: Scan, text: str) -> Introduction:
        """The role that begins at a word, an age, "now" or the name of a place before it aside."""
        words = scan.words
        while index < len(words.starts) and (words.lowered[index].isdigit() or words.lowered[index] in COPULAS):
            index += 1
        for at in range(index, min(index + MAX_PLACE, len(words.starts))):
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ROLE and not is_next_persons(found, scan):
                    if index < at <= index + MAX_PLAIN and all(_is_plain(scan, before) for before in range(index, at)):
                        found = found._replace(text=" ".join((*words.printed[index:at], found.text)))  # noqa: PLW2901
                    return self._with_party(found, self._clauses.with_clause(with_body(found, scan), scan), scan, text)
            if at < index + MAX_PLAIN and _is_plain(scan, at):
                continue  # "X, procurement lead at Y"
            is_name = (
                words.is_capital[at] or words.lowered[at] in PLACE_LINKS or (at == index and words.lowered[at] == "the")
            )
            if not is_name or not words.is_glued[at]:
                break
        return self._clauses.leader_behind(index, scan)

    def _with_party(self, role: Mention, office: Introduction, scan: Scan, text: str) -> Introduction:
        """An office with the party in brackets behind it ("MP for X (Con)")."""
        bracket = BRACKETED.match(text, scan.words.ends[role.last - 1])
        party = self._party(bracket[1]) if bracket else ""
        return (
            replace(office, organisation=self._party_of(office, Introduction(organisation=party))) if party else office
        )


def _is_plain(scan: Scan, index: int) -> bool:
    """Whether a word in small letters may say what a role behind it is for, and no more."""
    words, lowered = scan.words, scan.words.lowered[index]
    is_closed = lowered in PREPOSITIONS | ARTICLES | CONJUNCTIONS | RELATIVES | BE_FORMS | SUBORDINATORS
    return words.printed[index].islower() and words.is_glued[index] and not is_closed and not scan.begins_verb(index)
