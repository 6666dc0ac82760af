"""Files that are replaced in whole: whoever has the old one open keeps it, and nobody ever sees a half."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from warehouse.access import USUAL
from warehouse.file_copy import open_private

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.access import Access


def write_whole(target: Path, text: str, access: Access = USUAL) -> None:
    """Put ``text`` into the file ``target`` and its folder, both made if they are not there, for those it is meant for.

    Raises:
        OSError: it cannot be written; the old file stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with open(draft, "w", encoding="utf-8", opener=open_private) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        access.give(draft)
        draft.replace(target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
