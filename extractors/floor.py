"""Who has the floor: the last speaker, whom the narration is about, and whom a mention stands for at this point."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from extractors.direct import Attributed
from extractors.mention import ANIMATE, BODIES, INDEFINITE, NAMELESS_KINDS, Mention, MentionKind, Scan, is_lone
from extractors.opening import opening_mention
from extractors.paragraph import ParagraphKind
from extractors.role import VOICES, is_many
from extractors.vocabulary import VerbClass

if TYPE_CHECKING:
    from extractors.actor import ActorResolver
    from extractors.attribution import Cue, CueReader
    from extractors.page import Page
    from extractors.records import Speaker
    from extractors.sentence import Sentence

PREDICATING = frozenset(
    {"is", "was", "be", "been", "as", "seem", "seems", "become", "became", "like", "called", "than"}
)
TOPICS = BODIES | {MentionKind.DOCUMENT, MentionKind.PRONOUN}
OPEN_TOPICS = frozenset({MentionKind.DOCUMENT, MentionKind.ROLE})
"""A sentence that begins with one of these is about the one person whom it names, if there is one."""
DESCRIBING = frozenset({"at", "in", "of", "from", "on", "with", "for", "close", "familiar", "inside", "within"})
ENDING = frozenset({"who", "that", "said", "has", "have", "is", "are", "was"})
REPLIES = frozenset({"replied", "replies", "answered", "answers", "retorted", "retorts", "countered", "shot"})
QUESTIONED = frozenset({"asked", "pressed", "challenged", "questioned", "quizzed"})
MAX_DESCRIPTION, MAX_SHOWN = 9, 4
LEAD, AHEAD, AHEAD_MENTIONS = 1, 3, 40
"""Up to this body paragraph a role may come before its holder's name, which is looked for so far ahead."""


class Floor:
    """The state of a reading from top to bottom; one article each."""

    def __init__(self, cues: CueReader, page: Page, actors: ActorResolver) -> None:
        self._cues = cues
        self._page = page
        self._actors = actors
        self.last: Speaker | None = None
        self.subject: Speaker | None = None  # of the last attribution
        self.topic: Speaker | None = None  # whom the narration of this paragraph is about
        self._asker: Speaker | None = None  # who spoke before the last speaker
        self._crowd: Speaker | None = None  # the many whom "they" may mean
        self._seen, self._seen_in = 0, -1
        self._bodies = [i for i, paragraph in enumerate(page.paragraphs) if paragraph.kind is ParagraphKind.BODY]

    def clear(self) -> None:
        """Nobody has the floor, as at a new entry of a live blog."""
        self.last = self.topic = self._crowd = self._asker = None

    def give(self, speaker: Speaker | None) -> None:
        """Note who spoke, or was written of, last."""
        if speaker and self.last and self.last.person and speaker.person != self.last.person:
            self._asker = self.last
        self.last = speaker
        if speaker and speaker.person:
            self._actors.cast.recall.feature(speaker.person)

    def attribute(self, speaker: Speaker) -> None:
        """Note whom a sentence is attributed to."""
        self.subject, self._crowd, self.topic = speaker, None, None
        self.give(speaker)

    def see(self, index: int, until: int) -> None:
        """Pass the paragraph's mentions up to an offset, each once."""
        mentions = self._page.scans[index].mentions
        seen = self._seen if self._seen_in == index else 0
        while seen < len(mentions) and mentions[seen].at < until:
            self._actors.cast.see(mentions[seen])
            seen += 1
        self._seen, self._seen_in = seen, index

    def see_topic(self, scan: Scan, sentence: Sentence) -> None:
        """A body that begins its sentence is what a following "it" means."""
        for mention in scan.by_first.get(bisect_left(scan.words.starts, sentence.start), ()):
            if mention.kind in TOPICS:
                self._actors.cast.bodies.see_topic(mention)

    def follow_narration(self, index: int, sentence: Sentence) -> None:
        """Narration about somebody gives him or her the floor for a quotation that floats behind it.

        A person keeps it for paragraphs to come; a body, a crowd or somebody nameless for this paragraph only.
        """
        scan = self._page.scans[index]
        first, last = scan.span(sentence.start, sentence.end)
        found = opening_mention(scan, self._page.masked, first, last)
        if found and found.kind is MentionKind.COLLECTIVE:
            self._crowd = self.resolve(index, found)
        speaker = self.about(index, sentence.start, sentence.end)
        if speaker is None:
            return
        self.topic = speaker if found else self.topic or speaker
        cast = self._actors.cast
        named = [one for one in scan.between(first, last) if one.kind is MentionKind.PERSON and not is_lone(one)]
        people = [name for name in map(cast.name, named) if cast.knows(name)]  # no places
        is_new = len(people) == 1 and cast.recall.is_new(people[0])
        if speaker.person and (is_new or (found and found.kind is not MentionKind.PRONOUN)):
            self.give(speaker)

    def asking(self, index: int) -> Speaker | None:
        """Whose "recommendations", "five demands" or "findings" a line announces."""
        scan = self._page.scans[index]
        for one in scan.mentions:
            if one.kind in BODIES and one.first <= 1:
                return self.resolve(index, one)
            is_owner = one.kind in BODIES and scan.words.lowered[one.last : one.last + 1] == ["'s"]
            if is_owner or (one.kind is MentionKind.DOCUMENT and (one.owner or one.lead == "the")):
                return self.resolve(index, one)
        is_its = "its" in scan.words.lowered and not self.publisher
        return self.reporter or (self._actors.of_its() if is_its else None)

    @property
    def reporter(self) -> Speaker | None:
        """The body whose own text this is, else the one whose document was named last."""
        return self.publisher or self._actors.of_reporter()

    def begin_sentence(self) -> None:
        """Note that a sentence begins: what "it" means is told by the one before."""
        self._actors.cast.bodies.begin_sentence()

    @property
    def publisher(self) -> Speaker | None:
        """The body whose own text this is, if it is one that can speak."""
        return self._actors.of_publisher()

    # --- whom words stand for -----------------------------------------------------------------------------------

    def cue_of(self, index: int, start: int, end: int) -> Attributed | None:
        """The cue that attributes ``[start, end)`` of a paragraph, its speaker resolved; a mere frame only if alone."""
        scan = self._page.scans[index]
        if not scan.mentions:
            return None
        first, last = scan.span(start, end)
        frame: Attributed | None = None
        for cue in self._cues.read(scan, self._page.masked, first, last):
            speaker = self.resolve(index, self._antecedent(scan, cue.subject, first, last))
            if speaker is None:
                continue
            if speaker == self.last and self._answers(scan, cue, first) and self._asker:
                speaker = self._asker
            verb = " ".join(scan.words.printed[cue.first : cue.last][-MAX_SHOWN:])
            attributed = Attributed(cue, speaker, f"“{verb}”: {self._actors.grounds}")
            if cue.verb_class not in {VerbClass.FRAME, VerbClass.SILENT}:
                return attributed
            frame = frame or attributed
        return frame

    def _answers(self, scan: Scan, cue: Cue, first: int) -> bool:
        """Whether "he" or "she" answers the last speaker, and not a question of the reporter's ("Asked whether …")."""
        is_pronoun = cue.subject.kind is MentionKind.PRONOUN and cue.subject.text in {"he", "she"}
        if not is_pronoun or scan.words.lowered[first] in QUESTIONED or self._asker is None:
            return False
        pronoun = self._actors.cast.member(self._asker.person).pronoun
        is_reply = not REPLIES.isdisjoint(scan.words.lowered[cue.first : cue.last])
        return is_reply and pronoun in {"", cue.subject.text}

    def about(self, index: int, start: int, end: int) -> Speaker | None:
        """Whom a stretch is about: the mention at its head, else the only one who can speak."""
        scan = self._page.scans[index]
        first, last = scan.span(start, end)
        found = opening_mention(scan, self._page.masked, first, last)
        if found and is_lone(found) and self.resolve(index, found) is None:
            found = None  # "Elsewhere, …"
        if found is None or found.kind in OPEN_TOPICS:
            voices = [one for one in scan.between(first, last) if self._may_speak(scan, one)]
            people = [one for one in voices if one.kind is MentionKind.PERSON and not _describes(scan, found, one)]
            if len(people) == 1:
                found = people[0]
            elif found is None or found.kind is MentionKind.DOCUMENT:
                found = voices[0] if len(voices) == 1 else found
        return self.resolve(index, found) if found else None

    def announced(self, index: int, start: int, end: int) -> Speaker | None:
        """Whose words follow the colon that ends a stretch: whom it is about, else the only one whom it names."""
        scan = self._page.scans[index]
        told = self.about(index, start, end)
        if told and told.person:
            return told
        first, last = scan.span(start, end)
        people = [
            one for one in scan.between(first, last) if one.kind is MentionKind.PERSON and self._may_speak(scan, one)
        ]
        return self.resolve(index, people[0]) if len(people) == 1 and not told else told

    def _may_speak(self, scan: Scan, mention: Mention) -> bool:
        """Whether a mention is of somebody present, and not what somebody is said to be."""
        if mention.kind is MentionKind.PERSON:
            return self._actors.cast.knows(self._actors.cast.name(mention))
        before = scan.words.lowered[mention.first - 1] if mention.first else ""
        return mention.kind in ANIMATE and before not in PREDICATING

    def _antecedent(self, scan: Scan, subject: Mention, first: int, last: int) -> Mention:
        """For "he" or "she" in a sentence that opens with a person: that person ("X was calm, but he wants …").

        A spokesperson is of the body that opens the sentence.
        """
        if subject.kind is MentionKind.ROLE and subject.owner is None and subject.text.lower().endswith(VOICES):
            body = opening_mention(scan, self._page.masked, first, last)
            is_its = body is not None and body.kind in BODIES and body.first < subject.first
            return subject._replace(owner=body) if is_its else subject
        if subject.kind is not MentionKind.PRONOUN or subject.text not in {"he", "she"}:
            return subject
        opening = opening_mention(scan, self._page.masked, first, last)
        if opening is None or opening.kind is not MentionKind.PERSON or opening.first >= subject.first:
            return subject
        name = self._actors.cast.name(opening)
        is_fit = self._actors.cast.knows(name) and self._actors.cast.member(name).pronoun in {"", subject.text}
        return opening if is_fit else subject

    def resolve(self, index: int, mention: Mention) -> Speaker | None:
        """The speaker that a mention in a paragraph stands for here."""
        if mention.text == "they" and self._crowd:
            return self._crowd
        if (
            mention.text in {"he", "she"}
            and self.topic
            and not self.topic.has_identity
            and not is_many(self.topic.role)
        ):
            return self.topic
        scan = self._page.scans[index]
        printed = self._page.document.text[mention.at : scan.words.ends[_described(scan, mention) - 1]]
        ahead = self._names_ahead(index) if mention.kind is MentionKind.ROLE else None
        return self._actors.resolve(mention, self.last, printed, ahead)

    def _names_ahead(self, index: int) -> tuple[str, ...] | None:
        """People named in the paragraphs that follow a lead; None beyond it."""
        at = bisect_left(self._bodies, index)
        if at > LEAD:
            return None
        return tuple(
            mention.text
            for body in self._bodies[at : at + AHEAD]
            for mention in self._page.scans[body].mentions[:AHEAD_MENTIONS]
            if mention.kind is MentionKind.PERSON and not mention.is_partial
        )


def _describes(scan: Scan, opening: Mention | None, person: Mention) -> bool:
    """Whether a person only tells whose "a former colleague of Dr X" is."""
    is_anys = opening is not None and opening.kind is MentionKind.ROLE and opening.lead in INDEFINITE
    return is_anys and scan.words.lowered[person.first - 1 : person.first] == ["of"]


def _described(scan: Scan, mention: Mention) -> int:
    """The end of a nameless speaker's description, in words: "a source" goes on with "at the trust"."""
    words, last = scan.words, mention.last
    if mention.kind not in NAMELESS_KINDS or last >= len(words.lowered) or words.lowered[last] not in DESCRIBING:
        return last
    while last < min(mention.last + MAX_DESCRIPTION, len(words.lowered)) and words.is_glued[last - 1]:
        if scan.begins_verb(last) or words.lowered[last] in ENDING:
            break
        last += 1
    return last
