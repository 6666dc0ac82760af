"""Bodies read within a limit: as they come, or unpacked step by step, however much is packed into them."""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli
from backports import zstd

from flows.fetch_backend import TooMuchError
from flows.spool import Spool

ACCEPT_ENCODING = b"gzip, deflate"

GZIP_MAGIC = b"\x1f\x8b"
_ZLIB_FIRST_BYTE_METHOD = 8
_MAX_MEMBERS = 1_000
"""gzip streams may hold many members; each costs time even where it is empty."""
_STEP_BYTES = 64 * 1024
_UNPACKED = frozenset({"", "identity", "none", "utf-8", "binary"})
"""What servers write into Content-Encoding where nothing is packed."""
_ZSTD_WINDOW_LOG = 23
"""8 MiB, which RFC 8878 recommends as the most that a receiver grants."""


class EncodingError(Exception):
    """A body that is not packed the way its headers say, or in a way that is not known."""


class Body(Protocol):
    """Takes an answer's body part by part."""

    def take(self, chunk: bytes) -> None:
        """Take the next part.

        Raises:
            TooMuchError: The body, or what is packed in it, has grown past its limit; what fits is kept.
            EncodingError: The bytes are not what the header says.
        """
        ...

    def so_far(self) -> Spool:
        """What has come within the limit."""
        ...

    def whole(self) -> Spool:
        """The complete body.

        Raises:
            TooMuchError: As above.
            EncodingError: The packed stream is cut short.
        """
        ...


def body_reader(content_encoding: str, max_bytes: int) -> Body:
    """What takes the body of an answer with this Content-Encoding.

    Raises:
        EncodingError: The encoding is not known, or there are several.
    """
    encodings = [name.strip().lower() for name in content_encoding.split(",")]
    encodings = [name for name in encodings if name not in _UNPACKED]
    if not encodings:
        return PlainBody(max_bytes)
    if len(encodings) > 1:
        raise EncodingError(f"packed more than once ({', '.join(encodings)[:60]})")
    if encodings[0] in {"gzip", "x-gzip", "deflate"}:
        return PackedBody(encodings[0].removeprefix("x-"), max_bytes)
    if encodings[0] in _LATE:
        return LateBody(encodings[0], max_bytes)
    raise EncodingError(f"packed with {encodings[0][:40]}, which was not asked for")


def unpacked(body: Spool, max_bytes: int) -> Spool:
    """A body that is a gzip file itself, as sitemaps are, unpacked; any other as it is.

    Raises:
        TooMuchError: What is packed in it is larger than ``max_bytes``.
        EncodingError: It is cut short or damaged, or holds another archive.
    """
    if not body.read(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
        return body
    reader = PackedBody("gzip", max_bytes)
    data = body.read()
    for start in range(0, len(data), _STEP_BYTES):
        reader.take(data[start : start + _STEP_BYTES])
    inner = reader.whole()
    if inner.read(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
        raise EncodingError("is a gzip archive within another")
    return inner


class PlainBody:
    """A body that comes unpacked."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._spool = Spool()

    def take(self, chunk: bytes) -> None:
        """Keep the next part."""
        left_bytes = self._max_bytes - len(self._spool)
        self._spool.write(chunk[:left_bytes])
        if len(chunk) > left_bytes:
            raise TooMuchError(f"larger than {self._max_bytes:,} bytes")

    def so_far(self) -> Spool:
        """What has come within the limit."""
        return self._spool

    def whole(self) -> Spool:
        """The complete body."""
        return self._spool


class PackedBody:
    """A body packed with gzip (of any number of members) or deflate (with or without zlib's wrapper)."""

    def __init__(self, encoding: str, max_bytes: int) -> None:
        self._encoding = encoding
        self._plain = PlainBody(max_bytes)
        self._left_bytes = max_bytes
        self._unpacker: zlib._Decompress | None = None
        self._start = b""
        self._members = 0

    def take(self, chunk: bytes) -> None:
        """Unpack the next part, never further than one byte past the limit."""
        while chunk:
            if self._unpacker is None:
                self._start += chunk
                if len(self._start) < len(GZIP_MAGIC):
                    return
                chunk, self._start = self._start, b""
                self._unpacker = self._new_unpacker(chunk)
            chunk = self._unpack(self._unpacker, chunk)

    def _unpack(self, unpacker: zlib._Decompress, chunk: bytes) -> bytes:
        """Unpack a chunk and return what follows the member that ends in it."""
        try:
            data = unpacker.decompress(chunk, self._left_bytes + 1)
        except zlib.error as error:
            raise EncodingError(f"not what its header calls {self._encoding}") from error
        self._left_bytes -= len(data)
        self._plain.take(data)
        if not unpacker.eof:
            return b""
        rest = unpacker.unused_data
        # padding after the last member is common and no fault
        if self._encoding != "gzip" or not rest.startswith(GZIP_MAGIC[: len(rest)]):
            return b""
        self._unpacker = None
        return rest

    def _new_unpacker(self, start: bytes) -> zlib._Decompress:
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise TooMuchError(f"packed in more than {_MAX_MEMBERS:,} pieces")
        if self._encoding == "gzip":
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        has_wrapper = start[0] & 0x0F == _ZLIB_FIRST_BYTE_METHOD and int.from_bytes(start[:2]) % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if has_wrapper else -zlib.MAX_WBITS)

    def so_far(self) -> Spool:
        """What has been unpacked within the limit."""
        return self._plain.so_far()

    def whole(self) -> Spool:
        """The complete body."""
        is_cut = self._start or (self._unpacker is not None and not self._unpacker.eof)
        if is_cut:
            raise EncodingError(f"its {self._encoding} stream is cut short")
        return self._plain.whole()


class LateBody:
    """A body packed with brotli or zstd, which some servers send unasked.

    Their unpackers hold windows of megabytes, so the body is gathered packed and unpacked once it is complete: then
    one unpacker at a time is in memory, however many answers are under way.
    """

    def __init__(self, encoding: str, max_bytes: int) -> None:
        self._encoding = encoding
        self._max_bytes = max_bytes
        self._packed = PlainBody(max_bytes)

    def take(self, chunk: bytes) -> None:
        """Keep the next part, packed."""
        self._packed.take(chunk)

    def so_far(self) -> Spool:
        """Nothing: what is cut short cannot be unpacked."""
        return Spool()

    def whole(self) -> Spool:
        """The complete body, unpacked."""
        plain = PlainBody(self._max_bytes)
        data = self._packed.whole().read()
        try:
            is_complete = _LATE[self._encoding](data, plain)
        except (brotli.error, zstd.ZstdError, EOFError) as error:
            raise EncodingError(f"not what its header calls {self._encoding}") from error
        if not is_complete:
            raise EncodingError(f"its {self._encoding} stream is cut short")
        return plain.whole()


def _unpack_brotli(data: bytes, plain: PlainBody) -> bool:
    """Unpack into ``plain``; whether the stream came to its end."""
    unpacker = brotli.Decompressor()
    plain.take(unpacker.process(data, output_buffer_limit=_STEP_BYTES))
    while not unpacker.is_finished():
        part = unpacker.process(b"", output_buffer_limit=_STEP_BYTES)
        if not part:
            return False
        plain.take(part)
    return True


def _unpack_zstd(data: bytes, plain: PlainBody) -> bool:
    """Unpack into ``plain``; whether the stream came to its end."""
    unpacker = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG})
    plain.take(unpacker.decompress(data, _STEP_BYTES))
    while not unpacker.eof and not unpacker.needs_input:
        plain.take(unpacker.decompress(b"", _STEP_BYTES))
    return unpacker.eof


_LATE = {"br": _unpack_brotli, "zstd": _unpack_zstd}
