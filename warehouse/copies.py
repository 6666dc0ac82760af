"""Copies of the working file for safe-keeping, each opened and counted before it counts as one."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

import duckdb

from warehouse.database import WarehouseError, one_line, query_text

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from warehouse.database import Warehouse


def back_up(warehouse: Warehouse, now: datetime, *, keep: int) -> Path:
    """Write ``backups/NAME-DATE.duckdb`` beside the working file, verify it, and keep the newest ``keep``.

    Raises:
        WarehouseError: the copy could not be written, or does not hold what the original does.
    """
    warehouse.checkpoint()
    folder = warehouse.path.parent / "backups"
    target = folder / f"{warehouse.path.stem}-{now:%Y%m%d}.duckdb"
    draft = target.with_suffix(".new")
    try:
        folder.mkdir(exist_ok=True)
        shutil.copyfile(warehouse.path, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        _verify(draft, warehouse.execute("count_rows"))
        draft.replace(target)
    except OSError as error:
        raise WarehouseError(f"{target}: cannot be written: {error.strerror}; free space or give permission") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    for old in sorted(folder.glob(f"{warehouse.path.stem}-*.duckdb"))[:-keep]:
        old.unlink()
    return target


def forget_fetches(warehouse: Warehouse, before: datetime) -> int:
    """Delete the records of requests older than ``before``; returns how many there were."""
    with warehouse.transaction():
        return len(warehouse.execute("delete_fetches", before=before))


def _verify(copy: Path, expected: list[tuple[object, ...]]) -> None:
    try:
        with duckdb.connect(str(copy), read_only=True) as connection:
            found = connection.execute(query_text("count_rows")).fetchall()
    except duckdb.Error as error:
        raise WarehouseError(f"{copy}: the copy cannot be read: {one_line(error)}; check the disk") from None
    if found != expected:
        raise WarehouseError(f"{copy}: the copy does not hold what the warehouse does; check the disk")
