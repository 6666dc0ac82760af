"""A new warehouse for each test; whatever a test does to it, tallies are what their rows add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.warehouse.recount import drifted
from tests.warehouse.timeline import Timeline, open_timeline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    with open_timeline(tmp_path) as opened:
        yield opened
        assert not drifted(opened)
