"""Finds the names of forgotten people in texts and puts a mask over them, letter for letter: no offset moves."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from extractors.forgetting import LONGEST, TITLES, Form, Mode, Order, digest, plain, pseudonym_of, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

PROSE = 60
"""In longer texts a name that may be a word or another's counts with a capital only."""
_GLUE = re.compile(r"(?:<[^<>]{0,200}>|&nbsp;|[\s.,_+/'’\-‐‑–\u00a0\u00ad\u200b-\u200d])*")
_LONGEST_GLUE, _MOST_BETWEEN, _FARTHEST = 220, 3, 20
_ID = re.compile(r"[0-9a-f]{12,}")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_ADDRESS = re.compile(r"\S*[/:@\d_]\S*")
_KEPT_ENTITIES: Final = frozenset('<>&"')
_CACHED, _LONGEST_ADDRESS = 200_000, 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where an order may apply: ``form`` is JOINED for a whole name, NAMESAKE for somebody else's."""

    order: Order
    form: Form
    spans: tuple[tuple[int, int], ...]
    is_capital: bool


class Masker:
    """Applies orders; words are looked up once."""

    def __init__(self, key: bytes, orders: Sequence[Order], first_names: Collection[str] = ()) -> None:
        """Be ready; ``first_names`` are hashes of those known beforehand, which tell a namesake whom nobody met yet."""
        self._key = key
        self.orders = tuple(orders)
        self._first_names = frozenset(first_names)
        self._forms: dict[str, list[tuple[Order, str]]] = {}
        for order in orders:
            for hashed, kinds in order.forms.items():
                self._forms.setdefault(hashed, []).append((order, kinds))
        self._known: dict[str, list[tuple[Order, str]]] = {}
        self._masks: dict[tuple[str, str], str] = {}

    def lookup(self, phrase: str) -> list[tuple[Order, str]]:
        """What a plain word or phrase is to each order that knows it."""
        if (known := self._known.get(phrase)) is None:
            if len(self._known) > _CACHED:
                self._known.clear()
            known = self._known[phrase] = self._forms.get(digest(self._key, phrase), [])
        return known

    def telling(self, printed: str) -> list[str]:
        """Of a word as it is printed, or of several, what calls for a close look at the texts that have it."""
        return [
            printed[begin:end]
            for begin, end, word in words_of(printed)
            if any({Form.PART, Form.JOINED, Form.GIVEN} & {*kinds} for _, kinds in self.lookup(word))
        ]

    def hides(self, address: str) -> bool:
        """Whether a mask stands in an address: it leads nowhere."""
        return any(
            Form.MASK in kinds or (order.mode is Mode.ERASE and len(word) > 1 and {*word} == {"x"})
            for *_, word in words_of(address)
            for order, kinds in self.lookup(word) or [(each, "") for each in self.orders]
        )

    def mask(self, texts: Sequence[str], context: Collection[str] = ()) -> tuple[list[str], frozenset[str]]:
        """The texts of one row with its names masked, and the ids of the orders whose person they name in full.

        ``context`` are those whose person is named in full in what the row belongs to.
        """
        read, named = self._applied(texts, context)
        return [
            self._covered(text, hits) if hits else printed for printed, (text, hits) in zip(texts, read, strict=True)
        ], named

    def owner(self, texts: Sequence[str]) -> Order | None:
        """The order that would mask something in the first of these texts, the others being known."""
        ((_, hits), *_), _ = self._applied(texts, ())
        return hits[0].order if hits else None

    def _applied(
        self, texts: Sequence[str], context: Collection[str]
    ) -> tuple[list[tuple[str, list[Hit]]], frozenset[str]]:
        read = [self._read(text) for text in texts]
        met = {hit.order.order_id: hit for _, hits in read for hit in hits}
        whole = {hit.order.order_id for _, hits in read for hit in hits if hit.form is Form.JOINED}
        torn = {hit.order.order_id for _, hits in read for hit in hits if hit.form is Form.NAMESAKE}
        near = {key for key, hit in met.items() if not hit.order.is_shared or self._is_near(hit.order, texts)}
        named = frozenset((whole & near) | ({*context} & {order.order_id for order in self.orders}))
        return [
            (text, [hit for hit in hits if hit.order.order_id in near and _applies(hit, text, named - torn)])
            for text, hits in read
        ], named

    def _read(self, text: str) -> tuple[str, list[Hit]]:
        """A text with what may be a name in it; with its letters written as such, where that shows more."""
        hits, decoded = self._hits(text), _decoded(text)
        if decoded != text and _covering(more := self._hits(decoded)) > _covering(hits):
            return decoded, more
        return text, hits

    def mask_all(self, order: Order, text: str) -> str:
        """A text of which every word belongs to the person."""
        return self._covered(
            text, [Hit(order, Form.JOINED, tuple((b, e) for b, e, _ in words_of(text)), is_capital=True)]
        )

    def _is_near(self, order: Order, texts: Sequence[str]) -> bool:
        """Whether a name that two people have is the person's here: by a body of hers, and none of the other's."""
        kinds = set()
        for text in texts:
            words = [word for *_, word in words_of(text)]
            for at in range(len(words)):
                for size in range(1, LONGEST + 1):
                    kinds |= {
                        k for each, ks in self.lookup(" ".join(words[at : at + size])) if each is order for k in ks
                    }
            kinds |= {k for each, ks in self.lookup(text) if each is order for k in ks}
        return bool(kinds & {Form.BODY, Form.PERSONA}) and Form.OTHER_BODY not in kinds

    def _hits(self, text: str) -> list[Hit]:
        if len(text) < len("ab") or _ID.fullmatch(text):
            return []
        words = words_of(text)
        hits: list[Hit] = []
        for at, (_, _, word) in enumerate(words):
            for order, kinds in self.lookup(word):
                if Form.PART in kinds:
                    hits += self._surname(text, words, at, order)
                elif Form.JOINED in kinds:
                    hits.append(_hit(order, Form.JOINED, text, words, at, at + 1))
                if Form.GIVEN in kinds and not _leads_on(text, words, at):
                    hits.append(_hit(order, Form.GIVEN, text, words, at, at + 1))
        return hits

    def _surname(self, text: str, words: list[tuple[int, int, str]], at: int, order: Order) -> list[Hit]:
        """What stands at a word of a surname: a whole name, the surname alone, or somebody else of the name."""
        for size in range(1, LONGEST):
            phrase = " ".join(word for *_, word in words[at : at + size])
            if self._is(phrase, order, Form.SURNAME) and _are_glued(text, words, at, at + size):
                break
        else:
            return []
        end = at + size
        form, first = self._before(text, words, at, order)
        if form is not Form.SURNAME:
            return [_hit(order, form, text, words, first, end)]
        if end < len(words) and self._is(words[end][2], order, Form.FIRST) and _is_turned(text, words, end):
            return [_hit(order, Form.JOINED, text, words, at, end + 1)]
        return [_hit(order, Form.SURNAME, text, words, at, end)]

    def _before(self, text: str, words: list[tuple[int, int, str]], at: int, order: Order) -> tuple[Form, int]:
        """What the words before a surname make of it, and where the name begins."""
        is_initialled, behind = False, words[at][0]
        outside = [n for n in range(max(0, at - _FARTHEST), at) if "<" not in text or not _is_in_tag(text, words[n][0])]
        for first in outside[: -2 - _MOST_BETWEEN : -1]:
            begin, end, word = words[first]
            if word in TITLES or behind - end > _LONGEST_GLUE or not _GLUE.fullmatch(text, end, behind):
                break
            if self._is(word, order, Form.FIRST):
                return Form.JOINED, first
            is_name = digest(self._key, word) in self._first_names or self._is(word, order, Form.NAMESAKE)
            if is_name and not {",", "."} & {*text[end:behind]}:
                return Form.NAMESAKE, first
            is_initialled = is_initialled or (len(word) == 1 and text[begin].isupper())
            if not (text[begin].isupper() or len(word) <= len("van") or text == text.lower()):
                break
            behind = begin
        return (Form.NAMESAKE if is_initialled else Form.SURNAME), at

    def _is(self, phrase: str, order: Order, form: Form) -> bool:
        return any(each is order and form in kinds for each, kinds in self.lookup(phrase))

    def _covered(self, text: str, hits: Sequence[Hit]) -> str:
        letters = list(text)
        for hit in hits:
            for begin, end in hit.spans:
                letters[begin:end] = self._mask_of(hit.order, text[begin:end])
        return "".join(letters) if hits else text

    def _mask_of(self, order: Order, printed: str) -> str:
        """Letter for letter, capitals where they were."""
        if order.mode is Mode.ERASE:
            return "".join("X" if c.isupper() else "x" if _is_covered(c) else c for c in printed)
        word = plain(printed)
        covered = [_is_covered(c) for c in printed]
        made = self._masks.get((order.order_id, word)) or pseudonym_of(self._key, order.order_id, word)
        self._masks[order.order_id, word] = made
        source = iter(made + made[::-1] * len(printed))
        return "".join(
            (letter.upper() if c.isupper() else letter) if is_covered and (letter := next(source)) else c
            for c, is_covered in zip(printed, covered, strict=True)
        )


def is_erased(person: str) -> bool:
    """Whether a name is all mask."""
    return {*"".join(word for *_, word in words_of(person))} == {"x"}


def _is_covered(character: str) -> bool:
    return character.isalpha() or bool(re.match(r"[\u0300-\u036f]", character))


def _decoded(text: str) -> str:
    """A text in which letters are written as such: what is escaped in an address, or is an entity of a page."""
    if _ESCAPED.search(text) and _ADDRESS.fullmatch(text):
        return unquote(text, errors="strict") if _is_whole(text) else text
    if "&" in text and ";" in text:
        return _ENTITY.sub(_letter, text)
    return text


def _is_whole(text: str) -> bool:
    try:
        unquote(text, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _letter(match: re.Match[str]) -> str:
    letter = html.unescape(match[0])
    return (
        letter
        if len(letter) == 1 and letter not in _KEPT_ENTITIES and (letter.isalpha() or letter in "'’‘")
        else match[0]
    )


def _hit(order: Order, form: Form, text: str, words: list[tuple[int, int, str]], first: int, end: int) -> Hit:
    spans = tuple(
        (b, e) for b, e, _ in words[first:end] if "<" not in text or not _is_in_tag(text, b) or end - first == 1
    )
    return Hit(order, form, spans, is_capital=text[words[first][0]].isupper())


def _applies(hit: Hit, text: str, named: Collection[str]) -> bool:
    is_address = len(text) <= _LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(text))
    if hit.form is Form.NAMESAKE or (is_address and hit.order.is_shared):
        return False  # an address is a key, and must read the same in every row
    if hit.form is Form.JOINED or (hit.form is Form.SURNAME and hit.order.is_alone):
        return True
    return hit.order.order_id in named and not is_address and (hit.is_capital or len(text) <= PROSE)


def _are_glued(text: str, words: list[tuple[int, int, str]], first: int, end: int) -> bool:
    """Whether nothing stands between the words but what may stand inside a name."""
    return all(
        words[at + 1][0] - words[at][1] <= _LONGEST_GLUE and _GLUE.fullmatch(text, words[at][1], words[at + 1][0])
        for at in range(first, end - 1)
    )


def _covering(hits: Sequence[Hit]) -> int:
    return sum(len(hit.spans) for hit in hits)


def _is_in_tag(text: str, at: int) -> bool:
    return text.rfind("<", 0, at) > text.rfind(">", 0, at)


def _is_turned(text: str, words: list[tuple[int, int, str]], at: int) -> bool:
    """Whether a first name stands behind its surname: behind a comma, or in an address or a list of words."""
    between = text[words[at - 1][1] : words[at][0]].strip()
    return between in {",", "-", "_", ".", "+"} or (not between and len(text) <= PROSE)


def _leads_on(text: str, words: list[tuple[int, int, str]], at: int) -> bool:
    """Whether another name follows a first name, so that it is somebody else's."""
    if at + 1 >= len(words):
        return False
    begin, *_ = words[at + 1]
    return text[words[at][1] : begin].strip() in {"", "-"} and text[begin].isupper()
