"""Speakers named by common nouns: "the union's policy director", "trust leaders", "the report by X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.mention import DEFINITE, INDEFINITE, Mention, MentionKind
from extractors.reach import FORMER, MAX_INNER, MAX_NAME, former_from, named_from, owner_before, place_of
from extractors.vocabulary import NounClass, NounPhrase, Vocabulary

if TYPE_CHECKING:
    from extractors.draft import Draft

COUNTS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"})
QUANTIFIERS = COUNTS | {"fourteen", "several", "many", "most", "more", "than", "dozens", "hundreds", "some"}
ATTACHING = frozenset({"of", "at", "for", "with", "from", "in", "to", "on"})
EXTENDING = frozenset({"of", "for", "on", "and", "&"})
MAX_ROLE_TAIL, MAX_UNKNOWN, MAX_SEAT = 7, 3, 6
PLURAL_DOCUMENTS = frozenset({"papers", "minutes", "documents", "proposals", "figures"})
NATIONAL = frozenset({"welsh", "scottish", "english", "british", "irish", "london", "yorkshire", "cornish"})
SEATS = frozenset({"mp", "msp", "ms", "mla", "councillor", "mayor"})


class NounReader:
    """Builds the mentions whose head is a noun of the lexicon."""

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

    def add(self, draft: Draft, index: int, noun: NounPhrase) -> int:
        """Add the mention that ``noun`` heads; gives the word to read on from."""
        if noun.noun_class is NounClass.ROLE:
            return self._add_role(draft, index, noun)
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
        first = self._modified_from(draft, index, limit=2)
        articles = DEFINITE | INDEFINITE
        if first == index and draft.before(first) not in articles and self._is_plain(draft, first - 1):
            first -= 1
        if draft.before(first) in NATIONAL:
            first -= 1
        if draft.before(first) not in articles:
            return
        owner = self._outer(draft, last)
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
        """A short form with the place in it ("the North Wolds partnership")."""
        words, first = draft.words, index
        while first and index - first < MAX_NAME and words.is_glued[first - 1] and words.is_capital[first - 1]:
            first -= 1
        if first == index or draft.before(first) not in DEFINITE or words.lowered[first] in self._vocabulary.nouns:
            return False
        if any(at in draft.body_last for at in range(first + 1, index + 1)):
            return False
        draft.drop(first, index)
        text, at = draft.printed(first, last), words.starts[first - 1]
        draft.add_body(Mention(MentionKind.BODY, first - 1, last, at, text, noun.kinds, lead=draft.before(first)))
        return True

    def _modified_from(self, draft: Draft, index: int, limit: int = 99) -> int:
        """The first of the modifiers right before word ``index``."""
        words, modifiers = draft.words, self._vocabulary.modifiers
        first = index
        while first and index - first < limit and words.is_glued[first - 1] and words.lowered[first - 1] in modifiers:
            if first - 1 in draft.taken:
                break
            first -= 1
        return first

    def _is_plain(self, draft: Draft, index: int) -> bool:
        """Whether a word may be an adjective before a body ("a cross-party commission")."""
        if index < 0 or not draft.words.is_glued[index] or not draft.words.printed[index][0].islower():
            return False
        word, known = draft.words.lowered[index], self._vocabulary
        is_other = word in known.verbs or word in known.adverbs or word in known.role_heads
        return not (is_other or word in ATTACHING or word in {"'s", "and", "or", "but"})

    def _outer(self, draft: Draft, last: int) -> Mention | None:
        """The body to which a part of it belongs ("the X Network at Y", "the board of Y")."""
        words = draft.words
        if last >= len(words.lowered) or not words.is_glued[last - 1] or words.lowered[last] not in {"at", "of"}:
            return None
        return draft.body_behind(last)

    # --- roles --------------------------------------------------------------------------------------------------

    def _add_role(self, draft: Draft, index: int, noun: NounPhrase) -> int:
        words = draft.words
        first = self._modified_from(draft, index)
        first = former_from(draft, first)
        is_former = not FORMER.isdisjoint(words.lowered[first:index])
        first = self._seat_from(draft, first) if noun.words[-1] in SEATS else self._owned_from(draft, first)
        last = index + len(noun.words)
        while last < len(words.lowered) and words.is_glued[last - 1]:
            at = last
            while at < min(last + MAX_INNER, len(words.lowered)) and words.lowered[at] in self._vocabulary.modifiers:
                at += 1
            more = self.find(draft, at) if at < len(words.lowered) and all(words.is_glued[last - 1 : at]) else None
            if more is None or more.noun_class is not NounClass.ROLE:
                break
            last = at + len(more.words)
        text_last, last, owner = self._tail(draft, last)
        begin, lead, left_owner = owner_before(draft, named_from(draft, first))
        if left_owner:
            is_partisan = owner is not None and left_owner.text in self._vocabulary.party_names
            owner = owner if is_partisan else left_owner
            if draft.before(begin) in FORMER:
                begin, is_former = begin - 1, True
        draft.add(
            Mention(
                MentionKind.ROLE,
                begin,
                last,
                words.starts[begin],
                draft.printed(first, text_last),
                noun.kinds,
                lead=lead,
                is_former=is_former,
                has_body=noun.has_body,
                owner=owner,
                place="" if owner else place_of(draft, first, text_last),
            )
        )
        return last

    def _owned_from(self, draft: Draft, first: int) -> int:
        """Where a role begins if unknown words stand before it ("X's pensions director", "a data manager")."""
        at = first
        while at and first - at < MAX_UNKNOWN and self._is_plain(draft, at - 1):
            at -= 1
            before = draft.before(at)
            is_owned = before == "'s" and at - 1 in draft.body_last
            if is_owned or at in draft.body_last or before in DEFINITE or before in INDEFINITE:
                return at
        return first

    def _seat_from(self, draft: Draft, first: int) -> int:
        """Where "the Bath and Wells MP" begins: a place between the article and the seat is no person."""
        words, at = draft.words, first
        while at and first - at < MAX_SEAT and words.is_glued[at - 1]:
            before = words.lowered[at - 1]
            if at in draft.body_last:
                break
            if before in DEFINITE and at < first:
                draft.drop_people(at, first)
                return at
            if not words.is_capital[at - 1] and before not in {"and", "of", "the"}:
                break
            at -= 1
        return self._owned_from(draft, first)

    def _tail(self, draft: Draft, last: int) -> tuple[int, int, Mention | None]:
        """Words that belong to a role behind its head: (end of its text, end with the body, the body)."""
        words = draft.words
        count, text_last = len(words.lowered), last
        if (
            last < count
            and words.is_glued[last - 1]
            and words.lowered[last] in {"and", "&"}
            and self._goes_on(draft, last)
        ):
            text_last = last = last + 2
        while last < count and words.is_glued[last - 1] and words.lowered[last] in ATTACHING:
            owner = draft.body_behind(last)
            if owner:
                outer = self._outer(draft, owner.last) if words.lowered[last] in EXTENDING else None
                return (owner.last, outer.last, outer) if outer else (text_last, owner.last, owner)
            if words.lowered[last] not in EXTENDING or not words.is_glued[last]:
                break
            end = last + 1
            while end < count and end - last <= MAX_ROLE_TAIL and words.is_glued[end - 1]:
                if self._ends_tail(draft, end):
                    break
                end += 1
            if end == last + 1:
                break
            text_last = last = end
        owner = draft.body_first.get(last)
        if owner and draft.text[words.ends[last - 1] : words.starts[last]] in {", ", "\n"}:
            return text_last, owner.last, owner
        return text_last, last, None

    def _goes_on(self, draft: Draft, index: int) -> bool:
        """Whether "and" at a word goes on with what a role is for ("director of policy and campaigns")."""
        words = draft.words
        if words.lowered[index] not in {"and", "&"} or index + 1 >= len(words.lowered) or not words.is_glued[index]:
            return False
        if not {"of", "for"} & set(words.lowered[max(index - 3, 0) : index]):
            return False
        following = self.find(draft, index + 1)
        is_apart = following is not None and following.noun_class is not NounClass.DOCUMENT
        return not is_apart and not self._ends_tail(draft, index + 1)

    def _ends_tail(self, draft: Draft, index: int) -> bool:
        if index in draft.body_first or index in draft.person_first or index in draft.verb_first:
            return True
        lowered = draft.words.lowered[index]
        if (lowered in ATTACHING and lowered != "of") or lowered in {"since", "until", "during", "after", "before"}:
            return True
        return lowered in self._vocabulary.adverbs or lowered in {"who", "that", "'s"}

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
        owner = owner or self._outer(draft, last)
        draft.add(Mention(kind, first, last, at, text, noun.kinds, owner=owner))

    def _qualifies(self, lowered: str) -> bool:
        return (
            lowered in self._vocabulary.modifiers or lowered in DEFINITE or lowered in QUANTIFIERS or lowered.isdigit()
        )

    def _add_document(self, draft: Draft, index: int, noun: NounPhrase) -> None:
        first = self._modified_from(draft, index)
        begin, lead, owner = owner_before(draft, first)
        last = index + len(noun.words)
        if owner is None and draft.before(first) == "'s" and (owner := draft.person_last.get(first - 1)):
            begin, lead = owner.first, "the"
        if owner is None:
            owner = self._issuer(draft, last)
            last = owner.last if owner else last
        if owner is None and not begin and noun.words[-1] in PLURAL_DOCUMENTS:
            owner = self._issuer(draft, last, also="for")
        if lead or owner or noun.words[0] == "its":
            kind, at, text = MentionKind.DOCUMENT, draft.words.starts[begin], draft.printed(begin, last)
            draft.add(Mention(kind, begin, last, at, text, lead=lead, owner=owner))

    @staticmethod
    def _issuer(draft: Draft, last: int, also: str = "by") -> Mention | None:
        """The body behind "by", "from" or "of" near a document."""
        lowered = draft.words.lowered
        for at in range(last, min(last + MAX_ROLE_TAIL, len(lowered) - 1)):
            if lowered[at] in {"by", "from", "of", also} and (owner := draft.body_behind(at)):
                return owner
        return None
