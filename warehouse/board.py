"""What the board shows, read from the published file as records. Takes no lock; bounded, however long the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

import duckdb

from warehouse.database import WarehouseError, one_line, query_text
from warehouse.published import open_published
from warehouse.rows import fetch_records

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
_EVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BoardLimits:
    """The most that is read of each list, and of each text in ``characters``."""

    positions: int = 10_000
    actors: int = 10_000
    events: int = 1_000
    echoes: int = 500
    seed_statements: int = 1_000
    publishers: int = 40
    """Outlets that are counted by name, the busiest first."""
    tallies: int = 20_000
    """Rows by named outlets; the other ones make a row a month, theme, kind of actor and side at most."""
    runs: int = 50
    characters: int = 1_000


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How much there is in all, whatever is shown of it, and from when to when; ``actors`` ever took a side."""

    articles: int
    statements: int
    sided: int
    actors: int
    publishers: int
    feeds: int
    positions: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoardActor:
    """Where an actor stands, as the view actor_positions has it; ``since_seed_id``: the seed in which that began."""

    actor_id: str
    person: str
    organisation: str
    actor_type: str
    stance: str
    since: datetime
    previous_stance: str | None
    statements: int
    last_at: datetime | None
    since_seed_id: str | None


@dataclass(frozen=True, slots=True)
class BoardPosition:
    """A side that an actor took in an article; ``score`` from -1 to 1 (local), ``kind`` of its event, or history.

    ``confidence`` is that of the side, by all that the actor said there. ``organisation`` is whom they spoke for then.
    ``found_at`` is when it was detected as news; None for history.
    """

    actor_id: str
    said_at: datetime
    stance: str
    score: float
    confidence: float
    publisher: str
    url: str
    title: str
    quote: str
    role: str
    organisation: str
    themes: tuple[str, ...]
    statement_id: str
    kind: str
    found_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoardTally:
    """How many statements of a month touch a theme; ``publisher`` is empty for all those that are not named."""

    month: date
    theme: str
    actor_type: str
    publisher: str
    stance: str
    statements: int


@dataclass(frozen=True, slots=True)
class BoardEvent:
    """An event that was news, with the words and those that it differs from."""

    event_id: str
    kind: str
    actor_id: str
    said_at: datetime
    detected_at: datetime
    stance: str
    previous_stance: str | None
    previous_at: datetime | None
    previous_quote: str | None
    previous_url: str | None
    previous_publisher: str | None
    new_themes: tuple[str, ...]
    themes: tuple[str, ...]
    quote: str
    role: str
    organisation: str
    publisher: str
    sources: tuple[str, ...]
    title: str
    url: str
    confidence: float
    statement_id: str


@dataclass(frozen=True, slots=True)
class BoardSeedStatement:
    """A statement of a seed document, and the document."""

    article_id: str
    title: str
    publisher: str
    published_at: datetime | None
    url: str
    statement_id: str
    person: str
    organisation: str
    stance: str
    text: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardEcho:
    """A statement near to one of a seed; ``relation`` is agrees, opposes or unclear.

    ``original_id`` is where the words were printed first: another statement's, if this is a copy.
    """

    seed_statement_id: str
    nearness: float
    relation: str
    person: str
    organisation: str
    stance: str
    text: str
    publisher: str
    said_at: datetime
    url: str
    statement_id: str
    original_id: str


@dataclass(frozen=True, slots=True)
class BoardFeed:
    """A configured feed, as the view feed_health has it."""

    feed_id: str
    publisher: str
    url: str
    status: str
    last_ok_at: datetime | None
    failures: int
    reason: str
    entries_7d: int
    expected_7d: int
    next_fetch_at: datetime | None
    notice: str


@dataclass(frozen=True, slots=True)
class BoardRun:
    """A run; ``count_names`` go with ``count_values``."""

    run_id: str
    flow: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    detail: str
    count_names: tuple[str, ...]
    count_values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """All of it; the newest positions and events first, the nearest echoes. ``since``: nothing that was said before."""

    since: datetime | None
    counts: BoardCounts
    actors: Sequence[BoardActor]
    positions: Sequence[BoardPosition]
    tallies: Sequence[BoardTally]
    events: Sequence[BoardEvent]
    seed_statements: Sequence[BoardSeedStatement]
    echoes: Sequence[BoardEcho]
    feeds: Sequence[BoardFeed]
    runs: Sequence[BoardRun]


def read_board(warehouse: Path, since: datetime | None = None, limits: BoardLimits | None = None) -> Board:
    """The board of the published file of the working file ``warehouse``; with ``since``, of what was said from then on.

    Raises:
        WarehouseError: nothing is published yet, or it was published by an older version.
    """
    known: dict[str, object] = {**asdict(limits or BoardLimits()), "since": since or _EVER}
    with open_published(warehouse) as connection:

        def select(query: str, record: type[T], *names: str) -> list[T]:
            return fetch_records(connection.execute(query_text(query), {name: known[name] for name in names}), record)

        try:
            connection.execute(query_text("spare_memory"))
            return Board(
                since=since,
                counts=select("board_counts", BoardCounts)[0],
                actors=select("board_actors", BoardActor, "actors", "events"),
                positions=select("board_positions", BoardPosition, "since", "positions", "characters"),
                tallies=select("board_tallies", BoardTally, "since", "publishers", "tallies"),
                events=select("board_events", BoardEvent, "since", "events", "characters"),
                seed_statements=select("board_seed_statements", BoardSeedStatement, "seed_statements", "characters"),
                echoes=select("board_echoes", BoardEcho, "since", "echoes", "characters"),
                feeds=select("board_feeds", BoardFeed),
                runs=select("board_runs", BoardRun, "runs"),
            )
        except duckdb.Error as error:
            text = f"{warehouse}: the published file cannot be read: {one_line(error)}; publish anew: `stancewatch run`"
            raise WarehouseError(text) from None
