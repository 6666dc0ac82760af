"""Whom a part of a name or a pronoun means at this point: by surname, title, first name, and who was named last."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

from extractors.member import Member, initials_of, merged, surname_of
from extractors.name import PEERS
from extractors.passed import RECENT, Passed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.vocabulary import Vocabulary

SPOKE_LAST, NAMED_LATELY, NAMED_BEFORE, NAMED_LATER = 1.5, 0.75, 0.25, -1.0
"""What it counts for somebody who may be meant how near he or she was named."""
LATELY = 3
TITLED = tuple(f"{title} " for title in PEERS)


class Recall:
    """Remembers in which order the people of an article were mentioned and written of."""

    def __init__(self, vocabulary: Vocabulary, members: dict[str, Member]) -> None:
        self._vocabulary = vocabulary
        self._members = members
        self._by_surname: dict[str, list[str]] = {}
        self._by_end: dict[str, str] = {}  # "Jane Doe" -> "Mary Jane Doe"
        self._by_first: dict[str, set[str]] = {}
        self._familiar: dict[str, set[str]] = {}  # whom "tom" may mean
        self._labels: tuple[dict[str, set[str]], ...] = ()
        self._passed = Passed()
        self._counts: Counter[str] = Counter()
        self._featured = Passed()

    def add(self, name: str) -> None:
        """Know a new person by the surname too."""
        self._by_surname.setdefault(surname_of(name), []).append(name)
        self._add_ends(name)
        self.admit(name)

    def admit(self, name: str) -> None:
        """Know somebody by the whole name only, or by a title with the first name."""
        self._labels = ()
        first, space, _ = name.lower().partition(" ")
        if space:
            self._by_first.setdefault(first, set()).add(name)

    def _add_ends(self, name: str) -> None:
        surname, end = surname_of(name), name
        while " " in end:
            end = end.split(" ", 1)[1]
            if surname_of(end) == surname:
                self._by_end.setdefault(end, name)

    def restart(self) -> None:
        """Begin the second reading: forget who was mentioned, and take "Baroness X" for the X whose name is known."""
        self._by_end.clear()
        for name in [one for one in self._members if " " not in one and self._by_first.get(one.lower())]:
            del self._members[name]  # a first name that turned out to be somebody's in full
            self._by_surname.pop(surname_of(name), None)
        for names in self._by_surname.values():
            full = [name for name in names if not name.lower().startswith(TITLED) and " " in name]
            if len(full) == 1:
                for name in names:
                    if name != full[0]:
                        self._members[full[0]] = merged(self._members[full[0]], self._members.pop(name))
                        self._by_first.get(name.lower().split(" ", 1)[0], set()).discard(name)
                names[:] = full
            for name in names:
                self._add_ends(name)
        self._join_short_forms()
        self._labels = ()
        self._counts.clear()
        self._passed.clear()
        self._featured.clear()

    def _join_short_forms(self) -> None:
        """Take "S Averley" and "Bev Cartmell" for the one Simon Averley, the one Beverley Cartmell of the article."""
        for names in self._by_surname.values():
            longer_by: dict[str, list[str]] = {}  # what may stand for a first name -> who has it in full
            for name in names:
                for short in self._short_for(name):
                    longer_by.setdefault(short, []).append(name)
            for name in list(names):
                first = name.lower().split(" ", 1)[0]
                fuller = longer_by.get(first.strip("."), ())
                longer = [one for one in fuller if one in self._members and self._may_be(name, one)]
                if len(longer) == 1:
                    self._members[longer[0]] = merged(self._members[longer[0]], self._members.pop(name))
                    self._by_first.get(first, set()).discard(name)
                    self._by_end[name] = longer[0]
                    names.remove(name)

    def _short_for(self, name: str) -> frozenset[str]:
        """What stands for somebody's first name in short: its initial, and what the lexicon has."""
        first = name.lower().split(" ", 1)[0]
        return self._vocabulary.short_names.get(first, frozenset()) | ({first[0]} if len(first) > 1 else set())

    def _may_be(self, name: str, other: str) -> bool:
        """Whether two names are not those of a man and a woman, nor the same."""
        pronoun = self._members[name].pronoun
        return name != other and pronoun in {"", self._members[other].pronoun or pronoun}

    def note(self, name: str) -> None:
        """Note a person as mentioned."""
        if name:
            if name not in self._passed:
                first = name.split(" ", 1)[0].lower()
                for called in (
                    first,
                    *self._vocabulary.short_names.get(first, ()),
                    *self._vocabulary.full_names.get(first, ()),
                ):
                    self._familiar.setdefault(called, set()).add(name)
            self._passed.note(name)
            self._counts[name] += 1

    def feature(self, name: str) -> None:
        """Note whom a sentence was about, or who spoke: of two with one surname it is this one who is meant."""
        self._featured.note(name)

    def is_new(self, name: str) -> bool:
        """Whether a person was not mentioned before."""
        return name not in self._passed

    def count(self, name: str) -> int:
        """How often a person was mentioned in this reading."""
        return self._counts[name]

    @property
    def latest(self) -> tuple[str, ...]:
        """The person mentioned last, if there was one."""
        return tuple(islice(self._passed.latest(), 1))

    def full_name(self, printed: str) -> str:
        """The longer name under which a printed one is kept; empty if there is none."""
        return self._by_end.get(printed, "")

    def called(self, label: str) -> str:
        """Whom a label means that is a first name, a surname or initials of somebody here; empty if unclear."""
        plain = label.strip(" .").lower()
        if not self._labels:
            self._labels = self._read_labels()
        whole, part, initials = self._labels
        for names in (whole.get(plain), part.get(plain), initials.get(label) if label.isupper() else None):
            if names and len(names) == 1:
                return next(iter(names))
        return ""

    def _read_labels(self) -> tuple[dict[str, set[str]], ...]:
        """Everybody by the whole name, by its first and last word, by its initials."""
        whole: dict[str, set[str]] = {}
        part: dict[str, set[str]] = {}
        initials: dict[str, set[str]] = {}
        for name in self._members:
            lowered = name.lower()
            whole.setdefault(lowered, set()).add(name)
            part.setdefault(lowered.split(" ")[0], set()).add(name)
            part.setdefault(lowered.rsplit(" ", 1)[-1], set()).add(name)
            initials.setdefault(initials_of(name), set()).add(name)
        return whole, part, initials

    def by_part(self, part: str, title: str) -> str:
        """Whom a surname or a first name means: of several whom the title fits, the one featured or mentioned last."""
        called = self._by_surname.get(part, [])[-RECENT:]
        if len(called) == 1 and not title:
            return called[0]
        if called:
            pronoun = self.pronoun_of(title)
            fits = [name for name in called if not pronoun or self._members[name].pronoun in {"", pronoun}]
            if not fits and title in PEERS:
                return ""
            fits = fits or called
            names = [name for name in fits if title and self._members[name].title == title] or fits
            near = chain(self._featured.latest(), self._passed.latest())
            return next((name for name in near if name in names), names[-1])
        if familiar := self._familiar.get(part):
            lately = next((name for name in self._passed.latest() if name in familiar), "")
            if lately:
                return lately
        named = self._by_first.get(part, ()) if title else ()
        return next(iter(named)) if len(named) == 1 else ""

    def has_first(self, part: str) -> bool:
        """Whether anybody in the article has this first name."""
        return part in self._by_first or part in self._familiar

    def by_pronoun(self, pronoun: str, last: str) -> str:
        """The person whom "he" or "she" means: the last speaker, else the one mentioned last, if it may be."""
        for name in chain((last,), self._passed.latest()):
            member = self._members.get(name)
            if member and member.pronoun in {"", pronoun}:
                return name
        return ""

    def by_nearness(self, last: str, *, is_lead: bool) -> Iterator[tuple[str, float, str]]:
        """People of the article, each once, with what it counts how near they were named, and why."""
        recent = list(self._passed.latest())
        if last in self._members:
            yield last, SPOKE_LAST, "spoke last"
        for place, name in enumerate(recent):
            if name != last and name in self._members:
                is_late = place < LATELY
                yield name, NAMED_LATELY if is_late else NAMED_BEFORE, "named lately" if is_late else "named before"
        for name in islice(self._members, RECENT):
            if name != last and name not in recent:
                yield name, NAMED_LATELY if is_lead else NAMED_LATER, "named later"

    def pronoun_of(self, word: str) -> str:
        """What a title or a first name tells."""
        return "he" if word in self._vocabulary.masculine else "she" if word in self._vocabulary.feminine else ""
