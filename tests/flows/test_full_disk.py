"""A run that meets a full disk says so in one line; the next one, with room again, goes on."""

from __future__ import annotations

import asyncio
import contextlib
import resource
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from flows.run import open_run
from tests.flows.desk import Desk
from warehouse.database import WarehouseError
from warehouse.published import publish
from warehouse.runs import finish_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.run import Run

MANY = Counter({f"count_{number}": number for number in range(3_000)})


@contextlib.contextmanager
def limited(size: int) -> Iterator[None]:
    """No file grows beyond ``size`` bytes: what a full disk is to one that does."""
    usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))


async def _publish_without_room(run: Run) -> None:
    path = run.warehouse.path
    run.warehouse.checkpoint()
    finish_run(run.warehouse, run.run_id, run.now, MANY)
    with limited(path.stat().st_size):
        publish(run.warehouse)


async def _store_without_room(run: Run) -> None:
    with limited(0):
        finish_run(run.warehouse, run.run_id, run.now, MANY)


@pytest.mark.parametrize("work", [_publish_without_room, _store_without_room])
def test_a_full_disk_is_told_in_one_line_and_the_next_run_goes_on(tmp_path: Path, work: object) -> None:
    desk = Desk(tmp_path, {})
    (tmp_path / "warehouse.duckdb").unlink()  # one that a run makes has no free blocks to write into

    async def run_once() -> None:
        async with open_run(desk.settings, "monitor") as run:
            await work(run)  # type: ignore[operator]

    async def run_again() -> None:
        async with open_run(desk.settings, "monitor") as run:
            publish(run.warehouse)

    with pytest.raises(WarehouseError, match=r"cannot be written: .*; free space, then run again") as told:
        asyncio.run(run_once())
    assert "\n" not in str(told.value)
    asyncio.run(run_again())
    states = [status for (status,) in desk.query("SELECT status FROM runs ORDER BY started_at")]
    assert states[0] in {"dead", "failed", "completed"}
    assert states[1:] == ["completed"]
