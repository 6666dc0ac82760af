"""No view and no question of the cookbook has a plan that compares all rows of one side with all of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warehouse.cookbook import load_recipes

if TYPE_CHECKING:
    from tests.warehouse.timeline import Timeline

PAIRWISE = re.compile(r"CROSS_PRODUCT|BLOCKWISE_NL_JOIN|NESTED_LOOP_JOIN|PIECEWISE_MERGE_JOIN|IE_JOIN")
ONE_MOMENT = "the moment of the newest article or run, a single row, with everything"
ONE_NAME = "the one or two names that are asked for with everything"
SEEDS = "the statements of the seeds, some hundreds however long the history, with everything"
BODIES = "the organisations with each other, three masks each, and all of them with a single row"
EDITS = (
    "an as-of join of so few rows that DuckDB compares them one by one (asof_loop_join_threshold, 64), with the edited"
)
EXPECTED = {
    "agreements": BODIES,
    "who-agrees-with": BODIES,
    "who-opposes-whom": BODIES,
    "who-changed-sides": ONE_MOMENT,
    "gone-silent": ONE_MOMENT,
    "quotes-of-the-week": ONE_MOMENT,
    "what-is-new": ONE_MOMENT,
    "compare-two": ONE_NAME,
    "timeline-of-one": ONE_NAME,
    "where-one-stands": ONE_NAME,
    "seed_echoes": SEEDS,
    "what-the-seeds-said": SEEDS,
    "revisions": EDITS,
    "edited-pages": EDITS,
}
"""What may compare so -> what it compares."""


def test_no_plan_grows_with_the_square(timeline: Timeline) -> None:
    views = [str(name) for (name,) in timeline.query("SELECT view_name FROM duckdb_views() WHERE NOT internal")]
    asked = {name: f"FROM main.{name}" for name in views} | {one.name: one.plain_sql for one in load_recipes()}
    found = {name for name, sql in asked.items() if PAIRWISE.search(plan(timeline, sql))}
    assert found <= set(EXPECTED)


def plan(timeline: Timeline, sql: str) -> str:
    """How DuckDB would answer."""
    return str(timeline.query(f"EXPLAIN {sql}")[0][1])
