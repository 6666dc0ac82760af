"""What is printed beside a person's name: the role, the body, the party."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.mention import Mention, MentionKind, Scan
from extractors.records import ActorType

if TYPE_CHECKING:
    from extractors.body import Bodies
    from extractors.vocabulary import Vocabulary

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
}
LEADING_NOW = frozenset({"chairs", "leads", "heads", "runs", "owns", "represents"})
DATING = ("new ", "current ", "then ", "newly ", "appointed ", "recently ")
PARTY_ROLE = "MP"
COPULAS = frozenset({"is", "was", "remains", "became"})
MAX_RELATIVE, MAX_BRACKET, MAX_GAP = 10, 4, 4


@dataclass(frozen=True, slots=True)
class Introduction:
    """Role and body beside a name; empty strings for what is not printed.

    With ``has_body`` the role is one whose holder speaks for a body, though none stands beside it.
    """

    role: str = ""
    organisation: str = ""
    kinds: tuple[ActorType, ...] = ()
    has_body: bool = False
    is_former: bool = False


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
        return Introduction(role, organisation, kinds, first.has_body, first.is_former)

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
        for found in scan.by_last.get(first, ()):
            if found.kind is MentionKind.ROLE and (gap != ", " or found.lead or found.owner):
                return self._of_role(_present_office(found, scan))
        return NOTHING

    def _after(self, mention: Mention, scan: Scan, text: str) -> Introduction:  # noqa: PLR0911  # one return a case, in the order of the cases
        words, index = scan.words, mention.last
        if index >= len(words.starts):
            return NOTHING
        gap, lowered = text[words.ends[index - 1] : words.starts[index]], words.lowered[index]
        if "(" in gap:
            return self._bracketed(index, scan, text)
        if gap.strip() not in {"", ",", "–", "-", "—"} or len(gap) > MAX_GAP:
            return NOTHING
        if lowered in {"who", "has", "had"}:
            return self._leading(index + 1, scan)
        if lowered in LEADING_NOW:
            return self._leading(index, scan)
        if lowered in {"of", "from", "at", "for"}:
            return self._body_at((index + 1, index + 2), scan)
        if lowered.isdigit() or lowered in COPULAS:
            index += 1
        for found in scan.by_first.get(index, ()):
            if found.kind is MentionKind.ROLE and not _is_next_persons(found, scan):
                return self._of_role(found)
        return NOTHING

    def _bracketed(self, index: int, scan: Scan, text: str) -> Introduction:
        """A party in brackets: "(Lab)", "(Place) (Con)", "(Lib Dem, Place)"."""
        words = scan.words
        for at in range(index, min(index + MAX_BRACKET, len(words.starts))):
            named = (found.text for found in scan.by_first.get(at, ()))
            known = next((name for name in named if name in self._vocabulary.party_names), "")
            party = known or self._vocabulary.parties.get(words.lowered[at], "")
            if party and text[words.starts[at] - 1] == "(":
                return Introduction(PARTY_ROLE, party, (ActorType.PARLIAMENT,))
        return NOTHING

    def _leading(self, index: int, scan: Scan) -> Introduction:
        """The body that a person "chairs", "leads" or "runs"; the verb stands at word ``index``."""
        words = scan.words
        role = LEADING.get(words.lowered[index], "") if index < len(words.lowered) else ""
        for at in range(index, min(index + MAX_RELATIVE, len(words.lowered))) if role else ():
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ORGANISATION:
                    return Introduction(role, self._bodies.name(found))
            if not words.is_glued[at]:
                break
        return Introduction(role)

    def _body_at(self, indexes: tuple[int, ...], scan: Scan) -> Introduction:
        for at in indexes:
            for found in scan.by_first.get(at, ()):
                if found.kind is MentionKind.ORGANISATION:
                    return Introduction(organisation=self._bodies.name(found))
        return NOTHING

    def _of_role(self, role: Mention) -> Introduction:
        if role.is_former:
            return Introduction(present(role.text), is_former=True)
        body, kinds = self._bodies.owner_of_role(role), role.actor_kinds
        if not body and self._vocabulary.kind_of_body(self._bodies.fallback) in kinds:
            body = self._bodies.fallback
        is_open = role.has_body and not body and self._vocabulary.body_noun(role.text) is None
        return Introduction(present(role.text), body, kinds, has_body=is_open)


def _present_office(role: Mention, scan: Scan) -> Mention:
    """Of "chair and former minister X", the chair."""
    if role.is_former and role.first and scan.words.lowered[role.first - 1] == "and":
        others = (found for found in scan.by_last.get(role.first - 1, ()) if found.kind is MentionKind.ROLE)
        return next(others, role)
    return role


def _is_next_persons(role: Mention, scan: Scan) -> bool:
    """Whether a role behind a name belongs to the name behind it ("X, health secretary Y")."""
    follows = scan.by_first.get(role.last, ())
    is_person = any(found.kind is MentionKind.PERSON and not found.is_partial for found in follows)
    return is_person and scan.words.is_glued[role.last - 1]


def present(role: str) -> str:
    """The role without words that only date it."""
    while role.lower().startswith(DATING):
        role = role.split(" ", 1)[1]
    return role
