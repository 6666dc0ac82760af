"""What `stancewatch feeds` does without the network: list, OPML in and out, lines added to feeds.yml."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import yaml

from flows.config_file import ConfigError
from flows.output import Format, render_rows
from flows.settings import FeedConfig, PublisherKind, load_feeds, locate
from warehouse.database import query_text
from warehouse.published import Result, published_path, query_published

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_COLUMNS = (
    "feed_id", "publisher", "status", "last_ok_at", "entries_7d", "expected_7d", "failures", "notice", "reason", "url",
)  # fmt: skip
_OPML_BYTES = 5 * 1024 * 1024


def list_feeds(form: Format) -> str:
    """The configured feeds; with their health where something is published."""
    places = locate()
    feeds = load_feeds(places).feeds
    known: dict[str, tuple[object, ...]] = {}
    if published_path(places.warehouse).exists():
        health = query_published(places.warehouse, query_text("list_feed_health"))
        known = {str(row[0]): row[1:] for row in health.rows}
    rows = []
    for feed in feeds:
        status, last_ok_at, entries, failures, *words = known.get(feed.id, ("new", None, 0, 0, "", ""))
        rows.append(
            (feed.id, feed.publisher, status, last_ok_at, entries, feed.expected_7d, failures, *words, feed.url)
        )
    if form is Format.TABLE:
        brief = [(row[0], row[1], row[2], row[3], f"{row[4]} of {row[5]}", row[7]) for row in rows]
        columns = ("feed_id", "publisher", "status", "last_ok_at", "this week", "what is wrong")
        return render_rows(Result(columns, tuple(brief)), form)
    return render_rows(Result(_COLUMNS, tuple(rows)), form)


def append_feeds(path: Path, feeds: Sequence[FeedConfig]) -> None:
    """Add feeds to the end of a feeds.yml; what stands there, comments included, stays as it is."""
    records = [
        {
            "id": feed.id,
            "publisher": feed.publisher,
            "kind": str(feed.kind),
            "homepage": feed.homepage,
            "url": feed.url,
            "format": str(feed.format),
            "interval_minutes": feed.interval_minutes,
            "expected_7d": feed.expected_7d,
        }
        for feed in feeds
    ]
    block = yaml.safe_dump(records, sort_keys=False, allow_unicode=True, width=1000)
    text = path.read_text(encoding="utf-8")
    item = re.search(r"^feeds:.*\n(?:\s*#.*\n)*([ ]*)-", text, re.MULTILINE)
    indent = item[1] if item else "  "
    lines = "".join(f"{indent}{line}\n" for line in block.splitlines())
    path.write_text(text.rstrip("\n") + "\n" + lines, encoding="utf-8")


def new_feed(url: str, publisher: str, kind: PublisherKind, homepage: str, taken: set[str]) -> FeedConfig:
    """A feed with an id of its own made from its publisher's name."""
    base = re.sub(r"[^a-z0-9]+", "-", publisher.casefold()).strip("-") or "feed"
    number = 2
    feed_id = base
    while feed_id in taken:
        feed_id = f"{base}-{number}"
        number += 1
    return FeedConfig(feed_id, publisher, kind, homepage, url)


def read_opml(file: Path) -> str:
    """Add the feeds of an OPML file that are not there yet; returns what was done, in one line.

    Raises:
        ConfigError: the file is no OPML.
    """
    places = locate()
    feeds = load_feeds(places).feeds
    ids, urls = {feed.id for feed in feeds}, {feed.url for feed in feeds}
    added: list[FeedConfig] = []
    outlines = _outlines(file)
    for url, title, homepage in outlines:
        if url not in urls:
            feed = new_feed(url, title or url, PublisherKind.BLOG, homepage or url, ids)
            added.append(feed)
            ids.add(feed.id)
            urls.add(url)
    append_feeds(places.file("feeds.yml"), added)
    return f"{len(added)} feeds added to {places.file('feeds.yml')}, {len(outlines) - len(added)} were there already"


def _outlines(file: Path) -> list[tuple[str, str, str]]:
    body = file.read_bytes()
    if len(body) > _OPML_BYTES or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise ConfigError(f"{file}: is too large or declares entities; export it again as plain OPML")
    try:
        root = ET.fromstring(body)  # noqa: S314 - entities, the danger, are refused above
    except ET.ParseError as error:
        raise ConfigError(f"{file}:{error.position[0]}: is not OPML: {error}; export it again") from None
    found = [
        (o.get("xmlUrl", ""), o.get("title") or o.get("text") or "", o.get("htmlUrl", "")) for o in root.iter("outline")
    ]
    return [row for row in found if row[0].startswith(("http://", "https://"))]


def write_opml() -> str:
    """The configured feeds as OPML 2.0."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        "<head><title>Stancewatch</title></head>",
    ]
    lines.append("<body>")
    for feed in load_feeds(locate()).feeds:
        name, url, home = (quoteattr(value) for value in (feed.publisher, feed.url, feed.homepage))
        lines.append(f'<outline type="rss" text={name} title={name} xmlUrl={url} htmlUrl={home}/>')
    return "\n".join([*lines, "</body>", "</opml>", ""])
