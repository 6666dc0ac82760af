"""A file whose actors are hashes of names keeps them, and its alerts, when its names are placed in circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from extractors.identity import content_id
from extractors.records import ActorType, Speaker
from tests.warehouse.timeline import PEAKE, UNION, Said, Timeline, open_timeline, page, rule, words
from warehouse.database import Warehouse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PERSON = content_id("person", PEAKE.person.casefold())
BODY = content_id("organisation", UNION.organisation.casefold())
NAMESAKE = Speaker(PEAKE.person, "", "Hill Quarry Union", ActorType.UNION_PROFESSIONAL)
AS_IT_WAS = """
DROP VIEW main.actors;
DROP VIEW main.second_opinions;
DROP TABLE store.opinions;
ALTER TABLE store.statements DROP COLUMN question_id;
DROP TABLE store.personas;
DROP TABLE store.persona_ties;
DROP TABLE store.actor_verdicts;
ALTER TABLE store.statements DROP COLUMN persona_id;
ALTER TABLE store.statements DROP COLUMN settled_at;
ALTER TABLE store.statements DROP COLUMN settled_actor_id;
CREATE TABLE store.former AS
SELECT
    event_id, kind, actor_id, article_id, statement_id, stance, confidence, previous_statement_id, previous_article_id,
    previous_stance, previous_at, new_themes, detected_at, run_id, model_version
FROM store.events;
DROP TABLE store.events;
ALTER TABLE store.former RENAME TO events;
DROP TABLE store.heard;
DROP TABLE store.theme_months;
DROP TABLE store.reprints;
DROP TABLE store.standings;
DROP TABLE store.history;
DROP TABLE store.sides;
DELETE FROM store.migrations WHERE name IN ('0003_actors', '0004_opinions', '0015_placed', '0017_history');
"""
NAMED = "UPDATE store.statements SET actor_id = CASE WHEN person = '' THEN $body ELSE $person END"
FOLLOWED = """
UPDATE store.positions AS p SET actor_id = s.actor_id FROM store.statements AS s WHERE s.statement_id = p.statement_id;
UPDATE store.events AS e SET actor_id = s.actor_id FROM store.statements AS s WHERE s.statement_id = e.statement_id;
"""
IDS = "SELECT actor_id FROM statements ORDER BY article_id"
STRAY = "SELECT count(*) FROM store.{} JOIN store.statements AS s USING (statement_id) WHERE s.actor_id <> {}.actor_id"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Timeline]:
    """A file of the shape before, brought up to date."""
    with open_timeline(tmp_path, "old") as timeline:
        timeline.store(
            page("a", 1, Said(PEAKE, "central", words(1))),
            page("b", 2, Said(PEAKE, "local", words(2))),
            page("c", 3, Said(UNION, "local", words(3))),
        )
        timeline.analyse()
        timeline.detect(rule())
        pages = timeline.pages
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        connection.execute(AS_IT_WAS)
        connection.execute(NAMED, {"body": BODY, "person": PERSON})
        connection.execute(FOLLOWED)
    with Warehouse.open(tmp_path / "old.duckdb") as warehouse:
        opened = Timeline(warehouse)
        opened.pages, opened.runs = pages, 1
        yield opened


def test_actors_of_old_stay_until_they_are_read_anew(old: Timeline) -> None:
    assert old.query(IDS) == [(PERSON,), (PERSON,), (BODY,)]
    assert old.query("SELECT person, organisation, statements, is_doubtful FROM actors ORDER BY 1") == [
        ("", UNION.organisation, 1, False),
        (PEAKE.person, PEAKE.organisation, 2, False),
    ]
    assert old.detect(rule()) == {"alerts": 0}
    assert [event.kind for event in old.events()] == ["first", "shift", "first"]


def test_reading_anew_places_them_silently(old: Timeline) -> None:
    alerts, events = old.table("store.alerts"), old.events()
    assert old.analyse("engine-2") == 3
    assert old.detect(rule()) == {"alerts": 0}
    found = old.query(IDS)
    assert found[0] == found[1] != (PERSON,)
    assert found[2] == (BODY,)
    for table in ("events", "positions"):
        assert old.query(STRAY.format(table, table)) == [(0,)]
    assert (old.table("store.alerts"), old.events()) == (alerts, events)


def test_a_namesake_that_comes_before_they_are_read_anew_is_not_theirs(old: Timeline) -> None:
    """The old name has no circle: for a while it is the namesake's, until its own is known."""
    old.store(page("d", 4, Said(NAMESAKE, "central", words(4))))
    old.analyse("engine-2")
    old.detect(rule())
    assert old.query("SELECT organisation, statements, is_doubtful FROM actors WHERE person <> '' ORDER BY 1") == [
        ("Hill Quarry Union", 1, True),
        ("Valley Hospitals Group", 2, True),
    ]
    assert [event.kind for event in old.events()] == ["first", "shift", "first", "first"]
