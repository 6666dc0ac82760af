"""The made history that growth is measured beside fits the store as it is, and so keeps being measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.settings import load_settings
from tests.bench.growth import configure
from tests.bench.made_history import fill
from tests.warehouse.recount import STALE
from warehouse.database import Warehouse

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_small_one_has_all_that_a_large_one_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STANCEWATCH_CONFIG", "STANCEWATCH_HOME"):
        monkeypatch.setenv(name, "")  # set by what is called next, and taken back
    configure(tmp_path)
    settings = load_settings()
    fill(settings.places.warehouse, 60, settings.places)
    with Warehouse.open(settings.places.warehouse) as warehouse:
        counts = {
            view: warehouse._connection.execute(f"SELECT count(*) FROM {view}").fetchall()[0][0]  # noqa: S608 - ours
            for view in ("articles", "statements", "stance_history", "runs", "feeds")
        }
        assert warehouse._connection.execute(STALE).fetchall() == []
    assert counts["articles"] == 60
    assert counts["statements"] == 360
    assert min(counts.values()) > 0
