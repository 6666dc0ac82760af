"""What was carried over on a restore stays in step with its articles, whatever becomes of them afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.warehouse.outgoing import due, finish
from tests.warehouse.recount import STALE, drifted
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, at, open_timeline, page, rule, words
from warehouse.articles import store_articles
from warehouse.copies import write_copy
from warehouse.database import Warehouse
from warehouse.inspection import inspect_file
from warehouse.restoring import restore

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 9, 1, tzinfo=UTC)


def tell(timeline: Timeline) -> None:
    """Have a page change a side, and send what is owed."""
    timeline.store(page("b", 2, Said(PEAKE, "central", words(2))))
    timeline.analyse()
    timeline.detect(rule())
    for message in due(timeline, 61):
        finish(timeline, message, "sent", "sent")


def test_an_article_that_the_copy_knows_under_another_headline(tmp_path: Path) -> None:
    """The copy was made behind a restore; its article was edited since, and has no words any more."""
    with open_timeline(tmp_path) as timeline:
        path = timeline.warehouse.path
        write_copy(timeline.warehouse, tmp_path / "empty.duckdb")
        timeline.read(page("x", 1, Said(TARN, "local", words(7))))
        tell(timeline)
    restore(path, tmp_path / "empty.duckdb", NOW)
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        write_copy(timeline.warehouse, tmp_path / "copy.duckdb")
        edited = page("b", 2, opening="All else is gone.")
        timeline.pages = {"b": edited, "x": page("x", 1, Said(TARN, "local", words(7)))}
        store_articles(timeline.warehouse, at(62), [replace(edited.row(), title="Edited headline")], [])
        timeline.analyse()
        timeline.detect()
    restore(path, tmp_path / "copy.duckdb", NOW)
    assert [each for each in inspect_file(path, tmp_path) if not each.is_sound] == []
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        assert timeline.query(STALE) == []
        assert ("Edited headline",) in timeline.query("SELECT title FROM store.statements")


def test_words_before_that_are_not_found_again(tmp_path: Path) -> None:
    """The event still tells where the earlier side was printed."""
    with open_timeline(tmp_path) as timeline:
        path = timeline.warehouse.path
        write_copy(timeline.warehouse, tmp_path / "copy.duckdb")
        first = page("a", 1, Said(PEAKE, "local", words(1)))
        timeline.read(first)
        tell(timeline)
    restore(path, tmp_path / "copy.duckdb", NOW)
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        timeline.pages = {"a": replace(first, found=()), "b": page("b", 2, Said(PEAKE, "central", words(2)))}
        timeline.analyse("engine-2")
        timeline.detect()
        earlier = "SELECT previous_url, previous_publisher FROM stance_events WHERE article_id = 'b'"
        assert timeline.query(earlier) == [("https://post.example/a", "Valley Post")]
        assert drifted(timeline) == []
