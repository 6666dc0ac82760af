"""`stancewatch feeds`: the feeds watched."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.output import Format

app = typer.Typer(help="The feeds that are watched.", no_args_is_help=True)


@app.command("list")
def list_(*, form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE) -> None:
    """List the configured feeds with how they are doing.

    Example: stancewatch feeds list
    """
    from flows.feed_commands import list_feeds

    sys.stdout.write(list_feeds(form))


@app.command()
def check(feeds: Annotated[list[str] | None, typer.Argument(help="Ids from feeds.yml; all if none.")] = None) -> None:
    """Fetch each feed once, say what is wrong with it and how to mend it; looks for feeds on the homepage.

    Example: stancewatch feeds check nhs-england-news
    """
    from flows.feed_check import check_feeds

    raise typer.Exit(check_feeds(feeds or []))


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Address of the feed, or of a page that announces it.")],
    *,
    publisher: Annotated[str, typer.Option(help="Who publishes it.")],
    kind: Annotated[str, typer.Option(help="trade_press, official, think_tank … (see feeds.yml).")] = "blog",
) -> None:
    """Fetch a feed and, if it is one, add it to config/feeds.yml.

    Example: stancewatch feeds add https://www.nuffieldtrust.org.uk/rss.xml --publisher "Nuffield Trust"
    """
    from flows.feed_check import add_feed

    raise typer.Exit(add_feed(url, publisher, kind))


@app.command("import-opml")
def import_(file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")]) -> None:
    """Add the feeds of an OPML file to config/feeds.yml.

    Example: stancewatch feeds import-opml subscriptions.opml
    """
    from flows.feed_commands import import_opml

    typer.echo(import_opml(file))


@app.command("export-opml")
def export() -> None:
    """Print the configured feeds as OPML, for any feed reader.

    Example: stancewatch feeds export-opml > stancewatch.opml
    """
    from flows.feed_commands import export_opml

    sys.stdout.write(export_opml())
