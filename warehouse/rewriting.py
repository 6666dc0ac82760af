"""Files written anew once their rows are under orders: what was deleted or changed is in none of their bytes."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from typing import TYPE_CHECKING

import duckdb

from warehouse.database import Warehouse, WarehouseError
from warehouse.file_copy import put_in_place
from warehouse.forgetting import obey
from warehouse.fulltext import index_texts
from warehouse.inspection import copy_with_log, inspect_file, log_of, sum_tables
from warehouse.lake import is_lake, spill_of
from warehouse.moving import pour, replace_tables
from warehouse.scratch import at_work_in
from warehouse.storage import hold
from warehouse.tending import let_go

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from extractors.masking import Masker
    from warehouse.inspection import TableSum
    from warehouse.standing_orders import StandingOrders


def obey_file(
    path: Path,
    orders: StandingOrders,
    *,
    is_trial: bool = False,
    wait_seconds: float | None = None,
    confirm: Callable[[], None] = lambda: None,
) -> Counter[str]:
    """Carry out all orders in a file or lake and write it anew, at one stroke; counts rows changed, by table.

    All work is done on copies: killed before the rename, the old file stands as it was, killed after it, the new one.
    A trial ends before the rename. With ``wait_seconds`` the file is held; without, the caller holds it, or it is a
    copy that nobody writes. ``confirm`` raises, before the rename, if somebody may have written it meanwhile. Who may
    read the file stays as it was. A lake, which nobody may hold then, is published besides, and keeps no earlier state.

    Raises:
        WarehouseBusyError: a run holds it.
        WarehouseError: it cannot be read, is not sound, or there is no room; nothing was changed.
    """
    try:
        if is_lake(path):
            return _obey_lake(path, orders, wait_seconds or 0.0, is_trial=is_trial)
        held = contextlib.nullcontext() if wait_seconds is None else hold(path, wait_seconds)
        with held, workshop_of(path) as workshop:
            finish_log(path)
            shutil.rmtree(spill_of(path), ignore_errors=True)  # a killed run spilt there
            if log_of(path).exists():
                raise WarehouseError(f"{path}: its log cannot be written into it; restore a copy")
            draft, clean = workshop / "draft.duckdb", workshop / "clean.duckdb"
            copy_with_log(path, draft)
            counts = obey_draft(draft, clean, orders)
            if not is_trial:
                _refuse_unsound(path, clean, workshop)
                _give_alike(clean, path)
                confirm()
                put_in_place(clean, path)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be rewritten: {error.strerror}; free space or give permission") from None
    return counts


def obey_draft(draft: Path, clean: Path, orders: StandingOrders) -> Counter[str]:
    """Carry out all orders in a draft of which nobody else knows, and write what comes of it to ``clean``."""
    counts, expected = _obey_in_place(draft, orders)
    with Warehouse.open(clean, is_draft=True) as warehouse:
        with warehouse.attached("old", draft), warehouse.transaction():
            warehouse.execute("empty_migrations")
            for table in expected:
                warehouse.execute_on("copy_table", {"table": table.name})
        warehouse.checkpoint()
        if sum_tables(warehouse) != expected:
            raise WarehouseError(f"{clean}: does not hold what it was written from; check the disk")
    draft.unlink()
    return counts


def _obey_lake(path: Path, orders: StandingOrders, wait_seconds: float, *, is_trial: bool) -> Counter[str]:
    """The same in a lake: worked out in a file of its rows, whose tables then take the place of the lake's.

    Killed before that transaction, the lake is as it was; killed after it, earlier states may still be there, until it
    is done once more.
    """
    with Warehouse.open(path, wait_seconds=wait_seconds) as lake, workshop_of(path) as workshop:
        draft = workshop / "draft.duckdb"
        pour(path, draft)
        counts, _ = _obey_in_place(draft, orders)
        if not is_trial:
            _refuse_unsound(path, draft, workshop)
            replace_tables(lake, draft)
            let_go(lake)
    return counts


def _obey_in_place(draft: Path, orders: StandingOrders) -> tuple[Counter[str], list[TableSum]]:
    """Carry out all orders in the rows of a draft; what was there before stays in its free blocks."""
    with Warehouse.open(draft, is_draft=True) as warehouse:
        counts = obey(warehouse, orders)
        _index_anew(warehouse, orders.masker())
        warehouse.checkpoint()
        return counts, sum_tables(warehouse)


@contextlib.contextmanager
def workshop_of(path: Path) -> Iterator[Path]:
    """A folder beside a file, a rename away; what a killed one left there is cleared."""
    folder = path.with_name(path.name + ".restoring")
    with at_work_in(path.parent):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def finish_log(path: Path) -> None:
    """Have the log of a killed run written into the file, as the next run would; a broken file is left as it is."""
    if path.exists() and log_of(path).exists():
        with contextlib.suppress(duckdb.Error), duckdb.connect(str(path)) as connection:
            connection.execute("CHECKPOINT")


def _give_alike(clean: Path, path: Path) -> None:
    """Let those read the one file who may read the other: owner, group and permissions, whatever the umask says.

    Only root gives a file to another user. Where this user is not in the old file's group, and cannot give it the new
    one, no group may read that: the work is done none the less.
    """
    was, now = path.stat(), clean.stat()
    mode = stat.S_IMODE(was.st_mode)
    owner = was.st_uid if os.geteuid() == 0 else now.st_uid
    try:
        if (owner, was.st_gid) != (now.st_uid, now.st_gid):
            os.chown(clean, owner, was.st_gid)
    except PermissionError:
        mode &= ~stat.S_IRWXG
    clean.chmod(mode)


def _refuse_unsound(path: Path, clean: Path, workshop: Path) -> None:
    for observation in inspect_file(clean, workshop):
        if not observation.is_sound:
            words = f"{observation.what}: {observation.words}"
            raise WarehouseError(
                f"{path}: is not rewritten, since it would not be sound: {words.replace(str(clean), '')}"
            )


def _index_anew(warehouse: Warehouse, masker: Masker) -> None:
    """Index changed texts, and take names out of the index where no text has them any more."""
    if warehouse.execute("count_other_indexes", version="") == [(0,)]:
        return  # never indexed: the next run does it
    while index_texts(warehouse):
        pass
    known = [str(word) for (word,) in warehouse.execute("select_index_words") if masker.telling(str(word))]
    with warehouse.transaction():
        warehouse.execute("find_scrubbed_postings", words=known)
        warehouse.execute("delete_scrubbed_postings")
        warehouse.execute("update_scrubbed_postings")
        warehouse.execute("delete_gone_words", words=known)
