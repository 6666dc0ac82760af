"""A mistake of ours, which costs the one feed, page or message it happens over and is recorded as its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST: Final = 200


def own_error(error: BaseException, cover: Callable[[str], str]) -> str:
    """A mistake as a recorded reason; ``cover`` takes secrets out, before a cut could leave half of one."""
    words = f"our own error, please report it: {type(error).__name__}: {' '.join(str(error).split())}"
    return cover(words)[:_LONGEST]
