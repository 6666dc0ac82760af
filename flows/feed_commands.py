"""What `stancewatch feeds` does without the network: list, OPML in and out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.identity import canonical_url
from flows.feed_file import add_feeds, new_feed
from flows.opml import Outline, parse_opml, write_opml
from flows.output import Format, render_rows
from flows.settings import FeedConfig, load_feeds, locate
from warehouse.database import query_text
from warehouse.published import Result, is_published, query_published

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Places

_COLUMNS = (
    "feed_id", "publisher", "status", "last_ok_at", "entries_7d", "expected_7d", "failures", "notice", "reason", "url",
)  # fmt: skip


def list_feeds(form: Format) -> str:
    """The configured feeds; with their health where something is published."""
    places = locate()
    feeds = load_feeds(places).feeds
    known: dict[str, tuple[object, ...]] = {}
    if is_published(places.warehouse):
        health = query_published(places.warehouse, query_text("list_feed_health"))
        known = {str(row[0]): row[1:] for row in health.rows}
    rows = []
    for feed in feeds:
        status, last_ok_at, entries, failures, *words = known.get(feed.id, ("new", None, 0, 0, "", ""))
        rows.append(
            (feed.id, feed.publisher, status, last_ok_at, entries, feed.expected_7d, failures, *words, feed.url)
        )
    if form is Format.TABLE:
        brief = [(row[0], row[2], row[3], f"{row[4]} of {row[5]}", row[7]) for row in rows]
        columns = ("feed_id", "status", "last_ok_at", "this week", "what is wrong")
        return render_rows(Result(columns, tuple(brief)), form)
    return render_rows(Result(_COLUMNS, tuple(rows)), form)


def import_opml(file: Path, places: Places | None = None) -> str:
    """Add the feeds of an OPML file that are not there yet; returns what was done, and a line for each left out.

    ``places`` are those of the environment if none are given.

    Raises:
        ConfigError: the file is no OPML.
    """
    places = places or locate()
    feeds = load_feeds(places).feeds
    ids, addresses = {feed.id for feed in feeds}, {canonical_url(feed.url) for feed in feeds}
    listed = parse_opml(file)
    added: list[FeedConfig] = []
    for outline in listed.outlines:
        if (address := canonical_url(outline.url)) not in addresses:
            feed = _feed_of(outline, ids)
            added.append(feed)
            ids.add(feed.id)
            addresses.add(address)
    target = add_feeds(places, added)
    known = len(listed.outlines) - len(added)
    done = f"{len(added)} feeds added to {target}, {known} were there already"
    if listed.problems:
        done += f", {len(listed.problems)} problems:"
    return "\n".join([done, *listed.problems])


def _feed_of(outline: Outline, taken: set[str]) -> FeedConfig:
    feed = new_feed(outline.url, outline.publisher, outline.kind, outline.homepage, taken)
    is_free = outline.feed_id and outline.feed_id not in taken
    return replace(
        feed,
        id=outline.feed_id if is_free else feed.id,
        format=outline.format,
        interval_minutes=outline.interval_minutes,
        expected_7d=outline.expected_7d,
    )


def export_opml() -> str:
    """The configured feeds as OPML 2.0."""
    return write_opml(load_feeds(locate()).feeds)
