"""What sentences tell of posts: "X is now chair of Y", "Y has appointed X", "Z is led by X", "As chair, X …"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from extractors.leading import BEFORE_LEADING, LEADING, LEADING_NOW
from extractors.mention import BODIES, INDEFINITE, Mention, MentionKind, Scan

if TYPE_CHECKING:
    from extractors.cast import Cast

STATING = frozenset({"is", "was", "became", "remains", "becomes", "become"})
PASSIVES = {"chaired": "chair", "led": "leader", "headed": "head", "run": "head", "founded": "founder"}
APPOINTING = frozenset({"appointed", "appoints", "appoint", "named", "names", "hired", "chose", "elected", "made"})
HELMS = (["at", "the", "helm", "of"], ["in", "the", "chair", "at"], ["at", "the", "head", "of"])
PUBLISHING = frozenset(
    {"published", "publishes", "released", "releases", "issued", "launched", "unveiled", "produced"}
    | {"written", "wrote", "prepared", "drafted"}
)
EMPLOYED = frozenset({"works", "joined", "joins", "leaves"})
AS = frozenset({"as", "appointed", "named", "elected", "made"})
ASSUMING = frozenset(
    {"named", "there", "took", "takes", "over", "works", "serves", "joined", "joins", "acts", "appointed", "elected"}
)
OTHERS = frozenset({"him", "her", "them", "his", "whom"})
MAX_TO_AS = 9
LINKS = frozenset({"now", "also", "currently", "still", "then", "once", "formerly", "previously", "both"})
TOOK_OVER = "took over"
MAX_LINKS = 3
ONCE = (["until"], ["before"], ["previously"], ["once"], ["earlier"], ["formerly"])
MAX_ONCE = 7


class PostReader:
    """Gives the people of one article the posts that sentences about them tell."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    def read(self, scan: Scan, span: tuple[int, int], people: list[str], about: str) -> None:
        """Learn from a sentence at words ``span`` that names ``people``; ``about`` is whom the one before was about."""
        self._passive(scan, span)
        self._speaking_as(scan, span)
        self._in_post(scan, span, people, about)
        if about and not people:
            self._once(scan, span, about)

    def of_person(self, name: str, scan: Scan, subject: Mention, span: tuple[int, int]) -> None:
        """Learn from a sentence about a person, named or meant by its subject."""
        self._employ(scan, subject, name)
        if role := _stated_role(scan, subject, span):
            self._cast.note_body(name, self._cast.bodies.owner_of_role(role))
            self._cast.give_role(name, role)
        else:
            self._lead(scan, subject, name)

    def publications(self, scan: Scan, subject: Mention, span: tuple[int, int]) -> None:
        """Learn from "X has published a report" whose the report is."""
        if PUBLISHING.isdisjoint(scan.words.lowered[subject.last : span[1]]):
            return
        for found in scan.between(subject.last, span[1]):
            if found.kind is MentionKind.DOCUMENT and found.owner is None and found.lead in INDEFINITE:
                self._cast.bodies.note_publication(found)

    def appointed(self, scan: Scan, body: Mention, span: tuple[int, int]) -> None:
        """Learn from "Y has appointed X as its chair" what X is."""
        behind = scan.between(body.last, span[1])
        person = next((one for one in behind if one.kind is MentionKind.PERSON), None)
        if person is None or APPOINTING.isdisjoint(scan.words.lowered[body.last : person.first]):
            return
        for found in scan.between(person.last, span[1]):
            before = scan.words.lowered[found.first - 1]
            if found.kind is MentionKind.ROLE and (before == "as" or found.lead == "its") and not found.is_former:
                self._cast.give_office(self._cast.name(person), found.text, body)
                self._cast.give_role(self._cast.name(person), found)
                return

    def _in_post(self, scan: Scan, span: tuple[int, int], people: list[str], about: str) -> None:
        """Learn from "As chair of Y, X …", "Chair of Y since May, X …", "At the helm of Y is X"."""
        words, first = scan.words, span[0]
        if first >= span[1]:
            return
        if words.lowered[first : first + 4] in HELMS:
            bodies = [one for one in scan.between(*span) if one.kind in BODIES]
            if bodies and len(people) == 1 and words.lowered[bodies[0].last : bodies[0].last + 1] in (["is"], ["was"]):
                self._cast.give_office(people[0], "head", bodies[0])
            return
        is_as = words.lowered[first] == "as"
        role = next((one for one in scan.by_first.get(first + is_as, ()) if one.kind is MentionKind.ROLE), None)
        if role is None or role.lead or role.is_former or not role.owner:
            return
        name = people[0] if people else about if is_as else ""
        if name:
            self._cast.give_role(name, role)

    def _once(self, scan: Scan, span: tuple[int, int], about: str) -> None:
        """Learn from "Until May she was director of Y" another body of whom the sentence before was about."""
        words, first = scan.words, span[0]
        if words.lowered[first : first + 1] not in ONCE:
            return
        for found in scan.between(first, min(first + MAX_ONCE, span[1])):
            is_own = found.kind is MentionKind.PRONOUN and found.text in {"he", "she"}
            role = _stated_role(scan, found, span) if is_own else None
            if role and role.owner:
                self._cast.note_body(about, self._cast.bodies.owner_of_role(role))

    def _speaking_as(self, scan: Scan, span: tuple[int, int]) -> None:
        """Learn from "what X said as health secretary" what X is."""
        for person in scan.between(*span):
            at = person.last
            if (
                person.kind is MentionKind.PERSON
                and scan.begins_verb(at)
                and scan.words.lowered[at + 1 : at + 2] == ["as"]
            ):
                behind = at + 2 + (scan.words.lowered[at + 2 : at + 3] == ["the"])
                roles = (one for one in scan.between(at + 2, behind + 1) if one.kind is MentionKind.ROLE)
                if (role := next(roles, None)) and role.lead not in INDEFINITE:
                    self._cast.give_role(self._cast.name(person), role)

    def _employ(self, scan: Scan, subject: Mention, name: str) -> None:
        """Learn from "X works for Y", "She joined Y in May" whose somebody is."""
        at = subject.last + (scan.words.lowered[subject.last : subject.last + 1] == ["now"])
        if at >= len(scan.words.lowered) or scan.words.lowered[at] not in EMPLOYED:
            return
        if body := _body_behind(scan, at):
            self._cast.give_office(name, "", body)

    def _lead(self, scan: Scan, subject: Mention, name: str) -> None:
        """Learn from "She leads Y", "X took over Y", "X, who has run Y" what body a person heads."""
        lowered = scan.words.lowered
        at = subject.last
        while at < min(subject.last + MAX_LINKS, len(lowered)) and lowered[at] in BEFORE_LEADING:
            at += 1
        verb = " ".join(lowered[at : at + 2])
        if verb == TOOK_OVER:
            role, at = "head", at + 1
        elif lowered[at : at + 1] and (lowered[at] in LEADING_NOW or lowered[at - 1] == "has"):
            role = LEADING.get(lowered[at], "")
        else:
            return
        body = _body_behind(scan, at)
        if role and body:
            self._cast.give_office(name, role, body)

    def _passive(self, scan: Scan, span: tuple[int, int]) -> None:
        """Learn from "Y is led by X" and "Y, chaired by X" what body a person heads."""
        lowered = scan.words.lowered
        if "by" not in lowered[span[0] : span[1]]:
            return
        passives = [at for at in range(span[0], span[1] - 1) if lowered[at + 1] == "by" and lowered[at] in PASSIVES]
        bodies = [one for one in scan.between(*span) if one.kind in BODIES] if passives else []
        firsts = [one.first for one in bodies]
        for at in passives:
            before = bisect_left(firsts, at)
            for found in scan.by_first.get(at + 2, ()):
                if before and found.kind is MentionKind.PERSON:
                    self._cast.give_office(self._cast.name(found), PASSIVES[lowered[at]], bodies[before - 1])


def _body_behind(scan: Scan, at: int) -> Mention | None:
    """The body that begins shortly behind word ``at``."""
    behind = (found for place in range(at + 1, at + 1 + MAX_LINKS) for found in scan.by_first.get(place, ()))
    return next((found for found in behind if found.kind in BODIES), None)


def _stated_role(scan: Scan, subject: Mention, span: tuple[int, int]) -> Mention | None:
    """The role behind "is", "has been", "took over as", "was also named" in a sentence about a person."""
    lowered = scan.words.lowered
    for found in scan.between(subject.last + 1, span[1]):
        if found.kind is MentionKind.PERSON or lowered[found.first] in OTHERS:
            return None
        if found.kind is not MentionKind.ROLE:
            continue
        at, links = found.first - 1, 0
        while at > subject.last and links < MAX_LINKS and lowered[at] in LINKS:
            at, links = at - 1, links + 1
        is_stated = lowered[at] in STATING or _is_appointed(lowered, subject.last, at, found)
        if is_stated and not any(lowered[i] in {"who", "which", "that"} for i in range(subject.last, at)):
            return found
    return None


def _is_appointed(lowered: list[str], first: int, at: int, role: Mention) -> bool:
    """Whether words [first, at] say that somebody took a role on ("took over as", "has been", "was named")."""
    if at - first > MAX_TO_AS:
        return False
    if lowered[at] == "been":
        return lowered[at - 1] == "has"
    if role.lead in INDEFINITE:
        return False
    return lowered[at] in AS and (lowered[at] != "as" or not ASSUMING.isdisjoint(lowered[first:at]))
