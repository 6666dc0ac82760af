"""`stancewatch actors`: who speaks, and who is the same person as whom."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.output import Format

app = typer.Typer(help="Who speaks, and who is the same person as whom.", no_args_is_help=True)
Reference = Annotated[str, typer.Argument(help='An actor: id, start of an id, name, or "Name (Organisation)".')]
Part = Annotated[str, typer.Argument(help="What leaves: an organisation or a persona; or another actor to keep apart.")]
Note = Annotated[str, typer.Option(help="Why, for the record.")]


@app.command("list")
def list_(
    *,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Only who may be the same as another.")] = False,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
) -> None:
    """List the actors of the published snapshot by surname, and what is doubtful about them.

    Example: stancewatch actors list --doubtful
    """
    from flows.output import render_rows
    from flows.settings import locate
    from warehouse.database import query_text
    from warehouse.published import query_published

    rows = query_published(locate().warehouse, query_text("list_actors"), {"only_doubtful": doubtful})
    typer.echo(render_rows(rows, form), nl=False)


@app.command()
def merge(one: Reference, other: Reference, *, note: Note = "") -> None:
    """Make two actors one: their history is told anew, silently.

    Example: stancewatch actors merge "Jim Mackey" "James Mackey (NHS England)" --note "same person"
    """
    from flows.actor_commands import merge_two

    typer.echo(merge_two(one, other, note))


@app.command()
def split(one: Reference, part: Part = "", *, note: Note = "") -> None:
    """Part an actor, wholly or from one organisation, or keep two namesakes apart for good.

    Example: stancewatch actors split "Jane Smith" "Leeds City Council" --note "two people"
    """
    from flows.actor_commands import split_one

    typer.echo(split_one(one, part, note))
