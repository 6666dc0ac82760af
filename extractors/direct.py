"""Whether the quoted words of an attributed sentence are the statement, or a fragment in a reported one."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.attribution import Cue, CueSide
from extractors.records import Speaker

if TYPE_CHECKING:
    from extractors.mention import Scan
    from extractors.page import Page
    from extractors.quotation import Quotation
    from extractors.sentence import Sentence

QUOTED_SHARE = 0.6
"""From this share of a sentence (its attribution aside) on, the quoted words are the statement."""
OPENING = "“\"‘'"
ADDRESSING = frozenset(
    {"", "on", "in", "at", "to", "of", "last", "yesterday", "today", "afterwards", "later", "this", "during", "after"}
    | {"with", "the", "a", "mps", "reporters", "colleagues", "delegates", "members", "simply", "only", "also", "her"}
    | {"his", "them", "drily", "bluntly", "recently", "from", "before", "by"}
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)  # fmt: skip
"""First words of what may stand between a verb and its quotation: to whom, when and how it was said."""
REPORTING = 6
"""Words behind a verb and before a comma that are more than an address: they report something themselves."""
MAX_ATTRIBUTION = 100
ENDING = frozenset(",?!…—–")
"""What stands inside a closing mark where the quotation is a sentence of its own."""
MAX_BETWEEN = 8
"""Words between such a quotation and its cue: "Unison's head of health, Carol X, told"."""
LEAST_BEHIND, LEAST_BEFORE, LEAST_OUTSIDE = 2, 3, 4
"""Words behind a cue, or before it, that make a sentence report something."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """A cue with its speaker resolved."""

    cue: Cue
    speaker: Speaker
    grounds: str


def hull(quotations: tuple[Quotation, ...]) -> tuple[int, int]:
    """From the first quoted word to the last, an attribution between them included."""
    return quotations[0].start, quotations[-1].end


def quoted_length(sentence: Sentence) -> int:
    """Characters between quotation marks."""
    return sum(quotation.end - quotation.start for quotation in sentence.quotations)


def direct_span(sentence: Sentence, cue: Cue, scan: Scan, page: Page) -> tuple[int, int] | None:
    """The span of the quoted words where they are the statement; None where the sentence is."""
    if not sentence.quotations:
        return None
    words, quoted, masked = scan.words, quoted_length(sentence), page.masked
    start, end = hull(sentence.quotations)
    if _is_told_behind(sentence, cue, scan, page.document.text):
        return start, end
    verb_end = words.ends[cue.last - 1]
    between = masked[verb_end:start] if verb_end < start else ""
    if not _announces(between) and _words_before(sentence, cue, scan, start) >= LEAST_OUTSIDE:
        return None
    if _announces(between):
        room = quoted + sentence.end - end
    elif cue.side is CueSide.BEFORE and any(char.isalpha() for char in between):
        return None
    elif cue.side is CueSide.BEFORE:
        before = [entry.end for entry in sentence.quotations if entry.end <= words.starts[cue.first]]
        begin = before[-1] if before else words.starts[cue.first]
        room = sentence.end - sentence.start - (verb_end - begin)
    else:
        behind = (entry.start for entry in sentence.quotations if entry.start > verb_end)
        room = sentence.end - sentence.start - (min(behind, default=sentence.end) - words.starts[cue.first])
    return (start, end) if quoted >= QUOTED_SHARE * max(room, 1) else None


def comes_first(sentence: Sentence, text: str) -> bool:
    """Whether a whole quotation opens the sentence, so that it can only be told behind it who said it."""
    first = sentence.quotations[0]
    return first.start - sentence.start <= 1 and text[first.end - 1] in ENDING


def _is_told_behind(sentence: Sentence, cue: Cue, scan: Scan, text: str) -> bool:
    """Whether a whole quotation comes first and who said it follows, whatever else is told of that."""
    behind = bisect_left(scan.words.starts, sentence.quotations[0].end)
    return comes_first(sentence, text) and behind <= cue.first <= behind + MAX_BETWEEN


def _words_before(sentence: Sentence, cue: Cue, scan: Scan, start: int) -> int:
    """Words of a sentence before its first quotation that are not the cue: a fragment only goes on what they say."""
    first, last = scan.span(sentence.start, start)
    return last - first - max(min(cue.last, last) - max(cue.first, first), 0)


def _announces(between: str) -> bool:
    """Whether the words between a verb and a quotation end in a colon or comma and report nothing themselves."""
    plain = between.rstrip(OPENING).strip()
    if not 0 < len(between) < MAX_ATTRIBUTION or " that " in between:
        return False
    return plain.endswith(":") or (
        plain.endswith(",") and plain[:-1].split(" ")[0].lower() in ADDRESSING and plain.count(" ") < REPORTING
    )


def has_content(sentence: Sentence, cue: Cue, scan: Scan) -> bool:
    """Whether a sentence says anything besides who speaks."""
    starts = scan.words.starts
    first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
    return last - cue.last >= LEAST_BEHIND or cue.first - first >= LEAST_BEFORE or bool(sentence.quotations)
