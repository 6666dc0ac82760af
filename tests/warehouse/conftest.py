"""A new warehouse for each test; whatever a test does to it, tallies are what their rows add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import pytest

from tests.depth import IS_THOROUGH
from tests.warehouse.recount import drifted
from tests.warehouse.timeline import Timeline, open_timeline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def timeline(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Timeline]:
    with open_timeline(tmp_path) as opened:
        yield opened
        if IS_THOROUGH or crc32(request.node.name.encode()) % 3 == 0:  # counting anew takes as long as a small test
            assert not drifted(opened)
