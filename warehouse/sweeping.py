"""What killed processes left half written beside a working file, swept up: it may name people who are forgotten."""

from __future__ import annotations

import glob
import re
from typing import TYPE_CHECKING, Final

from warehouse.lake import spill_of
from warehouse.published import published_path
from warehouse.scratch import remove, sweep_scratch, while_nobody_works

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HALF: Final = re.compile(r"(?P<copy>.+)\.duckdb\.(new(\.(wal|tmp|lock|lease))?|restoring)")
_SPILT: Final = ".duckdb.tmp"
_DAILY: Final = re.compile(r"(?P<stem>.+)-\d{8}")


def sweep(path: Path) -> None:
    """Remove all of it.

    Whoever calls holds the working file at ``path``, and whoever writes these files does so too, but for copies in
    scratch folders and those in ``backups/`` whose name does not say of which warehouse they are: there locks tell
    whether somebody works on them. So nothing is taken from a living process. What is spilt beside the working file
    itself is left to whoever opens it.
    """
    for half in _left_beside(path):
        remove(half)
    backups = path.parent / "backups"
    with while_nobody_works(backups) as is_idle:
        for half, stem in _halves_in(backups):
            if stem == path.stem or (not stem and is_idle):
                remove(half)
    sweep_scratch(path.parent)


def sweep_spilt(path: Path) -> None:
    """Remove what readers spilt beside the published file and copies: DuckDB never removes what a killed one left.

    Who is reading there just then may break off: so this is not done daily.
    """
    remove(spill_of(published_path(path)))
    copies = (path.parent / "backups").glob(f"*{_SPILT}")
    for folder in (*copies, *path.parent.glob(f"{glob.escape(path.stem)}.before-*{_SPILT}")):
        daily = _DAILY.fullmatch(folder.name.removesuffix(_SPILT))
        if daily is None or daily["stem"] == path.stem:  # another warehouse may keep its copies there, too
            remove(folder)


def _left_beside(path: Path) -> Iterator[Path]:
    yield published_path(path).with_name(published_path(path).name + ".new")
    yield path.with_name(path.name + ".restoring")
    yield from path.parent.glob(f"{glob.escape(path.name)}*.seized")
    yield from path.parent.glob(f"{glob.escape(path.stem)}.before-*.duckdb.restoring")
    yield from path.parent.glob("*.duckdb.moving*")  # of moves by earlier versions; they make scratch folders now


def _halves_in(backups: Path) -> Iterator[tuple[Path, str]]:
    """Half copies, and of which warehouse each is the copy of a day; another may keep its copies there, too."""
    for half in backups.glob("*.duckdb.*"):
        if found := _HALF.fullmatch(half.name):
            daily = _DAILY.fullmatch(found["copy"])
            yield half, daily["stem"] if daily else ""
