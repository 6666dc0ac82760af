"""Dispatch: which of the waiting alerts may go out now, by each destination's own clock and limits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from extractors.identity import content_id
from flows.timing import Timing, daily_slot, latest_slot, mute_reason, quiet_reason
from warehouse.dispatch import (
    GateRow,
    MuteRow,
    Release,
    SlotRow,
    count_recent_messages,
    make_digests,
    make_heartbeats,
    release_alerts,
    select_waiting_digests,
)

if TYPE_CHECKING:
    from datetime import datetime

    from flows.alert_settings import AlertsFile
    from flows.run import Run

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def dispatch_alerts(run: Run) -> frozenset[str]:
    """Put what may go out now into messages; what may not waits, and nothing is dropped.

    Returns:
        The destinations to which nothing is sent now, not even what failed before.
    """
    alerts, now = run.settings.alerts, run.now
    recent = count_recent_messages(run.warehouse, now - _HOUR)
    gates = [_gate(alerts, name, now, recent.get(name, 0)) for name in alerts.destinations]
    mutes = muted_rules(alerts, now)
    release_alerts(run.warehouse, run.run_id, now, Release(gates, mutes, alerts.delivery.most_alerts_per_run))
    is_open = {gate.destination for gate in gates if not gate.hold_reason}
    digests = [
        digest_slot(alerts, name, Timing(timing), now)
        for name, timing in select_waiting_digests(run.warehouse)
        if name in is_open
    ]
    make_digests(run.warehouse, now, digests, mutes)
    make_heartbeats(run.warehouse, now, [slot for slot in heartbeat_slots(alerts, now) if slot.destination in is_open])
    return frozenset(gate.destination for gate in gates if gate.hold_reason)


def muted_rules(alerts: AlertsFile, now: datetime) -> list[MuteRow]:
    """The rules that are muted at ``now``, by the clock of their first destination, and until when."""
    found = []
    for rule in alerts.rules:
        zone = alerts.destinations[rule.destinations[0]].time_zone if rule.destinations else None
        if zone and (reason := mute_reason(rule.mute_until, zone, now)):
            found.append(MuteRow(rule.name, f"rule {reason}"))
    return found


def digest_slot(alerts: AlertsFile, name: str, timing: Timing, now: datetime) -> SlotRow:
    """The digest of a destination that was due last."""
    ends_at = latest_slot(alerts.destinations[name].calendar, timing, now)
    message_id = content_id("digest", name, timing, ends_at.isoformat())
    return SlotRow(message_id, name, timing, ends_at - timing.period, ends_at)


def heartbeat_slots(alerts: AlertsFile, now: datetime) -> list[SlotRow]:
    """The sign of life that was due last, of each destination that wants one."""
    slots = []
    for name, destination in alerts.destinations.items():
        if destination.heartbeat_at is not None:
            ends_at = daily_slot(destination.calendar, destination.heartbeat_at, now)
            message_id = content_id("heartbeat", name, ends_at.isoformat())
            slots.append(SlotRow(message_id, name, Timing.DAILY, ends_at - _DAY, ends_at))
    return slots


def _gate(alerts: AlertsFile, name: str, now: datetime, recent: int) -> GateRow:
    destination = alerts.destinations[name]
    most = alerts.delivery.most_alerts_per_run
    room = max(destination.most_per_hour - recent, 0) if destination.most_per_hour else most
    return GateRow(name, quiet_reason(destination.calendar, now), room)
