"""What the benchmarks share: the clock, the CPU's, a configuration folder, and the table that they print."""

from __future__ import annotations

import os
import resource
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timed(Generic[T]):
    """What a piece of work returned and took: on the clock, of the CPU, and of that its ended children."""

    result: T
    seconds: float
    cpu_seconds: float
    child_cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What something takes: seconds on the clock, and of the CPU, or a size in ``unit`` alone."""

    value: float
    cpu_seconds: float | None = None
    unit: str = "s"

    @classmethod
    def of(cls, one: Timed[Any]) -> Cost:
        """That of a timed piece of work."""
        return cls(one.seconds, one.cpu_seconds)

    def __str__(self) -> str:
        cpu = "" if self.cpu_seconds is None else f"{self.cpu_seconds:.3g} CPU"
        return f"{self.value:>9.3g} {self.unit:<3} {cpu:>10}"


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of work beside its bare baseline, which does the least that could be called the same, in the same run."""

    part: str
    work: str
    cost: Cost
    bare: str
    bare_cost: Cost
    note: str = ""

    @property
    def ratio(self) -> float:
        """Of the CPU seconds, where both have them: what else runs on the machine does not count in these."""
        if self.cost.cpu_seconds is None or not self.bare_cost.cpu_seconds:
            return self.cost.value / self.bare_cost.value
        return self.cost.cpu_seconds / self.bare_cost.cpu_seconds

    def __str__(self) -> str:
        sides = f"{self.cost}   {self.bare:<34} {self.bare_cost}"
        return f"{self.part:<11} {self.work:<38} {sides} {self.ratio:8.2f}   {self.note}".rstrip()


HEAD: Final = f"{'part':<11} {'work':<38} {'takes':>24}   {'bare baseline':<34} {'takes':>24} {'ratio':>8}"


def show(parts: Iterable[Iterable[Line]]) -> None:
    """Print the table, each line as it is measured."""
    say(HEAD)
    for lines in parts:
        for line in lines:
            say(str(line))


def timed(work: Callable[[], T]) -> Timed[T]:
    """Do a piece of work and see what it takes."""
    started, own, children = time.monotonic(), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    result = work()
    own, children = _cpu(resource.RUSAGE_SELF) - own, _cpu(resource.RUSAGE_CHILDREN) - children
    return Timed(result, time.monotonic() - started, own + children, children)


def quickest(work: Callable[[], T], times: int = 3) -> Timed[T]:
    """What a piece of work takes at best."""
    return min((timed(work) for _ in range(times)), key=lambda one: one.cpu_seconds)


def _cpu(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work in this process."""
    started = time.process_time()
    work()
    return time.process_time() - started


def configure(home: Path, feeds: Iterable[tuple[str, str]], hosts: str) -> None:
    """A configuration folder for feeds, given as format and address, and the environment that points to it."""
    written = [
        {
            "id": f"feed-{number}",
            "publisher": f"Publisher {number}",
            "kind": "blog",
            "homepage": url,
            "url": url,
            "format": form,
        }
        for number, (form, url) in enumerate(feeds)
    ]
    (home / "config").mkdir(parents=True)
    (home / "config" / "feeds.yml").write_text(yaml.safe_dump({"feeds": written}), encoding="utf-8")
    os.environ.update(
        STANCEWATCH_CONFIG=str(home / "config"), STANCEWATCH_HOME=str(home), STANCEWATCH_LOCAL_HOSTS=hosts
    )


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
