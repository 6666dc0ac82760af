"""The moment at which a message leaves our hands, as a run sees it that may be told to stop before or after it."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class HandingOver:
    """Says in the loop's thread that the next byte may be taken (``mark``), before the sender's thread lets it go.

    All but `begin` belongs to the loop, where one thing happens after the other: so a run that stops (`is_forbidden`)
    knows for sure whether a message may have gone out (`has_begun`).
    """

    def __init__(self, mark: Callable[[], None]) -> None:
        self._mark = mark
        self._loop = asyncio.get_running_loop()
        self.has_begun = False
        self.is_forbidden = False

    def begin(self) -> None:
        """Called in the sender's thread; returns when the next byte may go.

        Raises:
            TimeoutError: it is too late: the run stops.
        """
        answer: Future[None] = Future()
        self._loop.call_soon_threadsafe(self._begin, answer)
        answer.result()

    def _begin(self, answer: Future[None]) -> None:
        if self.is_forbidden:
            answer.set_exception(TimeoutError())
            return
        try:
            self._mark()
            self.has_begun = True
            answer.set_result(None)
        except BaseException as error:
            answer.set_exception(error)
            if not isinstance(error, Exception):
                raise


async def outwait(work: asyncio.Future[Result]) -> Result:
    """The result of what cannot be called back, however often whoever waits for it is told to stop."""
    while not work.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait([work])
    return work.result()
