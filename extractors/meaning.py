"""What a statement says, as a record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a statement says, as 64 whole numbers from -127 to 127: the smaller their angle, the nearer two statements.

    ``bits`` tell on which side of 256 planes it lies, in four signed numbers of 64: to find near ones quickly.
    ``version`` names what read it.
    """

    version: str
    bits: tuple[int, int, int, int]
    numbers: tuple[int, ...]
