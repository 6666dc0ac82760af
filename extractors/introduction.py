"""What is printed beside a person's name: the role, the body, the party."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.beside import MAX_RELATIVE, capitals, gap, is_next_persons, present_office, with_body
from extractors.leading import BEFORE_LEADING, LEADING, LEADING_NOW
from extractors.member import initials_of
from extractors.mention import Mention, MentionKind, Scan
from extractors.name import POSTNOMINALS, SEATS
from extractors.records import ActorType
from extractors.role import present

if TYPE_CHECKING:
    from extractors.body import Bodies
    from extractors.vocabulary import Vocabulary

PARTY_ROLE = "MP"
COPULAS = frozenset({"is", "was", "remains", "became", "now", "currently", "also", "then", "still", "once"})
CLAUSE_LINKS = frozenset({"as", "is", "'s", "was", "became", "remains", "been", "be"})
EMPLOYED = frozenset({"works", "worked", "teaches", "studies", "researches", "lectures", "practises", "volunteers"})
LEAVING = frozenset({"resigned", "quit", "until", "used", "stood", "stepped", "retired", "left", "lost"})
KIN = frozenset(
    {"wife", "husband", "son", "daughter", "mother", "father", "brother", "sister", "cousin", "widow", "partner"}
    | {"colleague", "friend", "predecessor", "successor", "counterpart", "rival", "ally", "boss", "neighbour"}
)
"""Words that tell of somebody by somebody else: "his wife, X", "her predecessor, Y"."""
POSSESSIVES = frozenset({"his", "her", "their", "my", "our", "the"})
BRACKETED, PARTS = re.compile(r",? \(([^()]{1,60})\)"), re.compile(r"[,;/]")
LETTERS_GAP, MAX_GAP, MAX_PLACE = 2, 4, 6
PLACE_LINKS = frozenset({"and", "of", "'s"})


@dataclass(frozen=True, slots=True)
class Introduction:
    """Role and body beside a name; empty strings for what is not printed; ``place`` may be short for the body.

    With ``has_body`` the role is one whose holder speaks for a body, though none stands beside it; ``former_body`` is
    that of an office given up.
    """

    role: str = ""
    organisation: str = ""
    kinds: tuple[ActorType, ...] = ()
    has_body: bool = False
    is_former: bool = False
    former_body: str = ""
    place: str = ""


NOTHING = Introduction()


class IntroductionReader:
    """Reads the surroundings of names in one article."""

    def __init__(self, vocabulary: Vocabulary, bodies: Bodies) -> None:
        self._vocabulary = vocabulary
        self._bodies = bodies

    def read(self, mention: Mention, scan: Scan, text: str) -> Introduction:
        """Role and body after a name, before it, or owning it ("Labour's X"); an office held now goes first."""
        after = self._after(mention, scan, text)
        before = self._before(mention, scan, text)
        if after.role == PARTY_ROLE and ActorType.LOCAL_GOVERNMENT in before.kinds:
            after = NOTHING
        first, second = (before, after) if before.role and not before.is_former else (after, before)
        if not first.role and not first.organisation:
            first, second = second, first
        organisation = first.organisation or ("" if second.is_former else second.organisation)
        role, kinds = first.role or second.role, first.kinds or second.kinds
        former_body = first.former_body or second.former_body
        place = first.place or second.place
        return Introduction(role, organisation, kinds, first.has_body, first.is_former, former_body, place)

    def _before(self, mention: Mention, scan: Scan, text: str) -> Introduction:
        first, words = mention.first, scan.words
        if not first:
            return NOTHING
        if words.lowered[first - 1] == "'s":
            owners = [found for found in scan.by_last.get(first - 1, ()) if found.kind is MentionKind.ORGANISATION]
            return Introduction(organisation=self._bodies.name(owners[-1])) if owners else NOTHING
        between = gap(words, first, text)
        if between not in {" ", "\u00a0", ", ", " ("}:
            return NOTHING
        if between == ", ":
            bodies = [found for found in scan.by_last.get(first, ()) if found.kind is MentionKind.ORGANISATION]
            if bodies and "for" in {bodies[-1].lead, words.lowered[max(bodies[-1].first - 2, 0)]}:
                return Introduction(organisation=self._bodies.name(bodies[-1]))
        for found in scan.by_last.get(first, ()):
            is_own = found.lead or found.owner or found.place
            is_headed = is_own or not found.first or not words.is_glued[found.first - 1]
            if found.kind is MentionKind.ROLE and (between != ", " or is_headed):
                now = present_office(self._headed(found, scan, text), scan)
                former_body = "" if now is found else self.of_role(found).former_body
                return replace(self.of_role(now), former_body=former_body)
        return NOTHING

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
        while bracket := BRACKETED.match(text, end):
            party = next((found for part in PARTS.split(bracket[1]) if (found := self._party(part))), "")
            office = self._office_in(scan, bracket.start(1), bracket.end(1))
            if office.role:
                return index, office
            if bracket[1] == initials_of(mention.text):
                is_seat = True
            if party:
                seat, is_seat = Introduction(PARTY_ROLE, party, (ActorType.PARLIAMENT,)), True
            end = bracket.end()
        while is_seat and index < count and words.starts[index] < end:
            index += 1
        return index, seat

    def _office_in(self, scan: Scan, start: int, end: int) -> Introduction:
        """The office that is all of a bracket behind a name ("X (Cabinet Secretary for Health) (Lab)")."""
        first, last = scan.span(start, end)
        for found in scan.by_first.get(first, ()):
            if found.kind is MentionKind.ROLE and found.last >= last - 1:
                return self.of_role(found)
        return NOTHING

    def _party(self, label: str) -> str:
        plain = label.strip().lower()
        return self._vocabulary.parties.get(plain) or self._vocabulary.parties.get(plain.removeprefix("welsh "), "")

    def _set_off(self, index: int, scan: Scan, text: str) -> Introduction:
        """A role, a clause or a body that is set off behind a name, from word ``index`` on."""
        words = scan.words
        if index >= len(words.starts):
            return NOTHING
        between, lowered = gap(words, index, text), words.lowered[index]
        if between.strip(" )\u00a0") not in {"", ",", "–", "-", "—", "("} or len(between) > MAX_GAP:
            return NOTHING
        if lowered == "who":
            leading = self._leading(index + 1, scan)
            return leading if leading.role or leading.organisation else self._in_clause(index + 1, scan)
        if lowered in LEADING_NOW or lowered in {"has", "had"}:
            return self._leading(index, scan)
        if lowered in {"of", "from", "at", "for"}:
            return self._body_at((index + 1, index + 2), scan)
        return self._role_behind(index, scan)

    def _role_behind(self, index: int, scan: Scan) -> Introduction:
        """The role that begins at a word, an age, "now" or the name of a place before it aside."""
        words = scan.words
        while index < len(words.starts) and (words.lowered[index].isdigit() or words.lowered[index] in COPULAS):
            index += 1
        for at in range(index, min(index + MAX_PLACE, len(words.starts))):
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ROLE and not is_next_persons(found, scan):
                    return self._with_clause(with_body(found, scan), scan)
            if not (words.is_capital[at] or words.lowered[at] in PLACE_LINKS) or not words.is_glued[at]:
                break
        return self._leader_behind(index, scan)

    def _leader_behind(self, index: int, scan: Scan) -> Introduction:
        """What "a retired ferry captain who chairs Y" heads, whatever else the phrase says."""
        words = scan.words
        for at in range(index, min(index + MAX_RELATIVE, len(words.lowered))):
            if words.lowered[at] == "who" and at > index:
                return self._leading(at + 1, scan)
            if not words.is_glued[at] or (at > index and words.is_capital[at]):
                break
        return NOTHING

    def _leading(self, index: int, scan: Scan) -> Introduction:
        """The body that a person "chairs", "leads" or "runs"; the verb stands at word ``index`` or behind "has"."""
        words = scan.words
        while index < len(words.lowered) and words.lowered[index] in BEFORE_LEADING:
            index += 1
        role = LEADING.get(words.lowered[index], "") if index < len(words.lowered) else ""
        for at in range(index, min(index + MAX_RELATIVE, len(words.lowered))) if role else ():
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ORGANISATION:
                    return Introduction(role, self._bodies.name(found))
                if found.kind is MentionKind.BODY and (body := self._bodies.short_form(found)):
                    return Introduction(role, body)
            if words.lowered[at] in {"it", "its"}:
                return Introduction(role, self._bodies.latest())
            if words.is_capital[at]:
                return Introduction(role, place=capitals(at, scan), has_body=True)
            if not words.is_glued[at]:
                break
        return Introduction(role)

    def _with_clause(self, role: Mention, scan: Scan) -> Introduction:
        """Of "the retired midwife who chairs Y", the chair of Y."""
        words, own = scan.words, self.of_role(role)
        for at in range(role.last, min(role.last + MAX_RELATIVE, len(words.lowered))):
            if not words.is_glued[at - 1]:
                break
            if words.lowered[at] == "who":
                leading = self._leading(at + 1, scan)
                return leading if leading.organisation and not own.organisation else own
        return own

    def _in_clause(self, index: int, scan: Scan) -> Introduction:
        """The role in "who retires as chief executive of Y", "who until May was chair of Y", "who is a nurse"."""
        words, is_left = scan.words, False
        if words.lowered[index : index + 1] and words.lowered[index] in EMPLOYED:
            return self._body_at(tuple(range(index + 1, min(index + MAX_RELATIVE, len(words.lowered)))), scan)
        if "before" in words.lowered[index : index + MAX_RELATIVE]:
            return NOTHING
        for at in range(index, min(index + MAX_RELATIVE, len(words.lowered))):
            is_left = is_left or words.lowered[at] in LEAVING
            if words.lowered[at] in LEADING_NOW:
                return self._leading(at, scan)
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ROLE and words.lowered[at - 1] in CLAUSE_LINKS | COPULAS | {found.lead}:
                    is_over = is_left or "until" in words.lowered[found.last : found.last + MAX_RELATIVE]
                    return self.of_role(found._replace(is_former=found.is_former or is_over))
            if not words.is_glued[at]:
                break
        return NOTHING

    def _body_at(self, indexes: tuple[int, ...], scan: Scan) -> Introduction:
        """The body at one of these words: a known one, or a name of several words that is no person's."""
        for at in indexes:
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ORGANISATION:
                    return Introduction(organisation=self._bodies.name(found))
                is_name = found.kind is MentionKind.PERSON and not found.title and " " in found.text
                if is_name and found.text.split(" ")[0].lower() not in self._vocabulary.first_names:
                    return Introduction(organisation=found.text)
        return NOTHING

    def of_role(self, role: Mention) -> Introduction:
        """What a role tells of its holder."""
        if role.is_former:
            former_body = self._bodies.owner(role) or self._bodies.office(role.text.lower().removeprefix("former "))
            return Introduction(present(role.text), is_former=True, former_body=former_body)
        if role.lead in POSSESSIVES and role.text.lower().split()[-1] in KIN and not role.owner:
            return NOTHING
        body, kinds = self._bodies.owner_of_role(role), role.actor_kinds
        if not body and self._vocabulary.kind_of_body(self._bodies.fallback) in kinds:
            body = self._bodies.fallback
        is_open = role.has_body and not body and self._vocabulary.body_noun(role.text) is None
        return Introduction(present(role.text), body, kinds, has_body=is_open, place="" if body else role.place)
