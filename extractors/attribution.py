"""Cues: the reporting verbs of a sentence, each with the mention that is its subject."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum

from extractors.closed_words import BE_FORMS
from extractors.finite import HAVE_FORMS, FiniteReader
from extractors.lexicon import VerbForm
from extractors.mention import Mention, MentionKind, Scan, Verb
from extractors.opening import opening_mention
from extractors.sentence import MASK
from extractors.subject import NAMED_KINDS, SubjectReader
from extractors.view import ViewReader
from extractors.vocabulary import VerbClass, Vocabulary

CLOSING = frozenset("”\"'")
COORDINATORS = frozenset({"but", "while", "whereas", "and", "though", "although"})
MIN_VERBS = 2
MAX_BEFORE_VERB = 4
"""Words from a conjunction to a second verb of the same subject ("but has since said")."""
MAX_BEFORE_SUBJECT = 7
"""Words between a conjunction and the subject of its clause ("and its chair of council, Y, said")."""
ACCORDING = {
    "according": ("according", "to"),
    "words": ("in", "the", "words", "of"),
    "view": ("in", "the", "view", "of"),
    "quote": ("to", "quote"),
}
"""What names a speaker behind it, by its rarest word."""
LONGEST_VERB = 8
"""Words of a reporting phrase, at most ("go out of his way to")."""
JUDGED = frozenset(
    {"welcomed", "condemned", "criticised", "described", "dismissed", "attacked", "denounced", "branded", "hailed"}
    | {"praised", "questioned", "disputed"}
)
"""What is done to a plan by whoever speaks on it ("was condemned by X as …")."""
PASSIVE_KINDS = frozenset({MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.ROLE})
USING = frozenset({MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PRONOUN, MentionKind.ROLE})
MAX_APPOSITION = 16
"""Words between a subject and its verb that tell who it is."""
MEANS, MAX_MEANS = frozenset({"used", "uses", "using", "written", "wrote", "writes", "took"}), 24
"""What somebody does to say something, and within how many words it is said ("used a speech in X to argue")."""
POINTING = frozenset({"that", "this", "such", "so"})
OPENED = 4
"""Characters before a verb at the head of its sentence in which a closing mark is looked for."""


class CueSide(StrEnum):
    """Where the subject stands: before its verb, or behind it ("said X", "according to X")."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words [first, last) of the paragraph attribute their sentence to ``subject``.

    A tail is a participle (", saying …") that hangs on the sentence's subject.
    """

    subject: Mention
    first: int
    last: int
    verb_class: VerbClass
    side: CueSide
    is_tail: bool = False
    is_of_before: bool = False
    """Whether it says whose the quotation before the sentence was ("That was the verdict of X.")."""


class CueReader:
    """Finds the cues of a sentence; built once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._subjects = SubjectReader(vocabulary)
        self._views = ViewReader(vocabulary)
        self._inverting = vocabulary.inverting
        self._adverbs = vocabulary.adverbs
        self._finite = FiniteReader(vocabulary)

    def read(self, scan: Scan, text: str, first: int, last: int) -> list[Cue]:
        """Cues among words [first, last), in order; a tail only where nothing else is. ``text`` is masked."""
        cues: list[Cue] = []
        tail: Cue | None = None
        for place in range(bisect_left(scan.verb_starts, first), len(scan.verbs)):
            verb = scan.verbs[place]
            if verb.first >= last:
                break
            floor = cues[-1].last if cues else first
            if verb.first < floor:
                continue
            if passive := self._passive(scan, verb, last):
                cues.append(passive)
                continue
            is_bare = verb.phrase.is_quoting and not _has_quotation(scan, text, first, last)
            if is_bare or not self._finite.may_report(scan, verb, first):
                continue
            if self._is_participle(scan, verb, first):
                tail = tail or self._tail(scan, verb, floor)
            elif cue := self._of_verb(scan, text, verb, (floor, first, last)) or _after_silence(scan, verb, cues):
                cues.append(cue)
        if according := self._according(scan, first, last):
            cues.insert(0, according)
        is_said = any(cue.verb_class is not VerbClass.FRAME for cue in cues)
        if view := self._views.read(scan, first, last) or (None if is_said else self._views.aside(scan, first, last)):
            cues.insert(0, Cue(view[0], view[0].first, view[1], VerbClass.SPEECH, CueSide.BEFORE))
        cues = cues or self._using(scan, text, first, last)
        return cues or ([tail] if tail else self._relative(scan, first, last) or self._reply(scan, text, first, last))

    def _using(self, scan: Scan, text: str, first: int, last: int) -> list[Cue]:
        """Where nothing else speaks, who "used a speech in X to argue", "has written to X to ask" something."""
        subject = opening_mention(scan, text, first, last)
        if subject is None or subject.kind not in USING:
            return []
        words, at = scan.words, subject.last
        behind = range(at, min(last, at + MAX_APPOSITION))
        at = next((index for index in behind if words.lowered[index] in MEANS and self._begins(scan, index, at)), last)
        if at == last:
            return []
        for place in range(bisect_left(scan.verb_starts, at), len(scan.verbs)):
            verb = scan.verbs[place]
            if verb.first >= min(last, at + MAX_MEANS):
                break
            before, form = words.lowered[verb.first - 1], verb.phrase.form
            is_purpose = before == "to" and form is VerbForm.BASE
            if (is_purpose or form is VerbForm.ING) and verb.phrase.verb_class is not VerbClass.SILENT:
                return [Cue(subject, subject.first, verb.last, verb.phrase.verb_class, CueSide.BEFORE)]
        return []

    def _begins(self, scan: Scan, index: int, subject: int) -> bool:
        """Whether the verb at a word stands right behind its subject, or behind the comma of what is put between."""
        words, at = scan.words, index
        while at > subject and (
            words.lowered[at - 1] in HAVE_FORMS | {"since"} or self._finite.is_passed_over(words.lowered[at - 1])
        ):
            at -= 1
        return at == subject or not words.is_glued[at - 1]

    def _reply(self, scan: Scan, text: str, first: int, last: int) -> list[Cue]:
        """Where nothing else speaks, whose reply the quotation is that opens the sentence."""
        if scan.words.lowered[first : first + 1] and scan.words.lowered[first] in POINTING:
            told = self._views.behind(scan, first + 1, last)
            return [Cue(told[0], first, told[1], VerbClass.SPEECH, CueSide.AFTER, is_of_before=True)] if told else []
        begin = scan.words.starts[first] if first < last else 0
        if begin == 0 or MASK not in text[max(begin - OPENED, 0) : begin]:
            return []
        told = self._views.behind(scan, first, last)
        return [Cue(told[0], first, told[1], VerbClass.SPEECH, CueSide.AFTER)] if told else []

    def _relative(self, scan: Scan, first: int, last: int) -> list[Cue]:
        """Where nothing else speaks, who is named before ", who says"."""
        for place in range(bisect_left(scan.verb_starts, first), len(scan.verbs)):
            verb = scan.verbs[place]
            if verb.first >= last:
                break
            at = verb.first - 1
            while at > first and self._finite.is_passed_over(scan.words.lowered[at]):
                at -= 1
            people = [one for one in scan.by_last.get(at, ()) if one.kind in NAMED_KINDS and one.first >= first]
            is_finite = verb.phrase.form in {VerbForm.PAST, VerbForm.THIRD}
            if people and is_finite and scan.words.lowered[at] == "who" and not scan.words.is_glued[at - 1]:
                named = _described(scan, people[0])
                return [Cue(named, named.first, verb.last, verb.phrase.verb_class, CueSide.BEFORE)]
        return []

    def second(self, scan: Scan, text: str, span: tuple[int, int], before: Cue) -> tuple[Cue, int] | None:
        """A cue of another clause of the sentence, and where its conjunction stands ("…, and its chair, Y, said")."""
        first, last = span
        if bisect_left(scan.verb_starts, last) - bisect_left(scan.verb_starts, first) < MIN_VERBS:
            return None
        for cue in self.read(scan, text, first, last):
            if cue.first <= before.last or cue.side is CueSide.AFTER or cue.subject.kind is MentionKind.PRONOUN:
                continue
            conjunction = _conjunction(scan, cue.subject.first, before.last)
            if conjunction is not None:
                return cue, conjunction
        return None

    def _is_participle(self, scan: Scan, verb: Verb, first: int) -> bool:
        is_ing = verb.phrase.form is VerbForm.ING and verb.first > first
        before = scan.words.lowered[verb.first - 1] if scan.words.is_glued[verb.first - 1] else ""
        return is_ing and before not in self._adverbs

    def _tail(self, scan: Scan, verb: Verb, floor: int) -> Cue | None:
        subject = self._subjects.head(scan, floor)
        if subject is None or verb.phrase.verb_class is not VerbClass.SPEECH:
            return None
        return Cue(subject, verb.first, verb.last, VerbClass.SPEECH, CueSide.BEFORE, is_tail=True)

    def _of_verb(self, scan: Scan, text: str, verb: Verb, bounds: tuple[int, int, int]) -> Cue | None:
        """The subject before a verb, or behind it: "NHS England, says X, is late" is X's."""
        floor, first, last = bounds
        before = self._before(scan, text, verb, floor)
        if before and (before.subject.kind in NAMED_KINDS or verb.phrase.words[0] not in self._inverting):
            return before
        after = self._after(scan, text, verb, first, last)
        return (
            after
            if after and (before is None or after.subject.kind in (MentionKind.PERSON, MentionKind.ROLE))
            else before
        )

    def _before(self, scan: Scan, text: str, verb: Verb, floor: int) -> Cue | None:
        subject = self._subjects.before(scan, text, verb, floor)
        return Cue(subject, subject.first, verb.last, verb.phrase.verb_class, CueSide.BEFORE) if subject else None

    def _after(self, scan: Scan, text: str, verb: Verb, first: int, last: int) -> Cue | None:
        """Inversion: the verb follows a quotation or a comma, and its subject follows the verb."""
        words, phrase = scan.words, verb.phrase
        if len(phrase.words) > 1 or phrase.form not in {VerbForm.PAST, VerbForm.THIRD}:
            return None
        begin = words.ends[verb.first - 1] if verb.first > first else max(words.starts[verb.first] - OPENED, 0)
        gap = text[begin : words.starts[verb.first]]
        if "," not in gap and CLOSING.isdisjoint(gap):
            return None
        subject = self._subjects.behind(scan, verb.last, last)
        return Cue(subject, verb.first, subject.last, phrase.verb_class, CueSide.AFTER) if subject else None

    def _according(self, scan: Scan, first: int, last: int) -> Cue | None:
        lowered = scan.words.lowered
        here = lowered[first:last]
        for word, opener in ACCORDING.items():
            if word not in here:
                continue
            for index in range(first, last - len(opener)):
                if tuple(lowered[index : index + len(opener)]) == opener:
                    subject = self._subjects.behind(scan, index + len(opener), last)
                    if subject:
                        return Cue(subject, index, subject.last, VerbClass.SPEECH, CueSide.AFTER)
        return None

    def _passive(self, scan: Scan, verb: Verb, last: int) -> Cue | None:
        """Who did the saying in "was condemned by X as …", "has been welcomed by Y"."""
        words, at = scan.words, verb.first - 1
        is_judged = words.lowered[verb.first] in JUDGED and len(verb.phrase.words) == 1
        if not is_judged or verb.last >= last or words.lowered[verb.last] != "by":
            return None
        while at > 0 and self._finite.is_passed_over(words.lowered[at]):
            at -= 1
        if at < 0 or words.lowered[at] not in BE_FORMS or not words.is_glued[at]:
            return None
        subject = self._subjects.behind(scan, verb.last + 1, last)
        if subject is None or subject.kind not in PASSIVE_KINDS:
            return None
        return Cue(subject, verb.first, subject.last, verb.phrase.verb_class, CueSide.AFTER)


def _after_silence(scan: Scan, verb: Verb, cues: list[Cue]) -> Cue | None:
    """What is told after all: "declined to comment but said …" has the subject of the silence."""
    if not cues or cues[-1].verb_class is not VerbClass.SILENT:
        return None
    for at in range(verb.first - 1, max(cues[-1].last, verb.first - MAX_BEFORE_VERB) - 1, -1):
        if scan.words.lowered[at] in COORDINATORS:
            return replace(cues[-1], first=at, last=verb.last, verb_class=verb.phrase.verb_class)
    return None


def _described(scan: Scan, role: Mention) -> Mention:
    """The person behind whose name a comma and a role stand ("X, chair of Y, who says"); else the role."""
    people = scan.by_last.get(role.first, ()) if role.kind is MentionKind.ROLE else ()
    named = (one for one in people if one.kind is MentionKind.PERSON and not scan.words.is_glued[role.first - 1])
    return next(named, role)


def _conjunction(scan: Scan, subject: int, floor: int) -> int | None:
    """The conjunction behind a comma that begins the clause of a subject, with no more than its own words between."""
    words, lowest = scan.words, max(floor, subject - MAX_BEFORE_SUBJECT - 1)
    begin, end = (bisect_left(scan.verb_starts, at) for at in (lowest - LONGEST_VERB, subject))
    near = scan.verbs[begin:end]
    for index in range(subject - 1, lowest, -1):
        if words.lowered[index] in COORDINATORS:
            return index if not words.is_glued[index - 1] else None
        if any(verb.first <= index < verb.last for verb in near):
            return None
    return None


def _has_quotation(scan: Scan, text: str, first: int, last: int) -> bool:
    """Whether quoted words, which are masked, stand among words [first, last)."""
    return MASK in text[scan.words.starts[first] : scan.words.ends[last - 1] + OPENED]
