"""Files that are replaced in whole: whoever has the old one open keeps it, and nobody ever sees a half."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(target: Path, text: str) -> None:
    """Put ``text`` into the file ``target`` and its folder, both made if they are not there.

    Raises:
        OSError: it cannot be written; the old file stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
