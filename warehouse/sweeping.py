"""What killed processes left half written beside a working file, swept up: it may name people who are forgotten."""

from __future__ import annotations

import glob
import re
from typing import TYPE_CHECKING, Final

from warehouse.published import published_path
from warehouse.scratch import remove, sweep_scratch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HALF: Final = re.compile(r"(?P<copy>.+)\.duckdb\.(new(\.(wal|tmp|lock|lease))?|restoring)")
_DAILY: Final = re.compile(r"(?P<stem>.+)-\d{8}")


def sweep(path: Path) -> None:
    """Remove all of it.

    Whoever calls holds the working file at ``path``, and whoever writes these files does so too, but for copies in
    scratch folders, which are locked while somebody works on them: nothing is taken from a living process. What is
    spilt beside the working file itself is left to whoever opens it.
    """
    for half in _left_beside(path):
        remove(half)
    sweep_scratch(path.parent)


def _left_beside(path: Path) -> Iterator[Path]:
    yield published_path(path).with_name(published_path(path).name + ".new")
    yield path.with_name(path.name + ".restoring")
    yield from path.parent.glob(f"{glob.escape(path.name)}*.seized")
    yield from path.parent.glob(f"{glob.escape(path.stem)}.before-*.duckdb.restoring")
    for half in (path.parent / "backups").glob("*.duckdb.*"):
        found = _HALF.fullmatch(half.name)
        daily = _DAILY.fullmatch(found["copy"]) if found else None
        if found and (daily is None or daily["stem"] == path.stem):  # another warehouse may keep its copies there, too
            yield half
