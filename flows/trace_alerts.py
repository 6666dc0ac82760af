"""What came of an event, in steps: the rules, the alerts, each attempt to deliver them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.trace_steps import Fate, Step, Tone, clock_time, count, percent
from flows.trace_verdicts import review_steps, told_as
from flows.wording import clean_line, join_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warehouse.ledger import RuleRow
    from warehouse.traced import AlertSeen, ArrivalSeen, DeliverySeen, EventSeen, RuleSeen
    from warehouse.tracing import ItemHistory

_TOLD = {"first": "on a first side", "shift": "on a change of side", "theme": "on a new theme", "repeat": "on a side"}
_REACH = {"unknown": 12, "dead": 11, "sending": 10, "pending": 10, "held": 9, "review": 9, "dismissed": 8}
_TONES = {"sent": Tone.DONE, "dead": Tone.STOPPED, "dismissed": Tone.STOPPED, "withdrawn": Tone.STOPPED}


def rule_steps(history: ItemHistory, event: EventSeen, rules: Sequence[RuleRow]) -> Iterator[Step]:
    """Each rule of alerts.yml as it stands, with what about the event does not fit it."""
    if event.kind == "repeat" or history.focus.alert_id:
        return
    if not rules:
        yield Step(None, 3, "rule", "alerts.yml has no rule: nobody is told of anything", Tone.STOPPED)
    for seen in _checks(history, event):
        label = f"rule {clean_line(seen.rule, 60)!r} for {seen.destination} ({_timing(seen.timing)})"
        if not seen.failed:
            review = ", but it is to be reviewed first" if seen.is_for_review else ""
            yield Step(None, 3, "rule", f"{label} fits, as alerts.yml stands{review}", Tone.DONE)
            continue
        row = next(rule for rule in rules if (rule.rule, rule.destination) == (seen.rule, seen.destination))
        misfits = "; ".join(_misfit(row, key, event) for key in seen.failed)
        yield Step(None, 3, "rule", f"{label} does not fit, as alerts.yml stands: {misfits}")


def alert_steps(history: ItemHistory, event: EventSeen) -> Iterator[Step]:
    """The alerts of an event, each with its attempts."""
    for alert in _alerts(history, event):
        attempts = _attempts(history, alert)
        tone = _TONES.get(alert.status, Tone.HELD)
        words = f"alert to {alert.destination} by rule {clean_line(alert.rule, 60)!r}: {status_words(alert, attempts)}"
        yield Step(alert.created_at, 3, "alert", words, tone, alert.alert_id)
        yield from review_steps(history, alert.alert_id)
        yield from map(delivery_step, attempts)
        key = (alert.message_id, alert.destination)
        yield from (arrival_step(one) for one in history.arrivals if (one.message_id, one.destination) == key)


def delivery_step(delivery: DeliverySeen) -> Step:
    """One attempt."""
    tone = Tone.DONE if delivery.outcome == "sent" else Tone.STOPPED
    detail = clean_line(delivery.detail, 300)
    return Step(delivery.attempted_at, 4, "delivery", f"attempt {delivery.attempt}: {delivery.outcome}: {detail}", tone)


def arrival_step(arrival: ArrivalSeen) -> Step:
    """Whether the mail was seen to arrive."""
    if arrival.arrived_at is not None:
        return Step(arrival.arrived_at, 4, "arrival", "arrived in the probe mailbox", Tone.DONE)
    tone = Tone.STOPPED if arrival.status == "missing" else Tone.HELD
    why = f": {clean_line(arrival.detail, 300)}" if arrival.detail else ""
    return Step(arrival.checked_at, 4, "arrival", f"{arrival.status}: not seen in the probe mailbox{why}", tone)


def event_fate(history: ItemHistory, event: EventSeen, who: str, why_repeat: str) -> Fate:
    """Whether an event was told; else what it waits for, or why nobody is."""
    alerts = _alerts(history, event)
    sent = [one for alert in alerts for one in _attempts(history, alert) if one.outcome == "sent"]
    if sent:
        first = {one.destination: one for one in reversed(sent)}
        to = join_words(tuple(f"{name} at {clock_time(one.attempted_at)}" for name, one in sorted(first.items())))
        kind, since = told_as(history, event, max(one.attempted_at for one in first.values()))
        return Fate(20, is_told=True, who=who, words=f"{_TOLD[kind]}, to {to}{since}")
    if event.kind == "repeat":
        return Fate(6, is_told=False, who=who, words=why_repeat)
    if not alerts:
        return Fate(7, is_told=False, who=who, words=_no_alert(_checks(history, event)))
    nearest = max(alerts, key=lambda alert: _REACH.get(alert.status, 0))
    words = f"the alert to {nearest.destination} {status_words(nearest, _attempts(history, nearest))}"
    return Fate(_REACH.get(nearest.status, 8), is_told=False, who=who, words=words)


def status_words(alert: AlertSeen, attempts: Sequence[DeliverySeen]) -> str:
    """The state of an alert, in words that go on from "the alert"."""
    last = f", the last attempt: {clean_line(attempts[-1].detail, 300)}" if attempts else ""
    due = f" after {clock_time(alert.next_attempt_at)}" if alert.next_attempt_at else ""
    reason = f" ({clean_line(alert.hold_reason, 200)})" if alert.hold_reason else ""
    carrier = f" in {alert.message_kind} {alert.message_id}" if alert.message_kind not in {None, "alert"} else ""
    return {
        "sent": f"was sent{carrier}",
        "pending": f"goes out with the next run{due}{carrier}{last}",
        "sending": "was being sent when a run ended: it goes out once more, marked as a possible repeat",
        "held": f"is held{reason}",
        "review": f"waits for an analyst{reason}: `stancewatch review`",
        "dismissed": "was dismissed by an analyst",
        "unknown": f"was handed over, but the service did not say that it took it{last}",
        "dead": f"was given up after {count(len(attempts), 'attempt')}{last}: `stancewatch alerts retry`",
        "withdrawn": "was withdrawn: as the event is told now, no rule asks for it",
    }.get(alert.status, f"is {alert.status}")


def _no_alert(checks: Sequence[RuleSeen]) -> str:
    if not checks:
        return "alerts.yml has no rule"
    if any(not check.failed for check in checks):
        return "no rule fitted when it was detected (one does now: alerts.yml has changed since)"
    return "no rule of alerts.yml fits"


def _checks(history: ItemHistory, event: EventSeen) -> list[RuleSeen]:
    return [check for check in history.rules if check.event_id == event.event_id]


def _alerts(history: ItemHistory, event: EventSeen) -> list[AlertSeen]:
    asked = history.focus.alert_id
    return [one for one in history.alerts if one.event_id == event.event_id and asked in {None, one.alert_id}]


def _attempts(history: ItemHistory, alert: AlertSeen) -> list[DeliverySeen]:
    key = (alert.message_id, alert.destination)
    return [one for one in history.deliveries if (one.message_id, one.destination) == key]


def _misfit(rule: RuleRow, key: str, event: EventSeen) -> str:
    """Why one condition of a rule is not met."""
    wanted = getattr(rule, key)
    if key == "minimum_confidence":
        return f"it asks for {percent(wanted)}, this is {percent(event.confidence)}"
    listed = clean_line(", ".join(map(str, wanted)), 200)
    if key == "ignore_actors":
        return f"it ignores {listed}"
    found = {"kinds": f", this is {event.kind}", "stances": f", this is {event.stance}"}.get(key, "")
    return f"it asks for {key.replace('_', ' ')} {listed}{found}"


def _timing(timing: str) -> str:
    return timing.replace("_", " ")
