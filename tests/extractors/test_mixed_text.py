"""Documents that are UTF-8 but for a few bytes from another system."""

from __future__ import annotations

import pytest

from extractors.article import decode_page
from extractors.mixed_text import read_mixed

WORDS = "“Trust’s £5m plan”, said the board"


@pytest.mark.parametrize("stray", [b"\xa9", b"\x92", b"caf\xe9", b"\xe2\x80"])
def test_a_stray_byte_costs_itself_alone(stray: bytes) -> None:
    body = WORDS.encode() + b" " + stray
    assert read_mixed(body) == WORDS + " " + stray.decode("cp1252")
    assert decode_page(body, "utf-8").startswith(WORDS)


@pytest.mark.parametrize("body", [b"", b"plain", WORDS.encode(), WORDS.encode("cp1252"), WORDS.encode("utf-16")])
def test_what_is_of_one_kind_is_left_to_others(body: bytes) -> None:
    assert read_mixed(body) is None
