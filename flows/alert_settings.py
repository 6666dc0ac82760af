"""config/alerts.yml: who is told what, when, and how hard it is tried."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PlainValidator

from extractors.records import ActorType, Stance, Theme
from flows.config_file import Problem, read_config, stands_twice
from flows.config_words import nearest, quoted
from flows.message_content import DigestOrder
from flows.timing import Calendar, Hours, Timing, Weekday
from flows.wording import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MINUTES_A_DAY = 24 * 60


def read_clock(value: object) -> time:
    """A time of day, "07:30"; YAML reads 17:30 without quotation marks as the number of its minutes.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, int) and 0 <= value < _MINUTES_A_DAY:
        return time(value // 60, value % 60)
    try:
        return time.fromisoformat(str(value).zfill(5))
    except ValueError:
        raise ValueError('write a time of day such as "07:30"') from None


def read_hours(value: object) -> Hours:
    """A stretch of the day, "19:00-07:00"; it may run over midnight.

    Raises:
        ValueError: it is none.
    """
    start, dash, end = str(value).partition("-")
    if not dash:
        raise ValueError('write a stretch of the day such as "19:00-07:00"')
    return Hours(read_clock(start.strip()), read_clock(end.strip()))


def read_zone(value: object) -> ZoneInfo:
    """A time zone, "Europe/London".

    Raises:
        ValueError: there is none of that name.
    """
    try:
        return ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        raise ValueError("there is no such time zone; write one such as Europe/London") from None


def read_timing(value: object) -> object:
    """``digest`` is what the daily digest was called before there were others."""
    return Timing.DAILY if value == "digest" else value


Clock = Annotated[time, PlainValidator(read_clock)]
Span = Annotated[Hours, PlainValidator(read_hours)]
Zone = Annotated[ZoneInfo, PlainValidator(read_zone)]
Count = Annotated[int, Field(ge=1)]
Some = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Detection:
    """How sure a side must be to count, in an article (None: the model's own threshold for alerts) and in a seed."""

    minimum_confidence: Share | None = None
    seed_confidence: Share = 0.5


@dataclass(frozen=True, slots=True)
class Delivery:
    """How hard it is tried, and how much one run may send to one destination before it sends a list instead.

    ``report_url`` is where readers find what a list leaves out, if anywhere.
    """

    attempts: Count = 10
    first_pause_minutes: Some = 5.0
    longest_pause_minutes: Some = 360.0
    most_alerts_per_run: Count = 20
    report_url: str = ""


@dataclass(frozen=True, slots=True)
class DestinationConfig:
    """Where alerts go: any apprise URL, and when its readers may be disturbed; ``${NAME}`` is from the environment.

    ``probe`` is a mailbox (imaps://…) in which mails to this destination are seen to arrive.
    """

    url: str
    endpoint: str = ""
    time_zone: Zone = field(default_factory=lambda: ZoneInfo("Europe/London"))
    quiet_hours: tuple[Span, ...] = ()
    quiet_days: tuple[Weekday, ...] = ()
    mute_until: datetime | None = None
    most_per_hour: Annotated[int, Field(ge=0)] = 0
    digest_at: Clock = time(7, 30)
    digest_day: Weekday = Weekday.MONDAY
    digest_order: DigestOrder = DigestOrder.NEWEST
    digest_length: Count = 60
    heartbeat_at: Clock | None = None
    probe: str = ""
    probe_minutes: Annotated[int, Field(ge=0)] = 60

    @property
    def calendar(self) -> Calendar:
        """When it may be written to."""
        return Calendar(
            self.time_zone, self.quiet_hours, self.quiet_days, self.mute_until, self.digest_at, self.digest_day
        )


@dataclass(frozen=True, slots=True)
class RuleConfig:
    """Which events go where and when; an empty list admits everything.

    What is surer than ``minimum_confidence`` but not as sure as ``review_below`` waits for an analyst.
    """

    name: str
    destinations: tuple[str, ...]
    kinds: tuple[EventKind, ...] = (EventKind.FIRST, EventKind.SHIFT)
    timing: Annotated[Timing, BeforeValidator(read_timing)] = Timing.AT_ONCE
    minimum_confidence: Share = 0.0
    review_below: Share = 0.0
    stances: tuple[Stance, ...] = ()
    actor_types: tuple[ActorType, ...] = ()
    themes: tuple[Theme, ...] = ()
    actors: tuple[str, ...] = ()
    ignore_actors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    cool_down_hours: Annotated[float, Field(ge=0)] = 0.0
    mute_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlertsFile:
    """config/alerts.yml."""

    detection: Detection = field(default_factory=Detection)
    delivery: Delivery = field(default_factory=Delivery)
    destinations: dict[str, DestinationConfig] = field(default_factory=dict)
    rules: tuple[RuleConfig, ...] = ()


def read_alerts(path: Path) -> AlertsFile:
    """The file at ``path``, with every rule's destinations checked to exist and all numbers to make sense.

    Raises:
        ConfigError: one line that names file, line, key and the mend.
    """
    return read_config(path, AlertsFile, check=_misfits)


def _misfits(alerts: AlertsFile) -> Iterator[Problem]:
    """What does not fit together."""
    known = list(alerts.destinations)
    yield from stands_twice(("rules",), "name", [rule.name for rule in alerts.rules])
    for number, rule in enumerate(alerts.rules):
        if not rule.destinations:
            words = f"the rule {quoted(rule.name)} names no destination; {nearest('', known)}"
            yield ("rules", number, "destinations"), words
        for turn, name in enumerate(rule.destinations):
            if name not in known:
                yield ("rules", number, "destinations", turn), f"no destination {quoted(name)}; {nearest(name, known)}"
        if 0 < rule.review_below <= rule.minimum_confidence:
            words = "must be more than minimum_confidence: what lies between the two waits for review"
            yield ("rules", number, "review_below"), words
