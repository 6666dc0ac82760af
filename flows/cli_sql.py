"""`stancewatch sql`: one SELECT on the published file, written out, from a file, or by name from the cookbook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from flows.output import Format


class _Command(TyperCommand):
    """A query that begins with a comment is no option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line."""
        queries = [f"\n{each}" if each.startswith("--") and "\n" in each else each for each in args]
        return super().parse_args(ctx, queries)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(cls=_Command)(sql)


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT over the documented views; - reads it, @FILE has it.")] = "",
    *,
    named: Annotated[str, typer.Option("--named", metavar="NAME", help="A query of the cookbook in its place.")] = "",
    values: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME=VALUE", help="What a named query asks about.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the queries of the cookbook.")] = False,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
) -> None:
    """Query the published snapshot, read-only.

    Example: stancewatch sql "SELECT kind, person, stance, quote FROM stance_events" --format md

    Example: stancewatch sql --named who-agrees-with --with organisation="King's Fund"
    """
    from flows.output import render_rows
    from flows.settings import locate
    from warehouse.cookbook import load_recipe, recipe_list
    from warehouse.published import query_published

    given = dict(_pair(value) for value in values or ())
    if sum(map(bool, (query, named, listing))) != 1 or (given and not named):
        raise typer.BadParameter("give a query, or --named NAME (with --with NAME=VALUE), or --list")
    if listing:
        result = recipe_list()
    elif named:
        recipe = load_recipe(named)
        result = query_published(locate().warehouse, recipe.sql, recipe.parameters(given))
    else:
        result = query_published(locate().warehouse, _read(query))
    sys.stdout.write(render_rows(result, form))


def _read(query: str) -> str:
    """The query itself, or what standard input or the named file has."""
    if query == "-":
        return sys.stdin.read()
    return Path(query[1:]).read_text(encoding="utf-8") if query.startswith("@") else query


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"--with takes NAME=VALUE, not {text!r}")
    return name.removeprefix("$"), value
