"""docs/warehouse.md, written from the views' own comments: `python -m warehouse.documentation > docs/warehouse.md`."""

from __future__ import annotations

import itertools
import sys
import tempfile
from pathlib import Path

from warehouse.database import Warehouse

HEAD = """# The warehouse's views

Written by `make docs` from the comments in `warehouse/views/*.sql`; a test fails when the two differ.

Query them with `stancewatch sql "…"`, or open the published file (`warehouse.published.duckdb`) with any DuckDB 1.5
client, read-only; it can be read at any time, also while a flow writes. Times are UTC. Ids are hashes of content, so
that two warehouses built from the same input agree.
"""


def view_documentation() -> str:
    """The views and their columns as Markdown, from an empty warehouse of this version."""
    with tempfile.TemporaryDirectory() as folder, Warehouse.open(Path(folder) / "empty.duckdb") as warehouse:
        rows = warehouse.execute("describe_views")
    parts = [HEAD]
    for (name, comment), columns in itertools.groupby(rows, key=lambda row: row[:2]):
        parts.append(f"\n## {name}\n\n{comment}\n\n| column | type | meaning |\n| --- | --- | --- |\n")
        parts += [f"| `{column}` | {kind} | {meaning} |\n" for _, _, column, kind, meaning in columns]
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(view_documentation())
