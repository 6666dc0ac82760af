"""What a sentence is about: the mention at its head, an adjunct before it aside."""

from __future__ import annotations

from extractors.closed_words import ARTICLES, CONJUNCTIONS, PREPOSITIONS
from extractors.mention import Mention, MentionKind, Scan, is_lone
from extractors.subject import mention_at

ADJUNCTS = PREPOSITIONS | frozenset(
    {"asked", "told", "yesterday", "today", "tonight", "last", "this", "earlier", "later", "as", "when", "after"}
    | {"before", "although", "while", "despite", "like", "unlike", "until", "since", "once", "here", "there", "born"}
    | {"pressed", "challenged", "questioned", "now", "outside", "inside", "down", "up", "meanwhile", "instead"}
)
SKIPPED = (
    CONJUNCTIONS | ARTICLES | {"today", "yesterday", "later", "earlier", "even", "still", "only", "perhaps", "instead"}
)
MAX_ADJUNCT = 25


def opening_mention(scan: Scan, text: str, first: int, last: int) -> Mention | None:
    """What a sentence of words [first, last) is about: the mention at its head, an adjunct before it aside."""
    if (first, last) not in scan.openings:
        scan.openings[first, last] = _find_opening(scan, text, first, last)
    return scan.openings[first, last]


def _find_opening(scan: Scan, text: str, first: int, last: int) -> Mention | None:
    words, at = scan.words, first
    while at < last and at not in scan.by_first and words.lowered[at] in SKIPPED:
        at += 1
    found = mention_at(scan, at)
    is_participle = found is not None and is_lone(found) and words.lowered[at].endswith(("ing", "ed"))
    if (found and not is_participle) or at >= last:
        return found
    if words.lowered[at] in {"her", "his", "their", "its"}:
        for near in range(at + 1, min(at + 4, last)):
            found = next((one for one in scan.by_first.get(near, ()) if one.kind is MentionKind.PERSON), None)
            if found or not words.is_glued[near - 1]:
                return found
    if words.lowered[first] not in ADJUNCTS and not words.lowered[first].endswith(("ing", "ly")):
        return None
    return _behind_adjuncts(scan, text, first, last)


def _behind_adjuncts(scan: Scan, text: str, first: int, last: int) -> Mention | None:
    """The mention behind the comma of an adjunct, or of several ("Inside, at a briefing, the trust's director")."""
    words = scan.words
    for here in range(first, min(last - 1, first + MAX_ADJUNCT)):
        if not text[words.ends[here] : words.starts[here + 1]].startswith(","):
            continue
        at = here + 1
        if words.lowered[at] in ARTICLES and at not in scan.by_first:
            at += 1
        found = mention_at(scan, at) if at < last else None
        if found or at >= last or words.lowered[at] not in PREPOSITIONS:
            return found
    return None
