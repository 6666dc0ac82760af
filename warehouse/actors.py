"""Actors across articles: which personas are one person, as articles show it and analysts decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, product
from typing import TYPE_CHECKING

from extractors.identity import content_id
from extractors.persona import name_key
from warehouse.database import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warehouse.database import Warehouse


class ActorError(RequestError):
    """A reference leads to no actor or to several, or there is nothing to decide; one line says what to write."""


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """A name in a circle; ``name``, ``surname`` and ``first_names`` are in lower case."""

    persona_id: str
    name: str
    scope: str
    surname: str
    first_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieRow:
    """Two personas that one article prints as one person."""

    article_id: str
    persona_id: str
    other_id: str


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A part of a decision: ``kind`` is merge or split; without ``other_id``, split from everybody."""

    verdict_id: str
    kind: str
    persona_id: str
    other_id: str | None
    decided_by: str
    decided_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides, when, and why."""

    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Referent:
    """The actor that a reference means, as people call it."""

    actor_id: str
    who: str


@dataclass(frozen=True, slots=True)
class PersonaOfActor:
    """A persona of an actor: whether a circle places it, and whether a reference means it."""

    persona_id: str
    is_placed: bool
    is_meant: bool


def resolve_actors(warehouse: Warehouse) -> int:
    """Resolve the touched personas, inside the caller's transaction; returns how many statements changed hands."""
    warehouse.execute("resolve_actors")
    warehouse.execute("update_personas")
    ((moved,),) = warehouse.execute("update_statement_actors")
    warehouse.execute("reopen_articles")
    return int(moved)


def find_actor(warehouse: Warehouse, key: str) -> Referent:
    """The one actor that ``key`` means: an id or the start of one, a name, or "Name (Organisation)".

    Raises:
        ActorError: none has it, or several.
    """
    found = warehouse.select("find_personas", Referent, key=key.strip(), name=name_key(key))
    if not found:
        raise ActorError(f"no actor {key!r}; see `stancewatch actors list`")
    if len(found) > 1:
        told = ", ".join(f"{each.actor_id} {each.who}" for each in found[:5])
        raise ActorError(f"{key!r} may be {told}{', …' if len(found) > len(found[:5]) else ''}; give an id")
    return found[0]


def merge_actors(warehouse: Warehouse, one: Referent, other: Referent, decision: Decision) -> int:
    """Make two actors one; returns how many statements changed hands.

    Raises:
        ActorError: they are one already.
    """
    if one.actor_id == other.actor_id:
        raise ActorError(f"{one.who} and {other.who} are one actor already: {one.actor_id}")
    first, *others = [*_anchors(warehouse, one), *_anchors(warehouse, other)]
    return _decide(warehouse, "merge", [(first, each) for each in others], decision)


def split_actor(warehouse: Warehouse, one: Referent, key: str, decision: Decision) -> int:
    """Part an actor: with no ``key`` into its personas, else from the persona, organisation or actor it means.

    Raises:
        ActorError: there is nothing to part.
    """
    personas = warehouse.select(
        "select_personas", PersonaOfActor, actor_id=one.actor_id, key=key.strip(), name=name_key(key)
    )
    if not key:
        if len(personas) == 1:
            raise ActorError(f"{one.who} has one persona only; nothing to split")
        ids = [each.persona_id for each in personas]
        return _decide(warehouse, "split", [*((each, None) for each in ids), *combinations(ids, 2)], decision)
    leaving = [each.persona_id for each in personas if each.is_meant]
    staying = [each.persona_id for each in personas if not each.is_meant]
    if leaving and staying:
        alone = [(each, None) for each in leaving[:1] if len(leaving) == 1]
        return _decide(warehouse, "split", [*alone, *product(leaving, staying)], decision)
    if leaving:
        raise ActorError(f"{key!r} is all of {one.who}; nothing to split")
    other = find_actor(warehouse, key)
    if other.actor_id == one.actor_id:
        raise ActorError(f"{key!r} is all of {one.who}; nothing to split")
    return _decide(warehouse, "split", [*product(_anchors(warehouse, one), _anchors(warehouse, other))], decision)


def _anchors(warehouse: Warehouse, actor: Referent) -> list[str]:
    """The personas that an actor is tied by: those with a circle, unless none has one."""
    personas = warehouse.select("select_personas", PersonaOfActor, actor_id=actor.actor_id, key="", name="")
    return [each.persona_id for each in personas if each.is_placed] or [each.persona_id for each in personas]


def _decide(warehouse: Warehouse, kind: str, pairs: Iterable[tuple[str, str | None]], decision: Decision) -> int:
    rows = _rows(kind, list(pairs), decision)
    with warehouse.staged("staged_verdicts", VerdictRow, rows), warehouse.transaction():
        warehouse.execute("insert_verdicts")
        warehouse.execute("touch_decided")
        return resolve_actors(warehouse)


def _rows(kind: str, pairs: Sequence[tuple[str, str | None]], decision: Decision) -> list[VerdictRow]:
    told = (other or "" for pair in pairs for other in pair)
    verdict_id = content_id(kind, decision.at.isoformat(), *told)
    return [VerdictRow(verdict_id, kind, *pair, decision.by, decision.at, decision.note) for pair in pairs]
