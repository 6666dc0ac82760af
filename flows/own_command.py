"""How somebody calls this program."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path


def own_command() -> str:
    """The command as this shell finds it: by its name, or by its path where it lies beside this Python alone."""
    own = Path(sys.executable).with_name("stancewatch")
    found = shutil.which("stancewatch")
    if not own.exists() or (found and Path(found).samefile(own)):
        return "stancewatch"
    return from_here(own)


def from_here(path: Path) -> str:
    """A path as a shell takes it in this folder, short where it lies within."""
    return shlex.quote(str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path))
