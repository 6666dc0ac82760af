"""The shape of the code: one direction, pure extractors, quick start-up, small files, documented views."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CLOCKED, LONGEST
from warehouse.documentation import view_documentation

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"extractors": set(), "warehouse": {"extractors"}, "flows": {"extractors", "warehouse"}}
IMPURE = {"asyncio", "datetime.now", "httpx", "os", "pathlib", "requests", "socket", "sqlite3", "subprocess", "duckdb"}
IMPURE |= {"prefect", "random", "tempfile", "threading", "time", "urllib.request", "yaml"}
TRAINING = {"curve.py", "fitting.py", "minilm.py", "teacher.py", "theme_training.py", "train.py"}
"""Modules that need torch, which only those install who train."""
ENTRY_POINTS = ROOT / "extractors" / "model"
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FILE = 300, 40, 120


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("package", list(MAY_IMPORT))
def test_imports_go_one_way(package: str) -> None:
    forbidden = set(MAY_IMPORT) - MAY_IMPORT[package] - {package}
    wrong = [
        f"{file.name} imports {name}"
        for file in modules(package)
        for name in imported(file)
        if name.split(".")[0] in forbidden | {"tests"}
    ]
    assert not wrong


def test_extractors_touch_nothing_outside() -> None:
    wrong = [
        f"{file.name} imports {name}"
        for file in modules("extractors")
        if ENTRY_POINTS not in file.parents
        for name in imported(file)
        if name in IMPURE or name.split(".")[0] in IMPURE
    ]
    assert not wrong
    calls = [
        file.name
        for file in modules("extractors")
        if ENTRY_POINTS not in file.parents
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}
    ]
    assert not calls


def test_only_the_warehouse_knows_duckdb_and_only_flows_prefect() -> None:
    assert not [f.name for p in ("flows", "extractors") for f in modules(p) if "duckdb" in imported(f)]
    assert not [f.name for p in ("warehouse", "extractors") for f in modules(p) if "prefect" in imported(f)]


def test_the_time_of_day_is_read_in_one_place() -> None:
    readers = [
        file.name
        for package in MAY_IMPORT
        for file in modules(package)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and ast.unparse(node.value).rpartition(".")[2] in {"datetime", "date"}
    ]
    assert sorted(readers) == ["claim.py", "clock.py"]  # a lease is a matter of this machine, rehearsed or not


def test_files_and_functions_stay_small() -> None:
    files = [file for package in MAY_IMPORT for file in modules(package)]
    lengths = sorted(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    assert lengths[-1] <= LONGEST_FILE
    assert lengths[len(lengths) // 2] <= MEDIAN_FILE
    long = [
        f"{file.name}:{node.name}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603 - our own code


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["feeds", "list"],
        ["sql", "SELECT 1"],
        ["seeds", "status"],
        ["alerts", "list"],
        ["actors", "list"],
        ["trace", "https://example.org/"],
        ["review"],
        ["report", "--since", "never"],
    ],
)
def test_light_commands_leave_prefect_and_trafilatura_alone(arguments: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['stancewatch', *{arguments!r}]\n"
        "from flows.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'prefect', 'trafilatura', 'torch', 'pandas'} & set(sys.modules)\n"
        "sys.stderr.write(f'HEAVY {sorted(heavy)}')"
    )
    assert run(code).stderr.endswith("HEAVY []")


def test_a_run_leaves_the_numbers_of_the_model_to_its_workers() -> None:
    code = "import sys, flows.commands, flows.pipeline; sys.stdout.write(str('numpy' in sys.modules))"
    assert run(code).stdout == "False"


def test_importing_a_module_opens_nothing() -> None:
    names = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for package in MAY_IMPORT
        for file in modules(package)
        if "prefect" not in imported(file)
        and file.name not in {"deployments.py", "__init__.py"} | TRAINING
        and not (imported(file) & {"flows.stages", "flows.monitor", "flows.artifacts", "flows.pipeline"})
    ]
    code = (
        "import importlib, sys\n"
        f"root = {str(ROOT)!r}\n"
        "opened = []\n"
        "def watch(event, args):\n"
        "    name = str(args[0])\n"
        "    is_ours = event == 'open' and name.startswith(root) and '/.venv/' not in name\n"
        "    if event == 'socket.connect' or is_ours and not name.endswith('.py') and '.pyc' not in name:\n"
        "        opened.append((event, str(args[0])))\n"
        "sys.addaudithook(watch)\n"
        f"for name in {names!r}:\n    importlib.import_module(name)\n"
        "sys.stdout.write(repr(opened))"
    )
    done = run(code)
    assert done.stdout == "[]", done.stderr


def test_documentation_of_the_views_is_current() -> None:
    assert (ROOT / "docs" / "warehouse.md").read_text(encoding="utf-8") == view_documentation()


def test_modules_named_for_the_order_of_tests_are_there() -> None:
    assert {*LONGEST, *CLOCKED} <= {file.stem for file in (ROOT / "tests").rglob("test_*.py")}
