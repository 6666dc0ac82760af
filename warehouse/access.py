"""Who may read what is made for readers: the published file, copies, exports, the report."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_READ: Final = 0o444
_OWNER: Final = 0o700


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
