"""Word pieces and the encoder at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from extractors.encoder import Encoder, EncoderError, to_bytes
from extractors.wordpiece import WordPieces

if TYPE_CHECKING:
    from extractors.encoder import Floats

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "trust", "##s", "cafe", "#", "the", "10", "##bn", "s", "\u2019")
WIDTH, LAYERS = 24, 2


def arrays(seed: int = 1) -> dict[str, Floats]:
    made = np.random.default_rng(seed)

    def of(*shape: int) -> Floats:
        return made.normal(0, 0.2, shape).astype(np.float32)

    found = {"words": of(len(VOCABULARY), WIDTH), "places": of(32, WIDTH), "types": of(2, WIDTH)}
    found |= {"norm.weight": np.ones(WIDTH, np.float32), "norm.bias": of(WIDTH)}
    shapes = {"attend": (3 * WIDTH, WIDTH), "output": (WIDTH, WIDTH), "widen": (48, WIDTH), "narrow": (WIDTH, 48)}
    for layer in range(LAYERS):
        for name, shape in shapes.items():
            found[f"{layer}.{name}"], found[f"{layer}.{name}.bias"] = of(*shape), of(shape[0])
        for name in ("norm", "last"):
            found[f"{layer}.{name}.weight"], found[f"{layer}.{name}.bias"] = np.ones(WIDTH, np.float32), of(WIDTH)
    return found


def names(text: str) -> list[str]:
    return [VOCABULARY[piece.place] for piece in WordPieces(VOCABULARY).read(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The Trusts", ["the", "trust", "##s"]),
        ("CAFÉ", ["cafe"]),
        ("trust\u2019s", ["trust", "\u2019", "s"]),
        ("10bn", ["10", "##bn"]),
        ("zebra", ["[UNK]"]),
        ("trust" * 20, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_split_by_the_longest_known_beginning(text: str, pieces: list[str]) -> None:
    assert names(text) == pieces


def test_each_piece_knows_where_its_word_stands() -> None:
    text = "the  trusts, café"
    assert [text[piece.start : piece.end] for piece in WordPieces(VOCABULARY).read(text)] == [
        *("the", "trusts", "trusts"),
        *(",", "café"),
    ]


def test_bytes_keep_the_weights_to_a_hundredth() -> None:
    made = arrays()
    encoder = Encoder.from_bytes(to_bytes(made, VOCABULARY))
    assert encoder.vocabulary == VOCABULARY
    near = encoder.read([2, 4, 5, 3], [0, 0, 0, 1])
    exact = Encoder(made, VOCABULARY).read([2, 4, 5, 3], [0, 0, 0, 1])
    assert near.shape == (4, WIDTH)
    assert float(np.abs(near - exact).max()) < 0.05


def test_the_context_and_the_order_of_pieces_count() -> None:
    encoder = Encoder(arrays(), VOCABULARY)
    first = encoder.read([2, 4, 5, 3], [0, 0, 0, 0])
    assert not np.allclose(first, encoder.read([2, 5, 4, 3], [0, 0, 0, 0]))
    assert not np.allclose(first, encoder.read([2, 4, 5, 3], [0, 0, 0, 1]))
    assert np.array_equal(first, encoder.read([2, 4, 5, 3], [0, 0, 0, 0]))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(EncoderError, match="make train"):
        Encoder.from_bytes(b"something else")
