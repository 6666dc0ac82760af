"""Verbs before a reporting verb: "appeared to concede", "is expected to say", "was quoted as saying"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.closed_words import BE_FORMS
from extractors.lexicon import VerbForm, inflections
from extractors.mention import Verb

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon
    from extractors.word import Words

FINITE = frozenset({VerbForm.THIRD, VerbForm.PAST, VerbForm.BASE})
MAX_ADVERBS = 2


class CatenativeReader:
    """Joins a reporting verb to the finite verb that it depends on; built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._adverbs = frozenset(lexicon.adverbs)
        irregulars = {verb.base: verb for verb in lexicon.irregular_verbs}
        self._links = frozenset(phrase.split()[-1] for phrase in lexicon.catenatives)
        self._phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], VerbForm]]] = {}
        for phrase in lexicon.catenatives:
            base, *rest = phrase.split()
            for spelling, form in inflections(base, irregulars.get(base)):
                if form in FINITE:
                    words = (spelling, *rest)
                    self._phrases.setdefault((words[-2], words[-1]), []).append((words, form))

    def lengthened(self, words: Words, verb: Verb) -> Verb:
        """The verb with what it depends on, as one; the verb itself where that is nothing.

        An infinitive takes the form of the verb that governs it, so that its subject is looked for before that.
        """
        before = words.lowered[verb.first - 1] if verb.first > 1 else ""
        if before not in self._links or verb.phrase.form not in {VerbForm.BASE, VerbForm.ING}:
            return verb
        for phrase, form in self._phrases.get((words.lowered[verb.first - 2], before), ()):
            first = self._begin(words, verb.first, phrase)
            if first >= 0:
                return Verb(first, verb.last, replace(verb.phrase, form=form))
        return verb

    def _begin(self, words: Words, end: int, phrase: tuple[str, ...]) -> int:
        """Where a phrase begins that ends before word ``end``, adverbs behind a "be" aside; -1 if it does not."""
        at, place, passed = end - 1, len(phrase) - 1, 0
        while place >= 0 and at >= 0:
            if words.lowered[at] == phrase[place]:
                at, place = at - 1, place - 1
            elif place == 0 and phrase[0] in BE_FORMS and words.lowered[at] in self._adverbs and passed < MAX_ADVERBS:
                at, passed = at - 1, passed + 1
            else:
                return -1
        is_joined = place < 0 and all(words.is_glued[at + 1 : end])
        return at + 1 if is_joined else -1
