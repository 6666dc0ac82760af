"""Roles in running text: "the union's policy director", "chair of X", "the Bath MP", "Minister for Y and Z"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.body_name import DIRECTIONS
from extractors.mention import DEFINITE, INDEFINITE, Mention, MentionKind
from extractors.noun_phrase import ATTACHING
from extractors.reach import FORMER, MAX_INNER, former_from, named_from, owner_before, place_of, portfolio_end
from extractors.records import ActorType
from extractors.vocabulary import NounClass, NounPhrase, Vocabulary

if TYPE_CHECKING:
    from extractors.draft import Draft
    from extractors.noun_phrase import PhraseReader

EXTENDING = frozenset({"of", "for", "on", "and", "&"})
MAX_ROLE_TAIL, MAX_UNKNOWN, MAX_SEAT = 7, 3, 6
MINISTERS = frozenset({"minister", "secretary", "under-secretary"})
SEATS = frozenset({"mp", "msp", "ms", "mla", "councillor", "mayor"})


class RoleNounReader:
    """Builds the mentions of roles."""

    def __init__(self, vocabulary: Vocabulary, phrases: PhraseReader) -> None:
        self._vocabulary = vocabulary
        self._phrases = phrases

    def add(self, draft: Draft, index: int, noun: NounPhrase) -> int:
        """Add the role that ``noun`` heads; gives the word to read on from."""
        words = draft.words
        first = self._phrases.modified_from(draft, index)
        first = former_from(draft, first)
        is_former = not FORMER.isdisjoint(words.lowered[first:index])
        first = self._seat_from(draft, first) if noun.words[-1] in SEATS else self._owned_from(draft, first)
        last = self._head_end(draft, index + len(noun.words))
        if noun.words[-1] in SEATS and draft.words.lowered[last : last + 1] == ["for"]:
            draft.drop_people(last + 1, last + 2)  # of "MP for Ribble Fells" nobody is called so
        placed = self._placed_from(draft, first, _leads_of_place(noun))
        text_last, last, owner = self._ministry(draft, index, last) if _is_minister(noun) else self._tail(draft, last)
        begin, lead, left_owner = owner_before(draft, placed if placed < first else named_from(draft, first))
        if left_owner:
            is_partisan = left_owner.text in self._vocabulary.party_names
            council = draft.body_last.get(begin - 1) if is_partisan and draft.before(begin) == "'s" else None
            owner = owner if is_partisan and owner else council or left_owner
            begin = council.first if owner is council and council else begin
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
                place="" if owner else draft.printed(placed, first) if placed < first else place_of(draft, first, last),
            )
        )
        return last

    def _placed_from(self, draft: Draft, first: int, leads: frozenset[str]) -> int:
        """Where the place begins in "the Mid Kent chief executive", "a Weald councillor"; else ``first``."""
        words, at = draft.words, first
        while at and first - at < MAX_SEAT and words.is_glued[at - 1] and self._is_of_place(draft, at - 1):
            at -= 1
        is_placed = at < first and words.is_capital[at] and draft.before(at) in leads and at not in draft.body_first
        if not is_placed or first in draft.body_last or words.lowered[at] in self._vocabulary.honorifics:
            return first
        draft.drop_people(at, first)
        return at

    def _is_of_place(self, draft: Draft, index: int) -> bool:
        words, lowered = draft.words, draft.words.lowered[index]
        is_common = lowered in self._vocabulary.not_names - DIRECTIONS or lowered in self._vocabulary.role_words
        return (words.is_capital[index] and not is_common) or lowered in {"and", "of"}

    def _head_end(self, draft: Draft, last: int) -> int:
        """Where the head of a role ends that further nouns may follow ("chief executive officer")."""
        words = draft.words
        while last < len(words.lowered) and words.is_glued[last - 1]:
            at = last
            while at < min(last + MAX_INNER, len(words.lowered)) and words.lowered[at] in self._vocabulary.modifiers:
                at += 1
            is_near = at < len(words.lowered) and all(words.is_glued[last - 1 : at])
            more = self._phrases.find(draft, at) if is_near else None
            if more is None or more.noun_class is not NounClass.ROLE:
                break
            last = at + len(more.words)
        return last

    def _owned_from(self, draft: Draft, first: int) -> int:
        """Where a role begins if unknown words stand before it ("X's pensions director", "a data manager")."""
        at = first
        if draft.before(at) in DEFINITE | INDEFINITE:
            return first
        while at and first - at < MAX_UNKNOWN and self._phrases.is_plain(draft, at - 1):
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
            if (
                before in DEFINITE
                and at < first
                and not (at + 1 < first and words.lowered[at] in self._vocabulary.honorifics)
            ):
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
                outer = self._phrases.outer(draft, owner.last) if words.lowered[last] in EXTENDING else None
                return (owner.last, outer.last, outer) if outer else (text_last, owner.last, owner)
            if words.lowered[last] not in EXTENDING or not words.is_glued[last]:
                break
            end = last + 1
            while end < count and end - last <= MAX_ROLE_TAIL and words.is_glued[end - 1]:
                if words.lowered[end] == "of" and (owner := draft.body_behind(end)):
                    return end, owner.last, owner
                if self._ends_tail(draft, end):
                    break
                end += 1
            if end == last + 1:
                break
            text_last = last = end
        end, owner = self._set_off(draft, last)
        return text_last, end, owner

    def _set_off(self, draft: Draft, last: int) -> tuple[int, Mention | None]:
        """The body behind "chair, X", or where the place in "chair at Mid Kent" ends; ``last`` where neither is."""
        words = draft.words
        if (end := self._place_end(draft, last)) > last:
            return end, None
        owner = draft.body_first.get(last + (words.lowered[last : last + 1] == ["the"]))
        is_set_off = owner is not None and draft.text[words.ends[last - 1] : words.starts[last]] in {", ", "\n"}
        return (owner.last, owner) if owner and is_set_off else (last, None)

    def _place_end(self, draft: Draft, last: int) -> int:
        """Where the place in "medical director at Mid Kent" ends; ``last`` if there is none."""
        words, end = draft.words, last + 1
        if last >= len(words.lowered) or words.lowered[last] != "at" or not words.is_glued[last - 1]:
            return last
        while end < len(words.lowered) and words.is_glued[end - 1] and words.is_capital[end]:
            if words.lowered[end] in self._vocabulary.not_names - DIRECTIONS or end in draft.person_first:
                break
            end += 1
        return end if end > last + 1 else last

    def _ministry(self, draft: Draft, index: int, last: int) -> tuple[int, int, Mention | None]:
        """The portfolio behind a minister's title, unless it is the name of a department."""
        text_last, body_last, owner = self._tail(draft, last)
        end = portfolio_end(draft, index, last)
        is_department = owner is not None and owner.text in self._vocabulary.organisations
        if is_department or end <= last:
            return text_last, body_last, owner
        draft.drop(last, end)
        return end, end, None

    def _goes_on(self, draft: Draft, index: int) -> bool:
        """Whether "and" at a word goes on with what a role is for ("director of policy and campaigns")."""
        words = draft.words
        if words.lowered[index] not in {"and", "&"} or index + 1 >= len(words.lowered) or not words.is_glued[index]:
            return False
        if not {"of", "for"} & set(words.lowered[max(index - 3, 0) : index]):
            return False
        following = self._phrases.find(draft, index + 1)
        is_apart = following is not None and following.noun_class is not NounClass.DOCUMENT
        return not is_apart and not self._ends_tail(draft, index + 1)

    def _ends_tail(self, draft: Draft, index: int) -> bool:
        if index in draft.body_first or index in draft.person_first or index in draft.verb_first:
            return True
        lowered = draft.words.lowered[index]
        if (lowered in ATTACHING and lowered != "of") or lowered in {"since", "until", "during", "after", "before"}:
            return True
        return lowered in self._vocabulary.adverbs or lowered in {"who", "that", "'s"}


def _leads_of_place(noun: NounPhrase) -> frozenset[str]:
    """Behind which words a place may stand before a role: "the Mid Kent chief executive", but "a Weald councillor"."""
    if noun.has_body:
        return DEFINITE | INDEFINITE
    return INDEFINITE if ActorType.LOCAL_GOVERNMENT in noun.kinds else frozenset()


def _is_minister(noun: NounPhrase) -> bool:
    """Whether a role has a portfolio behind it in capitals."""
    return not MINISTERS.isdisjoint(noun.words) and ActorType.GOVERNMENT in noun.kinds
