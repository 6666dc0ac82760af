"""What is printed beside a person's name: the role, the body, the party."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.mention import Mention, MentionKind, Scan
from extractors.records import ActorType
from extractors.role import present

if TYPE_CHECKING:
    from extractors.body import Bodies
    from extractors.vocabulary import Vocabulary
    from extractors.word import Words

LEADING = {
    "chairs": "chair",
    "chaired": "chair",
    "leads": "leader",
    "led": "leader",
    "heads": "head",
    "headed": "head",
    "runs": "head",
    "owns": "owner",
    "represents": "representative",
    "manages": "manager",
    "directs": "director",
    "founded": "founder",
    "co-founded": "founder",
    "co-chairs": "co-chair",
    "edits": "editor",
}
LEADING_NOW = frozenset({"chairs", "leads", "heads", "runs", "owns", "represents", "manages", "co-chairs"})
PARTY_ROLE = "MP"
COPULAS = frozenset({"is", "was", "remains", "became", "now", "currently", "also", "then", "still", "once"})
CLAUSE_LINKS = frozenset({"as", "is", "was", "became", "remains", "been", "be"})
LEAVING = frozenset({"resigned", "quit", "until", "used", "stood", "stepped", "retired", "left", "lost"})
BEFORE_LEADING = frozenset({"has", "had", "now", "also", "currently", "who", "still", "recently"})
KIN = frozenset(
    {"wife", "husband", "son", "daughter", "mother", "father", "brother", "sister", "cousin", "widow", "partner"}
    | {"colleague", "friend", "predecessor", "successor", "counterpart", "rival", "ally", "boss", "neighbour"}
)
"""Words that tell of somebody by somebody else: "his wife, X", "her predecessor, Y"."""
POSSESSIVES = frozenset({"his", "her", "their", "my", "our", "the"})
SEATS = frozenset({"MP", "MSP", "MS", "AM", "MLA", "TD", "MEP"})
POSTNOMINALS = SEATS | {"OBE", "MBE", "CBE", "KBE", "DBE", "CB", "QC", "KC", "JP", "DL", "PC", "RN", "PhD", "MD"}
POSTNOMINALS |= {
    "FRCP",
    "FRCS",
    "FRCGP",
    "MRCGP",
    "MRCP",
    "FRCN",
    "FRCPsych",
    "FRCA",
    "FBA",
    "FRS",
    "BEM",
    "GBE",
    "Esq",
}
BRACKETED, PARTS = re.compile(r",? \(([^()]{1,60})\)"), re.compile(r"[,;/]")
LETTERS_GAP, MAX_RELATIVE, MAX_GAP = 2, 10, 4


@dataclass(frozen=True, slots=True)
class Introduction:
    """Role and body beside a name; empty strings for what is not printed.

    With ``has_body`` the role is one whose holder speaks for a body, though none stands beside it; ``former_body`` is
    that of an office given up.
    """

    role: str = ""
    organisation: str = ""
    kinds: tuple[ActorType, ...] = ()
    has_body: bool = False
    is_former: bool = False
    former_body: str = ""


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
        return Introduction(role, organisation, kinds, first.has_body, first.is_former, former_body)

    def _before(self, mention: Mention, scan: Scan, text: str) -> Introduction:
        first, words = mention.first, scan.words
        if not first:
            return NOTHING
        if words.lowered[first - 1] == "'s":
            owners = [found for found in scan.by_last.get(first - 1, ()) if found.kind is MentionKind.ORGANISATION]
            return Introduction(organisation=self._bodies.name(owners[-1])) if owners else NOTHING
        gap = text[words.ends[first - 1] : words.starts[first]]
        if gap not in {" ", "\u00a0", ", ", " ("}:
            return NOTHING
        if gap == ", ":
            bodies = [found for found in scan.by_last.get(first, ()) if found.kind is MentionKind.ORGANISATION]
            if bodies and "for" in {bodies[-1].lead, words.lowered[max(bodies[-1].first - 2, 0)]}:
                return Introduction(organisation=self._bodies.name(bodies[-1]))
        for found in scan.by_last.get(first, ()):
            if found.kind is MentionKind.ROLE and (gap != ", " or found.lead or found.owner):
                present_office = _present_office(found, scan)
                former_body = "" if present_office is found else self.of_role(found).former_body
                return replace(self.of_role(present_office), former_body=former_body)
        return NOTHING

    def _after(self, mention: Mention, scan: Scan, text: str) -> Introduction:
        """What follows a name: letters and a party first ("MP (Place) (Lab)"), then a role, a clause or a body."""
        index, party = self._past_letters(mention.last, scan, text)
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

    def _past_letters(self, index: int, scan: Scan, text: str) -> tuple[int, Introduction]:
        """Past "MP", "OBE", "(Place) (Lab)": the next word, and the seat in parliament that they tell of."""
        words, count = scan.words, len(scan.words.starts)
        seat = NOTHING
        while index < count and words.printed[index] in POSTNOMINALS and len(_gap(words, index, text)) <= LETTERS_GAP:
            if words.printed[index] in SEATS:
                seat = Introduction(PARTY_ROLE, "", (ActorType.PARLIAMENT,))
            index += 1
        end = words.ends[index - 1]
        while bracket := BRACKETED.match(text, end):
            party = next((found for part in PARTS.split(bracket[1]) if (found := self._party(part))), "")
            if party:
                seat = Introduction(PARTY_ROLE, party, (ActorType.PARLIAMENT,))
            end = bracket.end()
        while index < count and words.starts[index] < end:
            index += 1
        return index, seat

    def _party(self, label: str) -> str:
        plain = label.strip().lower()
        return self._vocabulary.parties.get(plain) or self._vocabulary.parties.get(plain.removeprefix("welsh "), "")

    def _set_off(self, index: int, scan: Scan, text: str) -> Introduction:  # noqa: PLR0911  # one return a case, in the order of the cases
        """A role, a clause or a body that is set off behind a name, from word ``index`` on."""
        words = scan.words
        if index >= len(words.starts):
            return NOTHING
        gap, lowered = _gap(words, index, text), words.lowered[index]
        if gap.strip(" )\u00a0") not in {"", ",", "–", "-", "—", "("} or len(gap) > MAX_GAP:
            return NOTHING
        if lowered == "who":
            leading = self._leading(index + 1, scan)
            return leading if leading.role or leading.organisation else self._in_clause(index + 1, scan)
        if lowered in {"has", "had"}:
            return self._leading(index + 1, scan)
        if lowered in LEADING_NOW:
            return self._leading(index, scan)
        if lowered in {"of", "from", "at", "for"}:
            return self._body_at((index + 1, index + 2), scan)
        while index < len(words.starts) and (words.lowered[index].isdigit() or words.lowered[index] in COPULAS):
            index += 1
        for found in scan.by_first.get(index, ()):
            if found.kind is MentionKind.ROLE and not _is_next_persons(found, scan):
                return self._with_clause(_with_body(found, scan), scan)
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
        if "before" in words.lowered[index : index + MAX_RELATIVE]:
            return NOTHING
        for at in range(index, min(index + MAX_RELATIVE, len(words.lowered))):
            is_left = is_left or words.lowered[at] in LEAVING
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ROLE and words.lowered[at - 1] in CLAUSE_LINKS | {found.lead}:
                    return self.of_role(replace(found, is_former=found.is_former or is_left))
            if not words.is_glued[at]:
                break
        return NOTHING

    def _body_at(self, indexes: tuple[int, ...], scan: Scan) -> Introduction:
        for at in indexes:
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ORGANISATION:
                    return Introduction(organisation=self._bodies.name(found))
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
        return Introduction(present(role.text), body, kinds, has_body=is_open)


def _gap(words: Words, index: int, text: str) -> str:
    """What is printed between word ``index`` and the one before it."""
    return text[words.ends[index - 1] : words.starts[index]]


def _present_office(role: Mention, scan: Scan) -> Mention:
    """Of "chair and former minister X", the chair."""
    if role.is_former and role.first and scan.words.lowered[role.first - 1] == "and":
        others = (found for found in scan.by_last.get(role.first - 1, ()) if found.kind is MentionKind.ROLE)
        return next(others, role)
    return role


def _with_body(role: Mention, scan: Scan) -> Mention:
    """Of "a GP in the town and a member of the CCG's board", the role that stands with a body."""
    if role.owner or role.is_former:
        return role
    words, at = scan.words, role.last
    while at < len(words.lowered) and at - role.last < MAX_RELATIVE and words.is_glued[at - 1]:
        if words.lowered[at] == "and":
            beside = (found for found in scan.by_first.get(at + 1, ()) if found.kind is MentionKind.ROLE)
            return next((found for found in beside if found.owner and not found.is_former), role)
        at += 1
    return role


def _is_next_persons(role: Mention, scan: Scan) -> bool:
    """Whether a role behind a name belongs to the name behind it ("X, health secretary Y")."""
    follows = scan.by_first.get(role.last, ())
    is_person = any(found.kind is MentionKind.PERSON and not found.is_partial for found in follows)
    return is_person and scan.words.is_glued[role.last - 1]
