"""DuckDB's extensions, where their packages have them: nothing is installed into anybody's home."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError


def extension_file(name: str, remedy: str = "reinstall stancewatch") -> Path:
    """The file of an extension.

    Raises:
        WarehouseError: there is none for this version of DuckDB; the line ends in ``remedy``.
    """
    package = importlib.util.find_spec(f"duckdb_extension_{name}")
    folder = Path(package.origin or "").parent if package else Path()
    file = folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not package or not file.is_file():
        wanted = f"duckdb-extension-{name.replace('_', '-')}"
        raise WarehouseError(f"{wanted} {duckdb.__version__} is not installed; {remedy}")
    return file
