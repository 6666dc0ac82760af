"""What is half made and can be told from what a killed process left: its maker keeps a lock on it."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import itertools
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX: Final = "stancewatch-scratch-"
_NAME: Final = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
COPY: Final = "copy.duckdb"
"""The one file that is made in a scratch folder, with what DuckDB puts beside it."""
_NUMBERS: Final = itertools.count(1)


@contextlib.contextmanager
def scratch_folder(place: Path) -> Iterator[Path]:
    """A folder under ``place`` for a `COPY`, gone afterwards, and locked meanwhile."""
    folder, handle = _made_and_locked(place)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _made_and_locked(place: Path) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        with contextlib.suppress(FileNotFoundError):  # swept before it was locked: once more
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            keep_locked(handle)
            if folder.exists():
                return folder, handle
            os.close(handle)


def keep_locked(handle: int) -> None:
    """Lock what is open, until it is closed, against `remove_left_behind`."""
    with contextlib.suppress(OSError):  # where there are no locks nothing is removed either
        fcntl.flock(handle, fcntl.LOCK_SH)


@contextlib.contextmanager
def at_work_in(place: Path) -> Iterator[None]:
    """Lock a folder while something is half made in it, against whoever sweeps there `while_nobody_works`."""
    with contextlib.ExitStack() as kept:
        with contextlib.suppress(OSError):
            handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            kept.callback(os.close, handle)
            keep_locked(handle)
        yield


@contextlib.contextmanager
def while_nobody_works(place: Path) -> Iterator[bool]:
    """Whether nobody is `at_work_in` a folder, and nobody begins meanwhile; no where that cannot be known."""
    with contextlib.ExitStack() as kept:
        is_idle = False
        with contextlib.suppress(OSError):
            handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            kept.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_idle = True
        yield is_idle


def spill_place(place: Path) -> Path:
    """Where a new connection of a reader puts what does not fit into memory: in this process's own scratch folder.

    That is locked until the process ends, and then removed, or swept up if it was killed.

    Raises:
        OSError: nothing can be made under ``place``.
    """
    folder = _spill_folder(place, os.getpid())
    if not folder.exists():  # removed by hand, perhaps
        _spill_folder.cache_clear()
        folder = _spill_folder(place, os.getpid())
    return folder / f"{COPY}.{next(_NUMBERS)}.tmp"


@functools.cache
def _spill_folder(place: Path, _process: int) -> Path:
    folder, _ = _made_and_locked(place)
    atexit.register(remove, folder)
    return folder


def sweep_scratch(place: Path) -> None:
    """Remove the scratch folders under ``place`` in which nobody works any more; a folder with anything else stays."""
    for folder in place.glob(f"{_PREFIX}*"):
        if _NAME.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink():
            with contextlib.suppress(OSError):
                if all(file.name.startswith(COPY) for file in folder.iterdir()):
                    remove_left_behind(folder)


def remove_left_behind(path: Path) -> None:
    """Remove a file or folder unless its maker keeps it locked, or nobody can know."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove(path)
    except OSError:
        return
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if it is there and this user may."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        path.unlink()
