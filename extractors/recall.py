"""Whom a part of a name or a pronoun means at this point: by surname, title, first name, and who was named last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.body import RECENT
from extractors.member import Member, merged, surname_of
from extractors.name import PEERS

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
        self._passed: list[str] = []
        self._met: set[str] = set()
        self._featured: list[str] = []

    def add(self, name: str) -> None:
        """Know a new person by the surname too."""
        self._by_surname.setdefault(surname_of(name), []).append(name)

    def restart(self) -> None:
        """Begin the second reading: forget who was mentioned, and take "Baroness X" for the X whose name is known."""
        for names in self._by_surname.values():
            full = [name for name in names if not name.lower().startswith(TITLED) and " " in name]
            if len(full) == 1:
                for name in [name for name in names if name not in full]:
                    names.remove(name)
                    self._members[full[0]] = merged(self._members[full[0]], self._members.pop(name))
        self._passed.clear()
        self._featured.clear()
        self._met.clear()

    def note(self, name: str) -> None:
        """Note a person as mentioned."""
        if name:
            self._passed.append(name)
            self._met.add(name)

    def feature(self, name: str) -> None:
        """Note whom a sentence was about, or who spoke: of two with one surname it is this one who is meant."""
        self._featured.append(name)

    def is_new(self, name: str) -> bool:
        """Whether a person was not mentioned before."""
        return name not in self._met

    @property
    def latest(self) -> tuple[str, ...]:
        """The person mentioned last, if there was one."""
        return tuple(self._passed[-1:])

    def full_name(self, printed: str) -> str:
        """The longer name under which a printed one is kept; empty if there is none."""
        names = self._by_surname.get(surname_of(printed), ())
        return next((name for name in names if name.endswith(" " + printed)), "")

    def by_part(self, part: str, title: str) -> str:
        """Whom a surname or a first name means: of several whom the title fits, the one featured or mentioned last."""
        called = self._by_surname.get(part, [])
        recent = self._passed[-RECENT:]
        if called:
            pronoun = self.pronoun_of(title)
            fits = [name for name in called if not pronoun or self._members[name].pronoun in {"", pronoun}] or called
            names = [name for name in fits if title and self._members[name].title == title] or fits
            near = reversed((*recent, *self._featured[-RECENT:]))
            return next((name for name in near if name in names), names[-1])
        for name in reversed(recent):
            first = name.split(" ", 1)[0].lower()
            if part == first or part in self._vocabulary.short_names.get(first, ()):
                return name
        return ""

    def by_pronoun(self, pronoun: str, last: str) -> str:
        """The person whom "he" or "she" means: the last speaker, else the one mentioned last, if it may be."""
        for name in (last, *reversed(self._passed[-RECENT:])):
            member = self._members.get(name)
            if member and member.pronoun in {"", pronoun}:
                return name
        return ""

    def by_nearness(self, last: str) -> Iterator[tuple[str, float, str]]:
        """People of the article, each once, with what it counts how near they were named, and why."""
        recent = list(dict.fromkeys(reversed(self._passed[-RECENT:])))
        if last in self._members:
            yield last, SPOKE_LAST, "spoke last"
        for place, name in enumerate(recent):
            if name != last and name in self._members:
                is_late = place < LATELY
                yield name, NAMED_LATELY if is_late else NAMED_BEFORE, "named lately" if is_late else "named before"
        for name in list(self._members)[:RECENT]:
            if name != last and name not in recent:
                yield name, NAMED_LATER, "named later"

    def pronoun_of(self, word: str) -> str:
        """What a title or a first name tells."""
        return "he" if word in self._vocabulary.masculine else "she" if word in self._vocabulary.feminine else ""
