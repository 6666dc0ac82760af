"""What a run brought that people should look at: new events, and feeds that are not well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.records import Stance, Theme

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class RunEvent:
    """An event of a run that is news, with the words; ``previous_*`` are None where there is none."""

    event_id: str
    kind: str
    person: str
    role: str
    organisation: str
    stance: Stance
    confidence: float
    quote: str
    new_themes: tuple[Theme, ...]
    title: str
    url: str
    publisher: str
    said_at: datetime
    previous_stance: Stance | None
    previous_at: datetime | None
    previous_quote: str | None
    previous_publisher: str | None
    previous_url: str | None


@dataclass(frozen=True, slots=True)
class FeedNotice:
    """What is wrong with a feed, in words."""

    feed_id: str
    publisher: str
    notice: str
    failures: int
    last_ok_at: datetime | None


def select_run_events(warehouse: Warehouse, run_id: str, most: int) -> list[RunEvent]:
    """The news of a run, changes of side first; texts are cut far beyond what is shown of them."""
    return warehouse.select("select_run_events", RunEvent, run_id=run_id, most=most, characters=_CHARACTERS)


def board_changed_at(warehouse: Warehouse) -> datetime | None:
    """When what the board shows last changed: by news, or by a command that tells the history otherwise."""
    changed: datetime | None = warehouse.execute("when_board_changed")[0][0]
    return changed


def select_feed_notices(warehouse: Warehouse, most: int) -> list[FeedNotice]:
    """Feeds that somebody should look at, the worst first."""
    return warehouse.select("select_feed_notices", FeedNotice, most=most)
