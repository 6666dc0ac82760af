"""The organisations of one article: their acronyms, which was named last, and what "the union" stands for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from extractors.body_name import capitalised, initials, longer_names
from extractors.focus import most_in_focus
from extractors.identity import body_key
from extractors.mention import INDEFINITE, Mention, MentionKind
from extractors.passed import RECENT, Passed
from extractors.records import STATE, ActorType
from extractors.topic import Topics

if TYPE_CHECKING:
    from extractors.vocabulary import Vocabulary

OWN_NOUNS = frozenset({"trust", "board", "icb", "ics", "system", "group", "ccg", "practice", "surgery", "network"})
OFFICIAL = frozenset({"guidance", "framework", "plan", "specification", "strategy", "circular"})
OFFICES = frozenset({ActorType.GOVERNMENT, ActorType.NATIONAL_BODY})
"""Documents that no other publisher's own are: a membership body's release writes of the guidance of the centre."""
MAX_INITIALS = 4
MAX_BODIES = 200
"""Bodies of an article, the ones named most, among which an officer's is looked for; keeps hostile texts linear."""


class Bodies:
    """Organisations as they are met on the way through an article.

    ``headed`` is the body whose name is the heading of the section being read; ``of_named_last`` that of the person
    named last; ``fallback`` the publisher, where it can speak; ``outlet`` an outlet, which cannot; ``text`` is the
    whole article, from which it is told whose ministers it means where it does not say.
    """

    def __init__(self, vocabulary: Vocabulary, fallback: str, text: str, outlet: str) -> None:
        self._vocabulary = vocabulary
        self.fallback = fallback
        self._text = text
        self.outlet = outlet
        self._own_government: str | None = None
        self._shorts: dict[str, str] = {}
        self._named: list[str] = []
        self._lately = Passed()
        self._initials: dict[str, str] = {}
        self._ahead: tuple[str, ...] = ()
        self._all: list[str] = []
        self._counts: Counter[str] = Counter()
        self.topics = Topics(vocabulary.documents)
        self._described: dict[str, ActorType] = {}
        self.longer: dict[str, str] = {}
        self.sentence_at = 0
        self._sentence_before = 0
        self.headed = ""
        self.of_named_last = ""

    def meet(self, mention: Mention) -> None:
        """Learn a body's acronym, and note the body."""
        if mention.short:
            self._shorts[mention.short] = mention.text
        if mention.lead in self._vocabulary.described and mention.kind is MentionKind.ORGANISATION:
            self._described.setdefault(self.name(mention), self._vocabulary.described[mention.lead])
        self.see(mention)

    def kind_of(self, name: str) -> ActorType:
        """The kind of a body: by its name, else by what the article calls it ("the charity X")."""
        kind = self._vocabulary.kind_of_body(name)
        return self._described.get(name, kind) if kind is ActorType.OTHER else kind

    def restart(self) -> None:
        """Begin the second reading: what was met lies ahead now."""
        self._ahead = tuple(dict.fromkeys(self._named[:RECENT]))
        self._all, self._named = self._named, []
        self.topics.restart()
        self._lately.clear()
        counts = Counter(self._all)
        self.longer = longer_names(counts) if len(counts) <= MAX_BODIES else {}
        self._counts = counts if len(counts) <= MAX_BODIES else Counter(dict(counts.most_common(MAX_BODIES)))

    def see(self, mention: Mention) -> None:
        """Note a body as passed; capitals that no text explains are not remembered."""
        name = self.short_form(mention) if mention.kind is MentionKind.BODY else self.name(mention)
        is_known = not mention.is_partial or mention.text in self._shorts
        if name and is_known:
            self._named.append(name)
            self._lately.note(name)
            if name not in self._initials:
                self._initials[name] = initials(name)

    def note_issuer(self, document: Mention) -> None:
        """Remember whose report "the report" is from here on."""
        if body := self.owner(document):
            self.topics.note_issuer(document.text.lower().split(), body)

    def note_publication(self, document: Mention) -> None:
        """Remember that the body which the present sentence is about has published a document."""
        if self.topics.fresh:
            self.topics.note_issuer(document.text.lower().split(), self.topics.fresh)

    def issuer(self, document: Mention) -> str:
        """The body that issued a document named without it: as printed earlier, else the one named last."""
        words = document.text.lower().split()
        known = self.topics.issuer(words) or (self.topics.reporter if "authors" in words else "")
        is_official = not OFFICIAL.isdisjoint(words) and self.kind_of(self.fallback) not in OFFICES
        own = "" if is_official else self.fallback or self.topics.reporter
        return known or own or self.last()

    def see_topic(self, mention: Mention) -> None:
        """Note the body that a sentence is about, or whose document: what a following "it" means."""
        if mention.kind is MentionKind.PRONOUN:
            body = self.topics.fresh if mention.text == "it" else ""
        elif mention.kind is MentionKind.DOCUMENT:
            body = self.owner(mention) or ("" if mention.lead in INDEFINITE else self.issuer(mention))
        else:
            self.see(mention)
            body = self.latest()
        if body:
            self.topics.note(body)
        if body and mention.kind is MentionKind.DOCUMENT:
            self.topics.reporter = body

    def subject(self) -> str:
        """What "it" means: the body that this sentence or the one before is about, else the one named last."""
        return self.topics.fresh or self.latest()

    def begin_sentence(self) -> None:
        """Note that what is named from here on stands in one sentence."""
        self.topics.begin_sentence()
        self._sentence_before, self.sentence_at = self.sentence_at, len(self._named)

    def _is_other_kind(self, name: str, noun: str) -> bool:
        """Whether a local body is named for what it is, so that another noun cannot mean it ("the practice")."""
        own, is_local = name.lower().split()[-1], self.kind_of(name) is ActorType.LOCAL_NHS
        return is_local and own in OWN_NOUNS and own != noun.rsplit(maxsplit=1)[-1]

    def name(self, mention: Mention) -> str:
        """A printed body's name, an acronym spelt out."""
        if mention.is_partial and mention.text not in self._shorts:
            lowered = mention.text.lower()
            recent = (name for name in self._lately.latest() if self._initials[name] == lowered)
            return next(recent, mention.text)
        printed = self._shorts.get(mention.text, mention.text)
        return self.longer.get(printed, printed)

    def last(self) -> str:
        """The body named last, governments aside."""
        for name in self._lately.latest():
            if self.kind_of(name) is not ActorType.GOVERNMENT:
                return name
        return self.fallback

    @property
    def passed(self) -> int:
        """How many mentions of bodies were passed so far."""
        return len(self._named)

    def beside(self, kinds: tuple[ActorType, ...]) -> str:
        """The body named before in the same sentence, if a role of these kinds may be of it ("At Y, chair X …")."""
        here = self._named[max(self.sentence_at, len(self._named) - RECENT) :]
        known = (
            name for name in reversed(here) if self._may_be_of(name, kinds) or self.kind_of(name) is ActorType.OTHER
        )
        return next(known, "") or self.headed

    def _may_be_of(self, name: str, kinds: tuple[ActorType, ...]) -> bool:
        kind = self.kind_of(name)
        return kind not in STATE and (kinds[:1] in {(), (ActorType.OTHER,)} or kind in kinds)

    def focal(self, kinds: tuple[ActorType, ...], at: int) -> str:
        """The body whose officer a bare role is ("Finance director X said") behind mention ``at`` of a body.

        The one named near before and named often; of the role's own kind where it has one. Empty where none fits.
        """
        behind = list(dict.fromkeys(reversed(self._all[max(0, at - RECENT) : at])))
        local = {
            name: self.kind_of(name) is ActorType.LOCAL_NHS for name in self._counts if self._may_be_of(name, kinds)
        }
        best = most_in_focus(self._counts, behind, local, is_kind_known=kinds[:1] != (ActorType.OTHER,))
        return best or (self.fallback if self.fallback and self._may_be_of(self.fallback, kinds) else "")

    def first(self) -> str:
        """The body named first in the whole article."""
        return next(iter(self._ahead), "")

    def opposition(self, on: date | None) -> str:
        """The party of a shadow minister on a day, if the article names it; without a day, the only one it names."""
        named = {name for name in self._counts if name in self._vocabulary.party_names}
        held = [era for era in self._vocabulary.oppositions if on is None or era.since <= on < (era.until or date.max)]
        parties = [era.party for era in held if era.party in named]
        return parties[0] if len(set(parties)) == 1 else ""

    def of_place(self, place: str, kinds: tuple[ActorType, ...]) -> str:
        """The body of the article for which a place is short ("Mid Weald"); of several, one that fits the role."""
        named = [name for name in self._counts if name.startswith((place + " ", f"NHS {place} "))]
        fits = [name for name in named if self.kind_of(name) in kinds]
        return next(iter(fits or named), "")

    def first_named(self, word: str) -> str:
        """The body named first whose name ends in a word; empty if there is none."""
        return next((name for name in (*self._ahead, self.fallback) if name.endswith(word)), "")

    def latest(self) -> str:
        """The body named last, of whatever kind; empty if there was none."""
        return self._named[-1] if self._named else ""

    def owner(self, mention: Mention) -> str:
        """The body that stands beside a role or a document."""
        owner = mention.owner
        if owner is None:
            if mention.lead in {"our", "my"}:
                return self.fallback
            return self.meant_by_its(mention.actor_kinds) if mention.lead in {"its", "their"} else ""
        return self.short_form(owner) if owner.kind is MentionKind.BODY else self.name(owner)

    def meant_by_its(self, kinds: tuple[ActorType, ...]) -> str:
        """Whose "its" is: of the bodies of this sentence or the one before, the topic, unless it is a national one.

        A minister's or a permanent secretary's is a government.
        """
        begin = self.sentence_at if len(self._named) > self.sentence_at else self._sentence_before
        near = self._named[max(begin, len(self._named) - RECENT) :]
        if ActorType.GOVERNMENT in kinds:
            return next((name for name in reversed(near) if self.kind_of(name) is ActorType.GOVERNMENT), "")
        topic = self.topics.fresh if near else self.topics.last
        if topic and not self._is_national(topic):
            return topic
        local = (name for name in reversed(near) if not self._is_national(name))
        is_ministry = self.kind_of(topic) is ActorType.GOVERNMENT and kinds
        return next(local, "") or ("" if is_ministry else topic) or self.last()

    def _is_national(self, name: str) -> bool:
        return self.kind_of(name) in {*STATE, ActorType.NATIONAL_BODY}

    def owner_of_role(self, role: Mention) -> str:
        """The body beside a role, inside it ("committee chair"), or whose office it always is."""
        if beside := self.owner(role):
            return beside
        if ActorType.GOVERNMENT in role.actor_kinds:
            return self.office(f"{role.place}'s {role.text}" if role.place else role.text) or self.office(role.text)
        if role.place and (placed := self.of_place(role.place, role.actor_kinds)):
            return placed
        noun = self._vocabulary.body_noun(role.text)
        if noun is None:
            return self.office(role.text)
        inside = role._replace(text=" ".join(noun.words), actor_kinds=noun.kinds, lead="the", owner=None)
        return self.short_form(inside) or self.office(role.text)

    def _government(self) -> str:
        """The government whose ministers the article means; told once, when it is first asked for."""
        if self._own_government is None:
            self._own_government = self._vocabulary.offices_of_state.government_of(self._text)
        return self._own_government

    def office(self, role: str) -> str:
        """The body to which a role belongs though none is printed."""
        offices = self._vocabulary.offices_of_state
        return offices.house_of(role, self._government) or offices.body_of(role.lower(), self._government)

    def short_form(self, mention: Mention) -> str:
        """The body that "the union" or "the Confederation" stands for; empty if none fits."""
        if mention.owner:
            return self.owner(mention)
        if mention.text[0].isupper():
            return self._qualified(mention)
        noun, kinds = body_key(mention.text), mention.actor_kinds
        if mention.lead in INDEFINITE:
            return next((name for name in self._ahead if noun in body_key(name)), "")
        if self.fallback and noun in body_key(self.fallback).split(" "):
            return self.fallback
        return self._named_for(noun, kinds) or self._named_ahead(noun, kinds)

    def _named_for(self, noun: str, kinds: tuple[ActorType, ...]) -> str:
        """Of the bodies named lately one that is called by the noun, else one of its kind."""
        recent = list(self._lately.latest())
        for name in recent:
            if noun in body_key(name) or (len(noun) <= MAX_INITIALS and self._initials[name].endswith(noun)):
                return name
        of_kind = (name for name in recent if self.kind_of(name) in kinds and not self._is_other_kind(name, noun))
        return next(of_kind, "")

    def _named_ahead(self, noun: str, kinds: tuple[ActorType, ...]) -> str:
        """The publisher, or where nothing was named before, a body named later; else the noun's own office."""
        if self.fallback and self.kind_of(self.fallback) in kinds:
            return self.fallback
        recent = next(self._lately.latest(), "")
        if recent:
            return self.office(noun) if kinds else recent
        ahead = [name for name in self._ahead if self.kind_of(name) in kinds]
        called = (name for name in ahead if noun in body_key(name))
        return next(called, "") or next(iter(ahead), "") or self.office(noun)

    def _qualified(self, short: Mention) -> str:
        """The body whose name holds the place of a short form ("the North Wolds partnership"); else the short form."""
        place = (short.place or short.text.rsplit(" ", 1)[0]).lower()
        named = [name for name in chain(self._lately.latest(), self._ahead) if place in name.lower() and " " in name]
        kinds = short.actor_kinds
        fits = (name for name in named if not kinds or self.kind_of(name) in kinds)
        return next(fits, "") or capitalised(short.text)
