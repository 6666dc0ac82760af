"""`stancewatch actors`: who speaks, and who is the same person as whom."""

from __future__ import annotations

import sys
from pathlib import Path
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
    """List the actors of the published snapshot by surname, and what is doubtful about them; other formats have more.

    Example: stancewatch actors list --doubtful
    """
    from flows.output import render_rows
    from flows.settings import locate
    from warehouse.database import query_text
    from warehouse.published import query_published

    query = query_text("list_actors_briefly" if form is Format.TABLE else "list_actors")
    rows = query_published(locate().warehouse, query, {"only_doubtful": doubtful})
    typer.echo(render_rows(rows, form), nl=False)
    if doubtful and rows.rows and form is Format.TABLE:
        typer.echo("One person: `stancewatch actors merge ID ID`.\nTwo: `stancewatch actors split ID ID`.")


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


@app.command()
def forget(
    who: Annotated[str, typer.Argument(help="An actor as for merge; with --mentioned a name.")] = "",
    *,
    pseudonym: Annotated[bool, typer.Option("--pseudonym", help="Keep the words, under a name that is none.")] = False,
    erase: Annotated[bool, typer.Option("--erase", help="Erase the words, too.")] = False,
    also: Annotated[list[str] | None, typer.Option(help="Another name of the same person; may be repeated.")] = None,
    mentioned: Annotated[bool, typer.Option("--mentioned", help="Somebody who only stands in texts.")] = False,
    asked_by: Annotated[str, typer.Option(help="Who asked, for the record; by default you.")] = "",
    reason: Annotated[str, typer.Option(help="Why, for the record.")] = "",
    export: Annotated[list[Path] | None, typer.Option(help="An export to write anew; may be repeated.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Carry out the standing orders again, all of them.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget a person, everywhere and for good: a standing order keeps out what comes later. It cannot be undone.

    Example: stancewatch actors forget "Rosalind Peake" --pseudonym --reason "letter of 3 June"
    """
    if resume == bool(who) or (not resume and pseudonym == erase):
        raise typer.BadParameter("name somebody and give either --pseudonym or --erase; or give --resume alone")
    if not (yes or dry_run or resume or sys.stdin.isatty()):
        raise typer.BadParameter("nobody is here to be asked whether it is meant: add --yes, or --dry-run")
    if not resume:
        from extractors.forgetting import Mode
        from flows.forgetting import Request, draw, foresee, give

        mode = Mode.ERASE if erase else Mode.PSEUDONYM
        drawn = draw(Request(who, mode, tuple(also or ()), asked_by, reason, mentioned))
        if not yes:
            typer.echo(foresee(drawn))
        if dry_run or not (yes or typer.confirm("It cannot be undone. Forget this person?")):
            return
        give(drawn)
    _carry_out(export or [])


def _carry_out(exports: list[Path]) -> None:
    from flows.carrying_out import carry_out

    account = carry_out(exports)
    for line in account.lines:
        typer.echo(line)
    for problem in account.problems:
        typer.echo(f"not done: {problem}; mend it, then run `stancewatch actors forget --resume`", err=True)
    if account.problems:
        raise typer.Exit(1)


@app.command()
def forgotten(
    *,
    name: Annotated[str, typer.Option(help="Only the orders that this name falls under.")] = "",
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
) -> None:
    """List who was forgotten, when and how; nobody is named.

    Example: stancewatch actors forgotten --name "Rosalind Peake"
    """
    from flows.forgetting import list_forgotten
    from flows.output import render_rows

    typer.echo(render_rows(list_forgotten(name), form), nl=False)
