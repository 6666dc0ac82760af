"""What the benchmarks share: the clock, the CPU's, a configuration folder, a line printed."""

from __future__ import annotations

import os
import resource
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

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


def timed(work: Callable[[], T]) -> Timed[T]:
    """Do a piece of work and see what it takes."""
    started, own, children = time.monotonic(), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    result = work()
    own, children = _cpu(resource.RUSAGE_SELF) - own, _cpu(resource.RUSAGE_CHILDREN) - children
    return Timed(result, time.monotonic() - started, own + children, children)


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
