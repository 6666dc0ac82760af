"""`stancewatch deploy` and `stancewatch doctor`: setting an installation up, and checking it."""

from __future__ import annotations

import asyncio
import shutil
import sys
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.deployment_plan import PoolKind, read_pool


class Report(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(init)
    app.command()(deploy)
    app.command()(doctor)


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where its own files go.")] = Path("watch"),
    *,
    mail_to: Annotated[str, typer.Option(help="Mail addresses that get the alerts, with commas.")] = "",
    mail_from: Annotated[str, typer.Option(help="Who they come from; by default the user, or the first of them.")] = "",
    smtp: Annotated[str, typer.Option(metavar="HOST[:PORT]", help="The mail server.")] = "",
    smtp_user: Annotated[str, typer.Option(help="The user there, if it asks for one.")] = "",
    smtp_password_env: Annotated[str, typer.Option(metavar="NAME", help="The variable with the password.")] = "",
    smtp_password_file: Annotated[Path | None, typer.Option(help="The file with the password.")] = None,
    slack_env: Annotated[str, typer.Option(metavar="NAME", help="The variable with a Slack webhook's address.")] = "",
    slack_file: Annotated[Path | None, typer.Option(help="The file with a Slack webhook's address.")] = None,
    apprise_env: Annotated[str, typer.Option(metavar="NAME", help="The variable with any apprise address.")] = "",
    apprise_file: Annotated[Path | None, typer.Option(help="The file with any apprise address.")] = None,
    feeds: Annotated[str, typer.Option(help="shipped, none, or the path of an OPML file.")] = "",
    contact: Annotated[str, typer.Option(help="Your page or mail address, for publishers (User-Agent).")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; what is not said is as usual.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write files anew that are there already.")] = False,
    test: Annotated[bool, typer.Option("--test/--no-test", help="Send a test alert to what was set up.")] = True,
) -> None:
    """Set up an installation, and send a test alert.

    Its own config/ and a file of settings; asks for what is not said. Secrets are never taken as values from the
    command line, where others see them, and never written into config/.

    Example: stancewatch init watch --mail-to team@example.org --smtp smtp.example.org --yes
    """
    from flows.setup import set_up
    from flows.setup_answers import Flags, named_secret

    flags = Flags(
        *(mail_to, mail_from, smtp, smtp_user),
        named_secret(smtp_password_env, smtp_password_file, "--smtp-password", "SMTP_PASSWORD"),
        named_secret(slack_env, slack_file, "--slack", "SLACK_WEBHOOK"),
        named_secret(apprise_env, apprise_file, "--apprise", "ALERTS_URL"),
        *(feeds, contact),
    )
    raise typer.Exit(set_up(folder, flags, is_forced=force, is_asking=sys.stdin.isatty() and not yes, is_testing=test))


def deploy(
    *,
    pool: Annotated[PoolKind, typer.Option(help="What kind of worker starts the runs.")] = PoolKind.PROCESS,
    pool_name: Annotated[str, typer.Option(help="Name of the work pool; by default as in prefect.yaml.")] = "",
    image: Annotated[str, typer.Option(help="Image for containers; by default as in prefect.yaml.")] = "",
    config: Annotated[str, typer.Option(metavar="FOLDER", help="Docker: your config/, on the engine's machine.")] = "",
    dead_after: Annotated[
        int, typer.Option(metavar="SECONDS", help="A run that is silent for so long is marked as crashed.")
    ] = 300,
    notify: Annotated[
        str, typer.Option(metavar="TYPE/NAME", help="A notification block of the server's that is told of failed runs.")
    ] = "",
) -> None:
    """Register the four deployments with a Prefect server.

    With that of PREFECT_API_URL, which is set up for them; repeating is safe.

    Example: stancewatch deploy --pool docker --config /etc/stancewatch/config
    """
    from flows.config_file import UsageError
    from flows.prefect_setup import prepare_prefect
    from flows.settings import load_settings

    prepare_prefect(load_settings().places.home)
    heartbeat = read_pool(pool).heartbeat_seconds
    if dead_after <= heartbeat:
        raise UsageError(f"--dead-after {dead_after} must exceed the heartbeat of {heartbeat} s; 300 is five of them")
    from flows.deploy import DeployError, Order
    from flows.deploy import deploy as set_up

    order = Order(pool, timedelta(seconds=dead_after), pool_name, image, notify, config)
    try:
        lines = asyncio.run(set_up(order))
    except DeployError as error:
        typer.echo(f"stancewatch: {error}", err=True)
        raise typer.Exit(1) from None
    for line in lines:
        typer.echo(line)


def doctor(*, form: Annotated[Report, typer.Option("--format", help="How to print it.")] = Report.TEXT) -> None:
    """Check everything, and say what to do.

    Installation, configuration, warehouse, runs, Prefect, feeds, secrets and destinations.

    Nothing is sent. Ends with 1 if something is broken.

    Example: stancewatch doctor
    """
    from flows.doctor import examine, worst
    from flows.doctor_view import as_json, as_text
    from flows.finding import Level

    parts = examine()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    sys.stdout.write(as_json(parts, worst(parts)) if form is Report.JSON else as_text(parts, width))
    if worst(parts) is Level.BROKEN:
        raise typer.Exit(1)
