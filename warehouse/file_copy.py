"""A copy of a file, as cheap as the file system makes it, and on the disk for good before it takes a name."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from pathlib import Path

_SHARE_BLOCKS: Final = 0x40049409
"""Linux's FICLONE: both files keep the same blocks until one is written to (btrfs, XFS)."""
_PIECE_BYTES: Final = 1 << 30
_NO_KERNEL_COPY: Final = {errno.ENOSYS, errno.EXDEV, errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF}


def copy_file(source: Path, target: Path) -> None:
    """Write ``target``, a copy of ``source`` that its owner alone may read, and wait until the disk has it.

    Raises:
        OSError: it could not be written (a full disk, say); what there is of it is left to the caller.
    """
    with source.open("rb") as original, open(target, "wb", opener=open_private) as copy:
        if not _share_blocks(original, copy):
            _copy_in_kernel(original, copy)
            shutil.copyfileobj(original, copy)  # what is left where the kernel does not copy between these two places
            copy.flush()
        os.fsync(copy.fileno())


def open_private(path: str, flags: int) -> int:
    """Open a file as `open` asks, and where it is new for its owner alone: others get it when it is whole."""
    return os.open(path, flags, 0o600)


def put_in_place(draft: Path, target: Path) -> None:
    """Give a finished file its name, at one stroke, and wait until the disk has that too."""
    draft.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _share_blocks(original: BinaryIO, copy: BinaryIO) -> bool:
    try:
        fcntl.ioctl(copy.fileno(), _SHARE_BLOCKS, original.fileno())
    except OSError:  # this file system has no such thing, or it is another one: then bytes are copied
        return False
    return True


def _copy_in_kernel(original: BinaryIO, copy: BinaryIO) -> None:
    """As far as the kernel copies between these two places; both files stand behind what is copied."""
    in_kernel = getattr(os, "copy_file_range", None)  # Linux only
    if in_kernel is None:
        return
    done = 0
    try:
        while moved := in_kernel(original.fileno(), copy.fileno(), _PIECE_BYTES):
            done += moved
    except OSError as error:
        if done or error.errno not in _NO_KERNEL_COPY:
            raise
