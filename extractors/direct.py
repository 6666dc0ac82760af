"""Whether the quoted words of an attributed sentence are the statement, or a fragment in a reported one."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.attribution import Cue, CueSide
from extractors.records import Speaker

if TYPE_CHECKING:
    from extractors.mention import Scan
    from extractors.quotation import Quotation
    from extractors.sentence import Sentence

QUOTED_SHARE = 0.6
"""From this share of a sentence (its attribution aside) on, the quoted words are the statement."""
OPENING = "“\"‘'"
MAX_ATTRIBUTION = 100
LEAST_BEHIND, LEAST_BEFORE = 2, 3
"""Words behind a cue, or before it, that make a sentence report something."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """A cue with its speaker resolved."""

    cue: Cue
    speaker: Speaker


def hull(quotations: tuple[Quotation, ...]) -> tuple[int, int]:
    """From the first quoted word to the last, an attribution between them included."""
    return quotations[0].start, quotations[-1].end


def quoted_length(sentence: Sentence) -> int:
    """Characters between quotation marks."""
    return sum(quotation.end - quotation.start for quotation in sentence.quotations)


def direct_span(sentence: Sentence, cue: Cue, scan: Scan, masked: str) -> tuple[int, int] | None:
    """The span of the quoted words where they are the statement; None where the sentence is."""
    if not sentence.quotations:
        return None
    words, quoted = scan.words, quoted_length(sentence)
    start, end = hull(sentence.quotations)
    verb_end = words.ends[cue.last - 1]
    between = masked[verb_end:start] if verb_end < start else ""
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


def _announces(between: str) -> bool:
    """Whether the words between a verb and a quotation end in a colon or comma and report nothing themselves."""
    is_short = 0 < len(between) < MAX_ATTRIBUTION
    return is_short and between.rstrip(OPENING).rstrip().endswith((":", ",")) and " that " not in between


def has_content(sentence: Sentence, cue: Cue, scan: Scan) -> bool:
    """Whether a sentence says anything besides who speaks."""
    starts = scan.words.starts
    first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
    return last - cue.last >= LEAST_BEHIND or cue.first - first >= LEAST_BEFORE or bool(sentence.quotations)
