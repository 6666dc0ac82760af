"""`stancewatch correct`, `corrections` and `review`: the analyst's word."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.records import ActorType, Stance, Theme
from flows.output import Format

if TYPE_CHECKING:
    from collections.abc import Callable

app = typer.Typer(help="What analysts said of statements.", no_args_is_help=True)
review_app = typer.Typer()
Reference = Annotated[
    str, typer.Argument(metavar="STATEMENT_ID", help="A statement's id, or a unique beginning of it.")
]
References = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of events or alerts, or unique beginnings.")]
Note = Annotated[str, typer.Option(help="Why, for the record.")]
Form = Annotated[Format, typer.Option("--format", help="How to print the rows.")]


class Shape(StrEnum):
    """What corrections are exported as."""

    LABELS = "labels"
    CASES = "cases"


def register(main: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    main.command()(correct)
    main.add_typer(app, name="corrections")
    main.add_typer(review_app, name="review")


def correct(
    statement: Reference,
    *,
    stance: Annotated[Stance | None, typer.Option(help="The right side; the present one confirms it.")] = None,
    speaker: Annotated[str | None, typer.Option(help='Who says it; "" for no person.')] = None,
    organisation: Annotated[str | None, typer.Option(help='For which body; "" for none.')] = None,
    role: Annotated[str | None, typer.Option(help="In which role.")] = None,
    actor_type: Annotated[ActorType | None, typer.Option(help="Which kind of actor.")] = None,
    theme: Annotated[list[Theme] | None, typer.Option(help="A theme, once for each: they replace those there.")] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody who can be named says it.")] = False,
    note: Note = "",
) -> None:
    """Correct the reading of a statement.

    It wins over every model, here and for the same words elsewhere; history is told anew.

    Example: stancewatch correct 1f0c9a --stance central --note "she quotes her critics"
    """
    fields = (stance, speaker, organisation, role, actor_type, theme)
    if not nobody and all(field is None for field in fields):
        sys.exit(_wrong("nothing to correct; give --stance, --speaker, --organisation, --role, --theme or --nobody"))
    if nobody and (speaker or organisation):
        sys.exit(_wrong("--nobody goes with neither --speaker nor --organisation"))
    from extractors.correction import SpeakerChange
    from flows.correction_commands import Wish, correct_statement

    change = SpeakerChange(speaker, organisation, role, actor_type)
    themes = tuple(theme) if theme else None
    wish = Wish(stance, change, is_nobody=nobody, themes=themes, note=note)
    _tell(lambda: correct_statement(statement, wish))


@app.command("list")
def list_(*, form: Form = Format.TABLE) -> None:
    """List what analysts said of statements, oldest first: what is in force, then what is superseded or undone.

    Example: stancewatch corrections list --format csv
    """
    _print_rows("list_corrections", form)


@app.command()
def undo(statement: Reference, *, note: Note = "") -> None:
    """Let the machine's label of a statement hold again; what was said of it stays on record.

    Example: stancewatch corrections undo 1f0c9a --note "it was right after all"
    """
    from flows.correction_commands import undo_corrections

    _tell(lambda: undo_corrections(statement, note))


@app.command()
def export(
    *,
    to: Annotated[Path | None, typer.Option(help="File to write; standard output if not given.")] = None,
    shape: Annotated[Shape, typer.Option("--as", help="Training data, or a regression test.")] = Shape.LABELS,
) -> None:
    """Write the corrections that hold as labelled training data, or as a regression test of whole articles.

    Example: stancewatch corrections export --as cases --to corrections.jsonl
    """
    from flows.correction_cases import export_cases, export_labels

    text = export_labels() if shape is Shape.LABELS else export_cases()
    if to is None:
        sys.stdout.write(text)
    else:
        to.write_text(text, encoding="utf-8")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="What `corrections export --as cases` wrote.")]) -> None:
    """Say which corrections the engine now gets right by itself; status 1 if it misses one marked "must".

    Example: stancewatch corrections check corrections.jsonl
    """
    from flows.correction_cases import check_cases

    sys.exit(check_cases(file))


@review_app.callback(invoke_without_command=True)
def review(context: typer.Context, *, form: Form = Format.TABLE) -> None:
    """List the alerts that wait for an analyst.

    Each with the command to copy, to accept or dismiss it, or to correct its statement.

    Example: stancewatch review --format md
    """
    if context.invoked_subcommand is None:
        _print_rows("list_reviews", form)


@review_app.command()
def accept(ids: References, *, note: Note = "") -> None:
    """Let alerts go out with the next run, to all destinations of their event.

    Example: stancewatch review accept 5b1f --note "read it"
    """
    from flows.correction_commands import settle_reviews

    typer.echo(settle_reviews(ids, "accept", note))


@review_app.command()
def dismiss(ids: References, *, note: Note = "") -> None:
    """Never send alerts; their event stays in the ledger.

    Example: stancewatch review dismiss 5b1f --note "old news"
    """
    from flows.correction_commands import settle_reviews

    typer.echo(settle_reviews(ids, "dismiss", note))


def _print_rows(query: str, form: Format) -> None:
    from flows.output import render_rows
    from flows.settings import locate
    from warehouse.database import query_text
    from warehouse.published import query_published

    sys.stdout.write(render_rows(query_published(locate().warehouse, query_text(query)), form))


def _tell(do: Callable[[], list[str]]) -> None:
    """Print what was done; what cannot be wrong use of the command line is no failure but status 2."""
    from warehouse.corrections import NothingToCorrectError

    try:
        lines = do()
    except NothingToCorrectError as error:
        sys.exit(_wrong(str(error)))
    typer.echo("\n".join(lines))


def _wrong(text: str) -> int:
    sys.stderr.write(f"stancewatch: {text}\n")
    return 2
