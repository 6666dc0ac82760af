"""Whose view a sentence gives without a verb of saying: "X's fear is that …", "In her view, …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.closed_words import ARTICLES
from extractors.mention import Mention, MentionKind, Scan, is_lone

if TYPE_CHECKING:
    from extractors.vocabulary import Vocabulary

OWNERS = {"her": "she", "his": "he", "their": "they", "its": "it", "our": "we"}
OBJECTS = {"her": "she", "him": "he", "them": "they"}
OPENING = frozenset({"in", "to", "for", "what", "one", "among", "the", *OWNERS})
"""How a sentence begins that may state a view so, a name aside."""
SEEN_BY = frozenset({"view", "opinion", "judgment", "judgement", "eyes", "words", "mind", "book", "experience"})
STATING = frozenset({"is", "was", "remains"})
SUBJECTS = frozenset({"the", "this", "that", "it", "there", "what", "such", "these", "those", "any", "no"})
"""How the clause behind "For X, …" begins that is X's view."""
MAX_APPOSITION, MAX_TO_NOUN = 12, 5
"""Words between "For X," and that clause that tell who X is, and words in which a body's view is called one."""
SPEAKING = frozenset({MentionKind.PERSON, MentionKind.ROLE, MentionKind.ORGANISATION, MentionKind.BODY})
MAX_BETWEEN, MAX_TO_STATING = 4, 4
"""Words between "the view of" and the name, and between "argument" and "is that"."""


class ViewReader:
    """Finds whose view a sentence states by a noun; built once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nouns = vocabulary.view_nouns
        self._troubling = vocabulary.troubling

    def read(self, scan: Scan, first: int, last: int) -> tuple[Mention, int] | None:
        """The mention whose view words [first, last) begin with, and the word behind what says so."""
        lowered = scan.words.lowered
        if last - first < MAX_BETWEEN or (lowered[first] not in OPENING and first not in scan.by_first):
            return None
        if lowered[first] in {"in", "to", "for"}:
            return self._seen_by(scan, first, last) or self._held_for(scan, first, last)
        if lowered[first] == "what":
            return self._troubled(scan, first, last)
        if lowered[first] in {"one", "among"}:
            first = next(
                (at for at in range(first, min(first + MAX_BETWEEN, last)) if lowered[at] in {"of", "among"}), first
            )
            return self._held_by(scan, first + 1, last)
        return self._held_by(scan, first, last)

    def behind(self, scan: Scan, first: int, last: int) -> tuple[Mention, int] | None:
        """Whose reply a quotation before word ``first`` was: "was X's reply", "came the answer from X"."""
        lowered = scan.words.lowered
        if first + 2 >= last or lowered[first] not in {"was", "is", "came", "comes"}:
            return None
        owner, at = self._owner(scan, first + 1, last)
        if owner:
            nouns = lowered[at : at + MAX_TO_STATING]
            return (owner, last) if not self._nouns.isdisjoint(nouns) else None
        is_noun = lowered[first + 1] == "the" and lowered[first + 2] in self._nouns
        if not is_noun or first + 4 >= last or lowered[first + 3] not in {"of", "from"}:
            return None
        owner, at = self._named(scan, first + 4, last)
        return (owner, at) if owner else None

    def _held_by(self, scan: Scan, first: int, last: int) -> tuple[Mention, int] | None:
        """Whose "X's argument is that", "Her point was blunt:", "The view of X is that" is."""
        owner, at = self._owner(scan, first, last)
        lowered = scan.words.lowered
        if owner is None and lowered[first] == "the" and first + 2 < last and lowered[first + 1] in self._nouns:
            owner, at = self._named(scan, first + 3, last) if lowered[first + 2] in {"of", "from"} else (None, first)
            noun = first + 1
        else:
            noun = next(
                (word for word in range(at, min(at + MAX_TO_STATING, last)) if lowered[word] in self._nouns), -1
            )
            at = noun + 1
        if owner is None or noun < 0:
            return None
        for word in range(at, min(at + MAX_TO_STATING, last - 1)):
            if lowered[word] in STATING and (lowered[word + 1] == "that" or not scan.words.is_glued[word + 1]):
                return owner, word + 1
        return None

    def _seen_by(self, scan: Scan, first: int, last: int) -> tuple[Mention, int] | None:
        """Whose "In X's view", "In the words of X", "To her mind" is."""
        lowered = scan.words.lowered
        owner, at = self._owner(scan, first + 1, last)
        if owner and at < last and lowered[at] in SEEN_BY:
            return (owner, at + 1) if _begins_clause(scan, at + 1) else None
        is_noun = lowered[first + 1] == "the" and first + 4 < last and lowered[first + 2] in SEEN_BY
        if not is_noun or lowered[first + 3] != "of":
            return None
        owner, at = self._named(scan, first + 4, last)
        return (owner, at) if owner else None

    def _held_for(self, scan: Scan, first: int, last: int) -> tuple[Mention, int] | None:
        """Whose "For X, chair of Y, the answer is" is; of a body only what is called a view."""
        lowered, glued = scan.words.lowered, scan.words.is_glued
        owner, at = self._named(scan, first + 1, last) if lowered[first] == "for" else (None, first)
        if owner is None or owner.kind is MentionKind.BODY:
            return None
        for index in range(at, min(at + MAX_APPOSITION, last)):
            if not glued[index - 1] and lowered[index] in SUBJECTS:
                is_view = not self._nouns.isdisjoint(lowered[index : index + MAX_TO_NOUN])
                is_person = owner.kind is MentionKind.PERSON
                return (owner, index) if is_view or is_person else None
            if scan.begins_verb(index):
                return None
        return None

    def aside(self, scan: Scan, first: int, last: int) -> tuple[Mention, int] | None:
        """Whose ", in X's view," stands in the midst of words [first, last), and the word behind."""
        lowered, glued = scan.words.lowered, scan.words.is_glued
        for at in range(first + 1, last - 2):
            if lowered[at] in {"came", "was"} and not glued[at - 1] and (found := self.behind(scan, at, last)):
                return found
            if lowered[at] == "in" and not glued[at - 1] and (found := self._seen_by(scan, at, last)):
                return found
        return None

    def _troubled(self, scan: Scan, first: int, last: int) -> tuple[Mention, int] | None:
        """Whom "What worries X is that", "What angers her is" tells of."""
        lowered = scan.words.lowered
        if first + 3 >= last or lowered[first + 1] not in self._troubling:
            return None
        owner, at = self._named(scan, first + 2, last)
        if pronoun := OBJECTS.get(lowered[first + 2]):
            owner, at = _pronoun(scan, first + 2, pronoun), first + 3
        return (owner, at + 1) if owner and at < last and lowered[at] in STATING | {"most"} else None

    def _owner(self, scan: Scan, first: int, last: int) -> tuple[Mention | None, int]:
        """Who owns what follows word ``first`` ("her", "X's"), and the word behind."""
        lowered = scan.words.lowered
        if first < last and lowered[first] in OWNERS:
            return _pronoun(scan, first, OWNERS[lowered[first]]), first + 1
        owner, at = self._named(scan, first, last)
        if owner is None or at >= last:
            return None, first
        is_plural = owner.text.endswith("s") and scan.words.starts[at] - scan.words.ends[at - 1] == len("' ")
        return (owner, at + (lowered[at] == "'s")) if lowered[at] == "'s" or is_plural else (None, first)

    @staticmethod
    def _named(scan: Scan, first: int, last: int) -> tuple[Mention | None, int]:
        """Who is named at a word, an article aside, and the word behind; the longest mention."""
        at = first + (first < last and scan.words.lowered[first] in ARTICLES and first not in scan.by_first)
        found = [one for one in scan.by_first.get(at, ()) if one.kind in SPEAKING and one.last <= last]
        best = max(found, key=lambda one: one.last, default=None)
        if best is None:
            return None, first
        people = scan.by_first.get(best.last, ()) if best.kind is MentionKind.ROLE else ()
        holder = next((one for one in people if one.kind is MentionKind.PERSON and not is_lone(one)), best)
        return holder, holder.last


def _begins_clause(scan: Scan, index: int) -> bool:
    """Whether a clause begins at a word, behind a comma or without one: "In her view the board …", no "view of"."""
    subjects = (one for one in scan.by_first.get(index, ()) if one.kind is not MentionKind.DOCUMENT)
    is_subject = scan.words.lowered[index : index + 1] and scan.words.lowered[index] in SUBJECTS | ARTICLES
    return not scan.words.is_glued[index - 1] or bool(is_subject) or any(subjects)


def _pronoun(scan: Scan, index: int, text: str) -> Mention:
    return Mention(MentionKind.PRONOUN, index, index + 1, scan.words.starts[index], text)
