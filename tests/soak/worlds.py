"""Two warehouses held against each other, row by row over the views that are a contract, but for what must differ."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.soak.house import House

LATE: Final = "when we saw it: later where a trouble lay between"
TOLD: Final = "which message told it: what came late goes into a later digest"
OTHER: Final[dict[str, dict[str, str]]] = {
    "actor_positions": {},
    "actors": {},
    "agreements": {},
    "alerts": {
        "created_at": LATE,
        "sent_at": LATE,
        "message_id": TOLD,
        "hold_reason": TOLD,
        "status": "sent or, where a sink took it and did not say so, unknown",
    },
    "articles": {"first_seen_at": LATE, "fetched_at": LATE},
    "corrections": {},
    "event_changes": {"changed_at": LATE, "run_id": "runs have ids of their own"},
    "organisations": {},
    "removed_statements": {"removed_at": LATE, "removed_on": LATE},
    "reviews": {},
    "revisions": {"fetched_at": LATE, "replaced_at": LATE},
    "second_opinions": {},
    "seed_echoes": {},
    "stance_events": {"detected_at": LATE, "first_seen_at": LATE},
    "stance_history": {"first_seen_at": LATE},
    "statements": {"first_seen_at": LATE},
    "stories": {"first_seen_at": LATE},
    "theme_positions": {},
    "theme_trends": {},
    "themes": {},
}
"""The views that are compared: which of their columns may differ, and why."""
LEFT_OUT: Final = {
    "arrivals": "no destination has a probe",
    "deliveries": "attempts: more where sinks fail; what arrived is counted message by message",
    "drops": "what broken documents lost at one poll and brought at another",
    "feed_health": "how asking went, and when it is due again",
    "feeds": "likewise",
    "fetches": "requests: those of the faults, and the older ones forgotten by upkeep",
    "messages": "which digest an alert fell into; counted message by message",
    "runs": "the runs themselves",
    "troubles": "what the operator is told of runs, feeds and disk: the faults",
}
"""The views that are not compared, and why."""


def differences(calm: House, rough: House) -> tuple[int, list[str]]:
    """How many rows were compared, and a line for each view that differs."""
    views = {
        str(name)
        for (name,) in calm.rows("SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal")
    }
    wrongs = [
        f"the view {name} is neither compared nor left out" for name in sorted(views - OTHER.keys() - LEFT_OUT.keys())
    ]
    compared = 0
    for view, apart in OTHER.items():
        without = f" EXCLUDE ({', '.join(apart)})" if apart else ""
        sql = f"SELECT *{without} FROM {view}"  # noqa: S608 - our own names
        one, other = (Counter(map(repr, house.rows(sql))) for house in (calm, rough))
        compared += one.total()
        if one != other:
            missing, added = one - other, other - one
            example = next(iter(missing or added))[:600]
            wrongs.append(f"{view}: {missing.total()} rows are missing, {added.total()} are others, such as {example}")
    return compared, wrongs
