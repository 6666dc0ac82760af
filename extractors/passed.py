"""Names in the order in which they were passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RECENT = 60
"""Mentions looked back on for a short form or a pronoun; keeps hostile texts linear."""


class Passed:
    """Names in the order in which they were passed; looks back on the last ``RECENT`` of them only."""

    def __init__(self) -> None:
        self._last_at: dict[str, int] = {}
        self._count = 0

    def note(self, name: str) -> None:
        """Pass a name, once more or for the first time."""
        self._last_at.pop(name, None)  # so that the names stay in the order of their last passing
        self._last_at[name] = self._count
        self._count += 1

    def clear(self) -> None:
        """Forget all names."""
        self._last_at.clear()

    def __contains__(self, name: str) -> bool:
        return name in self._last_at

    def latest(self) -> Iterator[str]:
        """The names passed lately, each once, the last one first."""
        for name, at in reversed(self._last_at.items()):
            if at < self._count - RECENT:
                return
            yield name
