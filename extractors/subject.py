"""The subject of a reporting verb: which mention before or behind it is the speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from extractors.closed_words import ARTICLES, BE_FORMS, CONJUNCTIONS, MODALS, PREPOSITIONS, RELATIVES, SUBORDINATORS
from extractors.finite import SHORTEST_ADVERB
from extractors.lexicon import VerbForm
from extractors.mention import ANIMATE, NAMELESS_KINDS, Mention, MentionKind, Scan, Verb, is_lone
from extractors.vocabulary import VerbClass

if TYPE_CHECKING:
    from extractors.vocabulary import Vocabulary

PLURAL_DOCUMENTS = frozenset({"authors", "papers", "minutes", "documents", "figures", "proposals", "plans"})
POSTNOMINALS = frozenset({"MP", "MSP", "MS", "AM", "MLA"})
SET_OFF = frozenset({",", "–", "-", "(", ", (", ",("})
TITLED = re.compile(r",? [“‘\"']\x01{1,90}.?[”’\"'],? ")
"""A title in quotation marks that stands in apposition ("The report, “X”, argues")."""
BREAKS = frozenset('“”";:\x01')
NAMED_KINDS = frozenset({MentionKind.PERSON, MentionKind.ROLE, MentionKind.PRONOUN})
COORDINATING = frozenset({MentionKind.PERSON, MentionKind.PRONOUN, MentionKind.ROLE, MentionKind.ORGANISATION})
OWNING_KINDS = frozenset({MentionKind.ROLE, MentionKind.ORGANISATION, MentionKind.BODY})
TAIL_OPENERS = PREPOSITIONS | {"'s", "close", "familiar", "involved", "briefed", "present", "based", "responsible"}
"""What begins the words behind a subject that still describe it ("a source close to the talks")."""
RANK = {
    MentionKind.PERSON: 0,
    MentionKind.ROLE: 1,
    MentionKind.DOCUMENT: 2,
    MentionKind.COLLECTIVE: 3,
    MentionKind.ORGANISATION: 4,
    MentionKind.BODY: 5,
    MentionKind.PRONOUN: 6,
}
CALLING = (("called",), ("named",), ("by", "the", "name", "of"))
"""What joins a description to a name ("a mother called Moira")."""
MAX_FOR = 3  # words before a role that say what it is for ("says estates director X")
MAX_TAIL, MAX_BACK = 16, 40
"""Words that may stand between the head of a clause and its verb, and words looked back over an apposition."""
MAX_CLAUSE = 100
"""Words before a verb in which the head of its clause is looked for at all; keeps hostile texts linear."""


class SubjectReader:
    """Finds subjects; built once. ``text`` is the masked document throughout."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._adverbs = vocabulary.adverbs
        self._skipped = vocabulary.adverbs | {"the"}

    def before(self, scan: Scan, text: str, verb: Verb, floor: int) -> Mention | None:
        """The subject that stands before ``verb``, not reaching back over word ``floor``."""
        words = scan.words
        index, gap = verb.first - 1, ""
        while index >= floor:
            between = text[words.ends[index] : words.starts[index + 1]]
            if between[:1] == ")":
                index, between = _before_bracket(scan, text, index, floor), ""
            if not BREAKS.isdisjoint(between):
                if not TITLED.fullmatch(between):
                    return None
                between = ","
            gap += between
            if not self._is_adverb(words.lowered[index]) or index + 1 in scan.by_last:
                break
            index -= 1
        if index < floor:
            return None
        if words.lowered[index] in {"and", "but"} and words.is_glued[index]:
            return self._coordinated(scan, verb, floor)
        is_set_off = "," in gap or "–" in gap or " - " in gap
        find = self._behind_apposition if is_set_off else self._of_clause
        subject = find(scan, text, index, floor)
        if subject is None or not _agrees(scan, subject, verb) or _is_aside(scan, text, subject, verb):
            return None
        return subject

    def _is_adverb(self, word: str) -> bool:
        return word in self._adverbs or (word.endswith("ly") and len(word) > SHORTEST_ADVERB)

    def _coordinated(self, scan: Scan, verb: Verb, floor: int) -> Mention | None:
        """The subject of a second verb ("X goes there and says …"): what heads the clause."""
        subject = self.head(scan, floor)
        if subject is None or subject.last >= verb.first or subject.kind not in COORDINATING:
            return None
        return subject if _agrees(scan, subject, verb) else None

    def behind(self, scan: Scan, index: int, last: int) -> Mention | None:
        """The mention that begins at word ``index``, adverbs, an article and what a role is for aside."""
        words = scan.words
        while index < last and words.lowered[index] in self._skipped and index not in scan.by_first:
            index += 1
        for at in range(index, min(index + MAX_FOR, last)):
            found = mention_at(scan, at)
            if found or not words.printed[at].islower() or not words.is_glued[at]:
                is_named = at == index or (found is not None and found.kind is MentionKind.PERSON)
                return found if is_named else None
        return None

    def head(self, scan: Scan, floor: int) -> Mention | None:
        """The mention at the head of the clause that begins at word ``floor``."""
        index, lowered = floor, scan.words.lowered
        while index < len(lowered) and index not in scan.by_first:
            if lowered[index] not in CONJUNCTIONS and lowered[index] != "the":
                return None
            index += 1
        return mention_at(scan, index)

    # --- right before the verb ------------------------------------------------------------------------------------

    def _of_clause(self, scan: Scan, text: str, index: int, floor: int) -> Mention | None:
        """The mention right before the verb, or the head of the clause that it only completes."""
        adjacent = _adjacent(scan, index, floor)
        if adjacent and adjacent.kind in NAMED_KINDS:
            return adjacent
        words, begin = scan.words, index
        while begin > floor and "," not in text[words.ends[begin - 1] : words.starts[begin]]:
            if index - begin > MAX_CLAUSE:
                return adjacent
            begin -= 1
        return self._with_tail(scan, index, begin) or adjacent

    def _with_tail(self, scan: Scan, index: int, floor: int) -> Mention | None:  # noqa: PLR0911  # one return a case, in the order of the cases
        """A subject at the head of the clause whose tail ("of staff at X") reaches to the verb."""
        subject = self.head(scan, floor)
        if subject is None or subject.last > index + 1 or index - subject.last > MAX_TAIL:
            return None
        if subject.kind is MentionKind.PRONOUN or is_lone(subject):
            return None
        words, tail = scan.words, range(subject.last, index + 1)
        if not tail:
            return None if subject.text.endswith(" who") else subject
        if not all(words.is_glued[tail.start - 1 : index]):
            return None
        opener = words.lowered[tail.start]
        is_clause = _opens_clause(subject, opener, tail)
        if not is_clause and opener not in TAIL_OPENERS and tail.start not in scan.by_first:
            return None
        barred = SUBORDINATORS if is_clause else SUBORDINATORS | BE_FORMS
        if any(words.lowered[at] in barred for at in tail[is_clause:]):
            return None
        place = bisect_left(scan.verb_starts, tail.start)
        return None if place < len(scan.verbs) and scan.verb_starts[place] < tail.stop else subject

    # --- behind an apposition -------------------------------------------------------------------------------------

    def _behind_apposition(self, scan: Scan, text: str, index: int, floor: int) -> Mention | None:
        """The subject of "X, chair of Y, said": the nearest name that begins its stretch and is set off behind."""
        head = self.head(scan, floor)
        if head and head.kind in ANIMATE and _is_put_aside(scan, text, head, index):
            return head
        other: Mention | None = None
        for at in range(index + 1, max(floor, index - MAX_BACK), -1):
            for found in scan.by_last.get(at, ()):
                if found.first < floor or not _is_set_off(scan, text, found, index):
                    continue
                if is_lone(found) or not _begins_stretch(scan, found, floor):
                    continue
                if found.kind is MentionKind.PERSON:
                    return found
                other = found
        return _named(scan, other) if other and scan.words.is_glued[other.last - 1] else other


def _opens_clause(subject: Mention, opener: str, tail: range) -> bool:
    """Whether a clause of the subject's own lies before its verb ("two people who were present say")."""
    if subject.kind is MentionKind.DOCUMENT or (subject.kind in NAMELESS_KINDS and opener.endswith("ing")):
        return True
    return len(tail) > 1 and (opener in {"who", "whose"} or subject.text.endswith(" who"))


def _before_bracket(scan: Scan, text: str, index: int, floor: int) -> int:
    """The word before the bracket that closes behind word ``index``."""
    words, at = scan.words, index
    while at > floor and index - at < MAX_TAIL:
        if "(" in text[words.ends[at - 1] : words.starts[at]]:
            return at - 1
        at -= 1
    return index


def _agrees(scan: Scan, subject: Mention, verb: Verb) -> bool:
    """A bare form needs a modal or a plural subject; for one that may be a noun a name is not enough."""
    lowered = scan.words.lowered
    if verb.phrase.form is not VerbForm.BASE or not MODALS.isdisjoint(
        lowered[max(subject.last, verb.first - MAX_FOR) : verb.first]
    ):
        return True
    if subject.kind is MentionKind.COLLECTIVE or subject.text in {"they", "we"}:
        return True
    if subject.kind is MentionKind.DOCUMENT:
        return not PLURAL_DOCUMENTS.isdisjoint(subject.text.lower().split())
    return subject.kind is MentionKind.ORGANISATION and not verb.phrase.is_noun_like


def _is_aside(scan: Scan, text: str, subject: Mention, verb: Verb) -> bool:
    """Whether "as" governs the subject: "It comes as X announced …" is narration; "As X puts it: …" is not."""
    words, begin = scan.words, subject.first
    is_person = subject.kind is MentionKind.PERSON
    while begin and words.is_glued[begin - 1] and subject.first - begin < MAX_TAIL:
        if words.lowered[begin - 1] == "as" or not (is_person or words.lowered[begin - 1] == "the"):
            break
        begin -= 1
    if not begin or words.lowered[begin - 1] != "as":
        return False
    end = words.ends[verb.last - 1]
    is_said = text[end : end + 1] in {":", ","} or verb.phrase.words[-1] == "it"
    return not is_said or verb.phrase.verb_class is VerbClass.POSITION


def _adjacent(scan: Scan, index: int, floor: int) -> Mention | None:
    """The mention that ends right before the verb, if it is not a part of something longer."""
    mentions = scan.by_last.get(index + 1)
    if not mentions:
        return None
    owned = [found.owner for found in mentions if found.owner]
    found = min((one for one in mentions if one not in owned), key=lambda one: (RANK[one.kind], one.first))
    if found.first < floor or found.text.endswith(" who"):
        return None  # of "those who hoped" nothing is told yet
    if found.kind is MentionKind.ROLE and found.text in POSTNOMINALS:
        people = (one for one in scan.by_last.get(found.first, ()) if one.kind is MentionKind.PERSON)
        found = next(people, found)
    words, at = scan.words, found.first - 1
    before = words.lowered[at] if at >= floor and words.is_glued[at] else ""
    if found.kind is MentionKind.PRONOUN:
        return None if before in RELATIVES else found
    if before in ARTICLES and at > floor and words.is_glued[at - 1]:
        before = words.lowered[at - 1]
    return None if before in PREPOSITIONS or before in SUBORDINATORS else found


def mention_at(scan: Scan, index: int) -> Mention | None:
    """The longest mention that begins at a word; the person whose role or body it is, if one follows."""
    found = max(scan.by_first.get(index, ()), key=lambda mention: mention.last, default=None)
    return _named(scan, found) if found else None


def _named(scan: Scan, found: Mention) -> Mention:
    """The person whom a role or a body right before the name belongs to."""
    if found.kind is MentionKind.PERSON:
        return found
    at, lowered = found.last, scan.words.lowered
    at += lowered[at : at + 1] == ["'s"]
    for calling in CALLING if found.kind in NAMELESS_KINDS | {MentionKind.ROLE} else ():
        if tuple(lowered[at : at + len(calling)]) == calling:
            at += len(calling)
            return next((one for one in scan.by_first.get(at, ()) if one.kind is MentionKind.PERSON), found)
    people = (one for one in scan.by_first.get(at, ()) if one.kind is MentionKind.PERSON and not is_lone(one))
    return next(people, found)


def _is_set_off(scan: Scan, text: str, found: Mention, index: int) -> bool:
    """Whether something is put behind a mention: a comma, a bracket, a clause, a role."""
    words = scan.words
    if found.last > index or found.kind is MentionKind.DOCUMENT:
        return True
    gap = text[words.ends[found.last - 1] : words.starts[found.last]]
    return gap.strip() in SET_OFF or words.lowered[found.last] in {"who", "of"} or found.last in scan.by_first


def _is_put_aside(scan: Scan, text: str, head: Mention, index: int) -> bool:
    """Whether a comma and a clause or a role follow the name that heads the sentence ("X, who …, said")."""
    words, at = scan.words, head.last
    if head.kind is not MentionKind.PERSON:
        while at < min(index, head.last + MAX_FOR) and words.is_glued[at - 1]:
            at += 1  # "A ward manager in Derby, who …"
    if at > index or text[words.ends[at - 1] : words.starts[at]].strip() != ",":
        return False
    if head.kind is not MentionKind.PERSON:
        return words.lowered[at] in {"who", "whose"}
    return words.lowered[at] in {"who", "whose", "the", "a", "an", "now"} or any(
        found.kind is MentionKind.ROLE for found in scan.by_first.get(at, ())
    )


def _begins_stretch(scan: Scan, found: Mention, floor: int) -> bool:
    """Whether a mention stands at the clause's head, behind a comma, or behind its own role."""
    words = scan.words
    if found.first <= floor or not words.is_glued[found.first - 1]:
        return True
    before = words.lowered[found.first - 1]
    if before in CONJUNCTIONS or before in ARTICLES:
        return before not in {"and", "or", "its"}
    if found.kind is not MentionKind.PERSON:
        return False
    if not found.is_partial and before not in PREPOSITIONS and before not in SUBORDINATORS:
        return before != "'s"
    owners = (one for one in scan.by_last.get(found.first, ()) if one.kind in OWNING_KINDS)
    return before == "'s" or any(not _is_governed(scan, owner.first) for owner in owners)


def _is_governed(scan: Scan, first: int) -> bool:
    """Whether a preposition stands before word ``first``, an article between them or not."""
    words, at = scan.words, first - 1
    if at > 0 and words.lowered[at] in ARTICLES and words.is_glued[at]:
        at -= 1
    return at >= 0 and words.is_glued[at] and words.lowered[at] in PREPOSITIONS
