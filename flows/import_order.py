"""In which order the lines of an import file are read: by when they say that their articles were first seen."""

from __future__ import annotations

import json
from array import array
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def lines_by_first_seen(file: Path, now: datetime) -> Iterator[tuple[int, bytes]]:
    """The numbered lines of ``file`` in the order of their `first_seen`, those without it as of ``now``.

    Where two are of one moment, and where a line cannot be read, the file's order stands. Only where each line begins
    is held in memory.
    """
    numbers, places, moments = array("q"), array("q"), array("d")
    with file.open("rb") as stream:
        place, latest = 0, now
        for number, line in enumerate(stream, start=1):
            if line.strip():
                latest = _first_seen(line, latest, now)
                numbers.append(number)
                places.append(place)
                moments.append((latest - EPOCH).total_seconds())
            place += len(line)
        for at in sorted(range(len(moments)), key=moments.__getitem__):
            stream.seek(places[at])
            yield numbers[at], stream.readline()


def _first_seen(line: bytes, latest: datetime, now: datetime) -> datetime:
    """When a line's article was first seen; for a line that will be refused, the ``latest`` before it."""
    try:
        record = json.loads(line)
        return (read_moment(record["first_seen"]) if record.get("first_seen") else None) or now
    except (ValueError, OverflowError, RecursionError, AttributeError, TypeError):
        return latest


def read_moment(written: str) -> datetime:
    """A date or a time in ISO 8601, taken for UTC if it does not tell its zone.

    Raises:
        ValueError: it is neither.
        OverflowError: it lies outside the calendar in UTC.
    """
    moment = datetime.fromisoformat(written)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
