"""The moment at which a message leaves our hands, as a run sees it that may be told to stop before or after it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

Result = TypeVar("Result")
_PREFECTS: Final = "_prefect_sigterm_handler"


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
        except Exception as error:  # noqa: BLE001 - raised where the answer is waited for
            answer.set_exception(error)
        finally:
            if not answer.done():  # broken off: nothing goes, and nobody waits for it
                answer.set_exception(TimeoutError())


async def outwait(work: asyncio.Future[Result]) -> Result:
    """The result of what cannot be called back, however often whoever waits for it is told to stop."""
    while not work.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait([work])
    return work.result()


async def heard_in_turn(work: Coroutine[Any, Any, Result]) -> Result:
    """Do what SIGTERM must not break off in the middle of a step; then the signal takes its course.

    Prefect's handler raises wherever the program happens to be: a record of what was taken would be rolled back, and
    in a callback of the loop the error would go nowhere. Here the work is cancelled, and says itself when it ends.
    """
    if threading.current_thread() is not threading.main_thread():  # where no signal arrives
        return await work
    loop, working = asyncio.get_running_loop(), asyncio.ensure_future(work)
    told: list[int] = []

    def tell(number: int, _: object) -> None:
        told.append(number)
        loop.call_soon_threadsafe(working.cancel)

    try:
        with _heard_by(tell):
            return await working
    finally:
        if told:
            signal.raise_signal(signal.SIGTERM)


@contextlib.contextmanager
def _heard_by(tell: Callable[[int, object], None]) -> Iterator[None]:
    """Have SIGTERM heard here; where Prefect hears it, it takes this for its own.

    It acknowledges that a run is cancelled only while its own handler is set; else the run would count as crashed.
    """
    before = signal.signal(signal.SIGTERM, tell)
    engine = sys.modules.get("prefect.utilities.engine")
    is_its_own = engine is not None and before is getattr(engine, _PREFECTS, None)
    if is_its_own:
        setattr(engine, _PREFECTS, tell)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)
        if is_its_own:
            setattr(engine, _PREFECTS, before)
