"""Which entries are new: by address anywhere, by id within a feed; changed words are read again, a new date is not."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.identity import canonical_url, content_id
from tests.warehouse.feed_rows import entry, feed, outcome, poll
from tests.warehouse.timeline import Timeline, at
from warehouse.polls import PollBatch, record_polls, sync_feeds

NEW, KNOWN, CHANGED = {"entries_new": 1, "entries_changed": 0}, {"entries_new": 0, "entries_changed": 0}, {
    "entries_new": 0,
    "entries_changed": 1,
}  # fmt: skip


@pytest.fixture
def polled(timeline: Timeline) -> Timeline:
    """A feed whose one entry is stored and read."""
    sync_feeds(timeline.warehouse, [feed("post"), feed("gazette")])
    assert poll(timeline.warehouse, entry("post", "a", guid="id-1")) == NEW
    timeline.warehouse._connection.execute("UPDATE store.entries SET state = 'read', attempts = 1")
    return timeline


def stored(timeline: Timeline) -> list[tuple[object, ...]]:
    return timeline.query("SELECT url, state, attempts FROM store.entries ORDER BY url")


KNOWN_AGAIN = (
    entry("post", "a", guid="id-1"),
    entry("post", "a?utm_source=feed&fbclid=x#top", guid="id-1"),
    entry("post", "http://www.post.example/a/", guid="id-1"),
    entry("post", "a", guid="changed"),
    entry("post", "a", guid=""),
    entry("post", "a", guid="id-1", published_at=at(20)),
    entry("post", "a", guid="id-1", published_at=None),
    entry("post", "moved/a", guid="id-1"),
    entry("gazette", "https://post.example/a?utm_campaign=x", guid="other"),
    entry("gazette", "https://post.example/a", guid="other", content_hash="other words"),
)
OTHERS = (
    entry("post", "b", guid="id-2"),
    entry("post", "c"),
    entry("post", "A", guid="id-3"),
    entry("post", "a?page=2", guid="id-4"),
    entry("gazette", "a", guid="id-1"),
)


def test_known_entries(polled: Timeline) -> None:
    for again in KNOWN_AGAIN:
        assert poll(polled.warehouse, again, day=2) == KNOWN, again
    assert stored(polled) == [("https://post.example/moved/a", "read", 1)]


def test_new_entries(polled: Timeline) -> None:
    for other in OTHERS:
        assert poll(polled.warehouse, other, day=2) == NEW, other
    assert len(stored(polled)) == 1 + len(OTHERS)


def test_changed_words_are_read_again_at_the_newest_address(polled: Timeline) -> None:
    polled.warehouse._connection.execute("UPDATE store.entries SET etag = 'of the old address'")
    changed = entry("post", "moved/a", guid="id-1", title="Another title", content_hash="other words")
    assert poll(polled.warehouse, changed, day=2) == CHANGED
    assert stored(polled) == [("https://post.example/moved/a", "waiting", 0)]
    assert polled.query("SELECT title, first_seen_at, etag FROM store.entries") == [("Another title", at(1), "")]


def test_every_address_and_id_that_an_entry_had_leads_to_it(polled: Timeline) -> None:
    for again in (
        entry("post", "moved/a", guid="id-1"),
        entry("post", "moved/a", guid="id-2"),
        entry("post", "moved/again", guid="id-2"),
        entry("gazette", "https://post.example/moved/a", guid="other"),
        entry("gazette", "https://post.example/moved/once-more", guid="other"),
        entry("post", "a", guid="id-3"),
    ):
        assert poll(polled.warehouse, again, day=2) == KNOWN, again
    assert len(stored(polled)) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"published_at": at(9), "title": "Title of a, with more in it"},
        {"published_at": at(1), "title": "Wholly other words"},
        {"published_at": at(9), "title": "Wholly other words", "url": "https://post.example/x-90210"},
    ],
)
def test_an_id_and_one_more_sign_are_enough_for_another_address(timeline: Timeline, more: dict[str, Any]) -> None:
    sync_feeds(timeline.warehouse, [feed("post")])
    assert poll(timeline.warehouse, entry("post", "a-90210", guid="id-1", title="Longer title of a")) == NEW
    address = canonical_url(more.get("url", "https://post.example/b"))
    again = entry("post", "b", guid="id-1", **more, entry_id=content_id(address), canonical_url=address)
    assert poll(timeline.warehouse, again, day=2) == KNOWN


def test_an_entry_dated_anew_is_known_by_its_new_date(polled: Timeline) -> None:
    assert poll(polled.warehouse, entry("post", "a", guid="id-1", published_at=at(5)), day=5) == KNOWN
    moved = entry("post", "b", guid="id-1", published_at=at(5), title="Wholly other words")
    assert poll(polled.warehouse, moved, day=6) == KNOWN
    assert polled.query("SELECT published_at FROM store.entries") == [(at(1),)]


def test_an_id_used_again_for_another_article_is_a_new_entry(polled: Timeline) -> None:
    other = entry("post", "b", guid="id-1", published_at=at(9), title="Wholly other words")
    assert poll(polled.warehouse, other, day=9) == NEW


def test_an_edition_that_is_filed_away_is_new_while_its_old_address_has_the_next(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [feed("post")])
    first = entry("post", "live", guid="monday", title="Live updates of Monday")
    assert poll(timeline.warehouse, first) == NEW
    filed = entry("post", "live/monday", guid="monday", title=first.title, position=1)
    second = entry("post", "live", guid="tuesday", title="Tuesday, live", content_hash="x", published_at=at(2))
    assert poll(timeline.warehouse, second, filed, day=2) == {"entries_new": 1, "entries_changed": 1}
    assert poll(timeline.warehouse, second, filed, day=3) == KNOWN


def test_a_page_that_could_not_be_had_is_tried_at_its_new_address(polled: Timeline) -> None:
    polled.warehouse._connection.execute("UPDATE store.entries SET state = 'dropped', attempts = 5")
    poll(polled.warehouse, entry("post", "a?utm_source=x", guid="id-1"), day=2)
    assert stored(polled) == [("https://post.example/a", "dropped", 5)]
    poll(polled.warehouse, entry("post", "moved/a", guid="id-1"), day=2)
    assert stored(polled) == [("https://post.example/moved/a", "waiting", 0)]


def test_a_change_is_taken_from_the_entrys_own_feed_if_others_bring_it_too(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [feed("post"), feed("gazette")])
    assert poll(timeline.warehouse, entry("post", "a")) == NEW
    timeline.warehouse._connection.execute("UPDATE store.entries SET state = 'read', attempts = 1")
    both = entry("gazette", "https://post.example/a"), entry("post", "a", content_hash="other words")
    assert poll(timeline.warehouse, *both, day=2) == CHANGED


def test_entries_of_an_older_warehouse_are_known(polled: Timeline) -> None:
    """One was stored before entries had aliases, under an address that is no longer canonical."""
    polled.warehouse._connection.execute("DELETE FROM store.entry_aliases")
    polled.warehouse._connection.execute(
        "UPDATE store.entries SET url = url || '/index.html', canonical_url = canonical_url || '/index.html'"
    )
    sync_feeds(polled.warehouse, [feed("post")])
    assert poll(polled.warehouse, entry("post", "a/index.html", guid="changed"), day=2) == KNOWN
    assert poll(polled.warehouse, entry("post", "b", guid="id-1"), day=2) == KNOWN


def test_a_returning_entry_is_known_and_no_change(polled: Timeline) -> None:
    assert poll(polled.warehouse, entry("post", "b"), day=2) == NEW
    assert poll(polled.warehouse, entry("post", "a", guid="id-1"), day=30) == KNOWN
    assert polled.query("SELECT last_seen_at FROM store.entries WHERE guid = 'id-1'") == [(at(30),)]
    assert stored(polled)[0] == ("https://post.example/a", "read", 1)


def test_an_id_given_to_all_entries_tells_nothing(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [feed("post")])
    same = [entry("post", path, guid="post") for path in ("a", "b", "c")]
    assert poll(timeline.warehouse, *same)["entries_new"] == 3
    assert poll(timeline.warehouse, entry("post", "d", guid="post"), *same)["entries_new"] == 1
    assert poll(timeline.warehouse, entry("post", "e", guid="post")) == NEW
    assert len(stored(timeline)) == 5


def test_one_page_in_two_feeds_of_one_poll_is_one_entry(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [feed("post"), feed("gazette")])
    counts = poll(timeline.warehouse, entry("post", "a"), entry("gazette", "https://www.post.example/a?utm_medium=rss"))
    assert counts == NEW


def test_two_addresses_of_one_page_in_one_feed_are_one_entry(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [feed("post")])
    counts = poll(timeline.warehouse, entry("post", "a", position=1), entry("post", "a?utm_medium=rss", position=0))
    assert counts == NEW
    assert stored(timeline)[0][0] == "https://post.example/a?utm_medium=rss"


def test_news_wins_where_another_feeds_first_poll_brings_it_too(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [feed("post"), feed("gazette")])
    poll(timeline.warehouse, entry("gazette", "https://post.example/a", is_history=True), entry("post", "a"))
    assert timeline.query("SELECT feed_id, is_history FROM store.entries") == [("post", False)]


def test_a_poll_without_entries(timeline: Timeline) -> None:
    sync_feeds(timeline.warehouse, [feed("post")])
    assert record_polls(timeline.warehouse, "run", at(1), PollBatch([outcome("post")], [], [], [])) == KNOWN
