"""Whether what is kept beside the rows it is made of is what these add up to, counted anew as its migration did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.database import FOLDER

if TYPE_CHECKING:
    from tests.warehouse.timeline import Timeline

KEPT = {
    "heard": "store.heard",
    "theme_months": "store.theme_months",
    "told": "store.events",
    "reprints": "store.reprints",
    "standings": "store.standings",
    "history": "store.history",
    "sides": "store.sides",
}
"""Table that the migration fills -> where it lies now."""

PREPARED = (("TABLE", "told_parts"), ("MACRO", "told"), ("TABLE", "held"), ("MACRO", "history"), ("MACRO", "sides"))
"""What the migrations make first, to fill the larger tables part by part."""

PARTS = {"told": "FROM told(0)", "history": "FROM history(0)", "sides": "FROM sides(0, 1)"}
"""Table -> the first part, which holds all that a test has."""

SHOWN = (
    "person", "role", "organisation", "actor_type", "quote", "evidence", "themes", "original_id", "url", "title",
    "publisher", "published_at", "first_seen_at", "previous_url", "previous_publisher", "previous_quote",
)  # fmt: skip

STALE = """
WITH told AS (
    SELECT statement_id, url, publisher, published_at, title, byline, kind, feed_id, story_id, first_seen_at
    FROM store.statements
),
meant AS (
    SELECT
        s.statement_id, a.url, a.publisher, a.published_at, a.title, a.byline, a.kind, a.feed_id, a.story_id,
        a.first_seen_at
    FROM store.statements AS s
    LEFT JOIN store.articles AS a USING (article_id)
)
SELECT t FROM (FROM told EXCEPT ALL FROM meant) AS t
"""
"""Statements that show something of their article that it does not say."""


def drifted(timeline: Timeline) -> list[str]:
    """What is kept and is not what its rows add up to, or the other way round; a row each."""
    steps = ("0018_london", "0015_placed", "0017_history")  # what a later one fills anew is looked for there first
    migrations = "".join((FOLDER / "migrations" / f"{step}.sql").read_text(encoding="utf-8") for step in steps)
    for kind, name in PREPARED:
        timeline.query(f"CREATE OR REPLACE TEMP {kind} {name}" + _after(migrations, f"TEMP {kind} {name}"))
    found = []
    for name, kept in KEPT.items():
        anew = PARTS.get(name) or _after(migrations, f"INSERT INTO store.{name}\n")
        timeline.query(f"CREATE OR REPLACE TEMP TABLE recounted AS FROM {kept} LIMIT 0")
        timeline.query(f"INSERT INTO recounted {anew}")
        for sign, one, other in (("kept only", kept, "recounted"), ("missing", "recounted", kept)):
            rows = timeline.query(f"SELECT t FROM (FROM {one} EXCEPT ALL FROM {other}) AS t")  # noqa: S608 - our tables
            found += [f"{name} {sign}: {row}" for (row,) in rows]
    return found + [f"statements: {row}" for (row,) in timeline.query(STALE)]


def _after(migrations: str, start: str) -> str:
    statement = migrations.partition(start)[2].partition(";")[0]
    return statement.replace("e.*,", f"e.* EXCLUDE ({', '.join(SHOWN)}),")
