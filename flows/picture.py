"""Pictures drawn from Vega-Lite specifications, for worker processes: the drawing library is never loaded elsewhere."""

from __future__ import annotations

import struct
import zlib
from typing import Final

import vl_convert

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_CHUNK: Final = struct.Struct(">I4s")


def draw_png(specification: str, scale: float) -> bytes:
    """A picture of ``scale`` pixels a point; the same bytes for the same specification.

    Raises:
        ValueError: the specification is none of Vega-Lite.
    """
    return pack_png(vl_convert.vegalite_to_png(specification, scale=scale))


def chart_scripts() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, which puts `vegaEmbed`, `vegaLite` and `vega` into the window."""
    return vl_convert.javascript_bundle("Object.assign(window, { vegaEmbed, vegaLite, vega });")


def pack_png(png: bytes) -> bytes:
    """The same picture, packed harder: the library spends no time on that, a mail takes a third of the bytes."""
    place, content, packed = len(_SIGNATURE), b"", _SIGNATURE
    while place < len(png):
        size, kind = _CHUNK.unpack_from(png, place)
        body = png[place + _CHUNK.size : place + _CHUNK.size + size]
        place += _CHUNK.size + size + 4
        if kind == b"IDAT":
            content += body
            continue
        if kind == b"IEND":
            packed += _chunk(b"IDAT", zlib.compress(zlib.decompress(content), 9))
        packed += _chunk(kind, body)
    return packed


def _chunk(kind: bytes, body: bytes) -> bytes:
    return _CHUNK.pack(len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body))
