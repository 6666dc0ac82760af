"""`stancewatch seeds`: the seed documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The seed documents: history that news is new against.", no_args_is_help=True)
Folder = Annotated[Path | None, typer.Argument(help="Where the files are; by default seeds/ or ../shared/seeds/.")]


@app.command()
def load(folder: Folder = None) -> None:
    """Load the seeds that are found and not yet loaded, silently.

    Example: stancewatch seeds load ../shared/seeds
    """
    from flows.commands import load_seed_documents

    typer.echo(load_seed_documents(folder))


@app.command()
def fetch() -> None:
    """Get the seeds that are missing and whose address is known, politely, from their publishers.

    Example: stancewatch seeds fetch
    """
    from flows.commands import fetch_seed_documents

    typer.echo(fetch_seed_documents())


@app.command()
def status(folder: Folder = None) -> None:
    """Say of each seed whether it is there and has the right sha256.

    Example: stancewatch seeds status
    """
    from flows.commands import seed_status

    for seed in seed_status(folder):
        words = seed.problem or f"ready at {seed.path}"
        typer.echo(f"{seed.config.file}  {seed.config.publisher}, {seed.config.published}: {words}")
