"""Edits are kept with what they changed; a new headline alone is shown at once and makes no revision."""

from __future__ import annotations

from dataclasses import replace

from tests.warehouse.feed_rows import entry, feed, poll
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, at, page, words
from warehouse.articles import ReadBatch, ReadOutcome, record_reads, select_entries_to_read, store_articles
from warehouse.polls import sync_feeds

LOCAL, CENTRAL = Said(PEAKE, "local", words(1)), Said(TARN, "central", words(2))


def test_each_revision_tells_what_it_changed(timeline: Timeline) -> None:
    first = page("a", 1, LOCAL)
    second = replace(first, said=(LOCAL, CENTRAL), opening="It rained.", fetched_at=at(2))
    third = replace(second, said=(CENTRAL,), fetched_at=at(3))
    for each in (first, second, third):
        timeline.read(each)
    rows = timeline.query(
        "SELECT revision, url, publisher, title, text, fetched_at, replaced_at, added, removed FROM revisions"
        " ORDER BY revision"
    )
    named = ("https://post.example/a", "Valley Post", "Title of a")
    quoted, other = f"“{LOCAL.text}” said Rosalind Peake.", f"“{CENTRAL.text}” said Ossian Tarn."
    assert rows == [
        (1, *named, first.text, at(1, 10), at(2), [], []),
        (2, *named, second.text, at(2), at(3), ["It rained.", other], [first.opening]),
        (3, *named, third.text, at(3), None, [], [quoted]),
    ]


def test_edits_raise_no_event_again(timeline: Timeline) -> None:
    first = page("a", 1, LOCAL, CENTRAL)
    timeline.read(first)
    before = timeline.events()
    timeline.read(replace(first, opening="It rained.", fetched_at=at(2)))
    timeline.read(replace(first, said=(CENTRAL, LOCAL), opening="It rained.", fetched_at=at(3)))
    assert timeline.events() == before
    assert [event.kind for event in before] == ["first", "first"]
    assert timeline.query("SELECT count(*) FROM revisions") == [(3,)]
    assert timeline.query("SELECT count(*) FROM statements") == [(2,)]


def test_a_new_headline_is_shown_and_makes_no_revision(timeline: Timeline) -> None:
    first = page("a", 1, LOCAL)
    timeline.read(first)
    row = replace(first.row(), title="Another headline", url="https://post.example/moved")
    assert store_articles(timeline.warehouse, at(2), [row], []) == {"articles_new": 0, "articles_edited": 0}
    assert timeline.query("SELECT title, url, revision FROM articles") == [
        ("Another headline", "https://post.example/moved", 1)
    ]
    assert timeline.analyse() == 0
    assert store_articles(timeline.warehouse, at(2), [replace(row, title="")], [])["articles_edited"] == 0
    assert timeline.query("SELECT title FROM articles") == [("Another headline",)]


def test_a_seed_keeps_its_headline_when_a_feed_brings_it_too(timeline: Timeline) -> None:
    timeline.store(page("a", 1, LOCAL, kind="seed"))
    timeline.store(replace(page("a", 1, LOCAL), opening="The board met in the old pump room on Monday."))
    assert timeline.query("SELECT kind, title FROM articles") == [("seed", "Title of a")]


def test_a_headline_changes_with_its_feed_though_the_page_does_not(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [feed("post")])
    poll(timeline.warehouse, entry("post", "a", guid="id-1"))
    (waiting,) = select_entries_to_read(timeline.warehouse, at(1), 10)
    read = ReadOutcome(waiting.entry_id, "read", "", 1, None, '"e"', "", "a")
    record_reads(timeline.warehouse, "run", at(1), ReadBatch([read], [page("a", 1, LOCAL).row()], [], []))
    poll(timeline.warehouse, entry("post", "a", guid="id-1", title="Corrected", content_hash="x"), day=2)
    (again,) = select_entries_to_read(timeline.warehouse, at(2), 10)
    assert again.article_id == "a"
    record_reads(timeline.warehouse, "run", at(2), ReadBatch([replace(read, article_id=None)], [], [], []))
    assert timeline.query("SELECT title, revision FROM articles") == [("Corrected", 1)]
