"""Back to a copy: verified, brought up to date, told what was sent since, and only then put in place."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.access import USUAL
from warehouse.carrying import Carried, carry_over
from warehouse.database import Warehouse, WarehouseError
from warehouse.file_copy import copy_file, put_in_place, sync_folder
from warehouse.inspection import ReadFile, copy_with_log, inspect_file, log_of
from warehouse.lake import read_lake
from warehouse.published import publish_file, published_path
from warehouse.rewriting import finish_log, obey_draft, workshop_of
from warehouse.runs import begin_run, finish_run
from warehouse.standing_orders import load_orders
from warehouse.storage import hold

if TYPE_CHECKING:
    from warehouse.access import Access


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. ``last_run_at`` is of the copy; ``set_aside`` is the file that was there, if any."""

    last_run_at: datetime | None
    set_aside: Path | None
    carried: Carried


def restore(path: Path, copy: Path, now: datetime, access: Access = USUAL) -> Restored:
    """Put a copy in the place of the working file at ``path``, and publish it.

    All work is done on a draft; the one step that changes anything is a rename. Killed before it, the old file stands,
    killed after it, the new one. The file that was there is kept under a name of its own.

    Raises:
        WarehouseBusyError: a run holds the working file.
        LeaseLostError: this process was silent for too long, and somebody else took over; what he wrote stands.
        WarehouseError: the copy is broken or of a newer version, or there is no room; nothing was changed.
    """
    if read_lake(path):
        text = f"{path}: is a lake; put a copy into a new one by `stancewatch warehouse move`, as docs/lake.md has it"
        raise WarehouseError(text)
    try:
        with hold(path) as lease, workshop_of(path) as workshop:
            orders = load_orders(path)
            draft = workshop / "draft.duckdb"
            last_run_at = _draft(copy, draft, workshop, path)
            lease.check()
            finish_log(path)
            carried = _bring_in(draft, path, now, workshop)
            if orders is not None:  # whom the copy still names is forgotten in it, too
                draft = workshop / "clean.duckdb"
                obey_draft(workshop / "draft.duckdb", draft, orders)
            lease.check()
            set_aside = _set_aside(path, now)
            lease.check()
            put_in_place(draft, path)
            publish_file(path, access, lease.check)
    except OSError as error:
        text = f"{path}: cannot be restored: {error.strerror}; free space or give permission, then restore again"
        raise WarehouseError(text) from None
    return Restored(last_run_at, set_aside, carried)


def _draft(copy: Path, draft: Path, workshop: Path, path: Path) -> datetime | None:
    """Copy the copy, prove that it is sound, and tell when its last run was."""
    if not copy.is_file():
        raise WarehouseError(f"{copy}: no such file; `stancewatch warehouse restore` takes a copy made by backup")
    if path.exists() and copy.samefile(path):
        raise WarehouseError(f"{copy}: is the working file itself; restore takes a copy of it")
    copy_with_log(copy, draft)
    for observation in inspect_file(draft, workshop):
        if not observation.is_sound:
            words = observation.words.replace(str(draft), str(copy))
            raise WarehouseError(f"{copy}: is not restored: {observation.what}: {words}; nothing was changed")
    with ReadFile(draft) as file:
        ((last_run_at,),) = file.execute("last_run")
    return last_run_at  # type: ignore[no-any-return]  # a moment or nothing: max(TIMESTAMPTZ)


def _bring_in(draft: Path, path: Path, now: datetime, workshop: Path) -> Carried:
    """Bring the draft up to date, tell it what was sent since, and record the restore as a run of its own."""
    with Warehouse.open(draft, is_draft=True) as warehouse:
        run_id = f"{now:%Y%m%dT%H%M%S}-restore"
        begin_run(warehouse, run_id, "restore", now)
        carried = carry_over(warehouse, (path, published_path(path)), workshop)
        counts = Counter({f"{what}_carried": number for what, number in carried.counts.items()})
        counts["record_unknown"] = int(carried.source != path)
        if carried.source != path:
            with warehouse.transaction():
                warehouse.execute("doubt_messages")
        finish_run(warehouse, run_id, now, counts)
        warehouse.checkpoint()
    return carried


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Give the present file a second name, under which it stays; a log, which only a broken one has, goes along."""
    if not path.exists():
        return None
    aside = _free_name(path, now)
    try:
        os.link(path, aside)
    except OSError:  # a file system without second names
        copy_file(path, aside)
    if log_of(path).exists():
        log_of(path).rename(log_of(aside))
    sync_folder(path.parent)
    return aside


def _free_name(path: Path, now: datetime) -> Path:
    for other in path.parent.glob(f"{path.stem}.before-*.duckdb"):
        if other.samefile(path):  # a restore was killed just before the file would have been replaced
            other.unlink()
    names = (path.with_name(f"{path.stem}.before-{now:%Y%m%dT%H%M%S}{more}.duckdb") for more in ("", *"abcdefgh"))
    return next(name for name in names if not name.exists())
