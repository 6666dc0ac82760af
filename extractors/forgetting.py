"""A standing order to forget somebody: it knows the forms of a name again, and does not say the name.

What it keeps of a name are keyed hashes of its plain words. Whoever has the key can try a name and see whether it is
meant; whoever has not, cannot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 8
"""Words of the longest phrase that is known again: the name of a body."""
_JOINERS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
"""Accents that stand by themselves and marks that are not seen: they part no word."""
WORD = re.compile(rf"(?:[^\W\d_][{_JOINERS}]*)+(?:['’‘ʼ`](?:[^\W\d_][{_JOINERS}]*)+)*")
_POSSESSIVE = re.compile(r"['’‘ʼ`]s$", re.IGNORECASE)
TITLES: Final = frozenset((
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "baron", "baroness",
    "viscount", "cllr", "councillor", "rt", "hon", "rev", "the",
))  # fmt: skip
_BEHIND: Final = frozenset(("mp", "msp", "ms", "am", "mla", "obe", "mbe", "cbe", "kbe", "dbe", "qc", "kc", "phd"))
_CONSONANTS, _VOWELS = "qxzvkj", "aeiou"


class Mode(StrEnum):
    """What becomes of a forgotten person's words: kept under a pseudonym, or erased."""

    PSEUDONYM = "pseudonym"
    ERASE = "erase"


class Form(StrEnum):
    """What a word or phrase is to an order."""

    FIRST = "f"  # a first name, a form of it, or its initial: makes a surname behind it the person's
    GIVEN = "g"  # a first name that is no ordinary word, so that it may stand alone
    SURNAME = "s"
    PART = "w"  # one word of a surname: where it stands, one looks closely
    JOINED = "j"  # first name and surname in one, as in addresses
    NAMESAKE = "n"  # the first name of somebody else of that surname
    BODY = "b"  # a body that the person spoke for
    OTHER_BODY = "o"  # a body that a namesake spoke for
    PERSONA = "p"  # the id of one of the person's personas
    MASK = "m"  # a word of the pseudonym


@dataclass(frozen=True, slots=True)
class Order:
    """Whom to forget, and how; ``forms`` are hashes of plain words with letters of what they are (see Form)."""

    order_id: str
    mode: Mode
    forms: Mapping[str, str]
    is_alone: bool
    """Nobody else has the surname, and it is no ordinary word: it is enough by itself."""
    is_shared: bool
    """Somebody else has the whole name: it is the person's beside one of the bodies only."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a person when an order is drawn up; of others, what tells them apart."""

    names: Sequence[str]
    """All names as printed, each a first name and a surname at least."""
    variants: Mapping[str, Sequence[str]]
    """First name in plain letters -> what else its bearer may be called."""
    persona_ids: Sequence[str]
    bodies: Sequence[str]
    namesakes: Collection[str]
    """First names, in plain letters, of others who have the surname."""
    other_bodies: Sequence[str]
    """Bodies of others who have the whole name; empty if nobody has."""
    ordinary: Collection[str] = field(default=frozenset())
    """Those words of the names, in plain letters, that texts use otherwise."""
    is_shared: bool = False


def plain(word: str) -> str:
    """A word without capitals, accents, apostrophes and marks that are not seen."""
    bare = (letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    return "".join(letter for letter in bare if letter.isalpha()).casefold()


def words_of(text: str) -> list[tuple[int, int, str]]:
    """Begin, end and plain form of each word; a possessive ending is none of it."""
    found = []
    for match in WORD.finditer(text):
        word = match[0] if match[0].isascii() and match[0].isalpha() else _POSSESSIVE.sub("", match[0])
        found.append((match.start(), match.start() + len(word), plain(word)))
    return found


def digest(key: bytes, phrase: str) -> str:
    """The hash by which an order knows a word or phrase."""
    return blake2b(phrase.encode("utf-8", "surrogatepass"), key=key, digest_size=12).hexdigest()


def name_parts(name: str) -> tuple[list[str], list[str]] | None:
    """The plain first names and the plain words of the surname; None for less than a whole name."""
    printed = [part for part in name.replace(",", " ").split() if plain(part)]
    while printed and plain(printed[0]) in TITLES:
        printed = printed[1:]
    while len(printed) > 1 and plain(printed[-1]) in _BEHIND:
        printed = printed[:-1]
    if len(printed) < len(("first", "surname")):
        return None
    return [w for part in printed[:-1] for *_, w in words_of(part)], [w for *_, w in words_of(printed[-1])]


def draw_up(key: bytes, order_id: str, mode: Mode, known: Description) -> Order:
    """The order to forget somebody.

    Raises:
        ValueError: no whole name is among those known.
    """
    forms: dict[str, str] = {}

    def add(phrase: str, form: Form) -> None:
        hashed = digest(key, phrase)
        forms[hashed] = "".join(sorted({*forms.get(hashed, ""), form.value}))

    is_alone = not known.namesakes and not known.is_shared
    words: set[str] = set()
    for first, surname in filter(None, map(name_parts, known.names)):
        words |= {*first, *surname}
        is_alone = is_alone and not {*surname} & {*known.ordinary}
        for form, phrase in _name_forms(first, surname, known):
            add(phrase, form)
    if not words:
        raise ValueError("no first name and surname is known")
    for word in words:
        add(pseudonym_of(key, order_id, word), Form.MASK)
    for form, phrases in (
        (Form.PERSONA, known.persona_ids),
        (Form.BODY, known.bodies),
        (Form.OTHER_BODY, known.other_bodies),
    ):
        for phrase in phrases:
            add(phrase if form is Form.PERSONA else " ".join(w for *_, w in words_of(phrase)[:LONGEST]), form)
    return Order(order_id, mode, forms, is_alone, known.is_shared)


def _name_forms(first: Sequence[str], surname: Sequence[str], known: Description) -> Iterator[tuple[Form, str]]:
    last = " ".join(surname)
    yield Form.SURNAME, last
    yield from ((Form.PART, part) for part in surname)
    calls = {first[0], *known.variants.get(first[0], ())} - {*known.namesakes}
    initials = {call[0] for call in calls} - {other[0] for other in known.namesakes}
    yield from ((Form.NAMESAKE, other) for other in known.namesakes)
    yield from ((Form.FIRST, call) for call in calls | initials)
    yield from ((Form.GIVEN, call) for call in calls if call not in known.ordinary and len(call) > 1)
    for call in sorted(calls | initials):
        joined = "".join(surname)
        yield Form.JOINED, call + joined
        if len(call) > 1:
            yield Form.JOINED, joined + call


def pseudonym_of(key: bytes, order_id: str, word: str) -> str:
    """What stands for a plain word of a name: as many letters, the same ones every time, and plainly no real word."""
    source = blake2b(f"{order_id} {word}".encode(), key=key, digest_size=64).digest()
    letters = (source[at % len(source)] for at in range(len(word)))
    return "".join(
        _VOWELS[byte % len(_VOWELS)] if at % 2 else _CONSONANTS[byte % len(_CONSONANTS)]
        for at, byte in enumerate(letters)
    )


def hash_names(key: bytes, names: Iterable[str]) -> str:
    """The hash by which a record says whom it is about, for those who have the key and a name to try."""
    return digest(key, "name " + "|".join(sorted({" ".join(w for *_, w in words_of(name)) for name in names})))
