"""Copies of the working file for safe-keeping, each read whole and compared before it counts as one."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import duckdb

from warehouse.access import USUAL
from warehouse.database import WarehouseError, one_line
from warehouse.file_copy import copy_file, put_in_place
from warehouse.inspection import ReadFile, sum_tables
from warehouse.moving import pour_into_draft
from warehouse.scratch import at_work_in
from warehouse.sweeping import sweep

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from warehouse.access import Access
    from warehouse.database import Warehouse
    from warehouse.inspection import TableSum


def daily_copy(warehouse: Path, now: datetime) -> Path:
    """Where the copy of a day lies: ``backups/NAME-DATE.duckdb`` beside the working file."""
    return warehouse.parent / "backups" / f"{warehouse.stem}-{now:%Y%m%d}.duckdb"


def back_up(warehouse: Warehouse, now: datetime, *, keep: int, access: Access = USUAL) -> Path:
    """Write the copy of the day and keep the newest ``keep``; what else lies in the folder is left alone.

    What killed processes left half written is swept up first.

    Raises:
        WarehouseError: the copy could not be written, or does not hold what the original does.
    """
    sweep(warehouse.path)
    target = write_copy(warehouse, daily_copy(warehouse.path, now), access)
    name = re.compile(rf"{re.escape(warehouse.path.stem)}-\d{{8}}\.duckdb")
    copies = sorted(file for file in target.parent.iterdir() if name.fullmatch(file.name))
    for old in copies[:-keep]:
        old.unlink()
    return target


def write_copy(warehouse: Warehouse, target: Path, access: Access = USUAL) -> Path:
    """Copy the working file, or a lake's tables, to the file ``target``, and prove by reading that both hold the same.

    It is there whole or not at all.

    Raises:
        WarehouseError: the copy could not be written, or does not hold what the original does.
    """
    draft = target.with_name(target.name + ".new")
    try:
        if not target.parent.is_dir():
            target.parent.mkdir()
            access.give(target.parent)
        with at_work_in(target.parent):
            _draft(warehouse, draft)
            _verify(draft, sum_tables(warehouse))
            access.give(draft)
            put_in_place(draft, target)
    except OSError as error:
        raise WarehouseError(f"{target}: cannot be written: {error.strerror}; free space or give permission") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    return target


def _draft(warehouse: Warehouse, draft: Path) -> None:
    if warehouse.lake:
        pour_into_draft(warehouse.path, draft)
    else:
        warehouse.checkpoint()
        copy_file(warehouse.path, draft)


def _verify(copy: Path, expected: list[TableSum]) -> None:
    try:
        with ReadFile(copy) as file:
            found = sum_tables(file)
    except duckdb.Error as error:
        raise WarehouseError(f"{copy}: the copy cannot be read: {one_line(error)}; check the disk") from None
    if found != expected:
        raise WarehouseError(f"{copy}: the copy does not hold what the warehouse does; check the disk")
