"""Who a mention is: from what is printed to a speaker with person, role, organisation and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.holder import best_holder
from extractors.mention import DEFINITE, INDEFINITE, Mention, MentionKind
from extractors.records import STATE, ActorType, Speaker
from extractors.role import NAMELESS, VOICES, is_same_role

if TYPE_CHECKING:
    from extractors.cast import Cast
    from extractors.vocabulary import Vocabulary


class ActorResolver:
    """Resolves the mentions of one article; what stays unclear is left open."""

    def __init__(self, vocabulary: Vocabulary, cast: Cast) -> None:
        self._vocabulary = vocabulary
        self.cast = cast
        self.grounds = ""
        """Why the last mention was resolved as it was."""

    def resolve(  # noqa: PLR0911  # one return a case, in the order of the cases
        self, mention: Mention, last: Speaker | None, printed: str, ahead: tuple[str, ...] | None
    ) -> Speaker | None:
        """The speaker a mention stands for, or None where it is left open.

        ``last`` is the speaker before, ``printed`` the mention's words; ``ahead`` are, for a role in the lead, the
        people named next, and None elsewhere.
        """
        bodies = self.cast.bodies
        self.grounds = f"{mention.kind} “{printed}”"
        if mention.kind is MentionKind.PERSON:
            if body := self.cast.body_called(mention):
                return self._of_body(body)
            name = self.cast.name(mention) or self._first_name(mention)
            return self.of_person(name) if name else None
        if mention.kind is MentionKind.ORGANISATION:
            return self._of_organisation(mention, last)
        if mention.kind is MentionKind.BODY:
            body = bodies.short_form(mention)
            kind = mention.actor_kinds[0] if mention.actor_kinds else ActorType.OTHER
            return self._of_body(body) if body else Speaker("", printed, "", kind)
        if mention.kind is MentionKind.DOCUMENT and mention.owner and mention.owner.kind is MentionKind.PERSON:
            name = self.cast.name(mention.owner)
            return self.of_person(name) if name else None
        if mention.kind is MentionKind.DOCUMENT:
            is_any = mention.lead in INDEFINITE and mention.text.lower() not in VOICES
            body = bodies.owner(mention) or ("" if is_any else bodies.issuer(mention))
            return self._of_body(body) if body else None
        if mention.kind is MentionKind.COLLECTIVE:
            owner = bodies.owner(mention)
            return Speaker("", printed, "", self.cast.bodies.kind_of(owner) if owner else mention.actor_kinds[0])
        if mention.kind is MentionKind.PRONOUN:
            return self._of_pronoun(mention.text, last)
        return self._of_office(mention, last, printed, ahead)

    def _first_name(self, mention: Mention) -> str:
        """The name of a patient of whom the first name alone is printed, if nobody else in the article has it."""
        part = mention.text.lower()
        return mention.text if part in self._vocabulary.first_names and not self.cast.recall.has_first(part) else ""

    def of_person(self, name: str) -> Speaker:
        """The speaker kept under a person's name."""
        member = self.cast.member(name)
        others = tuple(sorted(member.bodies - {member.organisation}))
        kinds = member.kinds
        if not member.organisation and set(kinds) <= {ActorType.OTHER} and "former" not in member.role.lower():
            told = self._vocabulary.kind_of_words(member.role)
            kinds = (told,) if told else kinds
        if set(kinds) <= {ActorType.OTHER} and not member.organisation and name.lower() in self._vocabulary.first_names:
            kinds = (ActorType.PATIENT_VOLUNTARY,)  # of whom the first name alone is printed
        is_guessed = member.is_guessed and member.organisation not in member.bodies
        kind = self._kind(member.organisation, kinds)
        return Speaker(name, member.role, member.organisation, kind, others, is_guessed)

    def of_byline(self, byline: str) -> Speaker:
        """The speaker of a by-line, known to the article or not."""
        return self.of_person(self.cast.admit(byline))

    def of_publisher(self) -> Speaker | None:
        """The body whose own text the article is; None where an outlet prints it."""
        return self._of_body(self.cast.bodies.fallback) if self.cast.bodies.fallback else None

    def of_its(self) -> Speaker | None:
        """The body that "its" means here; None where there is none."""
        body = self.cast.bodies.meant_by_its(())
        return self._of_body(body) if body else None

    def of_reporter(self) -> Speaker | None:
        """The body whose document was named last; None where there is none."""
        return self._of_body(self.cast.bodies.topics.reporter) if self.cast.bodies.topics.reporter else None

    def of_label(self, role: Mention, label: str) -> Speaker | None:
        """The speaker of a label that is an office; one without a body ("Chair") is that of the body first named."""
        speaker = self.resolve(role, None, label, None)
        body = self.cast.bodies.first()
        is_open = speaker is not None and not speaker.has_identity and role.has_body
        return self._of_body(body, role.text) if is_open and body else speaker

    def _of_body(self, name: str, role: str = "") -> Speaker:
        return Speaker("", role, name, self.cast.bodies.kind_of(name))

    def _of_organisation(self, mention: Mention, last: Speaker | None) -> Speaker | None:
        """A body; "the Conservative" is the person who spoke last."""
        name = self.cast.bodies.name(mention)
        if name == self.cast.bodies.outlet:
            return None
        is_member = name in self._vocabulary.party_names and mention.lead == "the"
        return last if is_member and last and last.person else self._of_body(name)

    def _of_office(
        self, mention: Mention, last: Speaker | None, printed: str, ahead: tuple[str, ...] | None
    ) -> Speaker:
        """A role without a name: a body's voice, somebody nameless, or a person known from elsewhere."""
        role, lowered = mention.text, mention.text.lower()
        owner = self.cast.bodies.owner_of_role(mention)
        nameless = Speaker("", printed, "", self._kind_of_nameless(mention, printed))
        if lowered.endswith(VOICES):
            spoke = self.cast.bodies.topics.fresh or (last.organisation if last and not last.person else "")
            owner = owner or ((spoke or self.cast.bodies.last()) if mention.lead else "")
            return self._of_body(owner, role) if owner else nameless
        is_anys = mention.owner is not None and mention.owner.lead in INDEFINITE and ahead is None  # "chair of a trust"
        if lowered.endswith(NAMELESS) or mention.lead in INDEFINITE or lowered.split()[0] in INDEFINITE or is_anys:
            return (None if is_anys else self._of_nameless(mention, last, ahead)) or nameless
        if last and not last.has_identity and mention.lead in DEFINITE and is_same_role(last.role.lower(), lowered):
            return last
        is_open = not owner or mention.is_former
        name = self._holder(mention, owner, last, ahead) or (self._only_person(mention, last) if is_open else "")
        if name:
            return self.of_person(name)
        if last and last.person and is_open and _is_description(mention):
            self.grounds += f" describes {last.person}, who spoke last"
            return last
        return nameless if is_open else Speaker("", role, owner, self._kind(owner, mention.actor_kinds))

    def _of_nameless(self, mention: Mention, last: Speaker | None, ahead: tuple[str, ...] | None) -> Speaker | None:
        """Who "the source" or "an NHS chief" is, if the text tells: the one who spoke last, or somebody named next."""
        lowered = mention.text.lower()
        if mention.lead in DEFINITE and last and lowered.split()[-1] in last.role.lower():
            return last
        named = self.cast.named_ahead(lowered, ahead or ()) if mention.lead in INDEFINITE else ""
        return self.of_person(named) if named else None

    def _holder(self, mention: Mention, owner: str, last: Speaker | None, ahead: tuple[str, ...] | None) -> str:
        """The person who holds a role; in the lead it may be somebody named after it."""
        adopted = self.cast.adopt(mention, owner, ahead) if ahead is not None else ""
        holder = best_holder(self.cast, mention, owner, last.person if last else "", is_lead=ahead is not None)
        is_sure = holder is not None and is_same_role(self.cast.member(holder.name).role.lower(), mention.text.lower())
        if adopted and not is_sure:
            self.grounds += f" is taken for {adopted}, named next without a role"
            return adopted
        if holder:
            self.grounds += f" is {holder.name}: {', '.join(holder.reasons)}"
        return holder.name if holder else ""

    def _only_person(self, mention: Mention, last: Speaker | None) -> str:
        """The one person whom the article names, where "the chief executive" can be nobody else."""
        is_plain = mention.lead == "the" and mention.has_body and not mention.is_former
        return last.person if last and is_plain and self.cast.is_alone(last.person) else ""

    def _kind_of_nameless(self, role: Mention, printed: str) -> ActorType:
        """The kind that a nameless role points to: its body's, the one its words tell, its own; a former one, none."""
        if role.is_former:
            is_minister = ActorType.GOVERNMENT in role.actor_kinds
            return ActorType.PARLIAMENT if is_minister else ActorType.OTHER
        if role.owner and role.owner.kind is MentionKind.ORGANISATION:
            return self.cast.bodies.kind_of(role.owner.text)
        own = role.actor_kinds[0] if role.actor_kinds else ActorType.OTHER
        told = self._vocabulary.kind_of_words(printed)
        return own if own in STATE else told or own

    def _of_pronoun(self, pronoun: str, last: Speaker | None) -> Speaker | None:
        if pronoun == "we":
            return self.of_publisher()
        if pronoun == "they":
            return None if last and self.cast.member(last.person).pronoun else last
        if pronoun == "it":
            latest = self.cast.bodies.subject()
            is_many = last is not None and not last.has_identity and last.role.lower().endswith("s")
            if last is None or last.person or is_many:
                return self._of_body(latest) if latest else None
            topic = self.cast.bodies.topics.fresh
            return self._of_body(topic) if topic and topic != last.organisation else last
        is_single = last is not None and not last.person and not last.role.lower().endswith("s")
        if last and is_single and (not last.organisation or last.role.lower().endswith(VOICES)):
            return last
        name = self.cast.recall.by_pronoun(pronoun, last.person if last else "")
        return self.of_person(name) if name else None

    def _kind(self, organisation: str, kinds: tuple[ActorType, ...]) -> ActorType:
        """A minister or member of parliament by the role, unless the body says otherwise; anybody else by the body."""
        own = kinds[0] if kinds else ActorType.OTHER
        if organisation in self._vocabulary.party_names:
            return own if own in STATE or own is ActorType.LOCAL_GOVERNMENT else ActorType.PARLIAMENT
        if not organisation:
            return own
        body = self.cast.bodies.kind_of(organisation)
        if own is ActorType.UNION_PROFESSIONAL and body in {ActorType.LOCAL_NHS, ActorType.OTHER}:
            return own
        return own if own in STATE and (body in STATE or body is ActorType.OTHER) else body


def _is_description(role: Mention) -> bool:
    """Whether a role tells what somebody named before is besides ("the former miner"), and no office of its own."""
    is_told = role.is_former or role.text.lower().startswith("retired ")
    return role.lead == "the" and role.owner is None and is_told
