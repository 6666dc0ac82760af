"""Speakers named by common nouns: "the union's policy director", "trust leaders", "the report by X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.body_name import DIRECTIONS
from extractors.mention import DEFINITE, INDEFINITE, Mention, MentionKind
from extractors.noun_phrase import PhraseReader
from extractors.reach import MAX_NAME, owner_before
from extractors.role_noun import MAX_ROLE_TAIL, RoleNounReader
from extractors.vocabulary import NounClass, NounPhrase, Vocabulary

if TYPE_CHECKING:
    from extractors.draft import Draft

COUNTS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"})
QUANTIFIERS = COUNTS | {"fourteen", "several", "many", "most", "more", "than", "dozens", "hundreds", "some"}
PLURAL_DOCUMENTS = frozenset({"papers", "minutes", "documents", "proposals", "figures"})
SEEN = frozenset({"seen", "obtained", "reviewed", "read", "viewed", "heard", "received"})
"""By whom a document is not written ("a letter seen by Y")."""
MEETINGS = frozenset({"meeting", "board", "committee", "cabinet", "members", "councillors", "governors", "directors"})
"""Before whom a body lays its own papers."""
NATIONAL = frozenset({"welsh", "scottish", "english", "british", "irish", "london", "yorkshire", "cornish"})


class NounReader:
    """Builds the mentions whose head is a noun of the lexicon."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._phrases = PhraseReader(vocabulary)
        self._roles = RoleNounReader(vocabulary, self._phrases)
        self.find = self._phrases.find

    def add(self, draft: Draft, index: int, noun: NounPhrase) -> int:
        """Add the mention that ``noun`` heads; gives the word to read on from."""
        if noun.words == ("fellow",) and draft.words.is_glued[index] and self.find(draft, index + 1):
            return index  # "her fellow councillor" is a councillor
        if noun.noun_class is NounClass.ROLE:
            return self._roles.add(draft, index, noun)
        if noun.noun_class is NounClass.COLLECTIVE:
            self._add_collective(draft, index, noun)
        elif noun.noun_class is NounClass.DOCUMENT:
            self._add_document(draft, index, noun)
        else:
            lowered, at = draft.words.lowered[index], draft.words.starts[index]
            draft.add(Mention(MentionKind.PRONOUN, index, index + 1, at, lowered))
        return index

    # --- bodies -------------------------------------------------------------------------------------------------

    def add_body(self, draft: Draft, index: int, noun: NounPhrase) -> None:
        """Add "the union", "a hospital trust", "the board of X"; a bare noun is none."""
        last = index + len(noun.words)
        if self._add_uncapitalised(draft, index, last):
            return
        if self._add_qualified(draft, index, last, noun):
            return
        first = self._phrases.modified_from(draft, index, limit=2)
        articles = DEFINITE | INDEFINITE
        if first == index and draft.before(first) not in articles and self._phrases.is_plain(draft, first - 1):
            first -= 1
        if draft.before(first) in NATIONAL:
            first -= 1
        if draft.before(first) not in articles:
            return
        owner = self._phrases.outer(draft, last)
        end, text = (owner.last if owner else last), " ".join(noun.words)
        at, lead = draft.words.starts[first - 1], draft.words.lowered[first - 1]
        draft.add_body(Mention(MentionKind.BODY, first - 1, end, at, text, noun.kinds, lead=lead, owner=owner))

    def _add_uncapitalised(self, draft: Draft, index: int, last: int) -> bool:
        """A known body printed without capitals ("the public accounts committee")."""
        words = draft.words
        for size in self._vocabulary.lowered_sizes.get(words.lowered[last - 1], ()):
            first = last - size
            if not max(0, index - MAX_NAME) <= first < index:
                continue
            known = self._vocabulary.lowered_aliases.get(tuple(words.lowered[first:last]))
            if known and all(words.is_glued[first : last - 1]):
                kind, lead = MentionKind.ORGANISATION, draft.before(first)
                draft.add_body(Mention(kind, first, last, words.starts[first], known.name, lead=lead))
                return True
        return False

    def _add_qualified(self, draft: Draft, index: int, last: int, noun: NounPhrase) -> bool:
        """A name in small letters ("Kent Weald integrated care board"), or a short form with the place in it."""
        words, first = draft.words, index
        while first and index - first < MAX_NAME and words.is_glued[first - 1] and self._is_of_place(draft, first - 1):
            first -= 1
        while first < index and (words.printed[first].islower() or self._is_no_place(words.lowered[first])):
            first += 1
        is_whole = " ".join(noun.words) in self._vocabulary.families and draft.before(first) not in INDEFINITE
        is_short = draft.before(first) in DEFINITE
        if first == index or not (is_whole or is_short) or words.lowered[first] in self._vocabulary.nouns:
            return False
        if any(at in draft.body_last for at in range(first + 1, index + 1)):
            return False
        draft.drop(first, index)
        begin = first - is_short
        text, place, at = draft.printed(first, last), draft.printed(first, index), words.starts[begin]
        lead = draft.before(first)
        draft.add_body(Mention(MentionKind.BODY, begin, last, at, text, noun.kinds, lead=lead, place=place))
        return True

    @staticmethod
    def _is_of_place(draft: Draft, index: int) -> bool:
        words = draft.words
        is_inner = words.lowered[index] in {"and", "of"} and index > 0 and words.is_capital[index - 1]
        return words.is_capital[index] or is_inner

    def _is_no_place(self, lowered: str) -> bool:
        """Whether a capitalised word before a body's noun only begins its sentence, or tells a party or a kind."""
        known = self._vocabulary
        return lowered not in DIRECTIONS and (lowered in known.not_names or lowered in known.parties)

    # --- collectives and documents --------------------------------------------------------------------------------

    def _add_collective(self, draft: Draft, index: int, noun: NounPhrase) -> None:
        words = draft.words
        first = index
        while first and words.is_glued[first - 1] and first - 1 not in draft.taken:
            if not self._qualifies(words.lowered[first - 1]):
                break
            first -= 1
        last = index + len(noun.words)
        owner = draft.body_last.get(first) if draft.before(first) else None
        if owner:
            first = owner.first
        kind, at, text = MentionKind.COLLECTIVE, words.starts[first], draft.printed(first, last)
        owner = owner or self._phrases.outer(draft, last)
        draft.add(Mention(kind, first, last, at, text, noun.kinds, owner=owner))

    def _qualifies(self, lowered: str) -> bool:
        return (
            lowered in self._vocabulary.modifiers or lowered in DEFINITE or lowered in QUANTIFIERS or lowered.isdigit()
        )

    def _add_document(self, draft: Draft, index: int, noun: NounPhrase) -> None:
        first = self._phrases.modified_from(draft, index)
        begin, lead, owner = owner_before(draft, first)
        last = index + len(noun.words)
        if owner is None and draft.before(first) == "whose" and (owner := draft.body_last.get(first - 1)):
            begin, lead = first - 1, "whose"
        if owner is None and draft.before(first) == "'s" and (owner := draft.person_last.get(first - 1)):
            begin, lead = owner.first, "the"
        if owner is None:
            owner = self._issuer(draft, last)
            last = owner.last if owner else last
        if owner is None and not begin and noun.words[-1] in PLURAL_DOCUMENTS:
            owner = self._issuer(draft, last, also="for")
        if owner is None and lead in INDEFINITE and _is_before_meeting(draft, last):
            lead = "the"  # "a report to the meeting" is the body's own
        if lead or owner or noun.words[0] == "its":
            kind, at, text = MentionKind.DOCUMENT, draft.words.starts[begin], draft.printed(begin, last)
            draft.add(Mention(kind, begin, last, at, text, lead=lead, owner=owner))

    @staticmethod
    def _issuer(draft: Draft, last: int, also: str = "by") -> Mention | None:
        """The body behind "by", "from" or "of" near a document."""
        lowered = draft.words.lowered
        for at in range(last, min(last + MAX_ROLE_TAIL, len(lowered) - 1)):
            if at in draft.person_first:
                people = (one for one in draft.mentions[at] if one.kind is MentionKind.PERSON)
                return next(people, None) if lowered[at - 1] == "by" and at - 1 == last else None
            if lowered[at] == "by" and lowered[at - 1] in SEEN:
                return None
            if lowered[at] in {"by", "from", "of", also} and (owner := draft.body_behind(at)):
                return owner
        return None


def _is_before_meeting(draft: Draft, index: int) -> bool:
    """Whether "to the meeting", "before members" begins at word ``index``."""
    lowered = draft.words.lowered
    at = index + 1 + (lowered[index + 1 : index + 2] == ["the"])
    return lowered[index : index + 1] in (["to"], ["before"], ["for"]) and not MEETINGS.isdisjoint(lowered[at : at + 1])
