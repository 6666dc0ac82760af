"""A file that is written anew stays that of its owner and his group, whoever does it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.processes import STEP_DOWN, open_folder, run_code
from warehouse.database import Warehouse

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to any owner and group")
if TYPE_CHECKING:
    from pathlib import Path

TRY = """
import sys
from pathlib import Path
from warehouse.rewriting import obey_file
from warehouse.standing_orders import new_orders
obey_file(Path(sys.argv[1]), new_orders(()), is_trial=True)
"""
"""A trial loads whatever is needed, which somebody without rights may be unable to."""
REWRITE = """
obey_file(Path(sys.argv[1]), new_orders(()))
print("done", end="")
"""
SERVICE, ITS_GROUP, OTHER_GROUP = 65534, 65534, 4711


def of_another_group(folder: Path, mode: int) -> Path:
    """A working file of the service, in a group that it is not in."""
    path = folder / "warehouse.duckdb"
    Warehouse.open(path).close()
    os.chown(path, SERVICE, OTHER_GROUP)
    path.chmod(mode)
    return path


def test_without_being_in_the_group_it_is_written_anew_and_closed_to_groups() -> None:
    with open_folder() as folder:
        path = of_another_group(folder, 0o664)
        before = path.stat().st_ino
        assert run_code(TRY + STEP_DOWN + REWRITE, path) == "done"
        now = path.stat()
        assert (now.st_ino != before, now.st_uid, now.st_gid) == (True, SERVICE, ITS_GROUP)
        assert stat.S_IMODE(now.st_mode) == 0o604


def test_run_by_root_the_file_stays_the_service_s_own() -> None:
    with open_folder() as folder:
        path = of_another_group(folder, 0o640)
        before = path.stat().st_ino
        assert run_code(TRY + REWRITE, path) == "done"
        now = path.stat()
        assert (now.st_ino != before, now.st_uid, now.st_gid) == (True, SERVICE, OTHER_GROUP)
        assert stat.S_IMODE(now.st_mode) == 0o640
