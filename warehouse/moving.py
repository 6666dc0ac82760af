"""From a file into a lake, and back: every table poured over in one transaction and compared before it is committed."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from warehouse.access import Privacy
from warehouse.database import RequestError, Warehouse, WarehouseError, one_line
from warehouse.file_copy import put_in_place
from warehouse.inspection import sum_table
from warehouse.lake import read_lake
from warehouse.lease import sweep_lease
from warehouse.published import publish
from warehouse.scratch import COPY, scratch_folder, sweep_scratch
from warehouse.standing_orders import load_orders, orders_alone, orders_path, save_orders
from warehouse.storage import hold

if TYPE_CHECKING:
    from pathlib import Path


def move(source: Path, target: Path, *, wait_seconds: float = 0.0) -> int:
    """Fill the new file or lake ``target`` with all that is in ``source``, and publish it; returns how many rows.

    The source is brought up to date, as any run would do, and then only read. Killed at any moment, the target is not
    there, or whole; either way it can be run again.

    Raises:
        RequestError: the target holds something else already, or beside it lie another warehouse's orders to forget.
        WarehouseBusyError: one of them is in use for longer than ``wait_seconds``.
        WarehouseError: one of them cannot be used, or the target does not hold what the source does.
    """
    lake = read_lake(target)
    if lake is None and target.exists():
        raise RequestError(f"{target}: is there already; name another file, or move it away")
    with Warehouse.open(source, wait_seconds=wait_seconds) as current:
        if not current.lake:
            current.checkpoint()
    try:
        with hold(source, wait_seconds):
            _take_orders_along(source, target)
            rows = _pour_into_lake(source, target, wait_seconds) if lake else _pour_into_file(source, target)
            _take_orders_along(source, target)  # those given meanwhile: `doctor` says that they are to be carried out
    except OSError as error:
        raise WarehouseError(f"{target}: cannot be written: {error.strerror}; free space or give permission") from None
    with Warehouse.open(target, wait_seconds=wait_seconds) as moved:
        publish(moved)
    return rows


def _take_orders_along(source: Path, target: Path) -> None:
    """Whoever is to stay forgotten stays so in the new place: it would not be opened without the orders.

    A move that was killed may have left some there, and more were given since.

    Raises:
        RequestError: those of another warehouse are there.
    """
    orders = load_orders(source)
    if orders is None:
        return
    with orders_alone(target):
        there = load_orders(target) or replace(orders, given=())
        if there.key != orders.key:
            text = f"holds orders of another warehouse than {orders_path(source)}; move it away, or name another target"
            raise RequestError(f"{orders_path(target)}: {text}")
        save_orders(target, there.with_all(orders))


def _pour_into_lake(source: Path, target: Path, wait_seconds: float) -> int:
    """Fill it with the folders and files that any run would make there: a file that is held makes private ones."""
    with Privacy.lifted():
        return pour(source, target, wait_seconds)


def _pour_into_file(source: Path, target: Path) -> int:
    sweep_scratch(target.parent)  # a move that was killed left its draft there
    with scratch_folder(target.parent) as folder:
        rows = pour_into_draft(source, folder / COPY)
        put_in_place(folder / COPY, target)
    return rows


def pour_into_draft(source: Path, draft: Path) -> int:
    """Fill a file of which nobody else knows, as `pour` does, and leave nothing beside it."""
    draft.unlink(missing_ok=True)  # left by one that was killed
    try:
        return pour(source, draft)
    finally:
        sweep_lease(draft)


def pour(source: Path, target: Path, wait_seconds: float = 0.0) -> int:
    """Fill a new file or lake with the tables of another that nobody writes meanwhile; returns how many rows.

    Raises:
        RequestError: it holds something else already.
        WarehouseError: it cannot be filled, or does not hold what the source does; nothing of it is kept.
    """
    try:
        with Warehouse.open_empty(target, wait_seconds=wait_seconds) as warehouse, warehouse.attached("source", source):
            if warehouse.has_tables():  # of a move that was killed behind its last step, perhaps
                with contextlib.suppress(WarehouseError):
                    return _compare(warehouse)
                raise RequestError(f"{target}: holds another warehouse already; name a new one")
            with warehouse.transaction():
                warehouse.fill()
                rows = _compare(warehouse)
            if not warehouse.lake:
                warehouse.checkpoint()
            return rows
    except duckdb.Error as error:
        raise WarehouseError(f"{target}: cannot be filled from {source}: {one_line(error)}") from None


def replace_tables(warehouse: Warehouse, source: Path) -> None:
    """Put the tables of a file, which is of this version, in the place of a lake's own, in one transaction.

    New tables, since what a lake notes of a table's least and greatest values outlives the rows that had them.

    Raises:
        WarehouseError: they cannot be put there, or the lake does not hold what the file does; nothing is changed.
    """
    try:
        with warehouse.attached("source", source), warehouse.transaction():
            for name, _ in warehouse.execute("list_definitions"):
                warehouse.execute_on("drop_table", {"table": f"store.{name}"})
            warehouse.fill()
            _compare(warehouse)
    except duckdb.Error as error:
        raise WarehouseError(f"{warehouse.path}: cannot be written anew: {one_line(error)}") from None


def _compare(warehouse: Warehouse) -> int:
    rows = 0
    for name, _ in warehouse.execute("list_definitions"):
        here = sum_table(warehouse, f"store.{name}")
        if here != sum_table(warehouse, f"source.store.{name}"):
            raise WarehouseError(f"{warehouse.path}: store.{name} does not hold what the source does; nothing is kept")
        rows += here[0]
    return rows
