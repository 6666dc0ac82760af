"""`stancewatch`: the command line. Commands import what they need when they run, so that help and SQL are quick."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from flows import (
    cli_actors,
    cli_alerts,
    cli_archive,
    cli_corrections,
    cli_export,
    cli_feeds,
    cli_metrics,
    cli_report,
    cli_seeds,
    cli_setup,
    cli_sql,
    cli_text,
    cli_trace,
    cli_warehouse,
)
from flows.config_file import ConfigError, UsageError
from flows.logs import is_json, write_json
from warehouse.database import MisuseError, WarehouseError

IN_ORDER = (
    *("demo", "init", "doctor", "run", "serve", "deploy", "report", "sql", "export", "metrics"),
    *("explain", "trace", "correct", "corrections", "review", "alerts", "feeds", "actors", "seeds"),
    *("backfill", "import", "relabel", "warehouse", "extract", "analyse"),
)
"""Commands as `--help` lists them: to begin with, every day, to look into and put right, to tend."""


class _Group(TyperGroup):
    """Lists commands by what they are for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In order; one that has no place yet comes last."""
        places = {name: place for place, name in enumerate(IN_ORDER)}
        return sorted(super().list_commands(ctx), key=lambda name: places.get(name, len(places)))


app = typer.Typer(
    cls=_Group,
    name="stancewatch",
    help="Watches UK health news and tells who takes which side on central versus local control of the NHS.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(cli_feeds.app, name="feeds")
app.add_typer(cli_alerts.app, name="alerts")
app.add_typer(cli_actors.app, name="actors")
app.add_typer(cli_seeds.app, name="seeds")
app.add_typer(cli_warehouse.app, name="warehouse")
cli_archive.register(app)
cli_sql.register(app)
cli_text.register(app)
cli_trace.register(app)
cli_corrections.register(app)
cli_export.register(app)
cli_report.register(app)
cli_metrics.register(app)
cli_setup.register(app)


@app.callback()
def prepare(
    *,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done, step by step.")] = False,
    env: Annotated[
        Path | None,
        typer.Option("--env", envvar="STANCEWATCH_ENV", help="A file of settings, as init writes it."),
    ] = None,
) -> None:
    """Set up what all commands share."""
    if env is not None:
        from flows.env_file import use_env_file

        use_env_file(env, os.environ)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("stancewatch: %(message)s"))
    logger = logging.getLogger("stancewatch")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO if verbose else logging.WARNING)
    logger.propagate = False
    if is_json(os.environ):
        write_json()


@app.command()
def demo(
    *,
    port: Annotated[int, typer.Option(help="Port of the newsroom; 0 takes any.")] = 8990,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what earlier demos stored.")] = False,
) -> None:
    """Run the whole system on a sample newsroom.

    Baseline, then news, then alerts; no network, no set-up.

    Example: stancewatch demo
    """
    from flows.demo import run_demo

    run_demo(port=port, is_fresh=fresh)


@app.command()
def run(
    *, all_feeds: Annotated[bool, typer.Option("--all", help="Poll every feed, not only those that are due.")] = False
) -> None:
    """One monitor run on the configured feeds.

    Example: stancewatch run
    """
    from flows.orphans import sweep_up_after_us
    from flows.prefect_setup import in_one_line, prepare_prefect, temporary_api
    from flows.settings import load_settings
    from flows.summary import summarise_run

    settings = load_settings()
    prepare_prefect(settings.places.home)
    sweep_up_after_us()
    with temporary_api() as wait_until_ready:
        from flows.monitor import monitor

        wait_until_ready()
        with in_one_line():
            counts = asyncio.run(monitor(all_feeds=all_feeds))
    typer.echo(summarise_run(counts))


@app.command()
def serve() -> None:
    """Run by the clock: all schedules in one process, until ended.

    Example: stancewatch serve
    """
    from flows.prefect_setup import prepare_prefect
    from flows.settings import load_settings

    prepare_prefect(load_settings().places.home)
    from flows.deployments import serve_all

    serve_all()


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="JSONL: {id,url,publisher,title,byline,published,first_seen,text|html[,statements]}")
    ],
    *,
    live: Annotated[bool, typer.Option("--live", help="Make events as if fetched when first seen.")] = False,
) -> None:
    """Load articles from a JSONL file.

    As history, or as if they were fetched when they were first seen.

    Example: stancewatch import archive.jsonl
    """
    from flows.commands import import_file

    typer.echo(import_file(file, is_live=live))


@app.command()
def relabel() -> None:
    """Derive all history anew after a change of rules or model.

    No events, no alerts; say what changed.

    Example: stancewatch relabel
    """
    from flows.relabel import relabel_history

    typer.echo(relabel_history())


def main() -> None:
    """Run the command line; expected failures end with one line and status 1, or 2 where it was used wrongly."""
    try:
        app()
    except (UsageError, MisuseError) as error:
        _say(str(error))
        sys.exit(2)
    except (ConfigError, WarehouseError) as error:
        sys.exit(_say(str(error)))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        sys.exit(_say(f"{place}{error.strerror or error}{advice_for(error)}"))


def advice_for(error: OSError) -> str:
    """What to do where this user may not write, to go on from the words of the system; empty for other errors."""
    from flows.settings import locate

    if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS} or not error.filename:
        return ""
    try:
        is_ours = Path(os.fsdecode(error.filename)).absolute().is_relative_to(locate().home.absolute())
    except ConfigError:  # not what is told here
        is_ours = False
    return "; give this user permission" + (", or set STANCEWATCH_HOME" if is_ours else "")


def _say(text: str) -> int:
    sys.stderr.write(f"stancewatch: {text}\n")
    return 1


if __name__ == "__main__":
    main()
