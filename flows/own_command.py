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
    return shlex.quote(str(own.relative_to(Path.cwd()) if own.is_relative_to(Path.cwd()) else own))
