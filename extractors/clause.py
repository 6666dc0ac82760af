"""Clauses and phrases about a person: "who chairs X", "a GP who is chair of Y", "of the campaign group Z"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.beside import MAX_RELATIVE, capitals
from extractors.draft import BETWEEN
from extractors.leading import BEFORE_LEADING, LEADING, LEADING_NOW
from extractors.mention import Mention, MentionKind, Scan
from extractors.records import ActorType
from extractors.role import present
from extractors.told import NOTHING, Introduction

if TYPE_CHECKING:
    from extractors.body import Bodies
    from extractors.vocabulary import Vocabulary

COPULAS = frozenset({"is", "was", "remains", "became", "now", "currently", "also", "then", "still", "once"})
CLAUSE_LINKS = frozenset({"as", "is", "'s", "was", "became", "remains", "been", "be"})
EMPLOYED = frozenset(
    {"works", "worked", "teaches", "studies", "researches", "lectures", "practises", "volunteers"}
    | {"joined", "sits", "serves", "speaks", "campaigns", "nurses"}
)
WRITING = frozenset({"wrote", "co-wrote", "authored", "co-authored"})
PLACING = frozenset({"in", "across", "around", "near", "from"})
STREETS = frozenset({"lane", "road", "street", "avenue", "close", "drive", "terrace", "way", "crescent", "gardens"})
SEATED = LEADING["represents"]  # for a ward or a constituency, which is no body
LEAVING = frozenset({"resigned", "quit", "until", "used", "stood", "stepped", "retired", "left", "lost"})
KIN = frozenset(
    {"wife", "husband", "son", "daughter", "mother", "father", "brother", "sister", "cousin", "widow", "partner"}
    | {"colleague", "friend", "predecessor", "successor", "counterpart", "rival", "ally", "boss", "neighbour"}
)
"""Words that tell of somebody by somebody else: "his wife, X", "her predecessor, Y"."""
POSSESSIVES = frozenset({"his", "her", "their", "my", "our", "the"})
MAX_DESCRIPTION = 6
"""Words of "the campaign group" and the like before a body's name."""


class ClauseReader:
    """Reads what phrases tell of somebody, in one article."""

    def __init__(self, vocabulary: Vocabulary, bodies: Bodies) -> None:
        self._vocabulary = vocabulary
        self._bodies = bodies

    def of_role(self, role: Mention) -> Introduction:
        """What a role tells of its holder."""
        if role.is_former:
            former_body = self._bodies.owner(role) or self._bodies.office(role.text.lower().removeprefix("former "))
            return Introduction(present(role.text), is_former=True, former_body=former_body)
        if role.lead in POSSESSIVES and role.text.lower().split()[-1] in KIN and not role.owner:
            return NOTHING
        body, kinds = self._bodies.owner_of_role(role), role.actor_kinds
        if not body and role.lead in {"his", "her"} and role.has_body:
            body = self._bodies.of_named_last  # "his vice-chair" is of his body
        own = self._vocabulary.kind_of_body(self._bodies.fallback) if self._bodies.fallback else None
        is_chief = role.text.lower().startswith("chief ") and own is ActorType.LOCAL_NHS
        if not body and own is not None and (own in kinds or is_chief):
            body = self._bodies.fallback
        is_public = kinds == (ActorType.PATIENT_VOLUNTARY,) and not role.has_body
        if is_public and self._bodies.kind_of(body) is not ActorType.PATIENT_VOLUNTARY:
            body = ""  # a patient at a surgery does not speak for it
        if not body and role.owner and role.owner.actor_kinds and not is_public:
            kinds = role.owner.actor_kinds  # "the committee's chair": of which committee is still to be told
        is_open = role.has_body and not body and self._vocabulary.body_noun(role.text) is None
        place = "" if body or ActorType.GOVERNMENT in kinds else role.place
        return Introduction(present(role.text), body, kinds, has_body=is_open, place=place)

    def leading(self, index: int, scan: Scan) -> Introduction:
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
            if words.is_capital[at] and words.lowered[at - 1] not in PLACING and role != SEATED:
                return Introduction(role, place=capitals(at, scan), has_body=True)
            if not words.is_glued[at]:
                break
        return Introduction(role)

    def leader_behind(self, index: int, scan: Scan) -> Introduction:
        """What "a retired ferry captain who chairs Y" heads, whatever else the phrase says."""
        words = scan.words
        for at in range(index, min(index + MAX_RELATIVE, len(words.lowered))):
            if words.lowered[at] == "who" and at > index:
                return self.leading(at + 1, scan)
            if not words.is_glued[at] or (at > index and words.is_capital[at]):
                break
        return NOTHING

    def with_clause(self, role: Mention, scan: Scan) -> Introduction:
        """Of "the retired midwife who chairs Y", the chair of Y."""
        words, own = scan.words, self.of_role(role)
        for at in range(role.last, min(role.last + MAX_RELATIVE, len(words.lowered))):
            if not words.is_glued[at - 1]:
                break
            if words.lowered[at] == "who":
                leading = self.leading(at + 1, scan)
                leading = leading if leading.role else self.in_clause(at + 1, scan)
                is_lesser = not own.organisation or own.organisation in self._vocabulary.party_names
                return leading if leading.organisation and is_lesser else own
        return own

    def in_clause(self, index: int, scan: Scan) -> Introduction:
        """What "who works at Y", "who wrote the report for Y", "who retires as chair of Y" tells."""
        words = scan.words
        if now := self._now(index, scan):
            return now
        verb = words.lowered[index] if index < len(words.lowered) else ""
        if verb in EMPLOYED:
            return self._body_at(tuple(range(index + 1, min(index + MAX_RELATIVE, len(words.lowered)))), scan)
        if "elected" in words.lowered[index : index + 3] and "for" in words.lowered[index : index + MAX_RELATIVE]:
            return self.body_from(words.lowered.index("for", index) + 1, scan)
        if verb in WRITING:
            stop = min(index + MAX_RELATIVE, len(words.lowered))
            at = next((at for at in range(index, stop) if words.lowered[at] in {"for", "by"}), -1)
            return self.body_from(at + 1, scan) if at > 0 else NOTHING
        return NOTHING if "before" in words.lowered[index : index + MAX_RELATIVE] else self._role_in(index, scan)

    def _now(self, index: int, scan: Scan) -> Introduction:
        """The office of "who until May was a nurse and is now chair of Y"."""
        lowered = scan.words.lowered
        if "now" not in lowered[index : index + MAX_RELATIVE]:
            return NOTHING
        at = lowered.index("now", index) + 1
        now = next((one for one in scan.by_first.get(at, ()) if one.kind is MentionKind.ROLE), None)
        return self.of_role(now) if now and not now.is_former else NOTHING

    def _role_in(self, index: int, scan: Scan) -> Introduction:
        """The role in "who retires as chief executive of Y", "who until May was chair of Y", "who is a nurse"."""
        words, is_left = scan.words, False
        for at in range(index, min(index + MAX_RELATIVE, len(words.lowered))):
            is_left = is_left or words.lowered[at] in LEAVING
            if words.lowered[at] in LEADING_NOW:
                return self.leading(at, scan)
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ROLE and words.lowered[at - 1] in CLAUSE_LINKS | COPULAS | {found.lead}:
                    is_over = is_left or "until" in words.lowered[found.last : found.last + MAX_RELATIVE]
                    return self.of_role(found._replace(is_former=found.is_former or is_over))
            if not words.is_glued[at]:
                break
        return NOTHING

    def party_at(self, index: int, scan: Scan) -> Introduction | None:
        """The party of somebody who is called by it alone ("X, a Conservative, …")."""
        words = scan.words
        for found in scan.by_first.get(index, ()):
            is_end = found.last >= len(words.lowered) or not words.is_glued[found.last - 1]
            is_end = is_end or words.lowered[found.last] in {"who", "from", "and"}
            if found.kind is MentionKind.ORGANISATION and is_end:
                return self.partisan(found)
        return None

    def partisan(self, body: Mention) -> Introduction | None:
        """The party that a body is; None for any other body."""
        name = self._bodies.name(body)
        is_party = name in self._vocabulary.party_names
        return Introduction(organisation=name, kinds=(ActorType.PARLIAMENT,)) if is_party else None

    def body_from(self, index: int, scan: Scan, *, is_home: bool = False) -> Introduction:
        """The body that begins at a word, or behind "the campaign group" there; a mere name may be one's home."""
        words, last = scan.words, index
        while (
            last < min(index + MAX_DESCRIPTION, len(words.lowered))
            and words.lowered[last] in BETWEEN
            and words.is_glued[last]
        ):
            last += 1
        named = self._body_at((last,), scan) if last > index else NOTHING
        return named if named.organisation else self._body_at((index, index + 1), scan, is_home=is_home)

    def _body_at(self, indexes: tuple[int, ...], scan: Scan, *, is_home: bool = False) -> Introduction:
        """The body at one of these words: a known one, or a name of several words that is no person's."""
        for at in indexes:
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ORGANISATION:
                    return Introduction(organisation=self._bodies.name(found))
                if found.kind is MentionKind.BODY and (body := self._bodies.short_form(found)):
                    return Introduction(organisation=body)
                is_name = found.kind is MentionKind.PERSON and not found.title and " " in found.text and not is_home
                is_name = is_name and found.text.rsplit(" ", 1)[-1].lower() not in STREETS
                if is_name and found.text.split(" ")[0].lower() not in self._vocabulary.first_names:
                    return Introduction(organisation=found.text)
        return NOTHING
