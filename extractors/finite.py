"""Whether a form of a reporting verb reports at the place where it stands: no passive, no infinitive, no past wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.closed_words import BE_FORMS, MODALS
from extractors.lexicon import VerbForm

if TYPE_CHECKING:
    from extractors.mention import Scan, Verb
    from extractors.vocabulary import Vocabulary

HAVE_FORMS = frozenset({"has", "have", "had"})
NO_VERB_BEHIND = frozenset(
    {"to", "the", "a", "an", "its", "his", "her", "their", "of", "be", "no", "any", "another", "each"}
)
SHORTEST_ADVERB = 4


class FiniteReader:
    """Tells finite verbs from their other forms; built once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._passed_over = vocabulary.adverbs - BE_FORMS - MODALS - HAVE_FORMS

    def is_passed_over(self, word: str) -> bool:
        """Whether a word may stand between a verb and what governs it."""
        return word in self._passed_over or (word.endswith("ly") and len(word) > SHORTEST_ADVERB)

    def may_report(self, scan: Scan, verb: Verb, first: int) -> bool:
        """Whether this form can be a finite verb here: no passive, no infinitive, no noun.

        What somebody "had hoped for" tells of a time that is over, unless a clause says what was hoped.
        """
        words, form = scan.words, verb.phrase.form
        index = verb.first - 1
        while index > first and words.is_glued[index] and self.is_passed_over(words.lowered[index]):
            index -= 1
        before = words.lowered[index] if index >= first and words.is_glued[index] else ""
        if before in NO_VERB_BEHIND:
            return False
        if form is VerbForm.ING:
            return verb.first > first and (before in BE_FORMS or not words.is_glued[verb.first - 1])
        is_wish = verb.phrase.is_wishing and before == "had" and words.lowered[verb.last : verb.last + 1] != ["that"]
        if form is VerbForm.PARTICIPLE:
            return (before in HAVE_FORMS or before == "'s") and not is_wish
        return form is not VerbForm.PAST or not (before in BE_FORMS or is_wish)
