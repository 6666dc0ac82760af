"""`stancewatch init`: from nothing to a first alert that was taken."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, Final

import typer

from flows.alert_commands import send_test
from flows.config_file import ConfigError
from flows.env_file import read_env_file
from flows.outbox import open_renderer
from flows.own_command import own_command
from flows.settings import load_settings
from flows.setup_answers import answers_of
from flows.setup_files import Site, write_site

if TYPE_CHECKING:
    from pathlib import Path

    from flows.setup_answers import Flags

_NEXT: Final = (
    ("feeds check", "fetches each feed once and says what is wrong with it"),
    ("run", "runs once; what is there already is history and alerts nobody"),
    ("serve", "runs by the clock, until it is ended"),
)


def set_up(folder: Path, flags: Flags, *, is_forced: bool, is_asking: bool, is_testing: bool) -> int:
    """Write what is missing in ``folder``, send a test to what was set up, say how to go on; returns the exit status.

    Raises:
        UsageError: an answer cannot be; nothing was written.
        ConfigError: the OPML file cannot be read; nothing was written.
        OSError: a file cannot be written.
    """
    site = Site(folder)
    if site.is_complete and not is_forced:
        typer.echo(f"kept     {site.config / 'alerts.yml'}\nkept     {site.settings}")
        typer.echo("set up already: nothing was changed and no test sent; --force writes both files anew")
        _say_next(site)
        return 0
    answers = answers_of(flags, is_asking=is_asking)
    for line in write_site(site, answers, is_forced=is_forced):
        typer.echo(line)
    is_well = _test(site) if is_testing else True
    _say_next(site)
    return 0 if is_well else 1


def _test(site: Site) -> bool:
    """Send a test the way that alerts go; whether every destination took it."""
    try:
        settings = load_settings({**read_env_file(site.settings), **_without_ours(dict(os.environ))})
    except ConfigError as error:
        sys.stderr.write(f"stancewatch: {error}\n")
        return False
    names = list(settings.alerts.destinations)
    if not names:
        typer.echo(f"nobody is told yet: add a destination and a rule to {site.config / 'alerts.yml'}")
        return True
    renderer = open_renderer(settings)
    failed = [name for name in names if not send_test(settings, renderer, name, 0.0)]
    if failed:
        again = f"{_command(site)} alerts test"
        sys.stderr.write(
            f"stancewatch: {', '.join(failed)} did not take the test; what is written stays: correct"
            f" {site.config / 'alerts.yml'} or {site.settings}, then `{again}`\n"
        )
    return not failed


def _without_ours(environment: dict[str, str]) -> dict[str, str]:
    """The environment without places that were set for another installation: those of the new one count."""
    ours = {"STANCEWATCH_CONFIG", "STANCEWATCH_HOME", "STANCEWATCH_WAREHOUSE"}
    return {name: value for name, value in environment.items() if name not in ours}


def _say_next(site: Site) -> None:
    typer.echo("\nnext:")
    for command, what in _NEXT:
        typer.echo(f"  {_command(site)} {command}\n      {what}")


def _command(site: Site) -> str:
    return f"{own_command()} --env {shlex.quote(str(site.settings))}"
