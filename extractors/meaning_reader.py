"""What a statement says, as numbers: statements that say alike point the same way, whoever says it in which words.

The engine's encoder reads the words without names and without their context, so that the same words mean the same
wherever they are printed. The means of the word pieces' vectors at each depth are added up to 64 numbers. On which side
of 256 planes they lie makes a signature, by which the nearest of millions are found quickly. The weights are written by
``extractors.model.meanings``.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np

from extractors.encoder import Encoder, EncoderError, Floats, stored
from extractors.heads import ModelError
from extractors.meaning import Meaning
from extractors.wordpiece import WordPieces

MOST_PIECES: Final = 256
FEWEST_WORDS: Final = 4
"""A text of fewer words is read with its names."""
_COMMON: Final = (
    "NHS England ICB ICBs GP GPs Whitehall Westminster Treasury Parliament Department Health Secretary State London "
    "Welsh Wales Scotland Scottish English Northern Ireland Irish MPs Prime Minister Confederation ICS IVF CQC DHSC I "
    "House Government Stormont Edinburgh Cardiff BMA RCN Leeds"
)
COMMON: Final = frozenset(_COMMON.split())
"""Words with a capital letter that say what a statement is about, and not who or where it is."""


class MeaningReader:
    """Reads meanings; deterministic, picklable. Those of another ``version`` must not be compared with its own."""

    def __init__(self, encoder: Encoder, arrays: dict[str, Floats], version: str) -> None:
        self.version = version
        self._encoder, self._pieces = encoder, WordPieces(encoder.vocabulary)
        self._weights, self._bias, self._planes = arrays["weights"], arrays["bias"], arrays["planes"]

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
        """What a text says."""
        values = self._weights @ depths(self._encoder, self._pieces, text) + self._bias
        numbers = np.rint(values * (127 / np.abs(values).max()))
        first, second, third, fourth = (int(word) for word in np.packbits(self._planes @ values > 0).view(">i8"))
        return Meaning(self.version, (first, second, third, fourth), tuple(int(number) for number in numbers))


def depths(encoder: Encoder, pieces: WordPieces, text: str) -> Floats:
    """The means of a text's word pieces, marks included, at each depth of the encoder, one behind the other."""
    words = pieces.read(nameless(text))[:MOST_PIECES]
    read = [pieces.classify, *(piece.place for piece in words), pieces.separate]
    return np.concatenate([rows.mean(axis=0) for rows in encoder.states(read, [0] * len(read))])


def nameless(text: str) -> str:
    """A text without the names in it: words with a capital letter, but at the beginning of a sentence."""
    words = text.split()
    before = [".", *words]
    kept = [
        word
        for last, word in zip(before, words, strict=False)
        if last[-1] in '.!?“"' or not _bare(word)[:1].isupper() or _bare(word) in COMMON
    ]
    return " ".join(kept) if len(kept) >= FEWEST_WORDS else text


def _bare(word: str) -> str:
    return "".join(char for char in word if char.isalnum())
