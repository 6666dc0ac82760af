"""Which texts are copies of one story: sketches that find the likely ones, and the rule that decides.

A copy is most of another text, word for word: an agency's text cut at the end, a release with a paragraph added, a
sister title's page. Two reports of one event are two stories, and so are two pieces from one template: what is new in
the second are its figures and dates, a few words among many that are the same.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from urllib.parse import urlsplit

from rensa import RMinHash

from extractors.identity import canonical_url, title_key, word_runs, words_key

BANDS = 60
SKETCH_VERSION = f"1.{RMinHash.ALGORITHM_VERSION}"
"""Sketches of different versions cannot be compared."""
SHARED = 0.8
"""Of the shorter text's runs of three words, at least so many stand in the longer one."""
SHARED_UNDER_ONE_TITLE = 0.6
SHORTEST = 0.4
"""A copy is at least so long, compared with the longer text: what carries several stories is a copy of none."""
SHORTEST_UNDER_ONE_TITLE = 0.25
KEPT = 0.5
"""An edit that keeps less than this of the shorter text's runs puts another story on the page."""
FEW_WORDS = 40
"""Shorter texts tell too little to be copies under another title."""
MANY_WORDS = 150
"""A publisher's own two pages under different titles are one story only if all of so many words are the same."""
NEAR = timedelta(days=7)
LONGEST = 60_000
"""Of longer texts the first so many characters tell whether they are copies: more fill the memory."""
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"  # may is mostly a verb
_NUMBER = re.compile(rf"\d+(?:[.,:]\d+)*|\b(?:{_MONTHS})\b", re.IGNORECASE)
_TELLING_SLUG = 3


@dataclass(frozen=True, slots=True)
class Sketch:
    """What finds likely copies of an article; two of ``bands`` in common are worth a look."""

    title_key: str
    path_key: str
    words_key: str
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What decides whether two articles are copies."""

    publisher: str
    title_key: str
    path_key: str
    words_key: str
    dated_at: datetime
    runs: frozenset[str]
    numbers: frozenset[str]
    words: int


def sketch(title: str, url: str, text: str) -> Sketch:
    """The sketch of an article; a short one has no bands, since only its title can lead to its copies."""
    runs = word_runs(text[:LONGEST])
    bands = _bands(runs) if len(runs) >= FEW_WORDS else ()
    return Sketch(title_key(title) if title.strip() else "", path_key(url), words_key(text), bands)


def wording(publisher: str, title: str, url: str, dated_at: datetime, text: str) -> Wording:
    """The wording of an article; ``dated_at`` is when it was published, or first seen where no date is printed."""
    return Wording(
        publisher=publisher,
        title_key=title_key(title) if title.strip() else "",
        path_key=path_key(url),
        words_key=words_key(text),
        dated_at=dated_at,
        runs=word_runs(text[:LONGEST]),
        numbers=frozenset(number.casefold() for number in _NUMBER.findall(text[:LONGEST])),
        words=len(text.split()),
    )


def path_key(url: str) -> str:
    """The slug at the end of an address, if it has words enough to be a headline; else an empty string."""
    parts = urlsplit(canonical_url(url))
    slug = parts.path.rpartition("/")[2].partition(".")[0] if parts.netloc else ""
    words = [word for word in slug.split("-") if word.isalpha()]
    return "-".join(words) if len(words) > _TELLING_SLUG else ""


def are_copies(first: Wording, second: Wording) -> bool:
    """Whether two articles carry one text; the order of the two does not count."""
    shorter, longer = sorted((first, second), key=lambda one: (len(one.runs), one.words_key))
    if not shorter.runs:
        return False
    has_one_title = _has_one_title(first, second)
    is_near = abs(first.dated_at - second.dated_at) <= NEAR
    shared = len(shorter.runs & longer.runs) / len(shorter.runs)
    length = len(shorter.runs) / len(longer.runs)
    if first.publisher == second.publisher and not has_one_title:
        return first.words_key == second.words_key and shorter.words >= MANY_WORDS
    if first.publisher == second.publisher:
        # what a publisher prints again under one headline is a template, unless nothing of it is another
        is_whole = shared == 1 and (is_near or shorter.words >= FEW_WORDS)
        is_edit = shared >= SHARED and is_near and first.numbers == second.numbers
        return length >= SHORTEST and (is_whole or is_edit)
    is_titled = has_one_title and is_near
    if len(shorter.numbers - longer.numbers) > max(is_titled, len(shorter.numbers) // 5):
        return False
    if shorter.words < FEW_WORDS:
        return is_titled and min(shared, length) >= SHARED
    least_shared, least_length = (SHARED_UNDER_ONE_TITLE, SHORTEST_UNDER_ONE_TITLE) if is_titled else (SHARED, SHORTEST)
    return shared >= least_shared and length >= least_length


def is_rewritten(before: str, after: str) -> bool:
    """Whether an edit left so little of a text that the page now carries another story."""
    shorter, longer = sorted((word_runs(before[:LONGEST]), word_runs(after[:LONGEST])), key=len)
    return len(shorter & longer) < KEPT * len(shorter)


def _has_one_title(first: Wording, second: Wording) -> bool:
    is_titled = first.title_key != "" and first.title_key == second.title_key
    return is_titled or (first.path_key != "" and first.path_key == second.path_key)


def _bands(runs: frozenset[str]) -> tuple[int, ...]:
    """32-bit keys, each of two values of a MinHash: of texts that share half of their runs, a quarter are the same."""
    minhash = RMinHash(num_perm=2 * BANDS, seed=1)
    minhash.update(sorted(runs))
    values = minhash.digest()
    pairs = [*pairwise(values)][::2]
    packed = (struct.pack("<HII", number, *pair) for number, pair in enumerate(pairs))
    return tuple((int.from_bytes(blake2b(key, digest_size=8).digest()) >> 1) & 0xFFFF_FFFF for key in packed)
