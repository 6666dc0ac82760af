"""What tests share: which run alone, since a busy machine spoils a clock's reading, and the sample's two days."""

from __future__ import annotations

import os
import time
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.depth import IS_THOROUGH

if TYPE_CHECKING:
    from tests.sample_days import Days

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in the workers: threads that wait for each other, spinning
settings.register_profile("check", deadline=None, derandomize=True)  # a check fails for what changed, not by chance
settings.register_profile("thorough", deadline=None, print_blob=True)
settings.load_profile("thorough" if IS_THOROUGH else "check")
LONGEST = (
    *(
        "test_soak",
        "test_flows",
        "test_trace_ledger",
        "test_restored_outbox",
        "test_import_labels",
        "test_cli_corrections",
    ),
    *("test_actors", "test_use", "test_restoring", "test_timelines", "test_dispatch", "test_cli", "test_import_order"),
    *("test_whole_faults", "test_watch", "test_looks", "test_edits", "test_storm", "test_batches", "test_search"),
)
"""Modules that take half a minute, longest first: begun first, so that no worker is left alone with one at the end."""
CLOCKED = frozenset({"test_fetch", "test_fetch_addresses", "test_fetch_polite", "test_second_opinion"})
"""Modules that read no clock themselves but whose subject runs by one, with limits of fractions of a second."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as `alone` what measures time; a module that imports `time` does.

    What is `deep` (the same again at another moment or with other data, at a price) is left to `make thorough`; what
    takes longest comes first.
    """
    for item in items:
        module = getattr(item, "module", None)
        if isinstance(module, ModuleType) and is_clocked(module):
            item.add_marker("alone")
        if item.get_closest_marker("deep") and not IS_THOROUGH:
            item.add_marker(pytest.mark.skip(reason="make thorough"))
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


def is_clocked(module: ModuleType) -> bool:
    """Whether a test module goes by the clock."""
    return getattr(module, "time", None) is time or module.__name__.rpartition(".")[2] in CLOCKED


@pytest.fixture(scope="session")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """The sample newsroom's two days: one run for all, also where workers share the tests."""
    from tests.sample_days import sample_days

    base = tmp_path_factory.getbasetemp()
    return sample_days(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
