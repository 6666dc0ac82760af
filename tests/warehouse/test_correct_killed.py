"""kill -9 at the steps of a correction: after reopening it is all there or not at all; the next run tells the rest."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.analyst import correct, statement_of
from tests.warehouse.processes import DIE, start_code
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, open_timeline, page, rule, words
from warehouse.database import Warehouse

if TYPE_CHECKING:
    from pathlib import Path

CORRECT = """
from tests.warehouse.analyst import correct, statement_of
from tests.warehouse.timeline import TARN, rule

timeline.runs = 1
statement = statement_of(timeline, "a")
sys.setprofile(watch)
correct(timeline, statement, speaker=TARN, stance="central")
moment, steps = moment.replace("behind", "step"), 0
timeline.detect(rule())
"""
INSIDE = ["step 2", "step 7", "step 13", "step 22", "c_call commit"]
BEHIND = ["behind 1", "behind 6", "behind 17", "behind 26"]
"""Steps of the correction, and of the detection behind it."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working file in which two pages are told."""
    folder = tmp_path_factory.mktemp("told")
    with open_timeline(folder) as timeline:
        timeline.store(page("a", 1, Said(PEAKE, "local", words(1))), page("b", 2, Said(PEAKE, "central", words(2))))
        timeline.analyse()
        timeline.detect(rule())
    return folder / "warehouse.duckdb"


@pytest.mark.parametrize("moment", INSIDE + BEHIND)
def test_all_or_nothing(told: Path, tmp_path: Path, moment: str) -> None:
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(told, path)
    with start_code(DIE + CORRECT, path, moment) as process:
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        counts = timeline.query(
            "SELECT (SELECT count(*) FROM corrections), (SELECT count(*) FROM statements WHERE corrected),"
            " (SELECT count(*) FROM store.amendments), (SELECT count(*) FROM event_changes)"
        )
        assert counts == [(1, 1, 1, 0) if moment in BEHIND else (0, 0, 0, 0)]
        if moment in INSIDE:
            correct(timeline, statement_of(timeline, "a"), speaker=TARN, stance="central")
        timeline.runs = 2
        assert timeline.detect(rule())["alerts"] == 0
        assert [(event.who, event.kind, event.stance) for event in timeline.events()] == [
            (TARN.person, "first", "central"),
            (PEAKE.person, "first", "central"),
        ]
        assert timeline.query("SELECT count(*), count(DISTINCT event_id) FROM store.alerts") == [(2, 2)]
