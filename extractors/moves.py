"""Changes of job told beside a name: "X is to leave Y to become Z's director", "since joining Z, X", "X, who ran Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.mention import BODIES, Mention, MentionKind, Scan

if TYPE_CHECKING:
    from extractors.body import Bodies

MOVES = frozenset(
    {"leave", "leaves", "left", "leaving", "quit", "quits", "quitting", "join", "joins", "joined", "joining"}
    | {"ran", "led", "headed", "chaired", "runs", "leads", "heads", "chairs"}
)
MOVES_FROM = frozenset({"move", "moves", "moved", "moving", "came", "comes", "switches", "switched"})
BEFORE_MOVES = frozenset(
    {"who", "is", "was", "to", "will", "would", "has", "had", "be", "been", "then", "recently", "later", "once", "now"}
    | {"previously", "formerly", "also", "until", "it", "emerged"}
)
BEFORE_BODIES = frozenset({"the", "from", "to", "its", "his", "her"})
SINCE = frozenset({"since", "after", "before", "on", "upon", "by"})
BYGONE = (["until"], ["formerly"], ["previously"], ["once"])
MAX_BEFORE, MAX_BEHIND, MAX_ASIDE = 6, 3, 20
STOPS = (". ", "! ", "? ", ".” ", '." ', ".\u2019 ")


def bodies_of_move(mention: Mention, scan: Scan, text: str, bodies: Bodies) -> frozenset[str]:
    """The bodies that a person is told to have left, joined or led, in the sentence of this mention."""
    end = _end_of_aside(mention, scan, text)
    former = _once_of(mention, end, scan, bodies)
    for start in (mention.last, end) if end else (mention.last,):
        at = _verb_behind(start, scan)
        if at >= 0 and (found := _body_behind(at, scan)):
            return former | _names(found, scan, text, bodies)
        if at >= 0:
            return former
    return former | _joined_before(mention, scan, bodies)


def _end_of_aside(mention: Mention, scan: Scan, text: str) -> int:
    """The word behind what is set off by commas behind a name; 0 where nothing is."""
    words, last = scan.words, min(mention.last + MAX_ASIDE, len(scan.words.starts))
    if mention.last >= last or not text[words.ends[mention.last - 1] :].startswith(","):
        return 0
    for at in range(mention.last + 1, last):
        between = text[words.ends[at - 1] : words.starts[at]]
        is_anothers = any(one.kind is MentionKind.PERSON for one in scan.by_first.get(at, ()))
        if is_anothers or scan.begins_verb(at) or any(stop in between for stop in STOPS):
            return 0
        if between.startswith(",") and words.lowered[at] in BEFORE_MOVES | MOVES | MOVES_FROM:
            return at
    return 0


def _once_of(mention: Mention, end: int, scan: Scan, bodies: Bodies) -> frozenset[str]:
    """The body of "X, until Friday chair of Y, …"."""
    if scan.words.lowered[mention.last : mention.last + 1] not in BYGONE:
        return frozenset()
    aside = scan.between(mention.last, end or mention.last + MAX_BEFORE)
    role = next((one for one in aside if one.kind is MentionKind.ROLE and one.owner), None)
    return frozenset({bodies.owner_of_role(role)} - {""}) if role else frozenset()


def _verb_behind(start: int, scan: Scan) -> int:
    """The word of a move that the person is the subject of, from word ``start`` on; -1 if there is none."""
    words = scan.words
    for at in range(start, min(start + MAX_BEFORE, len(words.lowered))):
        word = words.lowered[at]
        if word in MOVES or (word in MOVES_FROM and words.lowered[at + 1 : at + 2] == ["from"]):
            return at
        if word not in BEFORE_MOVES:
            break
    return -1


def _body_behind(at: int, scan: Scan) -> Mention | None:
    """The body that a word leads to."""
    for index in range(at + 1, min(at + 1 + MAX_BEHIND, len(scan.words.lowered))):
        if found := next((one for one in scan.by_first.get(index, ()) if one.kind in BODIES), None):
            return found
        if scan.words.lowered[index] not in BEFORE_BODIES:
            break
    return None


def _names(first: Mention, scan: Scan, text: str, bodies: Bodies) -> frozenset[str]:
    """The body that was left, and those named behind it in the same sentence."""
    end = first.last
    while end < len(scan.words.starts):
        between = text[scan.words.ends[end - 1] : scan.words.starts[end]]
        if any(stop in between for stop in STOPS) or "“" in between:
            break
        end += 1
    named = [one for one in scan.between(first.first, end) if one.kind is MentionKind.ORGANISATION]
    short = bodies.short_form(first) if first.kind is MentionKind.BODY else ""
    return frozenset({short, *(bodies.name(one) for one in named)} - {""})


def _joined_before(mention: Mention, scan: Scan, bodies: Bodies) -> frozenset[str]:
    """The body of "since joining Y, X": it ends right before the name."""
    for body in scan.by_last.get(mention.first, ()):
        verb = body.first - 1 - (body.first > 0 and scan.words.lowered[body.first - 1] in BEFORE_BODIES)
        is_told = body.kind is MentionKind.ORGANISATION and verb > 0 and scan.words.lowered[verb] in MOVES
        if is_told and scan.words.lowered[verb - 1] in SINCE:
            return frozenset({bodies.name(body)})
    return frozenset()
