"""What `stancewatch doctor` and `warehouse verify` find."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How it stands with one thing."""

    OK = "ok"
    LOOK = "look"
    """It works; somebody should look at it."""
    BROKEN = "broken"
    """Something does not work because of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it stands, in words, and what to do (empty where there is nothing to do)."""

    what: str
    level: Level
    words: str
    mend: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether it works."""
        return self.level is not Level.BROKEN


def ok(what: str, words: str) -> Finding:
    """All is well."""
    return Finding(what, Level.OK, words)


def look(what: str, words: str, mend: str) -> Finding:
    """It works, but not as it might."""
    return Finding(what, Level.LOOK, words, mend)


def broken(what: str, words: str, mend: str) -> Finding:
    """It does not work."""
    return Finding(what, Level.BROKEN, words, mend)
