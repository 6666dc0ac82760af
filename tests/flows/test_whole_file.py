"""Files that are replaced in whole: what a killed process left of one goes with the next."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flows.whole_file import sweep_drafts, write_whole
from tests.warehouse.processes import start_code

if TYPE_CHECKING:
    from pathlib import Path

WRITE = """
import os, sys
from pathlib import Path
from warehouse.scratch import keep_locked
draft = Path(f"{sys.argv[1]}.{os.getpid()}.new")
with draft.open("w") as file:
    keep_locked(file.fileno())
    print(draft, flush=True)
    sys.stdin.read()
"""


def test_drafts_of_the_dead_go_and_those_of_the_living_stay(tmp_path: Path) -> None:
    target = tmp_path / "board.html"
    with start_code(WRITE, target) as process:
        assert process.stdout
        draft = tmp_path / process.stdout.readline().strip()
        unseen = tmp_path / "board.html.4194304999.new"  # of a process of another container, say
        os.link(draft, unseen)
        others = [tmp_path / "board.html.new", tmp_path / "other.html.4194304999.new", tmp_path / "board.html.x.new"]
        for other in others:
            other.touch()
        write_whole(target, "new")
        assert draft.exists()
        assert unseen.exists()
        process.kill()
        process.wait()
    sweep_drafts(target)
    assert not draft.exists()
    assert not unseen.exists()
    assert all(other.exists() for other in others)
    assert target.read_text() == "new"
