"""What is wrong with Stancewatch itself, found in each run and put into words with what to do about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from extractors.identity import content_id
from flows import clock
from flows.drift import Week, find_drift
from flows.measure import least_free
from flows.operator_memory import forget_told
from flows.operator_route import read_told, tell_directly
from flows.operator_settings import OPERATOR
from flows.outbox import deliver_to
from flows.wording import clean_line, count_words, long_time
from warehouse.database import WarehouseError
from warehouse.notices import (
    Route,
    Trouble,
    count_weeks,
    first_run,
    last_good_run,
    select_down_destinations,
    select_failing_flows,
    select_quiet_feeds,
    settle_troubles,
)
from warehouse.sight import see

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.run import Run

_MIB: Final = 1024**2
_DETAIL: Final = 300
_WATCH: Final = "monitor"


async def watch_troubles(run: Run) -> int:
    """Record what is wrong as this run ends well, and owe the operator a message where it is news; returns how much."""
    return _settle(run, run.now, run.flow)


async def tell_failure(run: Run, detail: str) -> None:
    """Tell the operator at once that this run has failed, through the outbox if that can still be used."""
    now = clock.now()
    if not run.settings.operator.url:
        return
    try:
        _settle(run, now, "")
        await deliver_to(run.later(), OPERATOR)
    except WarehouseError:
        tell_directly(run.settings, failing_flow(run.flow, 1, detail, "nothing could be recorded"), now)


def _settle(run: Run, now: datetime, good_flow: str) -> int:
    """Both, at a moment; ``good_flow`` is the flow that does well just now, none if this run has failed."""
    told = read_told(run.settings.places.home)
    present = list(find_troubles(run, now, good_flow))
    operator = run.settings.operator
    route = Route(
        OPERATOR if operator.url else "",
        content_id(OPERATOR, run.run_id, now.isoformat()),
        timedelta(hours=operator.remind_hours),
    )
    settle_troubles(run.warehouse, now, present, told, route)
    forget_told(run.settings.places.home)
    run.counts["troubles"] = len(present)
    return len(present)


def find_troubles(run: Run, now: datetime, good_flow: str) -> Iterator[Trouble]:
    """All that is wrong at a moment."""
    yield from _runs(run, good_flow)
    yield from _late(run, now, good_flow)
    yield from _disk(run)
    yield from _destinations(run)
    yield from _drift(run, now)
    yield from _feeds(run, now)


def failing_flow(flow: str, failures: int, detail: str, good: str) -> Trouble:
    """A flow that fails."""
    times = "The last run" if failures == 1 else f"The last {failures} runs"
    verb = "was" if failures == 1 else "were"
    words = f"{times} of {flow} failed or {verb} killed: {clean_line(detail, _DETAIL)} ({good})"
    return Trouble(
        f"runs:{flow}", words, "Run `stancewatch doctor`; mend what it names. The next run takes up the work."
    )


def _runs(run: Run, good_flow: str) -> Iterator[Trouble]:
    for flow in select_failing_flows(run.warehouse, good_flow):
        good = f"the last good one began {long_time(flow.good_at)}" if flow.good_at else "none ever succeeded"
        yield failing_flow(flow.flow, flow.failures, flow.detail, good)


def _late(run: Run, now: datetime, good_flow: str) -> Iterator[Trouble]:
    operator = run.settings.operator
    limit = timedelta(minutes=operator.monitor_minutes) * operator.missed_runs
    since = last_good_run(run.warehouse, _WATCH) or first_run(run.warehouse)
    if good_flow != _WATCH and since and now - since > limit:
        due = f"one is due every {operator.monitor_minutes} minutes"
        words = f"No run of {_WATCH} succeeded since {long_time(since)}, where {due}"
        advice = (
            "Look whether `stancewatch serve` and its Prefect server run (`stancewatch doctor`), and start them anew."
        )
        yield Trouble("late", words, advice)


def _disk(run: Run) -> Iterator[Trouble]:
    path = run.settings.places.warehouse
    size, (folder, free) = see(path).size_bytes, least_free(path)
    if free < size * run.settings.operator.free_times:
        words = f"{free // _MIB:,} MiB of disk are free at {folder}, where the warehouse takes {size // _MIB:,} MiB"
        advice = (
            "Free space, or move the data folder to a larger disk: publishing and the daily copy each need as much"
            " as the warehouse takes. Fewer copies are kept with kept_copies in config/upkeep.yml."
        )
        yield Trouble("disk", words, advice)


def _destinations(run: Run) -> Iterator[Trouble]:
    for down in select_down_destinations(run.warehouse, run.settings.operator.failed_attempts, OPERATOR):
        tried = count_words(down.failures, "attempt has", "attempts have")
        gone = f", {count_words(down.dead, 'message was', 'messages were')} given up" if down.dead else ""
        words = f"{tried} failed at destination {down.destination} since {long_time(down.since)}{gone}: {down.detail}"
        advice = (
            f"Run `stancewatch alerts test {down.destination}`, mend its entry in config/alerts.yml or its secret, then"
            " `stancewatch alerts retry` sends what was given up."
        )
        yield Trouble(f"destination:{down.destination}", clean_line(words, 2 * _DETAIL), advice)


def _drift(run: Run, now: datetime) -> Iterator[Trouble]:
    weeks = {each.weeks_ago: Week(each.statements, each.none) for each in count_weeks(run.warehouse, now)}
    last = weeks.pop(0, Week(0, 0))
    if drift := find_drift(last, list(weeks.values()), run.settings.operator.drift):
        more = "more" if drift.deviations > 0 else "less"
        words = (
            f"{drift.share:.0%} of last week's {last.statements:,} statements took no side, {drift.before:.0%} in the"
            f" weeks before: {abs(drift.deviations):.1f} deviations {more} than chance"
        )
        advice = (
            "Look whether feeds were added or lost, or a site changed its pages (`stancewatch sql --named"
            " share-with-a-side`); read some with `stancewatch explain ID` before trusting or blaming the model."
        )
        yield Trouble("drift", words, advice)


def _feeds(run: Run, now: datetime) -> Iterator[Trouble]:
    since = now - timedelta(days=run.settings.operator.failed_feed_days)
    for feed in select_quiet_feeds(run.warehouse, since):
        last = f"; last well {long_time(feed.last_ok_at)}" if feed.failures and feed.last_ok_at else ""
        words = f"{feed.publisher}: {feed.notice}{last}"
        advice = f"Run `stancewatch feeds check {feed.feed_id}`: it says what is wrong and how to mend it."
        yield Trouble(f"feed:{feed.feed_id}", clean_line(words, _DETAIL), advice)
