"""For whom somebody speaks where no rule of introductions tells it: the body in the words set off beside the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.beside import gap
from extractors.closed_words import ARTICLES
from extractors.mention import Mention, MentionKind, Scan

if TYPE_CHECKING:
    from collections.abc import Iterator

FARTHEST_BEHIND, FARTHEST_BEFORE = 18, 9
"""Words behind a name, and before it, in which its body may stand."""
JOINED = frozenset({"at", "of", "for", "with", "within", "from", "by", "lead", "leads", "representing"})
"""What ties a body to the words about somebody ("who oversees Scotland for X", "one of four partners at Y")."""
BARRED = frozenset(
    {"former", "formerly", "ex", "until", "left", "once", "previously", "treated", "waited", "waiting", "admitted"}
    | {"born", "lives", "lived", "patient", "diagnosed", "died", "gave", "lost", "suing", "sued", "complained"}
    | {"operated", "stayed", "cared", "son", "daughter", "mother", "father", "husband", "wife", "against", "freelance"}
    | {"whose"}
)  # fmt: skip
"""Words of a stretch that tells of the past, of a patient or of somebody else."""
OPENERS = frozenset({"who", "one", "in", "a", "an", "the", "working", "employed", "elected", "representing", "number"})
"""What begins the words behind a name and a comma that tell what somebody is."""


def body_nearby(mention: Mention, scan: Scan, text: str, *, is_told: bool) -> Mention | None:
    """The body beside a full name: behind it between commas, or before it with its possessive or its own role.

    Where the role tells by itself what somebody is (``is_told``), only a possessive counts.
    """
    if mention.is_partial or mention.title in {"lord", "baroness", "lady"}:
        return None
    behind = None if is_told else _behind(mention, scan, text)
    return behind or _before(mention, scan, text, is_told=is_told)


def _behind(mention: Mention, scan: Scan, text: str) -> Mention | None:
    words, index = scan.words, mention.last
    if index >= len(words.starts) or gap(words, index, text) != ", " or words.lowered[index] not in OPENERS:
        return None
    last = min(index + FARTHEST_BEHIND, len(words.starts))
    for at in range(index, last):
        if words.lowered[at] in BARRED or (at > index and gap(words, at, text) != " "):
            return None
        before = at - 1 - (words.lowered[at - 1] in ARTICLES)
        for found in _bodies(scan, at):
            end = words.ends[found.last - 1]
            if words.lowered[before] in JOINED and text[end : end + 1] in {",", "."}:
                return found
    return None


def _before(mention: Mention, scan: Scan, text: str, *, is_told: bool) -> Mention | None:
    words = scan.words
    for at in range(mention.first - 1, max(mention.first - FARTHEST_BEFORE, -1), -1):
        if words.lowered[at] in BARRED or gap(words, at + 1, text) not in {"", " ", ", "} or scan.begins_verb(at):
            return None
        if words.lowered[at] == "'s" or gap(words, at + 1, text) == ", ":
            continue
        owners = [one for one in scan.by_last.get(at + 1, ()) if one.kind is MentionKind.ORGANISATION]
        is_owner = words.lowered[at + 1] == "'s"
        is_opening = owners and not is_told and (not owners[0].first or not words.is_glued[owners[0].first - 1])
        if owners and (is_owner or is_opening) and at + 1 < mention.first:
            return owners[0]
    return None


def _bodies(scan: Scan, index: int) -> Iterator[Mention]:
    return (one for one in scan.by_first.get(index, ()) if one.kind is MentionKind.ORGANISATION)
