"""The sample's two days with what they lack: a correction, a feed that fails, an entry that could not be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.sample_days import Days, copied
from warehouse.corrections import CorrectionRow, record_correction
from warehouse.database import Warehouse
from warehouse.polls import Drop, FeedOutcome, PollBatch, record_polls
from warehouse.published import publish

if TYPE_CHECKING:
    from pathlib import Path

CORRECTED = "I shall change what I do tomorrow."
"""What the statement begins with that an analyst corrects: the engine takes it for local, barely."""
FAILING = "pulse"
MISSED = "https://news.example/gone"


def kitchen(days: Days, folder: Path) -> Days:
    """A copy of the days in ``folder``, published with all that."""
    copy = copied(days, folder)
    ((statement_id, now),) = copy.query(
        "SELECT statement_id, (SELECT max(first_seen_at) FROM articles) FROM statements"  # noqa: S608 - our own words
        f" WHERE starts_with(text, '{CORRECTED}')"
    )
    later = now + timedelta(hours=1)
    row = CorrectionRow("correction-1", "correct", statement_id, "", "analyst", later, "a promise", stance="none")
    outcome = FeedOutcome(
        FAILING, "failed", "HTTP 503", is_ok=False, failures=3, next_fetch_at=datetime(2030, 1, 1, tzinfo=UTC),
        url=_url(copy), moved_to="", moved_times=0, poll_minutes=60, etag="", last_modified="", body_hash="",
        full_at=None,
    )  # fmt: skip
    with Warehouse.open(copy.warehouse) as warehouse:
        record_correction(warehouse, row, [])
        drops = [Drop(MISSED, "read", "HTTP 404")]
        record_polls(warehouse, "kitchen", later, PollBatch([outcome], [], [], drops))
        publish(warehouse)
    return copy


def _url(days: Days) -> str:
    ((url,),) = days.query(f"SELECT url FROM feeds WHERE feed_id = '{FAILING}'")  # noqa: S608 - our own name
    return str(url)
