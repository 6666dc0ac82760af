"""Weeks of half-hour runs on a clock of our own, over a newsroom with faults; beside them a world without any.

Both worlds read the same outlets, one after the other in each half hour; the troubles of the plan are the rough world's
alone. The rough world runs every half hour; the calm one where something is new or due. A soak keeps its state in a
folder, and goes on where it was stopped.
"""

from __future__ import annotations

import contextlib
import json
import random
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from flows.sinks import MailFault, WebhookReply
from tests.soak.disk import Disk
from tests.soak.house import DIGEST_AT, HEARTBEAT_AT, Arrival, Ended, House
from tests.soak.news import OUTLETS, write_news
from tests.soak.outlets import Outlets
from tests.soak.platform import Platform
from tests.soak.trouble import Kind, draw_plan
from tests.storm.storm import MAIL_FAULTS, REPLIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONDON: Final = ZoneInfo("Europe/London")
_UPKEEP_AT: Final = "03:00"
_MANY: Final = 60
_LEFT: Final = (0, 1 << 16, 1 << 20, 4 << 20)
"""So many bytes are left on a disk that is full."""
_SERVER_DIES, _POSTGRES_DIES, _DATABASE_BACK = 4, 9, 11
_KILL_AFTER: Final = 6.0


@dataclass(frozen=True, slots=True)
class Part:
    """A soak of so many half hours, of which so many in a row as commands under Prefect; a fetch may take so long."""

    seed: int
    start: datetime
    half_hours: int
    under_prefect: int = 0
    patience_seconds: float = 18.0


@dataclass(frozen=True, slots=True)
class Step:
    """One run of one world, and how large its files were afterwards."""

    half_hour: int
    world: str
    flow: str
    kinds: tuple[str, ...]
    ended: Ended
    warehouse_bytes: int
    log_bytes: int
    published_bytes: int
    other_bytes: int
    other_files: int


class Soak:
    """One part, with its state in ``folder``; ``net`` keeps parts side by side apart."""

    def __init__(self, folder: Path, part: Part, net: int = 0) -> None:
        self.folder, self.part = folder, part
        self.plan = draw_plan(part.seed, part.half_hours, len(OUTLETS), under_prefect=part.under_prefect)
        self.news = write_news(part.seed, part.start, part.half_hours, self.plan)
        self.outlets = Outlets(self.news, net, part.patience_seconds)
        self.disk = Disk(folder / "disk")
        self.has_disk = False
        self.platform = Platform(folder / "platform", net)
        self.calm = House(folder / "calm", folder / "calm" / "data", self.outlets)
        self.rough = House(folder / "rough", self.disk.place / "data", self.outlets)
        self.calls = self.slots(DIGEST_AT) | self.slots(HEARTBEAT_AT)
        self.upkeeps = self.slots(_UPKEEP_AT)
        self.usual_seconds = 1.0
        self.is_stopped = False

    def go_on(self) -> bool:
        """Run from where it stands to the end, or until told to stop; returns whether it came to the end."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(PermissionError):
            self.disk.mount()
            self.has_disk = True
        for house in (self.calm, self.rough):
            house.configure()
        begins, tries = self._position()
        with self.outlets.running(), self.calm.running(), self.rough.running(), contextlib.ExitStack() as stack:
            self.outlets.show(begins, anew=True)
            for half_hour in range(begins, self.part.half_hours):
                if self.is_stopped:
                    return False
                self._save(half_hour, tries)
                self._half_hour(half_hour, self.news.moment(half_hour) + timedelta(minutes=3 * tries), stack)
                tries = 0
            self._save(self.part.half_hours, -1)
        return True

    def stop(self, *_: object) -> None:
        """End after the present half hour."""
        self.is_stopped = True

    def clear_away(self) -> None:
        """Let go of the disk, with the rough world's files on it."""
        if self.has_disk:
            self.disk.unmount()

    def steps(self) -> Iterator[Step]:
        """All runs so far."""
        for row in self._lines("steps"):
            ended = Ended(**row.pop("ended"))
            yield Step(**{**row, "kinds": tuple(row["kinds"]), "ended": ended})

    def prefect_states(self) -> dict[str, int]:
        """Runs on Prefect's record by their state, when the last of them had ended."""
        return {state: number for row in self._lines("prefect") for state, number in row.items()}

    def arrivals(self, world: str) -> list[Arrival]:
        """All messages that one world's destinations took so far."""
        return [Arrival(**row) for row in self._lines(f"arrivals-{world}")]

    def slots(self, at: str) -> set[datetime]:
        """When London's clocks show a time of day, in UTC: once each day, though one lacks it and one has it twice."""
        end, day, found = self.news.moment(self.part.half_hours), self.part.start.astimezone(LONDON).date(), set()
        while (slot := datetime.combine(day, time.fromisoformat(at), LONDON).astimezone(UTC)) < end:
            found |= {slot} if slot >= self.part.start else set()
            day += timedelta(days=1)
        return found

    def _half_hour(self, half_hour: int, at: datetime, stack: contextlib.ExitStack) -> None:
        self.outlets.show(half_hour)
        self.outlets.suffer(self.plan, half_hour)
        self._record(self.rough, half_hour, "monitor", self._run_rough(half_hour, at, stack))
        if self.news.moment(half_hour) in self.upkeeps:
            upkeep = self.rough.run("upkeep", at + timedelta(minutes=15), file_limit=-1)
            self._record(self.rough, half_hour, "upkeep", upkeep)
        self.outlets.suffer(None, half_hour)
        if self._is_due(half_hour):
            self._record(self.calm, half_hour, "monitor", self.calm.run("monitor", at))

    def _is_due(self, half_hour: int) -> bool:
        """Whether an undisturbed run has anything to do: news, what was not asked for the last time, a digest."""
        is_end = half_hour < 2 or half_hour >= self.part.half_hours - 2
        if is_end or self.news.moment(half_hour) in self.calls:
            return True
        near = (half_hour - 1, half_hour)
        return any(self.news.changes(outlet, each) for outlet in range(len(OUTLETS)) for each in near)

    def _run_rough(self, half_hour: int, at: datetime, stack: contextlib.ExitStack) -> Ended:
        chance = random.Random(f"{self.part.seed}-{half_hour}")  # noqa: S311 - chance, no secret
        self._break_sinks(half_hour, chance)
        killed = bool(self.plan.at(half_hour, Kind.KILLED))
        limit = -1
        with contextlib.ExitStack() as troubles:
            if self.plan.at(half_hour, Kind.FULL):
                if self.has_disk:
                    troubles.enter_context(self.disk.full(chance.choice(_LEFT)))
                else:  # no disk may be mounted here: a limit on the size of files stands in for it
                    limit = chance.choice(_LEFT)
            if self.has_disk and self.plan.at(half_hour, Kind.READ_ONLY):
                troubles.enter_context(self.disk.read_only())
            if under := self.plan.at(half_hour, Kind.PREFECT):
                ended = self._command(half_hour - under[0].begins, half_hour, at, stack)
                if half_hour == under[0].ends - 1:
                    self._write("prefect", self.platform.states())
                    self.platform.stop()
            else:
                after = chance.uniform(0, self.usual_seconds * 1.1) if killed else None
                ended = self.rough.run("monitor", at, killed_after=after, file_limit=limit)
        self.rough.mail.faults.clear()
        self.rough.slack.replies.clear()
        if not (ended.failure or ended.is_killed):
            self.usual_seconds = 0.8 * self.usual_seconds + 0.2 * ended.seconds
        return ended

    def _break_sinks(self, half_hour: int, chance: random.Random) -> None:
        if self.plan.at(half_hour, Kind.SINK_DOWN):
            self.rough.mail.faults.extend([MailFault.TRY_LATER] * _MANY)
            self.rough.slack.replies.extend([WebhookReply(503, "down")] * _MANY)
        elif self.plan.at(half_hour, Kind.SINK_FAULTS):
            self.rough.mail.faults.extend(chance.choices(MAIL_FAULTS, k=_MANY))
            self.rough.slack.replies.extend(chance.choices(REPLIES, k=_MANY))

    def is_deadly(self, half_hour: int) -> bool:
        """Whether Prefect's server or its database dies in the midst of this half hour's run."""
        return any(
            half_hour - under.begins in (_SERVER_DIES, _POSTGRES_DIES)
            for under in self.plan.at(half_hour, Kind.PREFECT)
        )

    def _command(self, number: int, half_hour: int, at: datetime, stack: contextlib.ExitStack) -> Ended:
        """A run under Prefect; the servers die in the middle of some and come back before the next but one."""
        if self.platform.is_new:
            stack.enter_context(self.platform.running())
        deadly = {_SERVER_DIES: self.platform.kill_server, _POSTGRES_DIES: self.platform.kill_postgres}
        if number - 1 not in deadly and number != _POSTGRES_DIES + 1:
            self.platform.mend()
        timer = threading.Timer(_KILL_AFTER, deadly.get(number, int))
        timer.start()
        is_killed = bool(self.plan.at(half_hour, Kind.KILLED))
        try:
            return self.rough.command(at, self.platform.api_url, _KILL_AFTER if is_killed else None)
        finally:
            timer.join()

    def _record(self, house: House, half_hour: int, flow: str, ended: Ended) -> None:
        world = "calm" if house is self.calm else "rough"
        kinds = (
            [trouble.kind for trouble in self.plan.troubles if trouble.holds(half_hour)] if house is self.rough else []
        )
        sizes = _sizes(house)
        step = Step(half_hour, world, flow, tuple(map(str, kinds)), ended, *sizes)
        self._write("steps", asdict(step))
        for arrival in house.arrivals(half_hour):
            self._write(f"arrivals-{world}", asdict(arrival))

    def _position(self) -> tuple[int, int]:
        try:
            half_hour, tries = json.loads((self.folder / "position").read_text("ascii"))
        except FileNotFoundError:
            return 0, 0
        return half_hour, tries + 1

    def _save(self, half_hour: int, tries: int) -> None:
        (self.folder / "position").write_text(json.dumps([half_hour, tries]), encoding="ascii")

    def _write(self, name: str, row: dict[str, Any]) -> None:
        with (self.folder / f"{name}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        path = self.folder / f"{name}.jsonl"
        if path.exists():
            with path.open(encoding="utf-8") as file:
                yield from map(json.loads, file)


def _sizes(house: House) -> tuple[int, int, int, int, int]:
    """Bytes of the working file, its log, the published file and all else, and how many files that is."""
    path = house.warehouse
    known = (path, path.with_name(path.name + ".wal"), path.with_name("warehouse.published.duckdb"))
    sizes = (
        {file: file.stat().st_size for file in house.data.rglob("*") if file.is_file()} if house.data.exists() else {}
    )
    others = [size for file, size in sizes.items() if file not in known]
    first, second, third = (sizes.get(file, 0) for file in known)
    return first, second, third, sum(others), len(others)
