"""docs/clients.md and the notebook, run as they are written on the sample newsroom."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from warehouse.published import published_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cookbook.conftest import Rows
    from tests.sample_days import Days

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = re.findall(
    r"^## (\w+)\n\n```python\n(.+?)```", (DOCS / "clients.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
)


@pytest.fixture
def home(cooked: Days, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which data/ is the cooked one."""
    (tmp_path / "data").mkdir()
    shutil.copyfile(published_path(cooked.warehouse), tmp_path / "data" / "warehouse.published.duckdb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANCEWATCH_HOME", "data")
    return tmp_path


def run(source: str) -> tuple[dict[str, Any], str]:
    """What a piece of Python leaves and prints."""
    left: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(source, "clients.md", "exec"), left)  # noqa: S102 - the lines that we tell others to run
    return left, printed.getvalue()


@pytest.mark.usefixtures("home")
def test_pandas(view: Callable[[str], Rows]) -> None:
    left, printed = run(dict(BLOCKS)["pandas"])
    assert len(left["history"]) == len(view("stance_history"))
    local = sum(row.actor_type == "membership_body" and row.stance == "local" for row in view("stance_history"))
    assert re.search(rf"membership_body +\d+ +\d+ +{local}\n", printed)


@pytest.mark.usefixtures("home")
def test_polars(view: Callable[[str], Rows]) -> None:
    left, printed = run(dict(BLOCKS)["polars"])
    assert left["statements"].height == len(view("statements"))
    assert "workforce" in printed


def test_only_these_two_are_python() -> None:
    assert [name for name, _ in BLOCKS] == ["pandas", "polars"]


@pytest.mark.usefixtures("home")
def test_the_notebook_shows_what_the_views_have(view: Callable[[str], Rows]) -> None:
    spec = importlib.util.spec_from_file_location("ledger", DOCS / "notebooks" / "ledger.py")
    assert spec
    assert spec.loader
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    outputs, names = notebook.app.run()
    assert sum(output is not None for output in outputs) == 6
    shifts = [row for row in view("stance_history") if row.is_shift]
    assert sorted(names["changes"]["who"]) == sorted(row.actor_name for row in shifts)
    assert names["standing"]["actors"].sum() == len(view("actor_positions"))
    assert names["pairs"].height == sum(row.shared_themes > 1 for row in view("agreements"))
    busiest = max(view("actor_positions"), key=lambda row: row.positions)
    assert names["chosen"].value == busiest.actor_name
    assert names["timeline"].height == busiest.positions
