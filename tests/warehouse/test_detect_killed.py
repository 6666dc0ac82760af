"""kill -9 at the steps of detection: after reopening there is all of it or nothing, and the next run makes it whole."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.processes import DIE, start_code
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, open_timeline, page, rule, words
from warehouse.database import Warehouse

if TYPE_CHECKING:
    from pathlib import Path

DETECT = """
from tests.warehouse.timeline import rule

sys.setprofile(watch)
timeline.detect(rule())
"""
STEPS = ["step 6", "step 8", "c_call commit", "c_return commit"]


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working file in which two pages wait for detection."""
    folder = tmp_path_factory.mktemp("analysed")
    with open_timeline(folder) as timeline:
        timeline.read(page("old", 1, Said(PEAKE, "central", words(1)), is_live=False))
        timeline.store(page("a", 2, Said(PEAKE, "local", words(2))), page("b", 3, Said(TARN, "local", words(3))))
        timeline.analyse()
    return folder / "warehouse.duckdb"


@pytest.mark.parametrize("moment", STEPS)
def test_all_or_nothing(analysed: Path, tmp_path: Path, moment: str) -> None:
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(analysed, path)
    with start_code(DIE + DETECT, path, moment) as process:
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        counts = timeline.query(
            "SELECT (SELECT count(*) FROM store.events), (SELECT count(*) FROM store.alerts),"
            " (SELECT count(*) FROM store.articles WHERE detected_at IS NULL)"
        )
        assert counts == [(2, 2, 0) if moment == "c_return commit" else (0, 0, 2)]
        timeline.runs = 1
        timeline.detect(rule())
        assert sorted(event.kind for event in timeline.events()) == ["first", "shift"]
        assert timeline.query("SELECT count(*), count(DISTINCT event_id) FROM store.alerts") == [(2, 2)]
