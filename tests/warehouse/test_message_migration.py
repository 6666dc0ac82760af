"""A file whose alerts held the state of their own sending keeps each as it stood when messages take that over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.warehouse.outgoing import due
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, at, open_timeline, page, rule, words
from warehouse.database import Warehouse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AS_IT_WAS = """
DROP TABLE store.messages;
CREATE TABLE store.old AS
SELECT
    alert_id, event_id, rule, destination, replace(timing, 'daily', 'digest') AS timing, status, 0 AS attempts,
    false AS is_repeat, []::VARCHAR[] AS recipients, created_at, NULL::TIMESTAMPTZ AS next_attempt_at
FROM store.alerts;
DROP TABLE store.alerts;
ALTER TABLE store.old RENAME TO alerts;
CREATE TABLE store.digests (
    digest_id VARCHAR NOT NULL, destination VARCHAR NOT NULL, window_start TIMESTAMPTZ NOT NULL,
    window_end TIMESTAMPTZ NOT NULL, created_at TIMESTAMPTZ NOT NULL);
INSERT INTO store.digests VALUES (
    'd1', 'sent digest', '2026-06-01 00:00:00+00', '2026-06-05 00:00:00+00', '2026-06-05 00:00:00+00');
UPDATE store.alerts SET status = CASE
    WHEN destination = 'sent digest' THEN 'sent'
    WHEN destination = 'held digest' THEN 'held'
    ELSE destination END;
UPDATE store.alerts SET attempts = 1, next_attempt_at = '2026-06-09 00:00:00+00', recipients = ['b@example.org']
WHERE status = 'pending';
DELETE FROM store.migrations WHERE name IN ('0008_messages', '0023_wanted') OR name LIKE 'views %';
"""
AT_ONCE = ("pending", "sending", "sent", "unknown", "dead")


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Timeline]:
    """A file of the shape before, with an alert in each state, brought up to date."""
    with open_timeline(tmp_path, "old") as timeline:
        timeline.store(page("a", 1, Said(PEAKE, "local", words(1))))
        timeline.analyse()
        digests = [rule(destination=name, timing="daily") for name in ("sent digest", "held digest")]
        timeline.detect(*(rule(destination=name) for name in AT_ONCE), *digests, now=at(2))
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        connection.execute(AS_IT_WAS)
    with Warehouse.open(tmp_path / "old.duckdb") as warehouse:
        yield Timeline(warehouse)


def test_each_alert_stands_as_it_stood(old: Timeline) -> None:
    found = dict(old.query("SELECT destination, status FROM alerts"))
    assert found == {name: name for name in AT_ONCE} | {"sent digest": "sent", "held digest": "held"}
    assert old.query("SELECT message_id FROM alerts WHERE destination = 'sent digest'") == [("d1",)]
    assert old.query("SELECT DISTINCT timing FROM store.alerts ORDER BY 1") == [("at_once",), ("daily",)]


def test_what_was_owed_is_owed_still(old: Timeline) -> None:
    owed = {message.destination: message for message in due(old, 30)}
    assert {name: message.is_repeat for name, message in owed.items()} == {
        "pending": False,
        "sending": True,
        "unknown": True,
    }
    assert owed["pending"].recipients == ("b@example.org",)
    assert {message.destination for message in due(old, 5)} == {"sending", "unknown"}


def test_news_goes_on_in_it(old: Timeline) -> None:
    old.runs = 7
    old.store(page("b", 40, Said(TARN, "central", words(2))))
    old.pages["a"] = page("a", 1, Said(PEAKE, "local", words(1)))
    old.analyse()
    assert old.detect(rule(destination="desk"))["alerts"] == 1
