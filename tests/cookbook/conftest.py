"""The kitchen, published, and what every check looks at: rows by column name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.cookbook.kitchen import kitchen
from warehouse.cookbook import load_recipe
from warehouse.published import Result, query_published

if TYPE_CHECKING:
    from tests.sample_days import Days

Rows = list[Any]
Cook = Callable[..., Rows]


@pytest.fixture(scope="session")
def cooked(days: Days, tmp_path_factory: pytest.TempPathFactory) -> Days:
    return kitchen(days, tmp_path_factory.mktemp("kitchen"))


@pytest.fixture(scope="session")
def cook(cooked: Days) -> Cook:
    """Runs a recipe, with values for its parameters."""

    def run(name: str, **values: str) -> Rows:
        recipe = load_recipe(name)
        return named(query_published(cooked.warehouse, recipe.sql, recipe.parameters(values)))

    return run


@pytest.fixture(scope="session")
def view(cooked: Days) -> Callable[[str], Rows]:
    """All rows of a view, to be counted in plain Python."""

    @cache
    def read(name: str) -> Rows:
        return named(query_published(cooked.warehouse, f"SELECT * FROM {name}"))  # noqa: S608 - a name that a test gives

    return read


def named(result: Result) -> Rows:
    return [SimpleNamespace(**dict(zip(result.columns, row, strict=True))) for row in result.rows]
