"""Noun phrases of the lexicon in a paragraph: which begins at a word, what modifies it, to what it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.draft import Draft
    from extractors.mention import Mention
    from extractors.vocabulary import NounPhrase, Vocabulary

ATTACHING = frozenset({"of", "at", "for", "with", "from", "in", "to", "on"})
ANY_NUMBER = 99


class PhraseReader:
    """Finds the nouns that head mentions, and what stands around them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find(self, draft: Draft, index: int) -> NounPhrase | None:
        """The longest noun phrase of the lexicon at word ``index``, unless a name covers it."""
        if index in draft.taken:
            return None
        lowered = draft.words.lowered
        longer = self._vocabulary.long_nouns.get(lowered[index])
        if longer and index + 1 < len(lowered):
            for noun in longer.get(lowered[index + 1], ()):
                if tuple(lowered[index : index + len(noun.words)]) == noun.words:
                    return noun
        return self._vocabulary.lone_nouns.get(lowered[index])

    def modified_from(self, draft: Draft, index: int, limit: int = ANY_NUMBER) -> int:
        """The first of the modifiers right before word ``index``."""
        words, modifiers = draft.words, self._vocabulary.modifiers
        first = index
        while first and index - first < limit and words.is_glued[first - 1]:
            is_pair = first > 1 and words.lowered[first - 1] == "and" and first < index and words.is_glued[first - 2]
            step = 1 + (is_pair and words.lowered[first - 2] in modifiers)  # "health and social care spokesperson"
            if words.lowered[first - step] not in modifiers or first - step in draft.taken:
                break
            first -= step
        return first

    def is_plain(self, draft: Draft, index: int) -> bool:
        """Whether a word may be an adjective before a body ("a cross-party commission")."""
        if index < 0 or not draft.words.is_glued[index] or not draft.words.printed[index][0].islower():
            return False
        word, known = draft.words.lowered[index], self._vocabulary
        is_other = word in known.verbs or word in known.adverbs or word in known.role_heads
        return not (is_other or word in ATTACHING or word in {"'s", "and", "or", "but"})

    def outer(self, draft: Draft, last: int) -> Mention | None:
        """The body to which a part of it belongs ("the X Network at Y", "the board of Y")."""
        words = draft.words
        if last >= len(words.lowered) or not words.is_glued[last - 1] or words.lowered[last] not in {"at", "of"}:
            return None
        return draft.body_behind(last)
