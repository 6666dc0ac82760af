"""What goes wrong with a warehouse: each text is one line that says why and what to do."""

from __future__ import annotations


class WarehouseError(RuntimeError):
    """The warehouse cannot be used; the text is one line that says why and what to do."""


class RequestError(WarehouseError):
    """What somebody asked for cannot be done, and nothing was; a slip of theirs, no failure of a run."""


class MisuseError(RequestError):
    """It could never be done, whatever the warehouse holds: the command itself is wrong."""


class WarehouseBusyError(WarehouseError):
    """Another process has the warehouse open to write; it is the lease of one run at a time."""


class LeaseLostError(WarehouseError):
    """This process was silent for too long and another one took its place: it must not write any more."""


def one_line(error: BaseException) -> str:
    """The first line of an error's text, for messages that must fit one."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]
