"""Files that are replaced in whole: whoever has the old one open keeps it, and nobody ever sees a half."""

from __future__ import annotations

import contextlib
import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.access import USUAL
from warehouse.file_copy import open_private
from warehouse.scratch import keep_locked, remove_left_behind

if TYPE_CHECKING:
    from warehouse.access import Access


def write_whole(target: Path, text: str, access: Access = USUAL) -> None:
    """Put ``text`` into the file ``target`` and its folder, both made if they are not there, for those it is meant for.

    Raises:
        OSError: it cannot be written; the old file stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep_drafts(target)
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with open(draft, "w", encoding="utf-8", opener=open_private) as file:
            keep_locked(file.fileno())
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            access.give(draft)
            draft.replace(target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def sweep_drafts(target: Path) -> None:
    """Remove what killed processes left half written of a file."""
    for draft in target.parent.glob(f"{glob.escape(target.name)}.*.new"):
        pid = draft.name.removeprefix(f"{target.name}.").removesuffix(".new")
        if pid.isdecimal() and not Path("/proc", pid).exists():
            remove_left_behind(draft)  # unless it is a process of another container that has it locked
