"""Manners: one request in flight a host with a gap between them, and a bound on all that is in flight."""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_SLOW_FACTOR = 16
"""How many times the concurrency may be in flight at most, exchanges that have grown slow included."""


class TurnTooFarError(Exception):
    """A host's next free turn lies further away than anyone is to wait; ``wait_seconds`` says how far."""

    def __init__(self, host: str, wait_seconds: float) -> None:
        super().__init__(f"the next free turn at {host} is {wait_seconds:.0f} s away: left for a later run")
        self.wait_seconds = math.ceil(wait_seconds)


@dataclass(slots=True)
class _Line:
    """Those who wait for one host."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended_at: float = -math.inf
    paused_until: float = -math.inf
    waiting: int = 0

    def opens_at(self, gap_seconds: float) -> float:
        return max(self.ended_at + gap_seconds, self.paused_until)


class HostGate:
    """Gives each host's visitors their turns, in the order in which they came."""

    def __init__(self, max_wait_seconds: float) -> None:
        self._max_wait_seconds = max_wait_seconds
        self._lines: defaultdict[str, _Line] = defaultdict(_Line)

    @asynccontextmanager
    async def turn(self, host: str, gap_seconds: float) -> AsyncIterator[None]:
        """Hold the only turn at a host, at least ``gap_seconds`` after the one before ended.

        Raises:
            TurnTooFarError: The wait would be longer than this gate allows.
        """
        line = self._lines[host]
        loop = asyncio.get_running_loop()
        wait_seconds = line.opens_at(gap_seconds) - loop.time() + line.waiting * gap_seconds
        if wait_seconds > self._max_wait_seconds:
            raise TurnTooFarError(host, wait_seconds)
        line.waiting += 1
        try:
            async with line.lock:
                while (wait_seconds := line.opens_at(gap_seconds) - loop.time()) > 0:
                    if wait_seconds > self._max_wait_seconds:
                        raise TurnTooFarError(host, wait_seconds)
                    await asyncio.sleep(wait_seconds)
                try:
                    yield
                finally:
                    line.ended_at = loop.time()
        finally:
            line.waiting -= 1

    def pause(self, host: str, seconds: float) -> None:
        """Give no turn at a host for a while: it has asked to be left alone."""
        line = self._lines[host]
        line.paused_until = max(line.paused_until, asyncio.get_running_loop().time() + seconds)


class Slots:
    """A limit on exchanges in flight that slow ones leave after a while, lest stalled hosts fill it."""

    def __init__(self, limit: int, slow_seconds: float) -> None:
        self._brisk = asyncio.Semaphore(limit)
        self._all = asyncio.Semaphore(limit * _SLOW_FACTOR)
        self._slow_seconds = slow_seconds

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Hold a slot; it goes to the next one when this exchange ends or has become a slow one."""
        async with self._all:
            await self._brisk.acquire()
            place = _Place(self._brisk)
            timer = asyncio.get_running_loop().call_later(self._slow_seconds, place.leave)
            try:
                yield
            finally:
                timer.cancel()
                place.leave()


@dataclass(slots=True)
class _Place:
    """A place among the brisk that is left once, by the timer or at the end."""

    brisk: asyncio.Semaphore
    is_left: bool = False

    def leave(self) -> None:
        if not self.is_left:
            self.is_left = True
            self.brisk.release()
