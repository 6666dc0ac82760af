"""docs/cookbook.md: every question with its query and the sample newsroom's answer; `make docs` writes it."""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.output import Format, plain, render_rows
from tests.cookbook.kitchen import kitchen
from tests.sample_days import sample_days
from warehouse.cookbook import SECTIONS, Recipe, load_recipes
from warehouse.published import Result, query_published

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs" / "cookbook.md"
HEAD = """# Cookbook

Questions that analysts ask, each with one SELECT over the [documented views](warehouse.md). Written by `make docs` from
`warehouse/cookbook/*.sql`; add a file there and it is here, in `stancewatch sql --list`, and must be in the tests.

`stancewatch sql --named NAME` runs one on your own warehouse, `--with NAME=VALUE` asks it about somebody else,
`--format csv|json|md` prints it for a program; or paste the query into any DuckDB client.

The answers below are those of the sample newsroom, whose people are invented, with four things that it lacks: one seed
document of our own, a correction, a feed that fails and a page that is gone. At most eight rows are shown, texts are
cut, and addresses, ids and moments of the run are left out.
"""
_ROWS, _LETTERS = 8, 110
_UNSHOWN = re.compile(r"url|.*_url|.*_id|seen|latest|example_url|last_ok_at|next_fetch_at")


def cookbook(answer: Callable[[Recipe], Result]) -> str:
    """The page, each recipe with what ``answer`` gives."""
    recipes = load_recipes()
    parts = [HEAD]
    for section in SECTIONS:
        parts.append(f"\n**{section}**\n\n")
        parts += [f"- [{r.question}](#{r.name})\n" for r in recipes if r.section == section]
    return "".join(parts + [_told(recipe, answer(recipe)) for recipe in recipes])


def _told(recipe: Recipe, result: Result) -> str:
    command = ["stancewatch", "sql", "--named", recipe.name]
    for name, value in recipe.defaults.items():
        command += ["--with", f"{name}={value}"]
    head = f"\n## {recipe.name}\n\n**{recipe.question}** {recipe.note}\n\n"
    query = f"```sql\n{recipe.plain_sql}\n```\n\n`{shlex.join(command)}`\n\n"
    return head + query + ("" if recipe.is_volatile else _table(result))


def _table(result: Result) -> str:
    if not result.rows:
        return "No rows.\n"
    shown = [number for number, name in enumerate(result.columns) if not _UNSHOWN.fullmatch(name)]
    rows = tuple(tuple(_cut(row[number]) for number in shown) for row in result.rows[:_ROWS])
    text = render_rows(Result(tuple(result.columns[number] for number in shown), rows), Format.MD)
    more = len(result.rows) - _ROWS
    return text + (f"\n… and {more} more.\n" if more > 0 else "")


def _cut(value: Any) -> str:
    text = " ".join(plain(value).split())
    return text if len(text) <= _LETTERS else text[:_LETTERS].rpartition(" ")[0] + " …"


def main() -> None:
    """Run the sample newsroom and write the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "copy").mkdir()
        days = kitchen(sample_days(folder), folder / "copy")
        text = cookbook(lambda r: query_published(days.warehouse, r.sql, r.parameters({})))
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{PAGE}: {len(load_recipes())} questions\n")


if __name__ == "__main__":
    main()
