"""Who may read what is made for readers: the published file, copies, exports, the report."""

from __future__ import annotations

import contextlib
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_READ: Final = 0o444
_OWNER: Final = 0o700
_OTHERS: Final = 0o077


@dataclass(frozen=True, slots=True)
class Access:
    """The permission bits of a file, whatever the umask says, and the number of the group that it is given to."""

    mode: int = 0o640
    group: int | None = None

    def give(self, path: Path) -> None:
        """Set the permissions of a file, or of a folder, which who may read it may enter too.

        Raises:
            OSError: this user may not, or is not in that group.
        """
        if self.group is not None:
            os.chown(path, -1, self.group)
        entering = _OWNER | (self.mode & _READ) >> 2 if path.is_dir() else 0
        path.chmod(self.mode | entering)

    def give_all(self, folder: Path) -> None:
        """Set the permissions of a folder with all that lies in it."""
        for path in (folder, *folder.rglob("*")):
            self.give(path)


USUAL: Final = Access()
"""For the owner and the owner's group."""


class Privacy:
    """While any is there, what this process makes is its owner's alone unless `Access` says otherwise.

    DuckDB makes the log beside a working file, which holds what was stored last, by the umask of the process.
    """

    _lock: ClassVar = threading.Lock()
    _number: ClassVar = 0
    _usual: ClassVar = 0

    def __init__(self) -> None:
        self._is_over = False
        with Privacy._lock:
            if not Privacy._number:
                Privacy._usual = os.umask(_OTHERS)
            Privacy._number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @classmethod
    @contextlib.contextmanager
    def lifted(cls) -> Iterator[None]:
        """For what is made meanwhile the umask holds that the process came with: others are to read it."""
        with cls._lock:
            if cls._number:
                os.umask(cls._usual)
        try:
            yield
        finally:
            with cls._lock:
                if cls._number:
                    os.umask(_OTHERS)

    def end(self) -> None:
        """End it; the last one brings the umask back."""
        with Privacy._lock:
            if self._is_over:
                return
            self._is_over = True
            Privacy._number -= 1
            if not Privacy._number:
                os.umask(Privacy._usual)
