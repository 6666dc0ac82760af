"""`make cluster-check`: runs of the sample newsroom, here and on real clusters, compared row by row.

Each run is the command itself, over two days of the newsroom, into a warehouse of its own. On Dask: two workers, nobody
disturbed; one worker killed by SIGKILL in mid-run; the scheduler killed in mid-run, and the next run after that. On Ray
the first two, where it is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from flows.prefect_setup import prefect_server, prepare_prefect
from tests.bench.measures import say
from tests.cluster.dask_cluster import running_dask
from tests.flows.world import World, running_world

if TYPE_CHECKING:
    from collections.abc import Callable

VIEWS = ("articles", "statements", "stance_events", "alerts")
CLOCK = "'first_seen_at', 'fetched_at', 'said_at', 'said_on', 'detected_at', 'created_at', 'sent_at'"
"""Columns that hold moments of our own clock; all others are compared."""
ROWS = "SELECT COLUMNS(lambda name: name NOT IN ({CLOCK})) FROM {view} ORDER BY ALL".replace("{CLOCK}", CLOCK)
LONGEST_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What two days left: rows by view, mails by subject, and what the runs said."""

    rows: dict[str, list[tuple[Any, ...]]]
    subjects: Counter[str]
    said: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A newsroom that answers at one address for all runs, and where the runs' warehouses go."""

    world: World
    home: Path

    def days(self, name: str, tasks: str, disturb: Callable[[], None] | None = None) -> Outcome:
        """Two days as one warehouse sees them; ``disturb`` is done in the middle of the second run."""
        self.world.newsroom.show_day(1)
        self.world.mail.received.clear()
        environment = {**os.environ, **self.world.environment}
        environment |= {"STANCEWATCH_TASKS": tasks, "STANCEWATCH_HOME": str(self.home / name)}
        said = self._run(environment)
        self.world.newsroom.show_day(2)
        said += self._run(environment, disturb)
        with duckdb.connect(str(self.home / name / "warehouse.published.duckdb"), read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            rows = {view: connection.execute(ROWS.format(view=view)).fetchall() for view in VIEWS}
        return Outcome(rows, Counter(str(mail["Subject"]) for mail in self.world.mail.messages), said)

    def _run(self, environment: dict[str, str], disturb: Callable[[], None] | None = None) -> str:
        command = [sys.executable, "-m", "flows.cli", "run", "--all"]
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if disturb:
            disturb()
        said, _ = process.communicate(timeout=LONGEST_SECONDS)
        assert process.returncode == 0, said
        return said


def at_work(process: subprocess.Popen[bytes]) -> None:
    """Wait until a worker of a cluster has a disposable worker that works: the middle of a run."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        children = Path(f"/proc/{process.pid}/task").glob("*/children")
        if any(seconds_of(int(pid)) > 0 for file in children for pid in file.read_text(encoding="ascii").split()):
            return
        time.sleep(0.02)
    raise TimeoutError("no batch came to the worker")


def seconds_of(pid: int) -> float:
    """CPU seconds of a process; 0 for one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def compare(name: str, found: Outcome, local: Outcome) -> bool:
    """Print whether an outcome is that of the local run, view by view; returns whether all are."""
    same = {view: rows == local.rows[view] for view, rows in found.rows.items()}
    same["mails"] = found.subjects == local.subjects
    numbers = {view: len(rows) for view, rows in found.rows.items()} | {"mails": found.subjects.total()}
    told = ", ".join(f"{numbers[view]} {view}{'' if is_same else ' DIFFER'}" for view, is_same in same.items())
    say(f"{name:<34} {'the same' if all(same.values()) else 'NOT THE SAME'}: {told}")
    for line in found.said.splitlines():
        if "dask://" in line or "ray://" in line:
            say(f"    {line}")
    return all(same.values())


def on_dask(stage: Stage, local: Outcome) -> list[bool]:
    """The four runs on Dask."""
    with running_dask() as cluster:
        results = [compare("Dask, two workers", stage.days("dask", cluster.address), local)]

        def kill_worker() -> None:
            at_work(cluster.workers[0])
            cluster.workers[0].kill()

        found = stage.days("killed", cluster.address, kill_worker)
        results.append(compare("Dask, a worker killed in mid-run", found, local))

        def kill_scheduler() -> None:
            at_work(cluster.workers[1])
            cluster.scheduler.kill()

        found = stage.days("lost", cluster.address, kill_scheduler)
        results.append(compare("Dask, the scheduler killed", found, local))
        results.append("this machine does" in found.said)
        results.append(compare("Dask, no scheduler at all", stage.days("gone", cluster.address), local))
    return results


def on_ray(stage: Stage, local: Outcome) -> list[bool]:
    """The first two of them on Ray, where it is installed."""
    try:
        from tests.cluster.ray_cluster import kill_batch, running_ray
    except ImportError:
        say("Ray is not installed: not run (.uv/bin/uv sync --system-certs --locked --extra ray)")
        return []
    with running_ray() as address:
        results = [compare("Ray, two processors", stage.days("ray", address), local)]
        found = stage.days("ray-killed", address, kill_batch)
        results.append(compare("Ray, a worker killed in mid-run", found, local))
    return results


def main() -> int:
    """Print how each kind of run compares with the local one; 1 where one differs. Arguments choose: dask, ray."""
    wanted = sys.argv[1:] or ["dask", "ray"]
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        prepare_prefect(Path(name))
        os.environ["PREFECT_API_URL"] = stack.enter_context(prefect_server())  # one for all runs
        stage = Stage(stack.enter_context(running_world(Path(name) / "world")), Path(name))
        local = stage.days("local", "")
        say(f"local: {', '.join(f'{len(rows)} {view}' for view, rows in local.rows.items())}")
        assert all(local.rows.values())
        results = [
            is_same
            for kind, on in (("dask", on_dask), ("ray", on_ray))
            if kind in wanted
            for is_same in on(stage, local)
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
