"""One paragraph read for mentions and verbs: names first, then the phrases that lean on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.catenative import CatenativeReader
from extractors.draft import Draft
from extractors.mention import Mention, MentionKind, Scan, Verb, is_lone
from extractors.name import NameReader
from extractors.noun import NounReader
from extractors.vocabulary import NounClass, NounPhrase, Vocabulary
from extractors.word import SHOWN_NICKNAME, Words, read_words

if TYPE_CHECKING:
    from extractors.body_name import Name
    from extractors.lexicon import Lexicon


class MentionReader:
    """Reads a paragraph's mentions and verbs; built once."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._vocabulary = vocabulary
        self._catenatives = CatenativeReader(lexicon)
        self._names = NameReader(vocabulary)
        self._nouns = NounReader(vocabulary)

    def read(self, text: str, masked: str, start: int, end: int) -> Scan:
        """Mentions in ``masked[start:end]``; ``text`` is the document as printed, of the same length."""
        draft = Draft(read_words(masked, start, end), text)
        for name in self._names.read(draft.words, masked):
            _add_name(draft, name)
        verbs = self._read_phrases(draft)
        mentions = _without_covered([mention for found in draft.mentions.values() for mention in found])
        mentions.sort(key=lambda mention: (mention.first, -mention.last))
        by_first: dict[int, list[Mention]] = {}
        by_last: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_first.setdefault(mention.first, []).append(mention)
            by_last.setdefault(mention.last, []).append(mention)
        verb_starts = tuple(verb.first for verb in verbs)
        mention_starts = tuple(mention.first for mention in mentions)
        return Scan(draft.words, tuple(verbs), verb_starts, tuple(mentions), mention_starts, by_first, by_last)

    def _read_phrases(self, draft: Draft) -> list[Verb]:
        """Verbs and bodies first, then what may own them or be owned by them."""
        verbs: list[Verb] = []
        later: list[tuple[int, NounPhrase]] = []
        heads, verb_words, noun_words = self._vocabulary.heads, self._vocabulary.verbs, self._vocabulary.nouns
        skip_verbs = skip_nouns = 0
        for index in [at for at, lowered in enumerate(draft.words.lowered) if lowered in heads]:
            if index in draft.taken:
                continue
            lowered = draft.words.lowered[index]
            if index >= skip_verbs and lowered in verb_words and (verb := self._verb(draft.words, index)):
                skip_verbs = verb.last
                verb = self._catenatives.lengthened(draft.words, verb)
                verbs.append(verb)
                draft.verb_first.add(verb.first)
            if index >= skip_nouns and lowered in noun_words and (noun := self._nouns.find(draft, index)):
                skip_nouns = index + len(noun.words)
                if noun.noun_class is NounClass.BODY:
                    self._nouns.add_body(draft, index, noun)
                else:
                    later.append((index, noun))
        beyond = 0
        for index, noun in later:
            if noun.noun_class is not NounClass.ROLE or index >= beyond:
                beyond = max(beyond, self._nouns.add(draft, index, noun))
        return verbs

    def _verb(self, words: Words, index: int) -> Verb | None:
        """The longest reporting phrase that begins at a word; a capitalised word is none."""
        lowered = words.lowered
        head = lowered[index]
        if words.printed[index] != head:
            return None
        longer = self._vocabulary.long_verbs.get(head)
        if longer and words.is_glued[index]:
            for phrase in longer.get(lowered[index + 1], ()):
                last = index + len(phrase.words)
                if tuple(lowered[index:last]) == phrase.words and all(words.is_glued[index : last - 1]):
                    return Verb(index, last, phrase)
        lone = self._vocabulary.lone_verbs.get(head)
        return Verb(index, index + 1, lone) if lone else None


def _add_name(draft: Draft, name: Name) -> None:
    first, last, at = name.first, name.last, draft.words.starts[name.first]
    if name.is_body:
        text, lead = name.canonical or draft.printed(first, last), draft.before(first)
        kind, is_partial = MentionKind.ORGANISATION, name.is_partial
        draft.add_body(Mention(kind, first, last, at, text, lead=lead, short=name.short, is_partial=is_partial))
    else:
        text, kind = SHOWN_NICKNAME.sub("", draft.printed(name.named_at, last)), MentionKind.PERSON
        person = Mention(kind, first, last, at, text, title=name.title, is_partial=name.is_partial)
        draft.add(person)
        draft.person_last[last] = person
        if not name.is_partial or name.title:
            draft.person_first.add(first)
    if not name.is_partial or name.is_body:
        draft.taken.update(range(first, last))


def _without_covered(mentions: list[Mention]) -> list[Mention]:
    """Drop lone capitalised words that turned out to be part of a role or a body."""
    lone = {found.first for found in mentions if is_lone(found)}
    if not lone:
        return mentions
    for found in mentions:
        if found.kind is not MentionKind.PERSON:
            lone.difference_update(range(found.first, found.last))
    return [found for found in mentions if found.first in lone or not is_lone(found)]
