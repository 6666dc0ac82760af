"""The time of day: the one place where the product reads it, so that whoever rehearses weeks can put a clock there."""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CLOCK: Final[ContextVar[Callable[[], datetime] | None]] = ContextVar("clock", default=None)
"""Tasks that are started under a clock go by it too."""


def now() -> datetime:
    """This moment, in UTC."""
    read = _CLOCK.get()
    return datetime.now(UTC) if read is None else read()


@contextlib.contextmanager
def showing(read: Callable[[], datetime]) -> Iterator[None]:
    """Go by another clock for a while; it must never go back."""
    before = _CLOCK.set(read)
    try:
        yield
    finally:
        _CLOCK.reset(before)
