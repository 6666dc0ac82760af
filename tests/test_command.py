"""A call by the forked process is a call by an interpreter of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.command import ROOT, at_home, new_home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["feeds", "list", "--format", "json"], 0),
        (["sql"], 2),
        (["no-such-command"], 2),
        (["import", "/no/such/file.jsonl"], 1),
        (["--help"], 0),
        (["analyse", "-", "--format", "json"], 0),
    ],
)
def test_it_prints_and_ends_as_a_real_one(tmp_path: Path, arguments: list[str], status: int) -> None:
    home = new_home(tmp_path / "home")
    places = {"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home / "data"), "COLUMNS": "100"}
    script = [sys.executable, "-c", "import sys; sys.argv[0] = 'stancewatch'; from flows.cli import main; main()"]
    text = "“Boards should decide,” said Petronella Vance, chief executive of NHS Providers."
    real = subprocess.run(  # noqa: S603 - our own command
        [*script, *arguments],
        capture_output=True,
        text=True,
        input=text,
        env=os.environ | places,
        cwd=ROOT,
        check=False,
    )
    ours = at_home(home, *arguments, text=text)
    assert (ours.returncode, ours.stdout, ours.stderr) == (real.returncode, real.stdout, real.stderr)
    assert ours.returncode == status
