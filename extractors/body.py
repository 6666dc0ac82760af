"""The organisations of one article: their acronyms, which was named last, and what "the union" stands for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from extractors.identity import body_key
from extractors.mention import INDEFINITE, Mention, MentionKind
from extractors.records import STATE, ActorType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.vocabulary import Vocabulary

OWN_NOUNS = frozenset({"trust", "board", "icb", "ics", "system", "group", "ccg", "practice", "surgery", "network"})
NEARNESS = (2.4, 1.6, 1.4, 1.2, 1.0, 0.6, 0.4)
"""What it counts for a body to be the one named last, the one before, and so on."""
FREQUENCY, MAX_COUNT, LEAST_FOCUS, LEAST_OWN = 0.4, 6, 0.9, 0.3
SITE, SITES = 0.7, frozenset({"Hospital", "Infirmary", "Hospitals"})
"""What it counts against a body that it is named as a site; its trust is meant."""
NEIGHBOURLY = 1.0
"""What it counts for a local body: the officers of national ones are introduced with their body."""
MAX_INITIALS = 4
RECENT = 60
"""Mentions looked back on for a short form or a pronoun; keeps hostile texts linear."""
MAX_BODIES = 200
"""Bodies of an article, the ones named most, among which an officer's is looked for; keeps hostile texts linear."""


class Passed:
    """Names in the order in which they were passed; looks back on the last ``RECENT`` of them only."""

    def __init__(self) -> None:
        self._last_at: dict[str, int] = {}
        self._count = 0

    def note(self, name: str) -> None:
        """Pass a name, once more or for the first time."""
        self._last_at.pop(name, None)  # so that the names stay in the order of their last passing
        self._last_at[name] = self._count
        self._count += 1

    def clear(self) -> None:
        """Forget all names."""
        self._last_at.clear()

    def __contains__(self, name: str) -> bool:
        return name in self._last_at

    def latest(self) -> Iterator[str]:
        """The names passed lately, each once, the last one first."""
        for name, at in reversed(self._last_at.items()):
            if at < self._count - RECENT:
                return
            yield name


class Bodies:
    """Organisations as they are met on the way through an article.

    ``headed`` is the body whose name is the heading of the section being read; ``fallback`` is the publisher, where it
    is a body that can speak; ``outlet`` an outlet, which cannot; ``text`` is the whole article, from which it is told
    whose ministers it means where it does not say.
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
        self._topic = ""
        self._issuers: dict[str, str] = {}
        self.sentence_at = 0
        self.headed = ""

    def meet(self, mention: Mention) -> None:
        """Learn a body's acronym, and note the body."""
        if mention.short:
            self._shorts[mention.short] = mention.text
        self.see(mention)

    def restart(self) -> None:
        """Begin the second reading: what was met lies ahead now."""
        self._ahead = tuple(dict.fromkeys(self._named[:RECENT]))
        self._all, self._named = self._named, []
        self._lately.clear()
        counts = Counter(self._all)
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
        body = self.owner(document)
        for word in document.text.lower().split():
            if body and word in self._vocabulary.documents:
                self._issuers.setdefault(word, body)

    def issuer(self, document: Mention) -> str:
        """The body that issued a document named without it: as printed earlier, else the one named last."""
        words = document.text.lower().split()
        known = (self._issuers[word] for word in words if word in self._issuers)
        authored = next(iter(self._issuers.values()), "") if "authors" in words else ""
        return next(known, "") or authored or self.last()

    def see_topic(self, mention: Mention) -> None:
        """Note the body that a sentence is about: what a following "its" means."""
        self.see(mention)
        self._topic = self.latest()

    def begin_sentence(self) -> None:
        """Note that what is named from here on stands in one sentence."""
        self.sentence_at = len(self._named)

    def _is_other_kind(self, name: str) -> bool:
        """Whether a local body is named for what it is, so that another noun cannot mean it ("the practice")."""
        is_local = self._vocabulary.kind_of_body(name) is ActorType.LOCAL_NHS
        return is_local and name.lower().split()[-1] in OWN_NOUNS

    def name(self, mention: Mention) -> str:
        """A printed body's name, an acronym spelt out."""
        if mention.is_partial and mention.text not in self._shorts:
            lowered = mention.text.lower()
            recent = (name for name in self._lately.latest() if self._initials[name] == lowered)
            return next(recent, mention.text)
        return self._shorts.get(mention.text, mention.text)

    def last(self) -> str:
        """The body named last, governments aside."""
        for name in self._lately.latest():
            if self._vocabulary.kind_of_body(name) is not ActorType.GOVERNMENT:
                return name
        return self.fallback

    @property
    def passed(self) -> int:
        """How many mentions of bodies were passed so far."""
        return len(self._named)

    def beside(self, kinds: tuple[ActorType, ...]) -> str:
        """The body named before in the same sentence, if a role of these kinds may be of it ("At Y, chair X …")."""
        here = self._named[max(self.sentence_at, len(self._named) - RECENT) :]
        known = (name for name in reversed(here) if self._may_be_of(name, kinds) or self._is_unknown(name))
        return next(known, "") or self.headed

    def _is_unknown(self, name: str) -> bool:
        return self._vocabulary.kind_of_body(name) is ActorType.OTHER

    def _may_be_of(self, name: str, kinds: tuple[ActorType, ...]) -> bool:
        kind = self._vocabulary.kind_of_body(name)
        return kind not in STATE and (kinds[:1] in {(), (ActorType.OTHER,)} or kind in kinds)

    def focal(self, kinds: tuple[ActorType, ...], at: int) -> str:
        """The body whose officer a bare role is ("Finance director X said") behind mention ``at`` of a body.

        The one named near before and named often; of the role's own kind where it has one. Empty where none fits.
        """
        best, best_score = "", LEAST_FOCUS
        behind = list(dict.fromkeys(reversed(self._all[max(0, at - RECENT) : at])))
        for name, count in self._counts.items():
            if not self._may_be_of(name, kinds):
                continue
            near = NEARNESS[min(behind.index(name), len(NEARNESS) - 1)] if name in behind else 0.0
            score = near + FREQUENCY * min(count, MAX_COUNT) - SITE * (name.split()[-1] in SITES)
            score += NEIGHBOURLY * (self._vocabulary.kind_of_body(name) is ActorType.LOCAL_NHS)
            if score > best_score or (score > LEAST_OWN and not best and kinds[:1] != (ActorType.OTHER,)):
                best, best_score = name, score
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
        fits = [name for name in named if self._vocabulary.kind_of_body(name) in kinds]
        return next(iter(fits or named), "")

    def first_named(self, word: str) -> str:
        """The body named first whose name ends in a word; empty if there is none."""
        return next((name for name in self._ahead if name.endswith(word)), "")

    def latest(self) -> str:
        """The body named last, of whatever kind; empty if there was none."""
        return self._named[-1] if self._named else ""

    def owner(self, mention: Mention) -> str:
        """The body that stands beside a role or a document."""
        owner = mention.owner
        if owner is None:
            if mention.lead in {"our", "my"}:
                return self.fallback
            return self._topic or self.last() if mention.lead in {"its", "their"} else ""
        return self.short_form(owner) if owner.kind is MentionKind.BODY else self.name(owner)

    def owner_of_role(self, role: Mention) -> str:
        """The body beside a role, inside it ("committee chair"), or whose office it always is."""
        beside = self.owner(role)
        if beside:
            return beside
        if role.place and (placed := self.of_place(role.place, role.actor_kinds)):
            return placed
        noun = self._vocabulary.body_noun(role.text)
        if noun is None:
            return self.office(role.text)
        inside = role._replace(text=noun.words[0], actor_kinds=noun.kinds, lead="the", owner=None)
        return self.short_form(inside) or self.office(role.text)

    def _government(self) -> str:
        """The government whose ministers the article means; told once, when it is first asked for."""
        if self._own_government is None:
            self._own_government = self._vocabulary.offices_of_state.government_of(self._text)
        return self._own_government

    def office(self, role: str) -> str:
        """The body to which a role belongs though none is printed."""
        return self._vocabulary.offices_of_state.body_of(role.lower(), self._government)

    def short_form(self, mention: Mention) -> str:  # noqa: PLR0911  # one return a case, in the order of the cases
        """The body that "the union" or "the Confederation" stands for; empty if none fits."""
        if mention.owner:
            return self.owner(mention)
        if mention.text[0].isupper():
            return self._qualified(mention.text)
        noun, kinds = body_key(mention.text), mention.actor_kinds
        if mention.lead in INDEFINITE:
            return next((name for name in self._ahead if noun in body_key(name)), "")
        recent = list(self._lately.latest())
        for name in recent:
            if noun in body_key(name) or (len(noun) <= MAX_INITIALS and self._initials[name].endswith(noun)):
                return name
        for name in recent:
            if self._vocabulary.kind_of_body(name) in kinds and not self._is_other_kind(name):
                return name
        if self.fallback and self._vocabulary.kind_of_body(self.fallback) in kinds:
            return self.fallback
        if recent:
            return self.office(noun) if kinds else recent[0]
        ahead = [name for name in self._ahead if self._vocabulary.kind_of_body(name) in kinds]
        return (
            next((name for name in ahead if noun in body_key(name)), "") or next(iter(ahead), "") or self.office(noun)
        )

    def _qualified(self, short: str) -> str:
        """The body whose name holds the place of a short form ("the North Wolds partnership"); else the short form."""
        place = short.rsplit(" ", 1)[0].lower()
        named = chain(self._lately.latest(), self._ahead)
        return next((name for name in named if place in name.lower() and " " in name), short)


def initials(name: str) -> str:
    """The lower-case initials of a name's words, small words aside."""
    return "".join(word[0] for word in name.split() if word[0].isupper()).lower()
