"""People of one name, and what a warehouse makes of them."""

from __future__ import annotations

from dataclasses import replace

from extractors.records import ActorType, Speaker
from tests.warehouse.timeline import PEAKE, Said, Timeline, at, page, words
from warehouse.actors import Decision, find_actor, merge_actors, split_actor

VALLEY = replace(PEAKE, organisation="Valley NHS Trust")
HILL = replace(PEAKE, organisation="Hill Quarry Union", actor_type=ActorType.UNION_PROFESSIONAL)
BARE = replace(PEAKE, role="", organisation="", actor_type=ActorType.OTHER)
BOTH = replace(VALLEY, bodies=(HILL.organisation,))
ROSE = replace(PEAKE, person="Rose Peake", organisation="Moor Council", actor_type=ActorType.LOCAL_GOVERNMENT)


def decision(hour: int = 0) -> Decision:
    return Decision("tester", at(70, hour), "as they told us")


def merge(timeline: Timeline, one: str, other: str, hour: int = 0) -> int:
    store = timeline.warehouse
    return merge_actors(store, find_actor(store, one), find_actor(store, other), decision(hour))


def split(timeline: Timeline, one: str, part: str = "", hour: int = 0) -> int:
    return split_actor(timeline.warehouse, find_actor(timeline.warehouse, one), part, decision(hour))


def groups(timeline: Timeline) -> list[list[str]]:
    """The articles of each actor."""
    rows = timeline.query(
        "SELECT list_sort(list(article_id)) FROM statements WHERE actor_id IS NOT NULL GROUP BY actor_id ORDER BY 1"
    )
    return [articles for (articles,) in rows]


def state(timeline: Timeline) -> list[list[tuple[object, ...]]]:
    """All that depends on who is who."""
    return [
        timeline.query("SELECT statement_id, actor_id FROM statements ORDER BY ALL"),
        timeline.query("SELECT * FROM actors ORDER BY ALL"),
        timeline.query("SELECT * EXCLUDE (themes), list_sort(themes) FROM store.positions ORDER BY ALL"),
        timeline.query("SELECT * EXCLUDE (detected_at, run_id) FROM store.events ORDER BY ALL"),
    ]


def kinds(timeline: Timeline) -> list[str]:
    return [event.kind for event in timeline.events()]


def said(speaker: Speaker, number: int, stance: str = "local") -> Said:
    return Said(speaker, stance, words(number))


NAMESAKES = (page("a", 1, said(VALLEY, 1, "central")), page("b", 2, said(HILL, 2)))
