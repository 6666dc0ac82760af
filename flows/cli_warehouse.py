"""`stancewatch warehouse`: copies of the warehouse, made, verified and put back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Copies of the warehouse, and its move elsewhere.", no_args_is_help=True)


@app.command()
def backup(
    *,
    to: Annotated[Path | None, typer.Option(help="Write it there; by default the copy of the day in backups/.")] = None,
) -> None:
    """Make a copy of the warehouse now, and read it whole to prove that it is one.

    Example: stancewatch warehouse backup --to /mnt/safe/before-upgrade.duckdb
    """
    from flows.keeping import back_up_now

    typer.echo(back_up_now(to))


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="A copy; by default the warehouse itself.")] = None,
) -> None:
    """Read every table whole, and check quotations, references and views; changes nothing.

    Example: stancewatch warehouse verify data/backups/warehouse-20260601.duckdb
    """
    from flows.keeping import verify as look

    findings = look(file)
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.is_ok else 'BAD '} {finding.what}: {finding.words}")
    if not all(finding.is_ok for finding in findings):
        raise typer.Exit(1)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A copy made by `backup`, or by the daily upkeep.")]) -> None:
    """Put a copy in the place of the warehouse; what was sent since is not sent again, what was there is kept.

    Example: stancewatch warehouse restore data/backups/warehouse-20260601.duckdb
    """
    from flows.keeping import put_back

    for line in put_back(file):
        typer.echo(line)


@app.command()
def move(
    *,
    to: Annotated[Path, typer.Option(help="A .lake file that names a new lake, or a new file NAME.duckdb.")],
) -> None:
    """Move the warehouse into a lake, or back into a file: all rows are compared, and the old one stays as it is.

    Example: stancewatch warehouse move --to nhs.lake
    """
    from flows.keeping import move_to

    for line in move_to(to):
        typer.echo(line)
