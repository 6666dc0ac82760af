"""Known names that are only part of the name printed: "Health Foundation" in "Fennimore Health Foundation"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.body_name import DIRECTIONS, OF_NAMES
from extractors.vocabulary import NounClass

if TYPE_CHECKING:
    from extractors.vocabulary import Vocabulary
    from extractors.word import Words

FIELDS = frozenset(
    {"mental", "public", "primary", "community", "social", "clinical", "medical", "dental", "cancer", "stroke"}
    | {"hospital", "palliative", "paediatric", "rural", "birmingham", "manchester", "leeds", "cornwall"}
    | {"lancashire", "yorkshire", "european"}
)
"""Words that begin no name of a person but may well tell one body from another ("Rural Health Foundation")."""
LOOSE = frozenset({"new", "national", "royal", "independent", "general", "great", "greater", "old", "health", "care"})
"""Words that belong to a name, and only describe it where a sentence begins ("New Y figures say")."""
SEATS_OF_STATE = frozenset({"stormont", "brussels", "union"})
"""Qualify a known body, beside those that the lexicon takes for no names."""
CROWDS = frozenset({"children", "women", "men", "people"})
SAINTS = frozenset({"st", "saint"})
BEFORE_BODIES = frozenset({"the", "of", "at", "for", "from"})
"""Behind these a first name begins a body's name rather than a person's ("of Ada Quill Health Foundation")."""
LENGTHENING = frozenset(
    {"charity", "institute", "society", "federation", "alliance", "association", "hospital", "hospice", "school"}
    | {"academy"}
)
"""Behind a known name that a common noun makes, these make another of it ("Health Foundation Alliance")."""


class LongerNameReader:
    """Tells how far before a known name the printed name begins."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        idle = vocabulary.not_names | vocabulary.role_words | vocabulary.title_heads | vocabulary.honorifics
        self._stops = (idle | SEATS_OF_STATE) - FIELDS - LOOSE - DIRECTIONS
        ordinary = vocabulary.adverbs | vocabulary.heads | vocabulary.documents | vocabulary.described.keys()
        self._ordinary = ordinary - FIELDS - DIRECTIONS

    def begin(self, words: Words, lowest: int, first: int, last: int) -> int:
        """The word at which the name begins that ends in the known one at [first, last); ``first`` if it is whole.

        Words before ``lowest`` belong to other names.
        """
        if first == lowest or not words.is_glued[first - 1] or not self.is_generic(words, first, last):
            return first
        begin = first
        while begin > lowest and (before := self._part_before(words, lowest, begin)) < begin:
            begin = before
        while begin < first and (self._only_describes(words, begin) or self._only_opens(words, begin)):
            begin += 1
        is_other = words.lowered[begin] == "'s" or self._is_person(words, begin, first)
        return first if is_other or self._is_heading(words, begin) else begin

    def is_generic(self, words: Words, first: int, last: int) -> bool:
        """Whether a common noun makes a name ("Health Foundation"), so that other names may end in it or begin so."""
        is_acronym = words.printed[first].isupper() and words.printed[first] != "NHS"
        keywords = self._vocabulary.keywords
        has_noun = any(words.lowered[at] in keywords and words.is_capital[at] for at in range(first, last))
        return last > first + 1 and has_noun and not is_acronym

    def _part_before(self, words: Words, lowest: int, begin: int) -> int:
        """Where the part of a name begins that stands right before word ``begin``; ``begin`` if there is none."""
        at = begin - 1
        if not words.is_glued[at]:
            return begin
        lowered = words.lowered[at]
        if lowered == "'s":
            is_saint = at - 2 >= lowest and words.lowered[at - 2] in SAINTS
            if is_saint:
                return at - 2
            return at - 1 if at > lowest and words.lowered[at - 1] in CROWDS and words.is_capital[at - 1] else begin
        if lowered in {"and", "&"}:
            is_lone = at - 1 == lowest or not words.is_glued[at - 2] or not words.is_capital[at - 2]
            return at - 1 if at > lowest and is_lone and self._is_part(words, at - 1) else begin
        if lowered == "of":
            return at - 1 if at > lowest and words.is_glued[at - 1] and words.lowered[at - 1] in OF_NAMES else begin
        is_verb = (
            lowered in self._vocabulary.verbs and at > lowest and words.is_capital[at - 1] and words.is_glued[at - 1]
        )
        return at if self._is_part(words, at) and not is_verb else begin

    def _is_part(self, words: Words, index: int) -> bool:
        return words.is_capital[index] and words.lowered[index] not in self._stops

    @staticmethod
    def _only_describes(words: Words, index: int) -> bool:
        """Whether a word as "New" tells something of a name, and is no part of it: behind "the" its capital is."""
        is_open = not index or not words.is_glued[index - 1]
        is_behind = not is_open and words.is_capital[index - 1] and words.lowered[index - 1] != "the"
        return words.lowered[index] in LOOSE and (is_open or is_behind)

    def _only_opens(self, words: Words, index: int) -> bool:
        """Whether a word has its capital letter only because a sentence or a clause begins with it."""
        is_opening = not index or not words.is_glued[index - 1]
        lowered = words.lowered[index]
        is_formed = lowered.endswith(("ly", "ed")) and len(lowered) > len("Tweed")
        return is_opening and (is_formed or lowered in self._ordinary)

    def _is_heading(self, words: Words, begin: int) -> bool:
        """Whether the words before a known name go on from a noun, as where each word has a capital letter."""
        if not begin or not words.is_glued[begin - 1] or not words.is_capital[begin - 1]:
            return False
        before = words.lowered[begin - 1]
        noun = self._vocabulary.lone_nouns.get(before)
        return before in self._vocabulary.keywords or (noun is not None and noun.noun_class is NounClass.COLLECTIVE)

    def _is_person(self, words: Words, begin: int, first: int) -> bool:
        """Whether the words before a known name are a person's ("Dr Quill", "Tessa Quill")."""
        known = self._vocabulary
        before = words.lowered[begin - 1] if begin and words.is_glued[begin - 1] else ""
        is_titled = before in known.honorifics
        is_full = first - begin > 1 and words.lowered[begin] in known.first_names
        return is_titled or (is_full and before not in BEFORE_BODIES)
