"""Bodies packed by hand: honest ones without their libraries, and bombs that take no memory to make."""

from __future__ import annotations

import base64
import gzip
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator

    from tests.flows.loopback import Script

MEBIBYTE = 1024 * 1024
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_FRAME = _ZSTD_MAGIC + b"\x00\x50"
"""A frame without a size and checksum, with a window of 1 MiB."""
_ZSTD_BLOCK = 128 * 1024
_BROTLI_BLOCK = 64 * 1024

BROTLI_BOMB = base64.b64decode(
    "y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIgDgsAdO//+P//B/8EQBwWAOje//H//w/+"
    "CYA4LADQvf/j//8f/BMAcVgAoHv/x///P/gnAOKwAED3/o///3/wTwDEYQGA7v0f////4J8AiMMCAN37v/wHr8M/ARCHBQC62HU="
)
"""158 bytes that unpack to 100 MB of zeros."""


def brotli(data: bytes) -> bytes:
    """A brotli stream that stores up to 64 KiB as they are (RFC 7932, 9.2)."""
    assert 0 < len(data) <= _BROTLI_BLOCK
    header = (len(data) - 1) << 4 | 1 << 20
    return header.to_bytes(3, "little") + data + b"\x03"


def zstd(data: bytes) -> bytes:
    """A zstd frame that stores up to 128 KiB as they are (RFC 8878, 3.1.1.2)."""
    assert len(data) <= _ZSTD_BLOCK
    return _ZSTD_FRAME + (len(data) << 3 | 1).to_bytes(3, "little") + data


def zstd_bomb(size_bytes: int) -> bytes:
    """A zstd frame of zeros: four bytes for each 128 KiB."""
    block = (_ZSTD_BLOCK << 3 | 1 << 1).to_bytes(3, "little") + b"\0"
    return _ZSTD_FRAME + block * (size_bytes // _ZSTD_BLOCK) + b"\x01\x00\x00"


def gzip_zeros(mebibytes: int) -> Iterator[bytes]:
    """The parts of a gzip stream of zeros; the same block of deflate over and over, each part a kilobyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(MEBIBYTE)
    yield packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(mebibytes - 1):
        yield block


def raw_deflate(data: bytes) -> bytes:
    """Deflate without zlib's wrapper, as some servers send it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def in_members(data: bytes, size_bytes: int) -> bytes:
    """A gzip stream of many members."""
    return b"".join(gzip.compress(data[at : at + size_bytes]) for at in range(0, len(data), size_bytes))


def gzip_bomb(mebibytes: int, content_type: str = "application/rss+xml") -> Script:
    """An answer of zeros in gzip, sent part by part until it is complete or the other side has had enough."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(head.encode())
        for part in gzip_zeros(mebibytes):
            writer.write(part)
            await writer.drain()

    return script
