"""What `stancewatch actors merge` and `split` do: decide who is who, and tell the history anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from flows.analyse import detect_stances
from flows.environment import analyst_of
from flows.pipeline import publish_snapshot
from flows.run import WAIT_SECONDS, open_run
from flows.settings import load_settings
from warehouse.actors import Decision, Referent, find_actor, merge_actors, split_actor

if TYPE_CHECKING:
    from flows.run import Run


def merge_two(one: str, other: str, note: str) -> str:
    """Make two actors one and tell their history anew; returns what changed, in one line.

    Raises:
        ActorError: a reference leads to no actor or to several, or they are one already.
    """
    return asyncio.run(_merge(one, other, note))


def split_one(one: str, part: str, note: str) -> str:
    """Part an actor and tell the history anew; returns what changed, in one line.

    Raises:
        ActorError: a reference leads to no actor or to several, or there is nothing to part.
    """
    return asyncio.run(_split(one, part, note))


async def _merge(one: str, other: str, note: str) -> str:
    async with open_run(load_settings(), "actors", wait_seconds=WAIT_SECONDS) as run:
        first, second = find_actor(run.warehouse, one), find_actor(run.warehouse, other)
        moved = merge_actors(run.warehouse, first, second, decision_of(run, note))
        changed = await _settle(run, moved)
    return f"{_tell(first)} and {_tell(second)} are one actor; {changed}"


async def _split(one: str, part: str, note: str) -> str:
    async with open_run(load_settings(), "actors", wait_seconds=WAIT_SECONDS) as run:
        actor = find_actor(run.warehouse, one)
        moved = split_actor(run.warehouse, actor, part, decision_of(run, note))
        changed = await _settle(run, moved)
    parted = f"{part} is kept apart from {_tell(actor)}" if part else f"{_tell(actor)} is parted"
    return f"{parted}; {changed}"


async def _settle(run: Run, moved: int) -> str:
    """Tell the history anew and publish it."""
    await detect_stances(run)
    await publish_snapshot(run)
    told = run.counts["events_rejudged"]
    return f"{count(moved, 'statement')} changed hands, {count(told, 'event')} judged again"


def count(number: int, what: str) -> str:
    """A number of things in words: "1 event", "2 events"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def decision_of(run: Run, note: str) -> Decision:
    """Who decides here and now, and why."""
    return Decision(analyst_of(run.settings.environment), run.now, note)


def _tell(actor: Referent) -> str:
    return f"{actor.who} [{actor.actor_id}]"
