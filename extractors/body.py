"""The organisations of one article: their acronyms, which was named last, and what "the union" stands for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.identity import body_key
from extractors.mention import INDEFINITE, Mention, MentionKind
from extractors.records import ActorType

if TYPE_CHECKING:
    from extractors.vocabulary import Vocabulary

OWN_NOUNS = frozenset({"trust", "board", "icb", "ics", "system", "group", "ccg", "practice", "surgery", "network"})
STATE = frozenset({ActorType.GOVERNMENT, ActorType.PARLIAMENT})
NEARNESS = (2.4, 1.6, 1.4, 1.2, 1.0, 0.6, 0.4)
"""What it counts for a body to be the one named last, the one before, and so on."""
FREQUENCY, MAX_COUNT, LEAST_FOCUS, LEAST_OWN = 0.4, 6, 0.9, 0.3
SITE, SITES = 0.7, frozenset({"Hospital", "Infirmary", "Hospitals"})
"""What it counts against a body that it is named as a site; its trust is meant."""
MAX_INITIALS = 4
RECENT = 60
"""Mentions looked back on for a short form or a pronoun; keeps hostile texts linear."""


class Bodies:
    """Organisations as they are met on the way through an article.

    ``fallback`` is the publisher, where it is a body that can speak; ``government`` the one whose ministers the
    article means where it does not say.
    """

    def __init__(self, vocabulary: Vocabulary, fallback: str, government: str) -> None:
        self._vocabulary = vocabulary
        self.fallback = fallback
        self._government = government
        self._shorts: dict[str, str] = {}
        self._named: list[str] = []
        self._ahead: tuple[str, ...] = ()
        self._all: list[str] = []
        self._counts: Counter[str] = Counter()

    def meet(self, mention: Mention) -> None:
        """Learn a body's acronym, and note the body."""
        if mention.short:
            self._shorts[mention.short] = mention.text
        self.see(mention)

    def restart(self) -> None:
        """Begin the second reading: what was met lies ahead now."""
        self._ahead = tuple(dict.fromkeys(self._named[:RECENT]))
        self._all, self._named = self._named, []
        self._counts = Counter(self._all)

    def see(self, mention: Mention) -> None:
        """Note a body as passed; capitals that no text explains are not remembered."""
        name = self.short_form(mention) if mention.kind is MentionKind.BODY else self.name(mention)
        is_known = not mention.is_partial or mention.text in self._shorts
        if name and is_known:
            self._named.append(name)

    def _is_other_kind(self, name: str) -> bool:
        """Whether a local body is named for what it is, so that another noun cannot mean it ("the practice")."""
        is_local = self._vocabulary.kind_of_body(name) is ActorType.LOCAL_NHS
        return is_local and name.lower().split()[-1] in OWN_NOUNS

    def name(self, mention: Mention) -> str:
        """A printed body's name, an acronym spelt out."""
        if mention.is_partial and mention.text not in self._shorts:
            recent = (name for name in reversed(self._named[-RECENT:]) if initials(name) == mention.text.lower())
            return next(recent, mention.text)
        return self._shorts.get(mention.text, mention.text)

    def last(self) -> str:
        """The body named last, governments aside."""
        for name in reversed(self._named[-RECENT:]):
            if self._vocabulary.kind_of_body(name) is not ActorType.GOVERNMENT:
                return name
        return self.fallback

    @property
    def passed(self) -> int:
        """How many mentions of bodies were passed so far."""
        return len(self._named)

    def focal(self, kinds: tuple[ActorType, ...], at: int) -> str:
        """The body whose officer a bare role is ("Finance director X said") behind mention ``at`` of a body.

        The one named near before and named often; of the role's own kind where it has one. Empty where none fits.
        """
        best, best_score = "", LEAST_FOCUS
        behind = list(dict.fromkeys(reversed(self._all[max(0, at - RECENT) : at])))
        for name, count in self._counts.items():
            kind = self._vocabulary.kind_of_body(name)
            if kind in STATE or (kinds[:1] not in {(), (ActorType.OTHER,)} and kind not in kinds):
                continue
            near = NEARNESS[min(behind.index(name), len(NEARNESS) - 1)] if name in behind else 0.0
            score = near + FREQUENCY * min(count, MAX_COUNT) - SITE * (name.split()[-1] in SITES)
            if score > best_score or (score > LEAST_OWN and not best and kinds[:1] != (ActorType.OTHER,)):
                best, best_score = name, score
        if best or not self.fallback:
            return best
        kind = self._vocabulary.kind_of_body(self.fallback)
        return self.fallback if kind not in STATE and (kinds[:1] in {(), (ActorType.OTHER,)} or kind in kinds) else ""

    def first(self) -> str:
        """The body named first in the whole article."""
        return next(iter(self._ahead), "")

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
            return self.last() if mention.lead in {"its", "their"} else ""
        return self.short_form(owner) if owner.kind is MentionKind.BODY else self.name(owner)

    def owner_of_role(self, role: Mention) -> str:
        """The body beside a role, inside it ("committee chair"), or whose office it always is."""
        beside = self.owner(role)
        if beside:
            return beside
        noun = self._vocabulary.body_noun(role.text)
        if noun is None:
            return self.office(role.text)
        inside = replace(role, text=noun.words[0], actor_kinds=noun.kinds, lead="the", owner=None)
        return self.short_form(inside) or self.office(role.text)

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
        recent = self._named[-RECENT:]
        for name in reversed(recent):
            if noun in body_key(name) or (len(noun) <= MAX_INITIALS and initials(name).endswith(noun)):
                return name
        for name in reversed(recent):
            if self._vocabulary.kind_of_body(name) in kinds and not self._is_other_kind(name):
                return name
        if self.fallback and self._vocabulary.kind_of_body(self.fallback) in kinds:
            return self.fallback
        if recent:
            return self.office(noun) if kinds else recent[-1]
        ahead = [name for name in self._ahead if self._vocabulary.kind_of_body(name) in kinds]
        return (
            next((name for name in ahead if noun in body_key(name)), "") or next(iter(ahead), "") or self.office(noun)
        )

    def _qualified(self, short: str) -> str:
        """The body whose name holds the place of a short form ("the North Wolds partnership"); else the short form."""
        place = short.rsplit(" ", 1)[0].lower()
        named = (*reversed(self._named[-RECENT:]), *self._ahead)
        return next((name for name in named if place in name.lower() and " " in name), short)


def initials(name: str) -> str:
    """The lower-case initials of a name's words, small words aside."""
    return "".join(word[0] for word in name.split() if word[0].isupper()).lower()
