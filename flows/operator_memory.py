"""What the operator was told past the warehouse, kept so that each trouble is told once.

In the data folder; where that takes nothing, as on the full disk that is told of, in the temporary folder; where that
takes nothing either, in this process, which under `serve` is the one that tries each minute.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import stat
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractors.identity import content_id

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger("stancewatch")
_FILE: Final = "operator-told.json"
_HERE: Final[dict[Path, dict[str, Kept]]] = {}
"""By data folder, what no file takes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A trouble as it was told; ``told_at`` is None while nobody took word of it."""

    trouble: str
    words: str
    advice: str
    began_at: datetime
    tried_at: datetime
    told_at: datetime | None = None


def recall(home: Path) -> dict[str, Kept]:
    """What is kept, by trouble: of two places the one that is only used where the other takes nothing is newer."""
    spare = _spare(home)
    found = [*_read(home / _FILE), *(_read(spare) if _is_ours(spare) else [])]
    return {kept.trouble: kept for kept in found} | _HERE.get(home, {})


def keep(home: Path, kept: Mapping[str, Kept]) -> None:
    """Keep it where it can be, and nowhere else."""
    text = json.dumps([asdict(each) for each in kept.values()], indent=1, default=str)
    try:
        home.mkdir(mode=0o750, parents=True, exist_ok=True)
        _write(home / _FILE, text)
        _forget_spare(home)
    except OSError as error:
        log.warning("%s: cannot be written: %s", home / _FILE, error.strerror)
        _keep_aside(home, kept, text)


def forget_told(home: Path) -> None:
    """Drop all of it: the warehouse knows now."""
    _forget_spare(home)
    with contextlib.suppress(FileNotFoundError):
        (home / _FILE).unlink()


def _keep_aside(home: Path, kept: Mapping[str, Kept], text: str) -> None:
    try:
        _write(_spare(home), text)
        _HERE.pop(home, None)
    except OSError as error:
        log.warning("%s: cannot be written: %s; another process may tell again", _spare(home), error.strerror)
        _HERE[home] = dict(kept)


def _forget_spare(home: Path) -> None:
    _HERE.pop(home, None)
    with contextlib.suppress(OSError):  # hardly ever there; what is somebody else's counts for nothing
        _spare(home).unlink()


def _spare(home: Path) -> Path:
    """The file in the temporary folder, one for each data folder."""
    name = f"stancewatch-{content_id(str(os.getuid()), str(home.resolve()))}-{_FILE}"
    return Path(tempfile.gettempdir()) / name


def _is_ours(file: Path) -> bool:
    """Whether this user wrote it: anybody may put files into the temporary folder."""
    try:
        found = file.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()


def _read(file: Path) -> list[Kept]:
    try:
        return [_kept(record) for record in json.loads(file.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        log.warning("%s: is not read, and written anew: %s", file, error)
        return []


def _kept(record: dict[str, str]) -> Kept:
    began_at, tried_at = (datetime.fromisoformat(record[name]) for name in ("began_at", "tried_at"))
    told_at = datetime.fromisoformat(record["told_at"]) if record["told_at"] else None
    return Kept(record["trouble"], record["words"], record["advice"], began_at, tried_at, told_at)


def _write(file: Path, text: str) -> None:
    """Replace it whole; the draft's name is one that nobody could have laid a link under."""
    handle, draft = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as written:
            written.write(text)
        Path(draft).replace(file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
