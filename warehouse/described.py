"""What a warehouse knows of a person who is to be forgotten, and what tells others apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.forgetting import Description, name_parts, words_of
from warehouse.actors import ActorError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class NamedAs:
    """A name under which somebody was heard, and for whom he or she spoke."""

    person: str
    organisation: str
    scope: str
    persona_id: str
    is_theirs: bool
    """Whether it is the person's who is asked for; else somebody's who has the same surname."""


def describe(
    warehouse: Warehouse, actor_id: str, names: Sequence[str], variants: Mapping[str, Sequence[str]]
) -> Description:
    """Everything that an order to forget an actor, or who has one of these names, is drawn up from.

    Args:
        warehouse: where they were heard.
        actor_id: the actor; empty for somebody who is only named in texts.
        names: other names to forget.
        variants: first name in plain letters -> what else its bearer may be called.

    Raises:
        ActorError: there is no first name and surname among the names.
    """
    heard = warehouse.select("select_named_as", NamedAs, actor_id=actor_id, names=list(names))
    own = [each for each in heard if each.is_theirs]
    printed = sorted({*names, *(each.person for each in own if each.person)})
    parts = [part for part in map(name_parts, printed) if part]
    if not parts:
        raise ActorError(f"{', '.join(printed) or actor_id}: is no first name and surname; give the whole name")
    whole = {(first[0], " ".join(surname)) for first, surname in parts}
    others = [(each, part) for each in heard if not each.is_theirs and (part := name_parts(each.person))]
    last = {surname for _, surname in whole}
    rivals = [each for each, (first, surname) in others if (first[0], " ".join(surname)) in whole]
    if rivals and not actor_id:
        raise ActorError(f"{', '.join(names)}: somebody of that name spoke; give the actor, without --mentioned")
    namesakes = {first[0] for _, (first, surname) in others if " ".join(surname) in last} - {f for f, _ in whole}
    words = sorted({word for first, surname in parts for word in (*first, *surname)})
    return Description(
        names=printed,
        variants=variants,
        persona_ids=[each.persona_id for each in own],
        bodies=_bodies(own),
        namesakes=namesakes,
        other_bodies=_bodies(rivals),
        ordinary={str(word) for (word,) in warehouse.execute("select_ordinary_words", words=words)},
        is_shared=bool(rivals),
    )


def _bodies(heard: Sequence[NamedAs]) -> list[str]:
    found = {text.lstrip("~") for each in heard for text in (each.organisation, each.scope)}
    return sorted(text for text in found - {"known", "state", "organisation"} if words_of(text))
