"""What a soak comes to: one table, and a line for all that is wrong."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.soak.house import HEARTBEAT_AT
from tests.soak.trouble import Kind
from tests.soak.worlds import LEFT_OUT, OTHER, differences
from tests.storm.storm import judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.soak.soak import Soak, Step

MAY_FAIL: Final = frozenset({Kind.FULL, Kind.READ_ONLY, Kind.PREFECT})
"""Where a run may end with one line that says why."""
_GROWTH: Final = 1.3
"""Memory may be so many times in the last quarter what it was before, bytes an article what they were in the second."""
_LATEST: Final = timedelta(hours=24)
_LOG_BYTES: Final = 1 << 20


@dataclass
class Account:
    """Rows of the table and what is wrong."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)

    def tell(self, what: str, figures: str, *wrongs: str) -> None:
        """Add a row, and what is wrong with it."""
        self.rows.append((what, figures))
        self.wrongs += [f"{what}: {wrong}" for wrong in wrongs]

    def lines(self) -> list[str]:
        """The table as text, what is wrong below it."""
        width = max(len(what) for what, _ in self.rows)
        return [f"  {what:<{width}}  {figures}" for what, figures in self.rows] + [
            f"WRONG {wrong}" for wrong in self.wrongs
        ]


def draw_up(soak: Soak) -> Account:
    """The account of a part that came to its end."""
    account, steps = Account(), list(soak.steps())
    _runs(account, soak, steps)
    compared, wrongs = differences(soak.calm, soak.rough)
    but = sum(map(len, OTHER.values()))
    account.tell(
        "rows compared", f"{compared} in {len(OTHER)} views, {but} columns and {len(LEFT_OUT)} views left out", *wrongs
    )
    _messages(account, soak)
    _slots(account, soak)
    _growth(account, soak, steps)
    _leftovers(account, soak, steps)
    return account


def _runs(account: Account, soak: Soak, steps: Sequence[Step]) -> None:
    rough = [step for step in steps if step.world == "rough"]
    monitors = [step for step in rough if step.flow == "monitor"]
    killed = sum(step.ended.is_killed for step in rough)
    failed = [step for step in steps if step.ended.failure]
    unforeseen = [
        f"half hour {step.half_hour} ({step.world}): {step.ended.failure}"
        for step in failed
        if not MAY_FAIL & set(step.kinds) or "\n" in step.ended.failure or "Traceback" in step.ended.failure
    ]
    missing = set(range(soak.part.half_hours)) - {step.half_hour for step in monitors}
    unforeseen += [f"no run at half hour {half_hour}" for half_hour in sorted(missing)]
    under = sum(Kind.PREFECT in step.kinds for step in monitors)
    calm = sum(step.world == "calm" for step in steps)
    figures = (
        f"{len(monitors)} and {len(rough) - len(monitors)} upkeeps, {under} of them commands under Prefect; {calm} calm"
    )
    account.tell("runs", f"{figures}; {killed} killed, {len(failed)} failed with a line", *unforeseen)
    disturbed = soak.calm.rows(
        "SELECT url, reason FROM fetches WHERE outcome = 'failed' AND kind IN ('feed', 'page') LIMIT 3"
    )
    account.tell("the calm world's own faults", str(len(disturbed)), *(f"{url}: {reason}" for url, reason in disturbed))
    lasted = Counter(kind for step in monitors for kind in step.kinds)
    account.tell("half hours in trouble", ", ".join(f"{kind} {number}" for kind, number in sorted(lasted.items())))
    silenced = [
        step for step in rough if step.ended.is_killed or (step.ended.failure and soak.is_deadly(step.half_hour))
    ]
    _prefect(account, soak, sum(Kind.PREFECT in step.kinds for step in silenced))
    states = dict(soak.rough.rows("SELECT status, count(*) FROM runs GROUP BY ALL"))
    told = ", ".join(f"{number} {status}" for status, number in sorted(states.items()))
    account.tell("runs on record", told, *(["some are still running"] if states.get("running") else []))


def _prefect(account: Account, soak: Soak, silenced: int) -> None:
    """A run killed with -9, or whose server died in its midst, can tell Prefect nothing; no other is left running."""
    states = soak.prefect_states()
    if states:
        told = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
        wrongs = (
            [f"{states['Running']} left running, {silenced} silenced"] if states.get("Running", 0) > silenced else []
        )
        account.tell("runs on Prefect's record", told, *wrongs)


def _messages(account: Account, soak: Soak) -> None:
    """Each message once, or twice and marked; each alert in one."""
    came: dict[tuple[str, str], list[str]] = defaultdict(list)
    for arrival in soak.arrivals("rough"):
        came[arrival.message_id, arrival.destination].append(arrival.subject)
    owed = soak.rough.rows("SELECT message_id, destination, status FROM messages ORDER BY ALL")
    times = Counter(len(came[row[0], row[1]]) for row in owed)
    wrongs = [wrong for row in owed for wrong in judge(row, came.pop((row[0], row[1]), []))]
    wrongs += [f"{key} arrived and is not on record" for key, subjects in came.items() if subjects]
    account.tell("messages", f"{len(owed)} owed: {times[1]} arrived once, {times[2]} twice and marked", *wrongs)
    untold = "SELECT timing, count(*) FROM alerts WHERE message_id IS NULL AND status = 'held' GROUP BY ALL"
    held = dict(soak.rough.rows(untold))
    lost = soak.rough.rows("SELECT alert_id, status FROM alerts WHERE message_id IS NULL AND status <> 'held'")
    ((alerts,),) = soak.rough.rows("SELECT count(*) FROM alerts")
    told = (
        ", ".join(f"{number} wait for the {timing} digest" for timing, number in sorted(held.items())) or "none waits"
    )
    wrongs = [f"{alert_id} is {status} and in no message" for alert_id, status in lost]
    wrongs += [f"{number} wait that should have gone at once" for timing, number in held.items() if timing == "at_once"]
    account.tell("alerts", f"{alerts}; {told}", *wrongs)


def _slots(account: Account, soak: Soak) -> None:
    """A sign of life for every day, digests no more than once each, all in time by London's clock."""
    sql = "SELECT message_id, kind, timing, destination, window_end FROM messages WHERE kind IN ('heartbeat', 'digest')"
    for world, house in (("calm", soak.calm), ("rough", soak.rough)):
        ends = {row[0]: row for row in house.rows(sql)}
        first = {arrival.message_id: arrival.half_hour for arrival in reversed(soak.arrivals(world))}
        lags = {key: soak.news.moment(first[key]) - ends[key][4] for key in ends if key in first}
        most = max(lags.values(), default=timedelta())
        kinds = Counter(f"{row[1]} {row[2]}" for row in ends.values())
        beats = {row[4].astimezone(UTC) for row in ends.values() if row[1] == "heartbeat"}
        expected = {slot for slot in soak.slots(HEARTBEAT_AT) if slot <= soak.news.moment(soak.part.half_hours - 2)}
        wrongs = [f"no sign of life for {slot}" for slot in sorted(expected - beats)]
        same = Counter((row[1], row[2], row[3], row[4]) for row in ends.values())
        wrongs += [f"{number} of {key}" for key, number in same.items() if number > 1]
        wrongs += [
            f"{ends[key][1]} {key} came {lag} off" for key, lag in lags.items() if not timedelta() <= lag < _LATEST
        ]
        if world == "calm":
            wrongs += [
                f"{ends[key][1]} {key} was {lag} late without a trouble"
                for key, lag in lags.items()
                if lag and ends[key][4] >= soak.part.start
            ]
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        account.tell(f"by the clock ({world})", f"{told}; the latest {most} after its time", *wrongs)


def _growth(account: Account, soak: Soak, steps: Sequence[Step]) -> None:
    """Memory and files by quarter."""
    quarter = soak.part.half_hours / 4
    seen = [moment for (moment,) in soak.calm.rows("SELECT first_seen_at FROM articles")]
    articles = [sum(moment < soak.news.moment(round(quarter * (number + 1))) for moment in seen) for number in range(4)]
    account.tell("articles by quarter", " ".join(map(str, articles)))
    for world in ("calm", "rough"):
        own = [step for step in steps if step.world == world and not step.ended.is_killed]
        parts = [[step for step in own if step.half_hour // quarter == number] for number in range(4)]
        peaks = [max((step.ended.peak_kib >> 10 for step in part), default=0) for part in parts]
        wrongs = [f"grew to {peaks[3]} MiB"] if peaks[3] > _GROWTH * max(peaks[:3]) else []
        account.tell(f"peak memory, MiB ({world})", " ".join(map(str, peaks)), *wrongs)
        for what in ("files", "children"):
            most = [max((getattr(step.ended, what) for step in part), default=0) for part in parts]
            wrongs = [f"grew to {most[3]}"] if most[3] > max(most[:3]) + 2 else []
            account.tell(f"open {what} ({world})", " ".join(map(str, most)), *wrongs)
        for what in ("warehouse", "published", "other"):
            sizes = [next((getattr(step, f"{what}_bytes") for step in reversed(part)), 0) for part in parts]
            fair = _GROWTH * sizes[1] * articles[3] / max(articles[1], 1)
            wrongs = [f"grew from {sizes[1]} to {sizes[3]}"] if sizes[3] > fair and what != "other" else []
            account.tell(f"{what} file, KiB ({world})", " ".join(str(size >> 10) for size in sizes), *wrongs)


def _leftovers(account: Account, soak: Soak, steps: Sequence[Step]) -> None:
    """Logs, drafts, scratch files and processes that nobody needs any more."""
    whole = [step for step in steps if not (step.ended.is_killed or step.ended.failure)]
    log = max((step.log_bytes for step in whole), default=0)
    account.tell(
        "log beside the file after a run", f"{log} bytes at most", *([f"{log} bytes"] if log > _LOG_BYTES else [])
    )
    for house in (soak.calm, soak.rough):
        drafts = [str(path) for path in house.data.rglob("*") if path.suffix in {".new", ".tmp"}]
        scratch = [str(path) for path in house.scratch.rglob("*")]
        orphans = [f"process {pid}" for pid in _processes(house.home)]
        told = f"{len(drafts)} drafts, {len(scratch)} scratch files, {len(orphans)} processes"
        account.tell(f"left over ({house.home.name})", told, *drafts, *scratch[:5], *orphans)


def _processes(home: Path) -> list[int]:
    """Processes of ours that run in a world's environment."""
    mark, found = f"TMPDIR={home / 'scratch'}".encode(), []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                environment = (folder / "environ").read_bytes().split(b"\0")
            except OSError:  # gone, or somebody else's
                continue
            found += [int(folder.name)] if mark in environment else []
    return found
