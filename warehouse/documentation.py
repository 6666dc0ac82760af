"""docs/warehouse.md, written from the views' own comments: `python -m warehouse.documentation > docs/warehouse.md`."""

from __future__ import annotations

import itertools
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.database import FOLDER, Warehouse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TABLE = "| column | type | meaning |\n| --- | --- | --- |\n"
JOINS = (
    ("stories", "articles", "story_id"),
    ("articles", "revisions", "article_id"),
    ("articles", "statements", "article_id"),
    ("articles", "removed_statements", "article_id"),
    ("actors", "statements", "actor_id"),
    ("organisations", "statements", "organisation"),
    ("feeds", "articles", "feed_id"),
    ("feeds", "feed_health", "feed_id"),
    ("feeds", "fetches", "feed_id"),
    ("runs", "fetches", "run_id"),
    ("actors", "actor_positions", "actor_id"),
    ("actors", "theme_positions", "actor_id"),
    ("actors", "stance_history", "actor_id"),
    ("articles", "stance_history", "article_id"),
    ("organisations", "agreements", "organisation"),
    ("themes", "theme_positions", "theme"),
    ("themes", "theme_trends", "theme"),
    ("stance_history", "stance_events", "event_id"),
    ("statements", "seed_echoes", "statement_id"),
    ("statements", "corrections", "statement_id"),
    ("statements", "second_opinions", "statement_id"),
    ("stance_events", "event_changes", "event_id"),
    ("stance_events", "alerts", "event_id"),
    ("alerts", "reviews", "alert_id"),
    ("messages", "alerts", "message_id"),
    ("messages", "deliveries", "message_id"),
    ("messages", "arrivals", "message_id"),
    ("runs", "event_changes", "run_id"),
)
"""What belongs to what: one row of the first view, any number of the second, and the column that both have."""
_SIGNS = {
    ("feeds", "feed_health"): "||--o|",
    ("actors", "actor_positions"): "||--o|",
    ("stance_history", "stance_events"): "|o--o|",  # copies make events of kind repeat, and no history
    ("messages", "alerts"): "|o--o{",  # what waits has no message yet
    ("actors", "statements"): "|o--o{",  # nor has a crowd an identity
}


def view_documentation() -> str:
    """The views, their columns and the functions as Markdown, from an empty warehouse of this version."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        with Warehouse.open(path) as warehouse:
            rows = warehouse.execute("describe_views")
            macros = warehouse.execute("describe_macros")
        functions = list(_functions(path, macros))
    parts = [(FOLDER / "introduction.md").read_text(encoding="utf-8"), "\n## How they hang together\n\n", _diagram()]
    for (name, comment), columns in itertools.groupby(rows, key=lambda row: row[:2]):
        parts.append(f"\n## {name}\n\n{comment}\n\n{TABLE}")
        parts += [f"| `{column}` | {kind} | {meaning} |\n" for _, _, column, kind, meaning in columns]
    return "".join([*parts, "\n# Functions\n", *functions])


def macro_columns(name: str) -> dict[str, str]:
    """What the file of a function says of its columns: lines ``-- column: meaning``."""
    text = (FOLDER / "macros" / f"{name}.sql").read_text(encoding="utf-8")
    return dict(re.findall(r"^-- (\w+): (.+)$", text, flags=re.MULTILINE))


def _functions(path: Path, macros: Sequence[tuple[str, list[str], str, bool]]) -> Iterator[str]:
    with duckdb.connect(str(path), read_only=True) as connection:
        for name, arguments, comment, is_table in macros:
            yield f"\n## {name}({', '.join(arguments)})\n\n{comment}\n"
            if not is_table:
                continue
            yield f"\n{TABLE}"
            meanings = macro_columns(name)
            empty = connection.table_function(name, ["" for _ in arguments])
            for column, kind in zip(empty.columns, empty.types, strict=True):
                yield f"| `{column}` | {kind} | {meanings.get(column, '')} |\n"


def _diagram() -> str:
    lines = ["```mermaid", "erDiagram"]
    for one, many, column in JOINS:
        lines.append(f"    {one} {_SIGNS.get((one, many), '||--o{')} {many} : {column}")
    return "\n".join([*lines, "```\n"])


if __name__ == "__main__":
    sys.stdout.write(view_documentation())
