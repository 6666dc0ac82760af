"""What the demo tells people to type is what their shell finds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flows.own_command import own_command

if TYPE_CHECKING:
    import pytest


def test_commands_have_a_path_only_where_the_shell_needs_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    beside = Path(sys.executable).parent
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert own_command() == str(beside / "stancewatch")
    monkeypatch.chdir(beside.parent.parent)
    assert own_command() == ".venv/bin/stancewatch"
    monkeypatch.setenv("PATH", str(beside))
    assert own_command() == "stancewatch"
