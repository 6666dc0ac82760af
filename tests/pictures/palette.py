"""Screenshots with a palette of at most 256 colours: a third of the bytes, and nobody sees the difference."""

from __future__ import annotations

import struct
import zlib
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_CHANNELS: Final = {2: 3, 6: 4}
_COLOURS: Final = 256
Pixels = NDArray[np.uint8]


def with_palette(png: bytes) -> bytes:
    """A picture of 8 bits a channel, drawn again with its most frequent colours."""
    pixels = _read(png)
    height, width, _ = pixels.shape
    packed = pixels.astype(np.uint32) @ np.array([65_536, 256, 1], dtype=np.uint32)
    found, index, counts = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.int32)
    palette = _palette(colours, counts)
    nearest = np.array([int(((palette - colour) ** 2).sum(axis=1).argmin()) for colour in colours], dtype=np.uint8)
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # each row is led by its filter: none
    rows[:, 1:] = nearest[index].reshape(height, width)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [
        (b"IHDR", header),
        (b"PLTE", palette.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
    ]
    return _SIGNATURE + b"".join(_chunk(kind, body) for kind, body in [*parts, (b"IEND", b"")])


def _palette(colours: NDArray[np.int32], counts: NDArray[np.intp]) -> NDArray[np.int32]:
    """The most frequent colour of each corner of the colour space, in corners as small as 256 colours allow.

    The most frequent ones of all would leave no room for a small sign in a colour of its own.
    """
    order = np.argsort(-counts, kind="stable")
    for shift in (1, 2, 3, 4):
        _, first = np.unique(colours[order] >> shift, axis=0, return_index=True)
        if len(first) <= _COLOURS:
            break
    kept: NDArray[np.int32] = colours[order][np.sort(first)[:_COLOURS]]
    return kept


def _read(png: bytes) -> Pixels:
    """The pixels of a PNG without interlacing: height, width and three channels."""
    place, content, header = len(_SIGNATURE), b"", (0, 0, 0, 0)
    while place < len(png):
        size, kind = struct.unpack_from(">I4s", png, place)
        body = png[place + 8 : place + 8 + size]
        place += size + 12
        if kind == b"IHDR":
            header = struct.unpack(">IIBB", body[:10])
        if kind == b"IDAT":
            content += body
    width, height, _, colour = header
    channels = _CHANNELS[colour]
    data = np.frombuffer(zlib.decompress(content), dtype=np.uint8).reshape(height, width * channels + 1)
    above, rows = np.zeros((width, channels), dtype=np.uint8), []
    for row in data:
        above = _unfilter(int(row[0]), row[1:].reshape(width, channels), above)
        rows.append(above)
    return np.stack(rows)[:, :, :3]


def _unfilter(kind: int, row: Pixels, above: Pixels) -> Pixels:
    """A row as it was before the filter of its kind."""
    if kind == 0:
        return row
    if kind == 1:
        return np.cumsum(row, axis=0, dtype=np.uint8)
    if kind == 2:
        return row + above
    raw, up = row.tolist(), above.tolist()
    channels = len(raw[0])
    left: list[int] = [0] * channels
    corner: list[int] = [0] * channels
    done: list[Any] = []
    for pixel, over in zip(raw, up, strict=True):
        if kind == 3:
            left = [(p + (a + b) // 2) & 255 for p, a, b in zip(pixel, left, over, strict=True)]
        else:
            left = [(p + _paeth(a, b, c)) & 255 for p, a, b, c in zip(pixel, left, over, corner, strict=True)]
        corner = over
        done.append(left)
    return np.array(done, dtype=np.uint8)


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body))
