"""Files of settings, NAME=value a line, as a shell, systemd and Docker read them alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flows.config_file import UsageError

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from pathlib import Path

_SETTING: Final = re.compile(
    r"""\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(?:'([^']*)'|"((?:\\.|[^"\\])*)"|([^\s'"#]*))\s*(?:\#.*)?"""
)


def read_env_file(path: Path) -> dict[str, str]:
    """The settings in a file.

    Raises:
        UsageError: it is not there, or a line is no setting; its value is not repeated.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise UsageError(f"{path}: {reason}; `stancewatch init` writes such a file") from None
    found = {}
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            setting = _SETTING.fullmatch(line)
            if not setting:
                raise UsageError(f"{path}:{number}: is no setting; write NAME=value, or NAME='a value'")
            name, single, double, bare = setting.groups()
            found[name] = single or (re.sub(r'\\(["\\$`])', r"\1", double) if double else bare or "")
    return found


def use_env_file(path: Path, environment: MutableMapping[str, str]) -> None:
    """Put the settings of a file into the environment; what is set there already wins.

    Raises:
        UsageError: the file cannot be used.
    """
    for name, value in read_env_file(path).items():
        environment.setdefault(name, value)


def setting_line(name: str, value: str) -> str:
    """A setting as a line that a shell, systemd and Docker read alike."""
    if re.fullmatch(r"[A-Za-z0-9_./:@%+,-]*", value):
        return f"{name}={value}"
    if "'" not in value:
        return f"{name}='{value}'"
    escaped = re.sub(r'(["\\$`])', r"\\\1", value)
    return f'{name}="{escaped}"'
