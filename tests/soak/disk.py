"""A small disk of its own for a warehouse, that can be filled to the brim and made read-only."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZE: Final = 1 << 30


class Disk:
    """A file system in memory at ``place``; what is on it stays until it is taken away."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / "ballast"

    def mount(self) -> None:
        """Have it, unless it is there already.

        Raises:
            PermissionError: this process may not mount.
        """
        self.place.mkdir(parents=True, exist_ok=True)
        if not os.path.ismount(self.place):
            self._call("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(self.place))

    def unmount(self) -> None:
        """Take it away with all that is on it."""
        self._call("umount", str(self.place))

    @contextlib.contextmanager
    def full(self, left: int) -> Iterator[None]:
        """While this lasts, so many bytes are left on it."""
        state = os.statvfs(self.place)
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(state.f_bavail * state.f_frsize - left, 1))
        try:
            yield
        finally:
            self._ballast.unlink()

    @contextlib.contextmanager
    def read_only(self) -> Iterator[None]:
        """While this lasts, nothing can be written to it."""
        self._call("mount", "-o", "remount,ro", str(self.place))
        try:
            yield
        finally:
            self._call("mount", "-o", "remount,rw", str(self.place))

    def _call(self, *command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the system's own
        if done.returncode:
            raise PermissionError(f"{' '.join(command)}: {done.stderr.strip()}")
