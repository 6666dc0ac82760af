"""From alerts that wait to messages that carry them: alone, in digests, or as a list where there are too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class GateRow:
    """Whether a destination may be written to now (``hold_reason`` is empty), and how many alerts it takes."""

    destination: str
    hold_reason: str
    room: int


@dataclass(frozen=True, slots=True)
class MuteRow:
    """A rule whose alerts are held."""

    rule: str
    hold_reason: str


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A digest or a sign of life that is due; ``starts_at`` holds where there was none before it."""

    message_id: str
    destination: str
    timing: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """Who may be written to, which rules are muted, and how many alerts are too many for one run."""

    gates: Sequence[GateRow]
    mutes: Sequence[MuteRow]
    most: int


def release_alerts(warehouse: Warehouse, run_id: str, now: datetime, release: Release) -> None:
    """Make messages of the alerts that may go out at once; what may not says why."""
    muted = [mute.rule for mute in release.mutes]
    with (
        warehouse.staged("staged_gates", GateRow, release.gates),
        warehouse.staged("staged_mutes", MuteRow, release.mutes),
        warehouse.transaction(),
    ):
        warehouse.execute("hold_alerts")
        warehouse.execute("find_releasable", most=release.most, run_id=run_id, muted_rules=muted)
        warehouse.execute("release_alerts", now=now)
        warehouse.execute("carry_alerts")


def make_digests(warehouse: Warehouse, now: datetime, slots: Sequence[SlotRow], mutes: Sequence[MuteRow]) -> None:
    """Make the digests whose hour has come of what is held for them; each once, however often this is called."""
    muted = [mute.rule for mute in mutes]
    with warehouse.staged("staged_slots", SlotRow, slots), warehouse.transaction():
        warehouse.execute("insert_digests", now=now, muted_rules=muted)
        warehouse.execute("fill_digests", now=now, muted_rules=muted)


def make_heartbeats(warehouse: Warehouse, now: datetime, slots: Sequence[SlotRow]) -> None:
    """Make the signs of life whose hour has come; each once."""
    with warehouse.staged("staged_slots", SlotRow, slots), warehouse.transaction():
        warehouse.execute("insert_heartbeats", now=now)


def select_waiting_digests(warehouse: Warehouse) -> list[tuple[str, str]]:
    """Destination and timing of the digests that something is held for."""
    return [(str(name), str(timing)) for name, timing in warehouse.execute("select_waiting_digests")]


def count_recent_messages(warehouse: Warehouse, since: datetime) -> dict[str, int]:
    """Destination -> how many messages were made for it since then, signs of life aside."""
    return {str(name): int(number) for name, number in warehouse.execute("count_recent_messages", since=since)}
