"""Requests as the warehouse records them, and what they taught about the sites asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.fetch import Failed, Fetched, FetchKind, NotModified, Outcome, Refused
from warehouse.polls import FetchRow, record_fetches
from warehouse.sites import record_sites

if TYPE_CHECKING:
    from flows.run import Run

_NO_SUCH_FILE = frozenset({401, 403, 404, 410})


def fetch_row(fetch: Outcome, feed_id: str, degraded: str = "") -> FetchRow:
    """One request as the warehouse records it; ``degraded`` says why a body that came could not be used."""
    outcome = {Fetched: "ok", NotModified: "not_modified", Refused: "refused", Failed: "failed"}[type(fetch)]
    reason = degraded or fetch.reason
    if fetch.kind is FetchKind.ROBOTS and fetch.http_status in _NO_SUCH_FILE:
        outcome, reason = "ok", f"{reason}: the site asks for nothing"
    return FetchRow(
        url=fetch.url,
        final_url=fetch.final_url,
        feed_id=feed_id,
        kind=fetch.kind,
        started_at=fetch.started_at,
        outcome="degraded" if degraded else outcome,
        reason=reason,
        http_status=fetch.http_status,
        bytes=fetch.bytes,
        seconds=fetch.seconds,
    )


def record_side_fetches(run: Run) -> None:
    """Store the requests made for others' sake (robots.txt) since the last time, and what they taught."""
    record_fetches(run.warehouse, run.run_id, [fetch_row(fetch, "") for fetch in run.fetcher.take_side_fetches()])
    record_sites(run.warehouse, run.fetcher.take_learnt_sites())
