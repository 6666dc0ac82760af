"""What a statement says, as a signature of 256 bits: the fewer bits differ, the nearer two meanings are.

The engine's encoder reads the words without their context, so that the same words have the same signature wherever
they are printed. The means of the word pieces' vectors at each depth are added up to 64 numbers, each written down as
how many of four levels it passes: unlike bits then add up to how far two statements lie apart. The weights are written
by ``extractors.model.meanings``.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np

from extractors.encoder import Encoder, EncoderError, Floats, stored
from extractors.heads import ModelError
from extractors.records import Meaning
from extractors.wordpiece import WordPieces

MOST_PIECES: Final = 256


class MeaningReader:
    """Reads signatures; deterministic, picklable. Those of another ``version`` must not be compared with its own."""

    def __init__(self, encoder: Encoder, arrays: dict[str, Floats], version: str) -> None:
        self.version = version
        self._encoder, self._weights, self._bias = encoder, arrays["weights"], arrays["bias"]
        self._levels = arrays["levels"].reshape(-1, len(self._bias))
        self._pieces = WordPieces(encoder.vocabulary)

    @classmethod
    def from_bytes(cls, data: bytes, encoder: Encoder) -> MeaningReader:
        """The reader of an artefact, ``meanings.bin`` of ``extractors/model``, over the encoder that it was fitted to.

        Raises:
            ModelError: the bytes are no such artefact.
        """
        try:
            arrays, _ = stored(data)
            return cls(encoder, arrays, hashlib.sha256(data).hexdigest()[:8])
        except (EncoderError, KeyError, ValueError) as error:
            raise ModelError(
                f"meanings.bin: unreadable ({type(error).__name__}); write it anew with make train"
            ) from error

    def read(self, text: str) -> Meaning:
        """The signature of a text."""
        values = self._weights @ depths(self._encoder, self._pieces, text) + self._bias
        values /= np.linalg.norm(values)
        first, second, third, fourth = (int(word) for word in np.packbits(values > self._levels).view(">i8"))
        return Meaning(self.version, (first, second, third, fourth))


def depths(encoder: Encoder, pieces: WordPieces, text: str) -> Floats:
    """The means of a text's word pieces, marks included, at each depth of the encoder, one behind the other."""
    read = [pieces.classify, *(piece.place for piece in pieces.read(text)[:MOST_PIECES]), pieces.separate]
    return np.concatenate([rows.mean(axis=0) for rows in encoder.states(read, [0] * len(read))])
