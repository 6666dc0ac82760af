"""Feeds added to config/feeds.yml where its list ends; all else stays as it is, and half a file is never left."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from flows.config_file import ConfigError, read_config
from flows.settings import FeedConfig, FeedsFile, PublisherKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import Places, Settings

_LONGEST_LINE = 1000


def add_feeds(places: Places, feeds: Sequence[FeedConfig]) -> Path:
    """Add feeds to the user's feeds.yml (a copy of the one that comes with the program, where there is none yet).

    Returns the file. What stood in it, comments included, stands there still; a crash leaves either the old file or the
    new one.

    Raises:
        ConfigError: the file's form admits no addition; it is left as it was.
    """
    source, target = places.file("feeds.yml"), (places.config / "feeds.yml").resolve()
    if not feeds:
        return target
    text = source.read_text(encoding="utf-8")
    known = len(read_config(source, FeedsFile).feeds)
    handle, name = tempfile.mkstemp(prefix=".feeds-", suffix=".yml", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(with_feeds(text, feeds))
            stream.flush()
            os.fsync(stream.fileno())
        is_right = len(read_config(new, FeedsFile).feeds) == known + len(feeds)
        if is_right:
            shutil.copymode(source, new)
            new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    if not is_right:
        raise ConfigError(f"{source}: its list `feeds:` has a form that cannot be added to; add them by hand")
    return target


def with_feeds(text: str, feeds: Sequence[FeedConfig]) -> str:
    """The text of a feeds.yml with more feeds at the end of its list."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    found = _list_of(text)
    if found is None:
        return "".join([*lines, "feeds:\n", *_block(feeds, "  ")])
    key, value = found
    if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
        first, last = value.value[0], _last(value.value[-1])
        # a text over several lines ends where the next thing begins
        end = last.end_mark.line + (1 if last.end_mark.column else 0)
        indent = " " * (first.start_mark.column - 2)
        return "".join([*lines[:end], *_block(feeds, indent), *lines[end:]])
    if value.value in ([], "", "null", "~"):
        line = key.start_mark.line
        comment = re.search(r"\s#.*", lines[line])
        lines[line : value.end_mark.line + 1] = [f"feeds:{comment[0] if comment else ''}\n", *_block(feeds, "  ")]
    return "".join(lines)


def require_feeds(settings: Settings, names: Sequence[str]) -> None:
    """See that every one of ``names`` is a feed's.

    Raises:
        ConfigError: one is not.
    """
    if unknown := sorted(set(names) - {feed.id for feed in settings.feeds.feeds}):
        raise ConfigError(
            f"no feed {unknown[0]!r} in {settings.places.file('feeds.yml')}; see `stancewatch feeds list`"
        )


def new_feed(url: str, publisher: str, kind: PublisherKind, homepage: str, taken: set[str]) -> FeedConfig:
    """A feed with an id of its own made from its publisher's name."""
    base = re.sub(r"[^a-z0-9]+", "-", publisher.casefold()).strip("-") or "feed"
    number = 2
    feed_id = base
    while feed_id in taken:
        feed_id = f"{base}-{number}"
        number += 1
    return FeedConfig(feed_id, publisher, kind, homepage, url)


def _list_of(text: str) -> tuple[yaml.Node, yaml.Node] | None:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next(((key, value) for key, value in pairs if key.value == "feeds"), None)


def _last(node: yaml.Node) -> yaml.Node:
    """The last thing written in a node: its own end mark lies behind the comments that follow."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and node.value and not node.flow_style:
        below = node.value[-1]
        node = below[1] if isinstance(below, tuple) else below
    return node


def _block(feeds: Sequence[FeedConfig], indent: str) -> list[str]:
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
    block = yaml.safe_dump(records, sort_keys=False, allow_unicode=True, width=_LONGEST_LINE)
    return [f"{indent}{line}\n" for line in block.splitlines()]
