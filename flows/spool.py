"""Bodies that were fetched and wait to be parsed: small ones in memory, large ones on disk."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

_IN_MEMORY_BYTES = 64 * 1024
"""So that a thousand bodies that wait for two workers take tens of megabytes, whatever their servers send."""
_BLOCK_BYTES = 256 * 1024


class Spool:
    """Bytes written once from front to back and read as often as needed.

    The file behind a large one has no name, so that nothing stays behind when the process is killed. On the way to a
    worker process a large one is not copied: the worker opens the same file while this process holds it.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 - closed when nobody holds it any more
        self._size = 0
        self._hash = hashlib.sha256()

    @classmethod
    def of(cls, data: bytes) -> Self:
        """A spool that holds ``data``."""
        spool = cls()
        spool.write(data)
        return spool

    @classmethod
    def at(cls, path: str) -> Self:
        """A spool that holds what stands in the file at ``path``."""
        spool = cls()
        with Path(path).open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                spool.write(block)
        return spool

    def __len__(self) -> int:
        return self._size

    def __reduce__(self) -> tuple[Callable[[bytes], Spool], tuple[bytes]] | tuple[Callable[[str], Spool], tuple[str]]:
        if self._size <= _IN_MEMORY_BYTES:
            return Spool.of, (self.read(),)
        self._file.flush()
        return Spool.at, (f"/proc/{os.getpid()}/fd/{self._file.fileno()}",)

    def write(self, data: bytes) -> None:
        """Append ``data``."""
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)

    def read(self, size: int = -1) -> bytes:
        """The first ``size`` bytes, or all of them."""
        self._file.seek(0)
        data = self._file.read(size)
        self._file.seek(0, 2)
        return data

    def digest(self) -> str:
        """16 hexadecimal digits of the SHA-256 of all bytes."""
        return self._hash.hexdigest()[:16]
