"""A short storm in every check; `make storm` is the long one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.storm.storm import Storm, judge

if TYPE_CHECKING:
    from pathlib import Path


def test_killed_runs_lose_nothing_and_repeat_nothing_unmarked(tmp_path: Path) -> None:
    account = Storm(tmp_path, seed=11).blow(kills=8)
    assert account.kills >= 8
    assert account.alerts >= 8
    assert account.arrived_once + account.arrived_twice == account.alerts
    assert account.wrongs == ()


@pytest.mark.parametrize(
    ("status", "subjects", "wrongs"),
    [
        ("sent", ["x"], 0),
        ("sent", ["x", "x (may be a repeat)"], 0),
        ("unknown", ["x", "x (may be a repeat)"], 0),
        ("sent", [], 1),
        ("pending", ["x"], 1),
        ("sent", ["x", "x"], 1),
        ("sent", ["x", "x (may be a repeat)", "x (may be a repeat)"], 1),
    ],
)
def test_the_account_sees_what_is_wrong(status: str, subjects: list[str], wrongs: int) -> None:
    assert len(judge(("a1", "mail", status), subjects)) == wrongs
