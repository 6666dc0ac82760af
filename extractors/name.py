"""Names in running text: which capitalised words are a body and which are a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.body_name import ARTICLES, DIRECTIONS, JOINERS, BodyNameReader, Name
from extractors.longer_name import LENGTHENING as LENGTHENING_NOUNS
from extractors.longer_name import LongerNameReader

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from extractors.records import Organisation
    from extractors.vocabulary import Vocabulary
    from extractors.word import Words

LINKING = JOINERS | {"de", "van", "von", "der", "al"}
"""Words in small letters that may stand inside a run of capitals."""
SEATS = frozenset({"MP", "MSP", "MS", "AM", "MLA", "TD", "MEP"})
POSTNOMINALS = SEATS | {"OBE", "MBE", "CBE", "KBE", "DBE", "BEM", "GBE", "CB", "QC", "KC", "JP", "DL", "PC", "RN", "MD"}
POSTNOMINALS |= {"PhD", "FRCP", "FRCS", "FRCGP", "MRCGP", "MRCP", "FRCN", "FRCPsych", "FRCA", "FBA", "FRS", "Esq"}
PLAIN_TITLES = frozenset({"dr", "prof", "professor", "sir", "dame", "cllr", "councillor", "mr", "mrs", "ms", "miss"})
MAX_BEFORE_TITLE = 3
"""Words from an unknown one before a title to the title, at most."""
LONGEST_PERSON, LONGEST_INITIALS, LONGEST_ACRONYM = 4, 2, 5
LENGTHENING = frozenset({"trust", "council", "board", "union", "college", "foundation"})
PLACED = frozenset({"in", "at", "near", "across", "around", "throughout"})
NATIONS = frozenset({"England", "Scotland", "Wales", "Cymru", "Northern", "Ireland", "UK", "London"})
"""A branch ("RCN Scotland") speaks as the body."""
BRACKETED = re.compile(r",? \(([A-Z][A-Za-z&]{1,9})\)")
PEERS = frozenset({"lord", "baroness", "viscount", "lady", "baron"})
MAX_RUN = 24
"""Words of one run of capitals that are looked at together; longer runs are tables or shouting."""


class NameReader:
    """Finds the names among the words of a paragraph."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._bodies = BodyNameReader(vocabulary)
        self._longer = LongerNameReader(vocabulary)
        self._idle = (vocabulary.not_names | vocabulary.role_words) - vocabulary.honorifics

    def read(self, words: Words, masked: str) -> list[Name]:
        """Names in order, without overlap."""
        names: list[Name] = []
        unread = 0
        for first in [at for at, is_capital in enumerate(words.is_capital) if is_capital]:
            if first >= unread:
                last = unread = self._run_end(words, first)
                if last > first + 1 or not self._is_idle(words, first):
                    unread = self._read_run(words, masked, first, last, names)
        return names

    def _is_idle(self, words: Words, index: int) -> bool:
        """Whether a lone capitalised word is no name, as most are: one that only begins its sentence."""
        if words.lowered[index] not in self._idle or words.printed[index] in self._vocabulary.alias_sizes:
            return False
        return not index or words.lowered[index - 1] not in self._vocabulary.described

    @staticmethod
    def _run_end(words: Words, first: int) -> int:
        """End of a run of capitalised words, joined by "of", "and", "for" and the like."""
        last = index = first
        limit = min(len(words.printed), first + MAX_RUN)
        while index < limit:
            if words.is_capital[index] or (index > first and words.printed[index] == "'s"):
                last = index + 1
            elif words.lowered[index] not in LINKING:
                break
            if not words.is_glued[index]:
                break
            index += 1
        while last > first + 1 and words.printed[last - 1] == "'s":
            last -= 1
        return last

    def _read_run(self, words: Words, masked: str, first: int, last: int, names: list[Name]) -> int:
        """Read a run of capitals; gives the word to go on from (a name with commas in it may go beyond the run)."""
        free = index = first
        while index < last:
            name = self._known(words, index, free)
            if name is None:
                index += 1
                continue
            self._read_free(words, masked, free, name.first, names)
            names.append(_with_short(name, words, masked))
            free = index = name.last
        self._read_free(words, masked, free, last, names)
        return max(free, last)

    def _known(self, words: Words, index: int, lowest: int) -> Name | None:
        """The longest known body that begins at word ``index``, with the nation of a branch behind it.

        A branch of a federation ("Leeds Mind") and a longer name that ends in a known one may reach back to word
        ``lowest``.
        """
        printed, glued = words.printed, words.is_glued
        for size in self._vocabulary.alias_sizes.get(printed[index], ()):
            last = index + size
            alias = tuple(printed[index:last])
            known = self._vocabulary.aliases.get(alias)
            if known is None or not (all(glued[index : last - 1]) or alias in self._vocabulary.listing):
                continue
            if self._goes_on(words, index, last, known):
                continue
            if known.name in self._vocabulary.federations and (branch := self._branch(words, lowest, index, last)):
                return branch
            while last < len(printed) and glued[last - 1] and printed[last] in NATIONS:
                last += 1
            begin = self._begin(words, lowest, index, index + size, known)
            return Name(begin, last, "" if begin < index else known.name, is_body=True)
        return None

    def _begin(self, words: Words, lowest: int, first: int, last: int, known: Organisation) -> int:
        """Where the printed name begins: before the known one that only ends it ("Fennimore Health Foundation")."""
        if known.name in self._vocabulary.party_names:
            return first
        return self._longer.begin(words, lowest, first, last)

    def _branch(self, words: Words, lowest: int, first: int, last: int) -> Name | None:
        """The branch that a place behind or before a federation's name makes of it ("Age UK Leeds", "Leeds Mind")."""
        begin, end = first, last
        while end < len(words.printed) and words.is_glued[end - 1] and self._may_be_place(words, end):
            end += 1
        while begin > lowest and words.is_glued[begin - 1] and self._may_be_place(words, begin - 1):
            begin -= 1
        is_branch = (begin, end) != (first, last)
        return Name(begin, end, " ".join(words.printed[begin:end]), is_body=True) if is_branch else None

    def _may_be_place(self, words: Words, index: int) -> bool:
        lowered, known = words.lowered[index], self._vocabulary
        is_other = lowered in known.honorifics or lowered in known.role_words or lowered in known.first_names
        is_other = is_other or (lowered in known.not_names and lowered not in DIRECTIONS | {"london"})
        return words.is_capital[index] and words.printed[index] not in NATIONS - {"London"} and not is_other

    def _goes_on(self, words: Words, first: int, last: int, known: Organisation) -> bool:
        """Whether the name is longer than the alias: no "Mind" in "Mind Foundation", no "Nesta" in "Nesta Vane"."""
        if last >= len(words.printed) or not words.is_glued[last - 1] or not words.is_capital[last]:
            return False
        book, lowered = self._vocabulary, words.lowered[last]
        if lowered in LENGTHENING or (lowered in LENGTHENING_NOUNS and self._longer.is_generic(words, first, last)):
            return True
        if last > first + 1 or words.lowered[first] in book.keywords or known.name in book.party_names:
            return False
        is_word = not words.printed[first].isupper() and not words.printed[last].isupper()
        is_other = lowered in book.role_words or lowered in book.not_names or lowered in book.keywords
        return is_word and not is_other and words.printed[last] not in NATIONS

    def _read_free(self, words: Words, masked: str, first: int, last: int, names: list[Name]) -> None:
        """Names in a stretch that holds no known body."""
        if first == last:
            return
        index = first
        for position in range(first, last):
            if position < index:
                continue
            body = self._bodies.at(words, index, position, last)
            if body is None:
                continue
            self._read_people(words, index, body.first, names)
            names.append(_with_short(body, words, masked))
            index = body.last
        self._read_people(words, index, last, names)

    def _read_people(self, words: Words, first: int, last: int, names: list[Name]) -> None:
        index = first
        if self._is_described(words, first, last):
            names.append(Name(first, last, "", is_body=True))
            return
        while index < last:
            if words.lowered[index] in JOINERS or not words.is_capital[index]:
                index += 1
                continue
            name, index = self._person(words, index, last)
            if name and not self._is_place(words, name):
                names.append(name)

    def _is_described(self, words: Words, first: int, last: int) -> bool:
        """Whether the words before a run of capitals say that it names a body ("campaign group X")."""
        if not first or first >= last or not words.is_glued[first - 1] or not words.is_capital[first]:
            return False
        if words.lowered[first] in self._vocabulary.honorifics or words.lowered[first] in self._vocabulary.first_names:
            return False
        return words.lowered[first - 1] in self._vocabulary.described

    def _is_place(self, words: Words, name: Name) -> bool:
        """Untitled names behind an article or "in" are places or things."""
        if name.title or name.is_body or not name.first or not words.is_glued[name.first - 1]:
            return False
        before = words.lowered[name.first - 1]
        is_first_name = words.lowered[name.named_at] in self._vocabulary.first_names
        return before in ARTICLES or (before in PLACED and not is_first_name)

    def _person(self, words: Words, first: int, last: int) -> tuple[Name | None, int]:
        """A person's name at ``first``, and where to read on."""
        title, start, index = self._title(words, first, last)
        for at in range(index + 1, min(index + MAX_BEFORE_TITLE, last - 1)):
            if not title and words.lowered[at] in PLAIN_TITLES and words.is_glued[at - 1] and words.is_capital[at + 1]:
                title, start, index = self._title(words, at, last)  # "Columnist Dr X"
        if not title:
            start = index = self._skip_to_first_name(words, index, last)
        named_at = index
        while index < last and index - named_at < LONGEST_PERSON and self._is_name_word(words, index, named_at):
            index += 1
        size = index - named_at
        if size == 0:
            return None, max(index, first + 1)
        if title in PEERS and index + 1 < last and words.lowered[index] == "of" and words.is_capital[index + 1]:
            index += 2
        if not title and self._is_capitals(words, named_at, size):
            is_word = words.lowered[named_at] in self._vocabulary.keywords
            is_shouted = named_at == 0 and size == 1 and len(words.printed[0]) > LONGEST_ACRONYM
            return None if is_word or is_shouted else Name(start, index, "", is_body=True, is_partial=True), index
        return Name(start, index, "", is_body=False, is_partial=size == 1, title=title, named_at=named_at), index

    def _title(self, words: Words, first: int, last: int) -> tuple[str, int, int]:
        """Titles and offices before a name: the lower-case title, where it begins, where the name begins."""
        title, start, index = "", first, first
        while index < last and words.is_capital[index]:
            lowered = words.lowered[index]
            is_other = lowered in self._vocabulary.role_words or lowered in self._vocabulary.not_names
            if lowered in self._vocabulary.honorifics:
                start = start if title else index
                title = lowered if lowered not in {"rt", "hon", "right"} else title or lowered
            elif not is_other or (title and index + 1 < last and words.is_capital[index + 1]):
                break
            else:
                title = ""
            index += 1
        return title, start, index

    @staticmethod
    def _is_capitals(words: Words, first: int, size: int) -> bool:
        """Whether a name begins with an acronym: a body's, and no initials."""
        printed = words.printed[first]
        if size == 1:
            return printed.isupper() and len(printed) > 1 and not printed[-1].isdigit()
        return printed.isupper() and len(printed) > LONGEST_INITIALS and not words.printed[first + 1].isupper()

    def _skip_to_first_name(self, words: Words, index: int, last: int) -> int:
        """Past the rest of an office ("Minister for Growth Petra X") to a first name that is known."""
        known = self._vocabulary.first_names
        if index >= last or words.lowered[index] in known:
            return index
        for at in range(index + 1, min(index + 4, last - 1)):
            if words.lowered[at] in self._vocabulary.honorifics or words.lowered[at] in self._vocabulary.role_words:
                break
            if words.lowered[at] in known and words.is_capital[at + 1]:
                return at
        return index

    def _is_name_word(self, words: Words, index: int, first: int) -> bool:
        printed, lowered = words.printed[index], words.lowered[index]
        if lowered in self._vocabulary.particles and first < index < len(words.printed) - 1:
            return words.is_capital[index + 1]
        if not words.is_capital[index] or lowered == "'s":
            return False
        if index > first + 1 and printed in POSTNOMINALS:
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
    return name._replace(short=found.group(1))


def bare_name(words: Sequence[str], honorifics: Collection[str]) -> list[str]:
    """The words of a name as somebody wrote it, without titles before and letters behind; at least one is left."""
    bare = list(words)
    while len(bare) > 1 and ((title := bare[0].casefold().strip(".")) in honorifics or title == "the"):
        bare = bare[1:]
    while len(bare) > 1 and bare[-1].strip(".,") in POSTNOMINALS:
        bare = bare[:-1]
    return bare
