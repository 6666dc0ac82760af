"""The folder of an export: made beside it, put in place a view at a stroke; what is not ours is never touched."""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import fcntl
import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from warehouse.access import USUAL
from warehouse.database import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warehouse.access import Access

MANIFEST: Final = "manifest.json"
_EXCHANGE: Final = 2
_HERE: Final = -100


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of an export; ``path`` is relative to its folder, ``since`` empty where all rows were written."""

    path: str
    view: str
    rows: int
    bytes: int
    sha256: str
    exported_at: str
    since: str
    version: str

    @property
    def unit(self) -> str:
        """What is replaced as a whole: the folder of a view's Parquet files, or its CSV file."""
        return self.path.split("/", 1)[0]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export left in a folder; while one is being put in place, ``is_complete`` is false."""

    exported_at: str
    version: str
    is_complete: bool
    files: tuple[ExportedFile, ...]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in a folder, None where there is none.

    Raises:
        RequestError: there is a file of that name that no export wrote.
    """
    path = folder / MANIFEST
    try:
        return TypeAdapter(Manifest).validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError:
        raise RequestError(f"{path}: was written by no export; move it away, or name another folder") from None


def refuse_foreign(folder: Path, units: Sequence[str], known: Manifest | None) -> None:
    """Make sure that whatever stands where an export will write was written by an export.

    Raises:
        RequestError: something was not.
    """
    ours = {file.path for file in known.files} if known else set()
    for unit in units:
        place = folder / unit
        found = [place] if place.is_file() or place.is_symlink() else sorted(place.rglob("*"))
        for path in found:
            name = path.relative_to(folder).as_posix()
            if name not in ours and (path.is_symlink() or not path.is_dir()):
                raise RequestError(
                    f"{path}: is in the way and was written by no export; move it, or name another folder"
                )


@contextlib.contextmanager
def open_draft(folder: Path) -> Iterator[Path]:
    """A folder beside ``folder``, on the same disk, that is gone afterwards; those of killed exports are cleared."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{folder.name}.export-"
    for left in folder.parent.glob(f"{prefix}*"):
        if not Path("/proc", left.name.removeprefix(prefix)).exists():
            shutil.rmtree(left, ignore_errors=True)
    draft = folder.parent / f"{prefix}{os.getpid()}"
    draft.mkdir(mode=0o700)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def describe(path: Path, folder: Path) -> tuple[str, int, str]:
    """A file's name in its folder, its bytes, and their sha256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return path.relative_to(folder).as_posix(), path.stat().st_size, digest


def put_in_folder(draft: Path, folder: Path, manifest: Manifest, access: Access = USUAL) -> None:
    """Give what lies in ``draft`` its place: all of it at once in a new folder, else one view after the other.

    ``access`` says who may read it.

    In a folder that was there the manifest says first that it is not complete, naming both what was and what comes,
    and last that it is. Killed in between, another export puts it right.
    """
    _write(draft / MANIFEST, manifest)
    access.give_all(draft)
    if not folder.exists():
        draft.rename(folder)
        return
    with _alone(folder):
        before = read_manifest(folder)
        units = sorted({file.unit for file in manifest.files})
        refuse_foreign(folder, units, before)
        old = before.files if before else ()
        kept = tuple(file for file in old if file.unit not in units)
        both = tuple({file.path: file for file in (*old, *manifest.files)}.values())
        _replace(draft, folder, dataclasses.replace(manifest, is_complete=False, files=both), access)
        for unit in units:
            _swap(draft / unit, folder / unit)
        whole = sorted((*kept, *manifest.files), key=lambda file: file.path)
        _replace(draft, folder, dataclasses.replace(manifest, is_complete=True, files=tuple(whole)), access)


def _write(path: Path, manifest: Manifest) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _replace(draft: Path, folder: Path, manifest: Manifest, access: Access) -> None:
    _write(draft / MANIFEST, manifest)
    access.give(draft / MANIFEST)
    (draft / MANIFEST).replace(folder / MANIFEST)


def _swap(new: Path, place: Path) -> None:
    """Put a file or folder where another may be; what was there stays behind in its stead, to be cleared away."""
    if place.is_dir():
        exchange = getattr(ctypes.CDLL(None), "renameat2", None)
        if exchange and exchange(_HERE, os.fsencode(new), _HERE, os.fsencode(place), _EXCHANGE) == 0:
            return
        place.rename(new.with_name(new.name + ".old"))
    new.rename(place)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one export at a time change a folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
