"""Bodies read within a limit: as they come, or unpacked from gzip or deflate step by step."""

from __future__ import annotations

import zlib

from flows.fetch_backend import TooMuchError

ACCEPT_ENCODING = b"gzip, deflate"

_GZIP_MAGIC = b"\x1f\x8b"
_ZLIB_FIRST_BYTE_METHOD = 8
_MAX_MEMBERS = 1_000
"""gzip streams may hold many members; each costs time even where it is empty."""


class EncodingError(Exception):
    """A body that is not packed the way its headers say, or in a way that was not asked for."""


def body_reader(content_encoding: str, max_bytes: int) -> PlainBody | PackedBody:
    """What takes the body of an answer with this Content-Encoding.

    Raises:
        EncodingError: The encoding was not asked for, or there are several.
    """
    encodings = [name.strip().lower() for name in content_encoding.split(",")]
    encodings = [name for name in encodings if name not in {"", "identity"}]
    if not encodings:
        return PlainBody(max_bytes)
    if len(encodings) > 1:
        raise EncodingError(f"packed more than once ({', '.join(encodings)[:60]})")
    if encodings[0] not in {"gzip", "x-gzip", "deflate"}:
        raise EncodingError(f"packed with {encodings[0][:40]}, which was not asked for")
    return PackedBody(encodings[0].removeprefix("x-"), max_bytes)


class PlainBody:
    """A body that comes unpacked."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._parts: list[bytes] = []
        self._size = 0

    def take(self, chunk: bytes) -> None:
        """Keep the next part.

        Raises:
            TooMuchError: The body has grown past its limit; what fits is kept.
        """
        self._parts.append(chunk[: self._max_bytes - self._size])
        self._size += len(chunk)
        if self._size > self._max_bytes:
            raise TooMuchError(f"larger than {self._max_bytes:,} bytes")

    def so_far(self) -> bytes:
        """What has come within the limit."""
        return b"".join(self._parts)

    def whole(self) -> bytes:
        """The complete body."""
        return self.so_far()


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
        """Unpack the next part, never further than one byte past the limit.

        Raises:
            TooMuchError: The unpacked body has grown past its limit.
            EncodingError: The bytes are not what the header says.
        """
        while chunk:
            if self._unpacker is None:
                self._start += chunk
                if len(self._start) < len(_GZIP_MAGIC):
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
        if self._encoding != "gzip" or not rest.startswith(_GZIP_MAGIC[: len(rest)]):
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

    def so_far(self) -> bytes:
        """What has been unpacked within the limit."""
        return self._plain.so_far()

    def whole(self) -> bytes:
        """The complete body.

        Raises:
            EncodingError: The packed stream ended before its end.
        """
        is_cut = self._start or (self._unpacker is not None and not self._unpacker.eof)
        if is_cut:
            raise EncodingError(f"its {self._encoding} stream is cut short")
        return self._plain.whole()
