"""From what the outbox owes to what a message says: the records that renderers take, filled from the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.chart import draw_history
from flows.message_content import (
    AlertContent,
    DigestContent,
    Earlier,
    HeartbeatContent,
    OperatorContent,
    OperatorLine,
    Past,
    SummaryContent,
)
from flows.operator_settings import OPERATOR
from flows.timing import Timing
from flows.wording import count_words, short_date
from warehouse.claim import this_machine
from warehouse.notices import select_notices
from warehouse.outbox import (
    CarriedAlert,
    OwedMessage,
    count_activity,
    count_alerts,
    feed_notes,
    select_carried_alerts,
    select_dead_letters,
    select_histories,
    select_taken_back,
)

if TYPE_CHECKING:
    from datetime import datetime

    from flows.message_content import Message
    from flows.render import Renderer
    from flows.run import Run
    from warehouse.outbox import DeadLetters, TakenBack

_TITLES: Final = {
    Timing.HOURLY: "Stancewatch hourly digest",
    Timing.DAILY: "Stancewatch digest",
    Timing.WEEKLY: "Stancewatch weekly digest",
}
_SUMMARY_ALERTS: Final = 50
_SEE_RUNS: Final = "see `stancewatch doctor` and the view runs"


async def compose_message(run: Run, renderer: Renderer, owed: OwedMessage, *, has_pictures: bool) -> Message:
    """The message that an outbox row stands for, as things are now; a chart is drawn only where it can be shown."""
    if owed.kind == "heartbeat":
        return renderer.heartbeat(_heartbeat(run, owed))
    if owed.kind == OPERATOR:
        return renderer.operator(_operator(run, owed))
    carried = select_carried_alerts(run.warehouse, [owed.message_id])
    if owed.kind == "digest":
        return renderer.digest(_digest(run, owed, carried))
    if owed.kind == "summary":
        return renderer.summary(_summary(run, owed, carried))
    return renderer.alert(await _alert(run, owed, carried[0], has_chart=has_pictures))


def alert_content(
    carried: CarriedAlert, *, is_repeat: bool = False, history: tuple[Past, ...] = (), chart: bytes = b""
) -> AlertContent:
    """A carried alert as the renderer takes it."""
    return AlertContent(
        alert_id=carried.alert_id,
        event_kind=carried.event_kind,
        person=carried.person,
        role=carried.role,
        organisation=carried.organisation,
        actor_type=carried.actor_type,
        stance=carried.stance,
        stance_score=carried.stance_score,
        confidence=carried.confidence,
        quote=carried.quote,
        lead_in=carried.before_quote.rpartition("\n\n")[2],
        lead_out=carried.after_quote.partition("\n\n")[0],
        evidence=(carried.evidence_start, carried.evidence_end),
        earlier=_earlier(carried),
        themes=carried.themes,
        new_themes=carried.new_themes,
        article_title=carried.article_title,
        url=carried.url,
        publisher=carried.publisher,
        published_at=carried.published_at,
        outlets=carried.outlets,
        detected_at=carried.detected_at,
        statement_id=carried.statement_id,
        is_possible_repeat=is_repeat,
        history=history,
        chart=chart,
        is_corrected=carried.is_corrected,
        is_given=carried.is_given,
        is_reported=carried.is_reported,
    )


def _earlier(carried: CarriedAlert) -> Earlier | None:
    if not carried.previous_stance or not carried.previous_at:
        return None
    return Earlier(
        stance=carried.previous_stance,
        quote=carried.previous_quote or "",
        published_at=carried.previous_at,
        publisher=carried.previous_publisher or "",
        url=carried.previous_url or "",
    )


async def _alert(run: Run, owed: OwedMessage, carried: CarriedAlert, *, has_chart: bool) -> AlertContent:
    told = select_histories(run.warehouse, [carried.actor_id])
    history = tuple(Past(past.said_at, past.stance) for past in told if past.said_at <= carried.published_at)
    chart = await draw_history(run.workers, history, carried.person or carried.organisation) if has_chart else b""
    return alert_content(carried, is_repeat=owed.is_repeat, history=history, chart=chart)


def _digest(run: Run, owed: OwedMessage, carried: list[CarriedAlert]) -> DigestContent:
    config = run.settings.alerts.destinations[owed.destination]
    starts_at, ends_at = _window(owed)
    before = (starts_at - (ends_at - starts_at), starts_at)
    dead = [
        letters for letters in select_dead_letters(run.warehouse, run.now) if letters.destination != owed.destination
    ]
    return DigestContent(
        title=_TITLES[Timing(owed.timing)],
        window=(starts_at, ends_at),
        alerts=tuple(map(alert_content, carried)),
        earlier_counts=count_alerts(run.warehouse, owed.destination, owed.timing, before),
        feed_notes=feed_notes(run.warehouse),
        channel_notes=tuple(map(tell_dead_letters, dead)),
        withdrawn=tuple(
            map(_tell_taken_back, select_taken_back(run.warehouse, owed.destination, (starts_at, ends_at)))
        ),
        order=config.digest_order,
        length=config.digest_length,
        message_id=owed.message_id,
        is_possible_repeat=owed.is_repeat,
    )


def _summary(run: Run, owed: OwedMessage, carried: list[CarriedAlert]) -> SummaryContent:
    query = f"FROM alerts JOIN stance_events USING (event_id) WHERE message_id = '{owed.message_id}'"
    return SummaryContent(
        alerts=tuple(map(alert_content, carried[:_SUMMARY_ALERTS])),
        total=len(carried),
        list_url=run.settings.alerts.delivery.report_url,
        command=f'stancewatch sql "{query}"',
        message_id=owed.message_id,
        is_possible_repeat=owed.is_repeat,
    )


def _heartbeat(run: Run, owed: OwedMessage) -> HeartbeatContent:
    window = _window(owed)
    activity = count_activity(run.warehouse, window)
    troubles = [tell_dead_letters(letters) for letters in select_dead_letters(run.warehouse, run.now)]
    if activity.failed_runs:
        failed = count_words(activity.failed_runs, "run", "runs")
        troubles.append(f"{failed} failed or {'was' if activity.failed_runs == 1 else 'were'} killed: {_SEE_RUNS}")
    return HeartbeatContent(
        since=window[0],
        until=window[1],
        articles=activity.articles,
        statements=activity.statements,
        events=activity.events,
        feeds=activity.feeds,
        silent=feed_notes(run.warehouse),
        troubles=tuple(troubles),
        message_id=owed.message_id,
        is_possible_repeat=owed.is_repeat,
    )


def _operator(run: Run, owed: OwedMessage) -> OperatorContent:
    notices = select_notices(run.warehouse, owed.message_id)
    lines = (
        OperatorLine(each.trouble, each.change, each.words, each.advice, each.began_at, each.ended_at)
        for each in notices
    )
    return OperatorContent(tuple(lines), this_machine().host, owed.message_id, owed.is_repeat)


def tell_dead_letters(letters: DeadLetters) -> str:
    """A destination in trouble, in one line."""
    parts = [
        (letters.dead, "message", "given up"),
        (letters.failing, "message", "failing and tried again"),
        (letters.refused, "recipient", "refused for good"),
    ]
    told = ", ".join(f"{number} {what}{'s' if number > 1 else ''} {how}" for number, what, how in parts if number)
    return f"destination {letters.destination}: {told} ({letters.detail}); see `stancewatch alerts list`"


def _tell_taken_back(told: TakenBack) -> str:
    why = "an analyst corrected it" if told.cause == "correction" else "it was found who is who"
    now = "is no news" if told.new_kind == "repeat" else f"is {told.new_stance}"
    return f"{told.who}, {told.old_stance} on {short_date(told.published_at)}: {now}, since {why}"


def _window(owed: OwedMessage) -> tuple[datetime, datetime]:
    return owed.window_start or owed.created_at, owed.window_end or owed.created_at
