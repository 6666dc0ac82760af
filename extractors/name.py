"""Names in running text: which capitalised words are a body and which are a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.records import Organisation
    from extractors.vocabulary import Vocabulary
    from extractors.word import Words

JOINERS = frozenset({"of", "and", "for", "the", "&", "on", "in", "'s"})
SHORTEST_BODY, LONGEST_PERSON, LONGEST_INITIALS = 2, 4, 2
LENGTHENING = frozenset({"trust", "council", "board", "union", "college", "foundation"})
PLACED = frozenset({"in", "at", "near", "across", "around", "throughout"})
ARTICLES = frozenset({"the", "a", "an"})
NATIONS = frozenset({"England", "Scotland", "Wales", "Cymru", "Northern", "Ireland", "UK", "London"})
"""A branch ("RCN Scotland") speaks as the body."""
BRACKETED = re.compile(r",? \(([A-Z][A-Za-z&]{1,9})\)")
MAX_RUN = 24
"""Words of one run of capitals that are looked at together; longer runs are tables or shouting."""


@dataclass(frozen=True, slots=True)
class Name:
    """A body (``is_body``) or a person at words [first, last); ``is_partial`` needs the article to know it.

    ``canonical`` is the book's name of a known body. ``title`` is a person's lower-case honorific, and
    ``named_at`` the first word after it; ``short`` is an acronym that the text introduces behind a body.
    """

    first: int
    last: int
    canonical: str
    is_body: bool
    is_partial: bool = False
    title: str = ""
    short: str = ""
    named_at: int = -1


class NameReader:
    """Finds the names among the words of a paragraph."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def read(self, words: Words, masked: str) -> list[Name]:
        """Names in order, without overlap."""
        names: list[Name] = []
        index, count = 0, len(words.printed)
        while index < count:
            if not words.printed[index][0].isupper():
                index += 1
                continue
            last = self._run_end(words, index, count)
            self._read_run(words, masked, index, last, names)
            index = last
        return names

    @staticmethod
    def _run_end(words: Words, first: int, count: int) -> int:
        """End of a run of capitalised words, joined by "of", "and", "for" and the like."""
        last = index = first
        limit = min(count, first + MAX_RUN)
        while index < limit:
            word = words.printed[index]
            if word[0].isupper() or (index > first and word[0].isdigit() is False and word == "'s"):
                last = index + 1
            elif words.lowered[index] not in JOINERS and words.lowered[index] not in {"de", "van", "von", "der", "al"}:
                break
            if not words.is_glued[index]:
                break
            index += 1
        while last > first + 1 and words.printed[last - 1] == "'s":
            last -= 1
        return last

    def _read_run(self, words: Words, masked: str, first: int, last: int, names: list[Name]) -> None:
        free = index = first
        while index < last:
            name = self._known(words, index)
            if name is None:
                index += 1
                continue
            self._read_free(words, masked, free, index, names)
            names.append(_with_short(name, words, masked))
            free = index = name.last
        self._read_free(words, masked, free, last, names)

    def _known(self, words: Words, index: int) -> Name | None:
        """The longest known body that begins at word ``index``, with the nation of a branch behind it."""
        printed, glued = words.printed, words.is_glued
        for size in self._vocabulary.alias_sizes.get(printed[index], ()):
            last = index + size
            known = self._vocabulary.aliases.get(tuple(printed[index:last]))
            if known is None or not all(glued[index : last - 1]) or self._goes_on(words, index, last, known):
                continue
            while last < len(printed) and glued[last - 1] and printed[last] in NATIONS:
                last += 1
            return Name(index, last, known.name, is_body=True)
        return None

    def _goes_on(self, words: Words, first: int, last: int, known: Organisation) -> bool:
        """Whether the name is longer than the alias: no "Mind" in "Mind Foundation", no "Nesta" in "Nesta Vane"."""
        if last >= len(words.printed) or not words.is_glued[last - 1] or not words.printed[last][0].isupper():
            return False
        book, lowered = self._vocabulary, words.lowered[last]
        if lowered in LENGTHENING:
            return True
        if last > first + 1 or words.lowered[first] in book.keywords or known.name in book.party_names:
            return False
        is_word = not words.printed[first].isupper() and not words.printed[last].isupper()
        is_other = lowered in book.role_words or lowered in book.not_names or lowered in book.keywords
        return is_word and not is_other and words.printed[last] not in NATIONS

    def _read_free(self, words: Words, masked: str, first: int, last: int, names: list[Name]) -> None:
        """Names in a stretch that holds no known body."""
        index = first
        for position in range(first, last):
            if position < index:
                continue
            has_keyword = any(self._is_keyword(words, at, last) for at in range(position + 1, last))
            if words.printed[position] == "NHS" and not has_keyword:
                body = self._area_body(words, position, last)
            elif self._is_keyword(words, position, last):
                body = self._body(words, index, position, last)
            else:
                continue
            if body is None:
                continue
            self._read_people(words, index, body.first, names)
            names.append(_with_short(body, words, masked))
            index = body.last
        self._read_people(words, index, last, names)

    def _is_keyword(self, words: Words, position: int, last: int) -> bool:
        """A keyword that ends its row of capitals, so that "Care Board" is one name and not two."""
        if words.lowered[position] not in self._vocabulary.keywords or not words.printed[position][0].isupper():
            return False
        follows = position + 1
        while follows < last and words.printed[follows][0].isupper():
            if words.lowered[follows] in self._vocabulary.keywords:
                return False
            follows += 1
        return True

    def _area_body(self, words: Words, first: int, last: int) -> Name | None:
        """Read "NHS" with the name of an area, as Scottish boards and English systems are called."""
        end = first + 1
        while end < last and words.printed[end][0].isupper() and words.lowered[end] not in self._vocabulary.role_words:
            if words.lowered[end] in self._vocabulary.keywords or not words.is_glued[end - 1]:
                return None
            end += 1
        is_area = end > first + 1 and words.lowered[first + 1] not in self._vocabulary.not_names
        return Name(first, end, "", is_body=True) if is_area else None

    def _body(self, words: Words, lowest: int, keyword: int, last: int) -> Name | None:
        first = keyword
        while first > lowest and not self._stops_body(words, first - 1):
            first -= 1
        while first < keyword and (words.lowered[first] in JOINERS or words.lowered[first] in ARTICLES):
            first += 1
        if first == lowest and first < keyword and self._starts_sentence(words, first):
            first += 1
        end = keyword + 1
        while end + 1 < last and words.lowered[end] in {"of", "for", "on", "and", "the"}:
            is_linked = words.lowered[end] in {"of", "for", "on"} or end > keyword + 1
            after = end + 1 + (words.lowered[end + 1] == "the")
            if not is_linked or after >= last or not words.printed[after][0].isupper():
                break
            end = after + 1
            while end < last and words.printed[end][0].isupper():
                end += 1
        if end - first < SHORTEST_BODY:
            return None
        return Name(first, end, "", is_body=True)

    def _starts_sentence(self, words: Words, first: int) -> bool:
        lowered = words.lowered[first]
        return lowered in self._vocabulary.not_names and lowered in {
            "but", "and", "in", "at", "for", "however", "meanwhile", "responding", "last", "former", "when",
            "while", "as", "with", "from", "both", "this", "that", "its", "our", "if", "speaking", "following",
            "one", "another", "two", "three", "some", "each", "every", "no", "many", "most", "other", "such", "local",
        }  # fmt: skip

    def _stops_body(self, words: Words, index: int) -> bool:
        lowered = words.lowered[index]
        if lowered in {"of", "for"} or (lowered == "the" and words.lowered[index - 1] in {"of", "for"}):
            before = words.lowered[index - 1 - (lowered == "the")] if index else ""
            return before not in self._vocabulary.keywords and before not in {"friends", "guild", "bank", "chamber"}
        if lowered in self._vocabulary.honorifics or (lowered in self._vocabulary.role_heads):
            return True
        return lowered == "'s" and words.lowered[index - 1] in self._vocabulary.not_names

    def _read_people(self, words: Words, first: int, last: int, names: list[Name]) -> None:
        index = first
        while index < last:
            if words.lowered[index] in JOINERS or not words.printed[index][0].isupper():
                index += 1
                continue
            name, index = self._person(words, index, last)
            if name and not self._is_place(words, name):
                names.append(name)

    def _is_place(self, words: Words, name: Name) -> bool:
        """Untitled names behind an article or "in" are places or things."""
        if name.title or name.is_body or not name.first or not words.is_glued[name.first - 1]:
            return False
        before = words.lowered[name.first - 1]
        is_first_name = words.lowered[name.named_at] in self._vocabulary.first_names
        return before in ARTICLES or (before in PLACED and not is_first_name)

    def _person(self, words: Words, first: int, last: int) -> tuple[Name | None, int]:
        """A person's name at ``first``, and where to read on."""
        vocabulary = self._vocabulary
        title, start, index = "", first, first
        while index < last and words.printed[index][0].isupper():
            lowered = words.lowered[index]
            if lowered in vocabulary.honorifics:
                start = start if title else index
                title = lowered if lowered not in {"rt", "hon", "right"} else title or lowered
            elif lowered in vocabulary.role_words or lowered in vocabulary.not_names:
                title = ""
            else:
                break
            index += 1
        if not title:
            start = index = self._skip_to_first_name(words, index, last)
        name_first = index
        while index < last and index - name_first < LONGEST_PERSON and self._is_name_word(words, index, name_first):
            index += 1
        size = index - name_first
        if size == 0:
            return None, max(index, first + 1)
        is_acronym = size == 1 and words.printed[name_first].isupper() and len(words.printed[name_first]) > 1
        if is_acronym and words.lowered[name_first] in self._vocabulary.keywords:
            return None, index
        if is_acronym and not title:
            return Name(start, index, "", is_body=True, is_partial=True), index
        return Name(start, index, "", is_body=False, is_partial=size == 1, title=title, named_at=name_first), index

    def _skip_to_first_name(self, words: Words, index: int, last: int) -> int:
        """Past the rest of an office ("Minister for Growth Petra X") to a first name that is known."""
        known = self._vocabulary.first_names
        for at in range(index + 1, min(index + 4, last - 1)):
            if words.lowered[at] in self._vocabulary.honorifics or words.lowered[at] in self._vocabulary.role_words:
                break
            if words.lowered[index] not in known and words.lowered[at] in known and words.printed[at + 1][0].isupper():
                return at
        return index

    def _is_name_word(self, words: Words, index: int, first: int) -> bool:
        printed, lowered = words.printed[index], words.lowered[index]
        if lowered in self._vocabulary.particles and first < index < len(words.printed) - 1:
            return words.printed[index + 1][0].isupper()
        if not printed[0].isupper() or lowered == "'s":
            return False
        if index > first and printed.isupper() and len(printed) > LONGEST_INITIALS:
            return False
        if index == first:
            return True
        is_after_first_name = index == first + 1 and words.lowered[first] in self._vocabulary.first_names
        stops = lowered in self._vocabulary.not_names or lowered in self._vocabulary.role_words
        return is_after_first_name or not stops


def _with_short(name: Name, words: Words, masked: str) -> Name:
    found = BRACKETED.match(masked, words.ends[name.last - 1])
    if not found:
        return name
    return replace(name, short=found.group(1))
