"""What the mere presence of words tells of a statement's themes, beside what the encoder makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.encoder import Floats, stored, to_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence


class ThemeWords:
    """Weights of word pieces for themes, shape (vocabulary, themes): of the statement, and of its headline."""

    def __init__(self, own: Floats, title: Floats) -> None:
        self._own, self._title = own, title

    @classmethod
    def from_bytes(cls, data: bytes) -> ThemeWords:
        """The weights that a file written by ``to_bytes`` holds.

        Raises:
            EncoderError: the bytes are no such file.
        """
        arrays, _ = stored(data)
        return cls(arrays["own"], arrays["title"])

    def to_bytes(self) -> bytes:
        """The bytes of a file: whole numbers with a scale for each row."""
        return to_bytes({"own": self._own, "title": self._title}, [])

    def logits(self, own: Sequence[int], title: Sequence[int]) -> Floats:
        """What the different word pieces of a statement and of its headline add to each theme's logit."""
        found: Floats = self._own[sorted({*own})].sum(axis=0) + self._title[sorted({*title})].sum(axis=0)
        return found
